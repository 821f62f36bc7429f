"""What a process of ours does to itself before it touches anything personal (Linux, prctl(2) and setrlimit(2)).

Used by every child: device hosts, the central process, the render child, followers and platform of the demo.
"""

import ctypes
import os
import resource
import signal

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4


def end_with_parent(parent: int, by: signal.Signals = signal.SIGKILL) -> bool:
    """Asks the kernel for a signal at the end of the thread that started this process; it outlives an exec.

    SIGKILL, because a process that hangs must go, too; what it leaves is swept at the next start. Another one only for a
    process that has services to take along and bounds its own end.

    Returns:
        Whether `parent` is still the parent: it may have gone before the kernel knew of our wish.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0) != 0:
        return False
    return os.getppid() == parent


def refuse_dumps() -> None:
    """No core file and no reading by other processes of the same user, for what is alive in here."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def leave_no_traces() -> None:
    """New files are the owner's alone; no core dump; no other process of this user may read our memory."""
    os.umask(0o077)
    refuse_dumps()
