"""Overwrites a citizen's bytes in place, since freed memory keeps its content until something else is put there.

Works on CPython 3.11, whose `bytes` hold their data behind a fixed header; on another interpreter it does nothing.
"""

import ctypes
import sys

_HEADER = bytes.__basicsize__ - 1


def erase(data: bytes) -> None:
    """Fills `data` with zeros where it lies. The caller must be its only user: equal constants share one object."""
    # CPython keeps one shared object for each bytes of length 0 and 1
    if len(data) > 1 and sys.implementation.name == "cpython":
        ctypes.memset(id(data) + _HEADER, 0, len(data))
