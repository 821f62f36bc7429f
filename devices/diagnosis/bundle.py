"""The bundle as one file: gzip over tar (POSIX.1-1988 ustar), the same bytes for the same contents.

Names, order, times (0), owners (0) and modes (0600) are fixed, so that two bundles can be compared byte by byte and the file
tells nothing of who made it.
"""

import gzip
import io
import tarfile
from collections.abc import Mapping

FOLDER = "budayang-diagnosis"
"""Every member lies in it."""


def pack(members: Mapping[str, bytes]) -> bytes:
    """Packs `members`, name -> contents."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in sorted(members):
            info = tarfile.TarInfo(f"{FOLDER}/{name}")
            info.size = len(members[name])
            info.mode = 0o600
            tar.addfile(info, io.BytesIO(members[name]))
    return gzip.compress(raw.getvalue(), mtime=0)
