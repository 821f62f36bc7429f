"""One source in a process of its own: ``python -m devices.probing.source_process NAME FD PARENT``, places on stdin.

Writes a JSON line for each thing found as soon as it is found. Dies with its parent.
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import cast

import msgspec

from devices.probing.findings import Finding, Places, Trouble
from devices.probing.sources import SOURCES
from kiosk.base import confinement

Look = Callable[[Places], Iterator[Finding | Trouble]]


def main(argv: Sequence[str]) -> int:
    """Returns 0; 1 when the parent has gone. An exception of a source ends the process: the parent tells it."""
    name, number, parent = argv
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted and ends us
    if not confinement.end_with_parent(int(parent)):
        return 1
    places = msgspec.json.decode(sys.stdin.buffer.read(), type=Places)
    look = cast("Look", importlib.import_module(SOURCES[name][0]).look)
    for told in look(places):
        line = msgspec.json.encode(told) + b"\n"
        while line:
            line = line[os.write(int(number), line) :]
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
