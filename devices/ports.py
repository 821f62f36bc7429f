"""What kind of port a path is: a pseudo-terminal is an emulator's, and a production profile refuses it."""

import os
import stat

_UNIX98_PTY_MAJORS = range(136, 144)
"""Linux Documentation/admin-guide/devices.txt: Unix98 pseudo-terminal slaves."""
_BSD_PTY_MAJORS = (2, 3)


def is_pseudo_terminal(path: str) -> bool:
    """Whether `path` is, or is a link to, a pseudo-terminal. A path that does not exist is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - follows links, as opening does
    except OSError:
        return False
    major = os.major(found.st_rdev)
    return stat.S_ISCHR(found.st_mode) and (major in _UNIX98_PTY_MAJORS or major in _BSD_PTY_MAJORS)
