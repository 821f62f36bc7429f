"""``python -m provisioning.demo.follower PARENT PROGRAM [ARGUMENT...]``: becomes PROGRAM, which the kernel ends with PARENT.

The wish to die with the parent outlives the exec (prctl(2), PR_SET_PDEATHSIG), so PROGRAM itself need not know of it.
"""

import os
import sys

from kiosk.base.confinement import end_with_parent


def main(argv: list[str]) -> int:
    """Does not return unless PARENT has gone already; then 0."""
    parent, *command = argv
    if end_with_parent(int(parent)):
        os.execv(command[0], command)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
