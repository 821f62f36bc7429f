"""Dying with the parent: the kernel kills this process when the thread that started it ends (prctl(2), Linux)."""

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent_id: int) -> bool:
    """Asks for SIGKILL at the parent's death; False when the parent, `parent_id`, is gone already.

    SIGKILL, because a process that hangs must go too; what it leaves is swept at the next start.
    """
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    return os.getppid() == parent_id
