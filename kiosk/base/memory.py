"""Memory that forgets: freed bytes are overwritten at once, so that nothing personal outlives the objects that held it.

Python and Qt cannot wipe a string in place, but the allocator under both can: glibc overwrites freed memory with a
pattern (``M_PERTURB``) once its per-thread cache, which would keep freed blocks as they are, is off; and Python hands
every object to glibc with ``PYTHONMALLOC=malloc``. Both must be set before the interpreter starts, hence `ensure`.
Source: mallopt(3), glibc manual "Memory Allocation Tunables", Python documentation of ``PYTHONMALLOC``.
"""

import os
import sys

WANTED = {
    "PYTHONMALLOC": "malloc",
    # perturb: freed bytes become 0xA5; tcache_count 0: no freed block is kept unwritten; arena_max keeps memory small; the heap
    # grows and shrinks in large steps, since small ones cost 100 ms of each start (`trim` gives back what is free)
    "GLIBC_TUNABLES": "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0:glibc.malloc.arena_max=2"
    ":glibc.malloc.top_pad=1048576:glibc.malloc.trim_threshold=16777216",
}

_MADV_DONTNEED = 4
_FONTS = (".ttc", ".ttf", ".otf")


def is_forgetful() -> bool:
    """Whether this process was started with the forgetting allocator."""
    return all(os.environ.get(name) == value for name, value in WANTED.items())


def ensure(argv: list[str]) -> None:
    """Starts this very program again with the forgetting allocator unless it already runs so; `argv` as in sys.argv.

    Costs one interpreter start (some 15 ms). Children inherit the environment.
    """
    if not is_forgetful():
        os.execve(sys.executable, [sys.executable, *argv], {**os.environ, **WANTED})


def trim() -> None:
    """Gives back what a visit has grown: free pages (malloc_trim), touched pages of fonts, sources of modules.

    Which pages of a font are mapped tells which characters were drawn; they come back from the page cache when needed
    (8 MB). PySide reads the source of each module that is imported after it (``shibokensupport/feature.py``, 6.11) and
    leaves it in `linecache`: 4 MB that nobody needs but a traceback, which reads them anew.
    """
    # imported here: `ensure` runs twice at each start, before anything else
    import contextlib
    import ctypes
    import linecache
    from pathlib import Path

    linecache.clearcache()
    libc = ctypes.CDLL(None)
    libc.malloc_trim(0)
    with contextlib.suppress(OSError), Path("/proc/self/maps").open(encoding="utf-8", errors="replace") as maps:
        for line in maps:
            # read-only maps of files: nothing is lost by dropping their pages
            region, rights, *rest = line.split()
            if rights.startswith("r--") and rest[-1].endswith(_FONTS):
                start, end = (int(part, 16) for part in region.split("-"))
                libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _MADV_DONTNEED)
