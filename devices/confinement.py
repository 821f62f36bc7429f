"""What every device host does to itself before it touches a device (Linux, prctl(2) and setrlimit(2))."""

import ctypes
import os
import signal

from kiosk.base.memory import refuse_dumps

_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> bool:
    """Asks the kernel to kill this process when its parent's thread ends.

    Returns:
        Whether `parent` is still the parent: it may have gone before the kernel knew of our wish.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        return False
    return os.getppid() == parent


def leave_no_traces() -> None:
    """New files are the owner's alone; no core dump; no other process of this user may read our memory."""
    os.umask(0o077)
    refuse_dumps()
