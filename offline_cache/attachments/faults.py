"""Faults of disk and files as message keys."""

import contextlib
import errno
from collections.abc import Iterator

from kiosk.base.errors import BudayangError
from offline_cache.store.connection import DatabaseError, Fault

_PASSING = frozenset(
    {
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOMEM,
        errno.EAGAIN,
        errno.EINTR,
        errno.EACCES,
        errno.EPERM,
        errno.EBUSY,
        errno.ESTALE,
    }
)
"""Of the machine, not of the file."""


@contextlib.contextmanager
def damage() -> Iterator[None]:
    """What does not open, or cannot be read, is damaged; a key that is gone is told as such, and what may pass is a fault of the disk:
    a citizen's item is not given up for it.
    """
    try:
        yield
    except OSError as error:
        raise BudayangError("offline.disk" if error.errno in _PASSING else "offline.attachment_damaged") from None
    except BudayangError as error:
        if error.problem.key != "store.cannot_open":
            raise
        raise BudayangError("offline.attachment_damaged") from None


@contextlib.contextmanager
def told() -> Iterator[None]:
    """A fault of the disk becomes a sentence's key."""
    try:
        yield
    except DatabaseError as error:
        raise BudayangError("offline.disk_full" if error.fault is Fault.FULL else "offline.disk") from None
    except OSError as error:
        is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise BudayangError("offline.disk_full" if is_full else "offline.disk") from None
