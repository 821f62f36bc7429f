"""One question and one answer on a reader's serial line; everything that can go wrong there becomes a `Trouble`."""

import select
import termios
import time
from collections.abc import Callable
from enum import Enum

import serial

from devices.id_card_reader.codec import Damage, Reply, ReplyReader, Request, encode_request

_FAULTS = (serial.SerialException, OSError, termios.error)
"""Unplugging shows as any of these with pyserial 3.5: in read, in `in_waiting`, in a flush."""

_CHUNK = 4096
_SLICE_S = 0.05

_STALE: dict[Request, frozenset[int]] = {
    # a reply that can only belong to an earlier question: 80 to a status, 90 to a find
    Request.RESET: frozenset((0x80, 0x81, 0x9F)),
    Request.STATUS: frozenset((0x80, 0x81, 0x9F)),
    Request.MODULE_ID: frozenset((0x80, 0x81, 0x9F)),
    Request.FIND: frozenset((0x81, 0x90)),
    Request.SELECT: frozenset((0x80, 0x9F)),
    Request.READ: frozenset((0x80, 0x9F)),
}
_DONE_BYTES: dict[Request, range] = {
    # how much data a 90 to this question carries; another amount is an earlier question's answer
    Request.RESET: range(1),
    Request.STATUS: range(1),
    Request.MODULE_ID: range(16, 17),
    Request.SELECT: range(1, 16),
    Request.READ: range(260, 2320),
}


class Trouble(Enum):
    """Why there is no reply."""

    SILENT = "silent"
    DAMAGED = "damaged"  # bytes came, but no frame
    GONE = "gone"  # the port failed; it is closed now
    CANCELED = "canceled"


def is_stale(request: Request, reply: Reply) -> bool:
    """Whether a reply cannot be the answer to this request (a late one to an earlier request is still in the line)."""
    if reply.sw3 == 0x90 and request in _DONE_BYTES:
        return len(reply.data) not in _DONE_BYTES[request]
    return reply.sw3 in _STALE[request]


class SerialLink:
    """A serial port with the module's frames on it. Used from one thread.

    The port is opened exclusively. Received bytes are kept only until their frame is complete.
    """

    def __init__(self, port: str, baud_rate: int, write_s: float, gap_s: float) -> None:
        self._path = port
        self._baud_rate = baud_rate
        self._write_s = write_s
        self._gap_s = gap_s
        self._port: serial.Serial | None = None
        self._frames = ReplyReader()

    @property
    def is_open(self) -> bool:
        return self._port is not None

    def open(self) -> bool:
        """Opens the port; false when that fails. An open port is closed first."""
        self.close()
        try:
            self._port = serial.Serial(
                self._path, self._baud_rate, timeout=0, write_timeout=self._write_s, exclusive=True
            )
        except (*_FAULTS, ValueError):
            return False
        return True

    def close(self) -> None:
        """Closes the port and forgets what was received; twice is allowed."""
        self.forget()
        port, self._port = self._port, None
        if port is not None:
            try:
                port.close()
            except _FAULTS:
                # the device went first; its descriptor is released all the same
                return

    def forget(self) -> None:
        """Overwrites every byte that was received."""
        self._frames.clear()

    def exchange(self, request: Request, timeout_s: float, give_up: Callable[[], bool]) -> Reply | Trouble:
        """Sends one request and waits for its reply.

        Args:
            request: what to ask.
            timeout_s: from the end of sending to the whole reply.
            give_up: asked every 50 ms of silence at the latest.

        A reply that began but stops for `gap_s` ends the wait at once as damaged.
        """
        if self._port is None:
            return Trouble.GONE
        try:
            self._drain(self._port)
            self._port.write(encode_request(request))
            return self._await(self._port, request, timeout_s, give_up)
        except _FAULTS:
            self.close()
            return Trouble.GONE
        finally:
            self._frames.clear()

    def _drain(self, port: serial.Serial) -> None:
        """Throws away what lies in the line from before, at most what a full line buffer holds."""
        for _ in range(4):
            if not select.select([port.fileno()], [], [], 0)[0]:
                return
            port.read(_CHUNK)

    def _await(
        self, port: serial.Serial, request: Request, timeout_s: float, give_up: Callable[[], bool]
    ) -> Reply | Trouble:
        descriptor = port.fileno()
        deadline = time.monotonic() + timeout_s
        heard = False
        gap_ends = deadline
        while True:
            now = time.monotonic()
            left = (min(deadline, gap_ends) if self._frames.pending_bytes else deadline) - now
            if left <= 0:
                if not self._frames.pending_bytes:
                    return Trouble.DAMAGED if heard else Trouble.SILENT
                found = self._frames.resynchronise()
            elif select.select([descriptor], [], [], min(left, _SLICE_S))[0]:
                found = self._frames.feed(port.read(_CHUNK))
                heard = True
                gap_ends = time.monotonic() + self._gap_s
            else:
                found = []
                if give_up():
                    return Trouble.CANCELED
            for frame in found:
                if isinstance(frame, Damage):
                    # the right frame may follow noise; if not, do not wait for the whole time-out
                    deadline = min(deadline, time.monotonic() + self._gap_s)
                elif is_stale(request, frame):
                    frame.erase()
                else:
                    return frame
