"""Talk with an ESC/POS printer over one cable: real-time questions, in-order marks, bounded writing.

Sources: EPSON ESC/POS Application Programming Guide, commands DLE EOT (real time), GS r (transmit status, answered **in order**, that is
when everything before it has been carried out) and DLE DC4 fn 8 (clear buffers). The answer to a GS r is the printer's own word that
what was sent before it is on paper; bytes that went out prove nothing, since a printer without paper keeps them.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from devices.receipt_printer.status_codec import Replies, is_reply
from devices.receipt_printer.wires import Wire

_MARK = b"\x1dr\x01"
_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_BLOCK_HEADER = 0x37  # of an answer of several bytes, ended by NUL (DLE DC4 fn 8)
_BLOCK_LONGEST = 16
_SLICE = 256
_TURN_S = 0.05
_KEPT_FRAMES = 4
_QUIET_S = 0.03
_QUIET_LIMIT_S = 0.4
_CLEAR_S = 0.2  # a held line takes nothing; after one question that stalled, still within the host's grace


class StalledError(Exception):
    """The printer took nothing for the whole write time-out, or the writer was told to give up."""


@dataclass(frozen=True)
class FrameShape:
    """A maker's status reply of `size` bytes, begun by a byte with ``byte & mask == value``."""

    mask: int
    value: int
    size: int


class Link:
    """A conversation on an open cable. One thread only; every call is bounded.

    Attributes:
        outstanding: marks that the printer has not answered yet.

    Args:
        frames: of replies that are no DLE EOT's; None: there are none.
    """

    def __init__(
        self,
        wire: Wire,
        *,
        bytes_per_s: float | None,
        reply_s: float,
        write_s: float,
        frames: FrameShape | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wire = wire
        self._bytes_per_s = bytes_per_s
        self._reply_s = reply_s
        self._write_s = write_s
        self._monotonic = monotonic
        self._line_free_at = 0.0
        self._replies: list[int] = []
        self._block: bytearray | None = None
        self._shape = frames
        self._frame: bytearray | None = None
        self._frames: deque[bytes] = deque(maxlen=_KEPT_FRAMES)
        self._owes_replies = False
        self.outstanding = 0

    def write(self, data: bytes, give_up: Callable[[], bool] = lambda: False) -> None:
        """Sends all of `data` in slices. Raises `StalledError` or `WireLostError`; some of it may have gone then."""
        last_progress = self._monotonic()
        while data:
            sent = self._wire.send_some(data[:_SLICE], _TURN_S)
            now = self._monotonic()
            if sent:
                data = data[sent:]
                last_progress = now
                if self._bytes_per_s:
                    self._line_free_at = max(now, self._line_free_at) + sent / self._bytes_per_s
            elif now - last_progress >= self._write_s or give_up():
                raise StalledError
            self.listen(0.0)

    def ask(self, question: int) -> int | None:
        """DLE EOT `question` (1-4); the reply, or None when none of the right form came in time. Raises `WireLostError`, `StalledError`."""
        self.listen(0.0)
        self._replies.clear()
        self.write(bytes([0x10, 0x04, question]))
        until = max(self._monotonic(), self._line_free_at) + self._reply_s
        while not self._replies:
            left = until - self._monotonic()
            if left <= 0:
                self._owes_replies = True
                return None
            self.listen(left)
        return self._replies.pop(0)

    def ask_all(self) -> Replies:
        """All four questions; stops after the first when the printer is silent.

        Replies do not say what they answer: after a missing one it waits for quiet, so that a late one is not taken for another.
        """
        printer = self.ask(1)
        if printer is None:
            return Replies()
        if self._owes_replies:
            until = self._monotonic() + _QUIET_LIMIT_S
            while self._monotonic() < until and self.listen(self._reply_s):
                pass
            self._owes_replies = False
        return Replies(printer, self.ask(2), self.ask(3), self.ask(4))

    def ask_frame(self, request: bytes, *, is_automatic: bool = False) -> bytes | None:
        """Sends a maker's request; the reply's bytes, None when none came in time. Raises `WireLostError`, `StalledError`.

        Of an automatic printer whatever comes from now on counts, since it says it only once.
        """
        self.listen(0.0)
        if not is_automatic:
            self._frame = None  # what has begun and not ended by now is torn
            self._frames.clear()
        self.write(request)
        until = max(self._monotonic(), self._line_free_at) + self._reply_s
        while not self._frames:
            left = until - self._monotonic()
            if left <= 0:
                return None
            self.listen(left)
        # an older one may have been on its way: the newest holds
        while is_automatic and self.listen(_QUIET_S):
            pass
        return self.newest_frame()

    def newest_frame(self) -> bytes | None:
        """The last reply that came unasked; those before it are old."""
        frame = self._frames.pop() if self._frames else None
        self._frames.clear()
        return frame

    def mark(self) -> None:
        """Sets a mark behind what was sent; it is answered when the printer has carried all of it out."""
        self.outstanding += 1  # first: the answer may come while the write still looks
        self.write(_MARK)

    def clear(self) -> None:
        """Has the printer forget what it has not printed yet; works also when it has stopped. Raises `StalledError` or `WireLostError`."""
        self.outstanding = 0
        began = self._monotonic()
        self.write(_CLEAR, lambda: self._monotonic() - began >= _CLEAR_S)

    def forget_marks(self) -> None:
        """Begins to count anew, after noise or a reset."""
        self.outstanding = 0

    def listen(self, wait_s: float) -> bool:
        """Takes in what the printer says; returns whether it said anything. Raises `WireLostError`."""
        data = self._wire.receive(max(wait_s, 0.0))
        for byte in data:
            self._take(byte)
        return bool(data)

    def _take(self, byte: int) -> None:
        if self._frame is not None and self._shape is not None:
            self._frame.append(byte)
            if len(self._frame) >= self._shape.size:
                self._frames.append(bytes(self._frame))
                self._frame = None
        elif self._block is not None:
            self._block.append(byte)
            if byte == 0 or len(self._block) >= _BLOCK_LONGEST:
                self._block = None
        elif byte == _BLOCK_HEADER:
            self._block = bytearray()
        elif self._shape is not None and byte & self._shape.mask == self._shape.value:
            self._frame = bytearray([byte])
        elif is_reply(byte):
            self._replies.append(byte)
        elif byte & 0xF0 == 0 and self.outstanding:
            self.outstanding -= 1
