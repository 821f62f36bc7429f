"""Memory of a process as the kernel counts it."""

import gc
import os
from pathlib import Path

from kiosk.base.memory import trim

_PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


def unique_kb() -> int:
    """Private memory that has been written to (of the USS), after collecting cycles and giving free pages back.

    The USS's other part, unwritten pages of mapped files, is left out: a library or font counts there or not according to
    whether another process on the machine maps it at the moment, which makes steps of 50 MB out of nothing.
    """
    gc.collect()
    trim()
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:"))


def resident_kb(pid: int) -> int:
    """Resident memory (RSS) of a process, pages shared with others included."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE_KB
