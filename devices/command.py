"""``main.py devices check | record | play``: what a technician does with a device that a file describes."""

import sys
from collections.abc import Sequence

USAGE = """\
用法 usage: main.py devices check FILE                        检查设备描述文件 checks a description of a device
            main.py devices record PORT FILE [DESCRIPTION]   记录串口对话 records a serial conversation
            main.py devices play FILE                        按记录应答 answers as recorded

怎样写描述文件：docs/described-devices.md。How to write a description: the same page.
"""


def main(argv: Sequence[str]) -> int:
    """Runs one of the three; returns 0, 1 when a port or file fails, 2 for a wrong call or a wrong description."""
    if argv and argv[0] == "check":
        from devices.described.command import main as check

        return check(argv)
    if argv and argv[0] in ("record", "play"):
        from devices.recorder.command import main as recorder

        return recorder(argv)
    is_help = bool(argv) and argv[0] in ("-h", "--help")
    (sys.stdout if is_help else sys.stderr).write(USAGE)
    return 0 if is_help else 2
