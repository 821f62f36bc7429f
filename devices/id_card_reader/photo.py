"""The photo of an ID card's chip: an opaque blob, and the vendor's decoder as a plug-in of the host process.

Source: known from practice: 1024 bytes in a closed format (WLT), 102 by 126 pixels. No open decoder exists. A decoder is an entry
point of the group ``budayang.photo_decoders`` that makes a `PhotoDecoder`; vendors' libraries crash, so it is loaded in the
device host alone, at the first photo, and identification never waits for it.
"""

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Protocol

import msgspec

from kiosk.base.errors import Problem

ENTRY_POINTS = "budayang.photo_decoders"
BLOB_BYTES = 1024
READ_PHOTO = "readPhoto"
_LARGEST_SIDE = 1024


class PhotoRead(msgspec.Struct, frozen=True):
    """Success of `readPhoto`. Biometric. `rgb`: height x width x 3 bytes, rows from the top, red first."""

    width: int
    height: int
    rgb: bytes

    def __repr__(self) -> str:
        return f"PhotoRead({self.width}x{self.height})"


class PhotoDecoder(Protocol):
    """A vendor's decoder. May crash the process: that is what the host is for."""

    def decode(self, blob: bytes) -> PhotoRead | None:
        """The picture of a blob of `BLOB_BYTES`; ``None`` when it is none. May block for a second."""


DecoderFactory = Callable[[], PhotoDecoder]


class PhotoPlugin:
    """The configured decoder, loaded at its first use. From one thread."""

    def __init__(self, name: str | None) -> None:
        self._name = name
        self._decoder: PhotoDecoder | None = None

    def decode(self, blob: bytes) -> PhotoRead | Problem:
        """The picture, or ``photo.no_decoder``, ``photo.unreadable``."""
        if self._decoder is None:
            found = _find(self._name) if self._name is not None else None
            if found is None:
                return Problem("photo.no_decoder")
            self._decoder = found
        try:
            picture = self._decoder.decode(blob)
        except Exception:  # noqa: BLE001 - third-party code; its text may hold content
            return Problem("photo.unreadable")
        if not isinstance(picture, PhotoRead) or not _is_whole(picture):
            return Problem("photo.unreadable")
        return picture


def _find(name: str) -> PhotoDecoder | None:
    for entry in entry_points(group=ENTRY_POINTS, name=name):
        try:
            factory: DecoderFactory = entry.load()
            return factory()
        except Exception:  # noqa: BLE001 - as above; also a missing vendor's library
            return None
    return None


def _is_whole(picture: PhotoRead) -> bool:
    sides_fit = 0 < picture.width <= _LARGEST_SIDE and 0 < picture.height <= _LARGEST_SIDE
    return sides_fit and len(picture.rgb) == picture.width * picture.height * 3
