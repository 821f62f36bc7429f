"""Plays a recording as if it were the device, so that a driver can be tested without one.

To each request it gives the answers that the device gave to it, one after the other; the last one again and again. What
the device said before any request is said at the start. A request that was never recorded is not answered.
"""

import select
import time
from collections import Counter

from devices.emulators.pty_device import OnPty
from devices.emulators.pty_wire import PtyWire
from devices.recorder.recording_codec import DEVICE, Piece

_LONGEST = 65536


class Player(OnPty):
    """A pseudo-terminal behind which the recording answers.

    Args:
        pieces: the recording.
        pace: 1 keeps the device's own delays, 0 answers at once.

    Attributes:
        counters: ``requests`` that were known, ``unknown_bytes``.
    """

    def __init__(self, pieces: list[Piece], pace: float = 0.0, name: str = "played") -> None:
        super().__init__(PtyWire(name, is_paced=False), "serial-player")
        self._pace = pace
        self._first: list[tuple[float, bytes]] = []
        self._answers: dict[bytes, list[list[tuple[float, bytes]]]] = {}
        self._given: Counter[bytes] = Counter()
        self.counters: Counter[str] = Counter()
        self._buffer = b""
        answer, asked_at = self._first, 0.0
        for piece in pieces:
            if piece.sender == DEVICE:
                answer.append((max(0.0, piece.at_s - asked_at), piece.data))
                asked_at = piece.at_s
            else:
                answer, asked_at = [], piece.at_s
                self._answers.setdefault(piece.data, []).append(answer)

    def _begun(self) -> None:
        self._say(self._first)

    def _take(self, data: bytes) -> None:
        self._buffer = (self._buffer + data)[-_LONGEST:]
        while (request := self._next_request()) is not None:
            answers = self._answers[request]
            at = min(self._given[request], len(answers) - 1)
            self._given[request] += 1
            self.counters["requests"] += 1
            self._say(answers[at])

    def _next_request(self) -> bytes | None:
        """The longest recorded request that the buffer begins with; bytes that begin none are dropped."""
        while self._buffer:
            whole = [request for request in self._answers if self._buffer.startswith(request)]
            if whole:
                request = max(whole, key=len)
                self._buffer = self._buffer[len(request) :]
                return request
            if any(request.startswith(self._buffer) for request in self._answers):
                return None
            self._buffer = self._buffer[1:]
            self.counters["unknown_bytes"] += 1
        return None

    def _say(self, answer: list[tuple[float, bytes]]) -> None:
        for delay_s, data in answer:
            # a recorded pause may be long: the end of the player must not wait for it
            if self._pace and select.select([self._wake_fd], [], [], delay_s * self._pace)[0]:
                return
            self._wire.send(data, time.monotonic(), lambda: not self._is_stopping, slice_bytes=256)
