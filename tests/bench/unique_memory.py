"""Memory of a process as the kernel counts it."""

import gc
import os
from pathlib import Path

from kiosk.base.memory import trim

_PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


def unique_kb() -> int:
    """Memory that would be free without this process (USS), after collecting cycles and giving free pages back."""
    gc.collect()
    trim()
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean:", "Private_Dirty:")))


def resident_kb(pid: int) -> int:
    """Resident memory (RSS) of a process, pages shared with others included."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE_KB
