"""Memory that forgets: freed bytes are overwritten at once, so that nothing personal outlives the objects that held it.

Python and Qt cannot wipe a string in place, but the allocator under both can: glibc overwrites freed memory with a
pattern (``M_PERTURB``) once its per-thread cache, which would keep freed blocks as they are, is off; and Python hands
every object to glibc with ``PYTHONMALLOC=malloc``. Both must be set before the interpreter starts, hence `ensure`.
Source: mallopt(3), glibc manual "Memory Allocation Tunables", Python documentation of ``PYTHONMALLOC``.
"""

import ctypes
import os
import resource
import sys

WANTED = {
    "PYTHONMALLOC": "malloc",
    # perturb: freed bytes become 0xA5; tcache_count 0: no freed block is kept unwritten; arena_max keeps memory small
    "GLIBC_TUNABLES": "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0:glibc.malloc.arena_max=2",
}

_PR_SET_DUMPABLE = 4


def is_forgetful() -> bool:
    """Whether this process was started with the forgetting allocator."""
    return all(os.environ.get(name) == value for name, value in WANTED.items())


def ensure(argv: list[str]) -> None:
    """Starts this very program again with the forgetting allocator unless it already runs so; `argv` as in sys.argv.

    Costs one interpreter start (some 15 ms). Children inherit the environment.
    """
    if not is_forgetful():
        os.execve(sys.executable, [sys.executable, *argv], {**os.environ, **WANTED})


def refuse_dumps() -> None:
    """No core file and no reading by other processes of the same user, for what is alive in here."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def trim() -> None:
    """Gives free pages back to the system (malloc_trim)."""
    ctypes.CDLL(None).malloc_trim(0)
