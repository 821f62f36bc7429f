"""Pages on the disk, one after the other, in a folder that is the caller's alone; memory never holds a page.

A page is written as ``page-0001.png.part`` and gets its name when it is whole; what is not whole is removed.
"""

import os
import stat
from dataclasses import dataclass, field

from devices.document_scanner.page_codec import InkGauge, PngPage, PnmPage, Raster
from devices.document_scanner.types import PageFormat
from kiosk.base.errors import BudayangError

_PRIVATE = 0o077


class PageFolder:
    """An open private folder; `close` it."""

    def __init__(self, path: str) -> None:
        """Raises `BudayangError` (``scanner.folder``) for anything but an own folder that no one else may enter."""
        if not os.path.isabs(path):  # noqa: PTH117 - a Path would first have to be made of it
            raise BudayangError("scanner.folder")
        try:
            self.fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except (OSError, ValueError):
            raise BudayangError("scanner.folder") from None
        found = os.fstat(self.fd)
        if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & _PRIVATE:
            self.close()
            raise BudayangError("scanner.folder")

    def close(self) -> None:
        """Lets go of the folder; once only."""
        os.close(self.fd)


@dataclass
class PageFile:
    """One page while it is written. Every method may raise OSError (no space, page number taken)."""

    folder: PageFolder
    number: int
    page_format: PageFormat
    raster: Raster
    dpi: int
    lines: int = 0
    is_open: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.name = f"page-{self.number:04d}.{self.page_format.value}"
        self._part = f"{self.name}.part"
        self._codec = (PngPage if self.page_format is PageFormat.PNG else PnmPage)(self.raster, self.dpi)
        self.ink = InkGauge(self.raster)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        self._fd = os.open(self._part, flags, 0o600, dir_fd=self.folder.fd)
        self.is_open = True
        self._write(self._codec.header(0))

    def band(self, rows: memoryview) -> None:
        """Takes whole lines."""
        self.lines += len(rows) // self.raster.bytes_per_line
        self.ink.band(rows)
        self._write(self._codec.band(rows))

    def finish(self) -> int:
        """The page is whole: gives it its name; returns its size. An older page of that name is never overwritten."""
        self._write(self._codec.end())
        os.pwrite(self._fd, self._codec.header(self.lines), 0)
        size = os.fstat(self._fd).st_size
        os.link(self._part, self.name, src_dir_fd=self.folder.fd, dst_dir_fd=self.folder.fd, follow_symlinks=False)
        self.discard()
        return size

    def discard(self) -> None:
        """Removes what is not whole; twice is allowed."""
        if self.is_open:
            self.is_open = False
            os.close(self._fd)
            os.unlink(self._part, dir_fd=self.folder.fd)

    def _write(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._fd, view) :]
