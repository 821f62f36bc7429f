"""One line to the platform: the deadline of the running call, its socket, and the way to break it off.

`requests` knows a time-out per read only; a peer that sends one byte a second would hold a call for ever. So every
socket of the line asks the line, before it waits, how much of the call's time is left.
"""

import socket
import threading
from enum import Enum

from kiosk.base.clock import Clock
from kiosk.central.traffic import Traffic


class Stage(Enum):
    """How far a call came."""

    NOT_CONNECTED = "notConnected"
    REFUSED = "refused"
    CONNECTED = "connected"
    ANSWERED = "answered"


class AbortedError(OSError):
    """The call was broken off by `Line.abort`."""


class Line:
    """State shared by the sockets of one client.

    Threads: `abort` from any thread, all else from the thread that makes the calls.

    Attributes:
        stage: of the running call.
        traffic: counters, written here and by the sockets.
    """

    def __init__(self, clock: Clock, connect_timeout_s: float, read_timeout_s: float) -> None:
        self.traffic = Traffic()
        self.stage = Stage.NOT_CONNECTED
        self._clock = clock
        self._connect_timeout_s = connect_timeout_s
        self._read_timeout_s = read_timeout_s
        self._deadline = 0.0
        self._lock = threading.Lock()
        self._aborted = threading.Event()
        self._socket: socket.socket | None = None

    def begin(self, deadline_s: float) -> None:
        """A call starts that must be over in `deadline_s` seconds."""
        self._deadline = self._clock.monotonic() + deadline_s
        self.stage = Stage.NOT_CONNECTED

    def abort(self) -> None:
        """Breaks the running call off; the next one fails too until `allow`. Does not block."""
        self._aborted.set()
        with self._lock:
            if self._socket is not None:
                break_off(self._socket)

    def allow(self) -> None:
        """Ends the effect of `abort`."""
        self._aborted.clear()

    @property
    def is_aborted(self) -> bool:
        """Whether the line was broken off."""
        return self._aborted.is_set()

    def pause(self, seconds: float) -> bool:
        """Waits, unless aborted or out of time; True when the wait was completed."""
        if self._deadline - self._clock.monotonic() <= seconds:
            return False
        return not self._aborted.wait(seconds)

    def adopt(self, sock: socket.socket | None) -> None:
        """The socket that `abort` has to break.

        Raises:
            AbortedError: the line was broken off before.
        """
        with self._lock:
            self._socket = sock
        if sock is not None:
            self._refuse_aborted()

    def time_to_connect(self) -> float:
        """Seconds that opening may take. Raises TimeoutError or AbortedError."""
        return min(self._connect_timeout_s, self._left())

    def time_to_read(self) -> float:
        """Seconds that the next read or write may take. Raises TimeoutError or AbortedError."""
        return min(self._read_timeout_s, self._left())

    def _left(self) -> float:
        self._refuse_aborted()
        left = self._deadline - self._clock.monotonic()
        if left <= 0:
            raise TimeoutError("the call's time is over")
        return left

    def _refuse_aborted(self) -> None:
        if self._aborted.is_set():
            raise AbortedError("aborted")


def break_off(sock: socket.socket) -> None:
    """Wakes whoever waits on the socket. The plain shutdown also for TLS: its own would race with a running read."""
    try:
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
    except OSError:
        return  # not connected any more, which is what was wanted
