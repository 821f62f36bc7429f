"""``devices check FILE``: whether a description file is whole, told for the technician who wrote it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from devices.described.reading import load_description
from kiosk.base.errors import Problem
from kiosk.base.sentences import sentence_of
from kiosk.base.yaml_reading import ConfigError

USAGE = "用法 / usage: devices check FILE\n"


def main(argv: Sequence[str]) -> int:
    """Checks one file; returns 0 when it is whole, else 2 with every complaint on stderr."""
    if len(argv) != 2 or argv[0] != "check":
        sys.stderr.write(USAGE)
        return 2
    try:
        found = load_description(Path(argv[1]))
    except ConfigError as error:
        return error.tell(sys.stderr)
    problem = Problem(
        "described.whole",
        {"model": found.model, "commands": str(len(found.commands)), "polls": str(len(found.polls))},
    )
    sys.stdout.write(sentence_of(problem, "zh_CN") + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
