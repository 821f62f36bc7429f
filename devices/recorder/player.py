"""Plays a recording as if it were the device, so that a driver can be tested without one.

To each request it gives the answers that the device gave to it, one after the other; the last one again and again. What
the device said before any request is said at the start. A request that was never recorded is not answered.
"""

import os
import select
import threading
import time
from collections import Counter

from devices.emulators.pty_wire import PtyWire
from devices.recorder.recording_codec import DEVICE, Piece

_TURN_S = 0.2
_LONGEST = 65536


class Player:
    """A pseudo-terminal behind which the recording answers.

    Args:
        pieces: the recording.
        pace: 1 keeps the device's own delays, 0 answers at once.

    Attributes:
        counters: ``requests`` that were known, ``unknown_bytes``.
    """

    def __init__(self, pieces: list[Piece], pace: float = 0.0, name: str = "played") -> None:
        self._wire = PtyWire(name, is_paced=False)
        self._pace = pace
        self._first: list[tuple[float, bytes]] = []
        self._answers: dict[bytes, list[list[tuple[float, bytes]]]] = {}
        self._given: Counter[bytes] = Counter()
        self.counters: Counter[str] = Counter()
        self._buffer = b""
        self._wake_fd = -1
        self._is_stopping = False
        self._thread: threading.Thread | None = None
        answer, asked_at = self._first, 0.0
        for piece in pieces:
            if piece.sender == DEVICE:
                answer.append((max(0.0, piece.at_s - asked_at), piece.data))
                asked_at = piece.at_s
            else:
                answer, asked_at = [], piece.at_s
                self._answers.setdefault(piece.data, []).append(answer)

    @property
    def port(self) -> str:
        """Path of the serial port for a driver."""
        return self._wire.path

    def start(self) -> None:
        """Opens the line and starts the thread."""
        self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC)
        self._wire.plug()
        self._thread = threading.Thread(target=self._run, name="serial-player", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds; twice is allowed."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._is_stopping = True
        os.eventfd_write(self._wake_fd, 1)
        thread.join(2)
        self._wire.close()
        os.close(self._wake_fd)

    def _run(self) -> None:
        self._say(self._first)
        while not self._is_stopping:
            if self._wire.fileno() in select.select([self._wake_fd, self._wire.fileno()], [], [], _TURN_S)[0]:
                self._buffer = (self._buffer + self._wire.receive())[-_LONGEST:]
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
