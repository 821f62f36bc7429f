"""``devices check FILE``: whether a description file is whole, told for the technician who wrote it.

Takes a slip printer's status profile (`devices.receipt_printer.vendor_profile`), too: it has no ``device``.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from devices.described.reading import load_description
from devices.receipt_printer.vendor_profile import is_profile, load_profile
from kiosk.base.errors import Problem
from kiosk.base.sentences import sentence_of
from kiosk.base.yaml_reading import ConfigError

USAGE = "用法 / usage: devices check FILE\n"


def main(argv: Sequence[str]) -> int:
    """Checks one file; returns 0 when it is whole, else 2 with every complaint on stderr."""
    if len(argv) != 2 or argv[0] != "check":
        sys.stderr.write(USAGE)
        return 2
    path = Path(argv[1])
    try:
        problem = _read_profile(path) if is_profile(path) else _read_description(path)
    except ConfigError as error:
        return error.tell(sys.stderr)
    sys.stdout.write(sentence_of(problem, "zh_CN") + "\n")
    return 0


def _read_description(path: Path) -> Problem:
    found = load_description(path)
    placeholders = {"model": found.model, "commands": str(len(found.commands)), "polls": str(len(found.polls))}
    return Problem("described.whole", placeholders)


def _read_profile(path: Path) -> Problem:
    found = load_profile(path)
    return Problem("receipt_printer.profile_whole", {"model": found.model, "size": str(found.size)})


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
