"""The photo of an ID card's chip: an opaque blob, and the vendor's decoder as a plug-in of the host process.

Source: known from practice: 1024 bytes in a closed format (WLT), 102 by 126 pixels. No open decoder exists. A decoder is an entry
point of the group ``budayang.photo_decoders``, or ``module:name``, that makes a `PhotoDecoder`; vendors' libraries crash, so it is
loaded in the device host alone, at the first photo, and identification never waits for it.
"""

import importlib
import importlib.util
from collections.abc import Callable
from typing import Protocol, cast

import msgspec

from devices.id_card_reader.types import (
    EVENT_INVALID_MEDIA,
    EVENT_MEDIA_INSERTED,
    FORGET,
    READ,
    READ_PHOTO,
    WATCH_REMOVAL,
    PhotoRead,
)
from devices.messages import Capabilities, Completion
from devices.status import CompletionCode
from kiosk.base.errors import Problem

ENTRY_POINTS = "budayang.photo_decoders"
BLOB_BYTES = 1024
NO_DECODER = "photo.no_decoder"
_LARGEST_SIDE = 1024


class PhotoDecoder(Protocol):
    """A vendor's decoder. May crash the process: that is what the host is for."""

    def decode(self, blob: bytes) -> PhotoRead | None:
        """The picture of a blob of `BLOB_BYTES`; ``None`` when it is none. May block for a second."""


DecoderFactory = Callable[[], PhotoDecoder]


class PhotoPlugin:
    """The configured decoder, loaded at its first use. From one thread.

    Args:
        name: of an entry point, or ``module:name``; ``None`` = there is no decoder.

    Attributes:
        is_installed: whether there is such a plug-in here; only then does a reader claim to read photos.
    """

    def __init__(self, name: str | None) -> None:
        self._name = name
        self._decoder: PhotoDecoder | None = None
        self.is_installed = name is not None and _is_there(name)

    def decode(self, blob: bytes) -> PhotoRead | Problem:
        """The picture, or ``photo.no_decoder`` (also when it cannot be loaded), ``photo.unreadable``."""
        if self._decoder is None:
            found = _find(self._name) if self._name is not None else None
            if found is None:
                return Problem(NO_DECODER)
            self._decoder = found
        try:
            picture = self._decoder.decode(blob)
        except Exception:  # noqa: BLE001 - third-party code; its text may hold content
            return Problem("photo.unreadable")
        if not isinstance(picture, PhotoRead) or not _is_whole(picture):
            return Problem("photo.unreadable")
        return picture


class KeptPhoto:
    """The undecoded photo of the card that was read last, overwritten as soon as it was used or another card is waited for."""

    def __init__(self) -> None:
        self._blob = bytearray()

    def keep(self, blob: bytearray | None) -> None:
        """Takes a blob over; the one before is overwritten."""
        self.erase()
        if blob is not None:
            self._blob = blob

    def take(self) -> bytes | None:
        """The blob, once; ``None`` when there is none."""
        blob = bytes(self._blob) or None
        self.erase()
        return blob

    def erase(self) -> None:
        """Overwrites it."""
        self._blob[:] = bytes(len(self._blob))
        self._blob = bytearray()


def capabilities_of(photos: PhotoPlugin) -> Capabilities:
    """What every ID-card reader can be asked."""
    commands = (READ, READ_PHOTO) if photos.is_installed else (READ,)
    return Capabilities((*commands, WATCH_REMOVAL, FORGET), (EVENT_MEDIA_INSERTED, EVENT_INVALID_MEDIA))


def photo_completion(
    action_id: str, photos: PhotoPlugin, take: Callable[[], bytes | Problem | Completion | None]
) -> Completion:
    """Carries out `readPhoto`; `take` gives the undecoded photo of the card that was read last."""
    if not photos.is_installed:
        return Completion(action_id, CompletionCode.UNSUPPORTED_COMMAND, NO_DECODER)
    blob = take()
    if isinstance(blob, Completion):
        return blob
    if isinstance(blob, bytes):
        picture = photos.decode(blob) if len(blob) == BLOB_BYTES else Problem("photo.unreadable")
    else:
        picture = blob or Problem("photo.no_card")
    if isinstance(picture, Problem):
        return Completion(action_id, CompletionCode.COMMAND_ERROR_CODE, picture.key)
    return Completion(action_id, CompletionCode.SUCCESS, payload=msgspec.msgpack.encode(picture))


def _is_there(name: str) -> bool:
    """Whether a plug-in can be found, without running the vendor's code."""
    module, colon, _ = name.partition(":")
    if not colon:
        return any(True for _ in _entries(name))
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _entries(name: str) -> "tuple[DecoderEntry, ...]":
    # costs tens of milliseconds: only where a decoder is configured
    from importlib.metadata import entry_points

    return cast("tuple[DecoderEntry, ...]", tuple(entry_points(group=ENTRY_POINTS, name=name)))


class DecoderEntry(Protocol):
    """What is needed of an entry point."""

    def load(self) -> DecoderFactory:
        """Imports it."""


def _find(name: str) -> PhotoDecoder | None:
    module, colon, attribute = name.partition(":")
    try:
        if colon:
            return cast("DecoderFactory", getattr(importlib.import_module(module), attribute))()
        for entry in _entries(name):
            return entry.load()()
    except Exception:  # noqa: BLE001 - as above; also a missing vendor's library
        return None
    return None


def _is_whole(picture: PhotoRead) -> bool:
    sides_fit = 0 < picture.width <= _LARGEST_SIDE and 0 < picture.height <= _LARGEST_SIDE
    return sides_fit and len(picture.rgb) == picture.width * picture.height * 3
