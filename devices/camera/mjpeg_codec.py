"""Frames out of an MJPEG stream over HTTP: pure bytes, resynchronising, bounded. Sources: RFC 2046 section 5.1 (multipart), JPEG
(ITU-T T.81) annex B for the marks of a picture's begin and end. ``multipart/x-mixed-replace`` itself is known from practice only.
"""

import re
from dataclasses import dataclass

MAX_FRAME_BYTES = 16 * 1024 * 1024
_MAX_HEAD_BYTES = 4096
_BEGIN, _END = b"\xff\xd8", b"\xff\xd9"
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,9})[ \t]*\r?$")
_STAMP = re.compile(rb"(?im)^x-timestamp:[ \t]*(\d{1,12}(?:\.\d{1,9})?)[ \t]*\r?$")
_BOUNDARY = re.compile(r"""boundary="?([^";\s]{1,70})"?""", re.IGNORECASE)


@dataclass(frozen=True, repr=False)
class Part:
    """One part of the stream.

    Attributes:
        jpeg: the picture's bytes as they came.
        stamp: ``X-Timestamp`` in seconds, ``None`` when the camera gives none.
        is_whole: it begins and ends as a JPEG picture does.
    """

    jpeg: bytes
    stamp: float | None
    is_whole: bool


def boundary_of(content_type: str) -> bytes | None:
    """The boundary of a ``multipart/...`` content type; ``None`` for any other kind."""
    found = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/") or found is None:
        return None
    return b"--" + found[1].removeprefix("--").encode("ascii", "replace")


class MjpegDecoder:
    """Turns received bytes into parts, however they were cut. With a content length a part is complete at its last byte, without
    one at the next boundary. Never holds more than one frame and a head."""

    def __init__(self, boundary: bytes) -> None:
        self._boundary = boundary
        self._buffer = bytearray()
        self._head: bytes | None = None

    def feed(self, data: bytes) -> list[Part]:
        """Takes bytes of any length, returns the parts that are complete now."""
        self._buffer += data
        parts: list[Part] = []
        while (part := self._next()) is not None:
            parts.append(part)
        if len(self._buffer) > MAX_FRAME_BYTES:
            # no camera sends such a picture: on to the next boundary
            self._buffer.clear()
            self._head = None
        return parts

    def _next(self) -> Part | None:
        if self._head is None and not self._take_head():
            return None
        head = self._head or b""
        length = _LENGTH.search(head)
        if length is not None and int(length[1]) <= MAX_FRAME_BYTES:
            size = int(length[1])
            # a part that was cut short is followed by the next boundary before its length is reached
            early = self._buffer.find(b"\r\n" + self._boundary, 0, size)
            end = early if early >= 0 else size
            if len(self._buffer) < end:
                return None
        else:
            end = self._buffer.find(b"\r\n" + self._boundary)
            if end < 0:
                return None
        jpeg = bytes(self._buffer[:end])
        del self._buffer[:end]
        self._head = None
        stamp = _STAMP.search(head)
        is_whole = jpeg.startswith(_BEGIN) and jpeg.rstrip(b"\0\r\n").endswith(_END)
        return Part(jpeg, float(stamp[1]) if stamp else None, is_whole)

    def _take_head(self) -> bool:
        """Moves a part's head out of the buffer, if it is there."""
        start = self._buffer.find(self._boundary)
        if start < 0:
            del self._buffer[: max(len(self._buffer) - len(self._boundary), 0)]
            return False
        end = self._buffer.find(b"\r\n\r\n", start)
        if end < 0:
            del self._buffer[: start if len(self._buffer) - start <= _MAX_HEAD_BYTES else start + len(self._boundary)]
            return False
        self._head = bytes(self._buffer[start + len(self._boundary) : end + 2])
        del self._buffer[: end + 4]
        return True
