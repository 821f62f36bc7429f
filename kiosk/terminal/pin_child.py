"""The program that compares one PIN and is gone: ``python -m kiosk.terminal.pin_child --parent PID``.

Standard input gets the kept text and the PIN, a line each. Status 0: it is the PIN; 1: it is not. The ciphers' library and the PIN
never enter the terminal's own memory for long: it dies with its parent and leaves no core.
"""

import argparse
import sys

from kiosk.base.confinement import end_with_parent, leave_no_traces
from kiosk.base.pin_hash import is_pin


def main(argv: list[str]) -> int:
    """Status 3: the parent is gone already."""
    parser = argparse.ArgumentParser(prog="kiosk.terminal.pin_child")
    parser.add_argument("--parent", type=int, required=True)
    if not end_with_parent(parser.parse_args(argv).parent):
        return 3
    leave_no_traces()
    kept, pin = (sys.stdin.readline().rstrip("\n") for _ in range(2))
    return 0 if is_pin(pin, kept) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
