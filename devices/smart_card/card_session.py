"""One powered card: exchanges with a deadline each, since PC/SC itself has none.

A card that says nothing keeps SCardTransmit for as long as its reader likes. So every call runs on a thread of its own
(`CallThread`); when the deadline passes or the action is given up, that thread is left to its call, the card's handle is
released behind it, and the next session gets another thread. Three such threads at most; then the reader counts as busy.
"""

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from enum import Enum
from typing import Self, TypeVar

from devices.smart_card import scard_calls
from devices.smart_card.apdu_codec import ApduError, CommandApdu, ResponseApdu, Sw, decode_response
from devices.smart_card.scard_calls import ScardError

T = TypeVar("T")

STUCK_AT_MOST = 3
_LONGEST_REPLY = 65536 + 2


class Trouble(Enum):
    """Why an exchange failed; closed."""

    REMOVED = "removed"
    BROKEN_OFF = "brokenOff"  # 80100016: removed in mid-exchange, or the contact failed: the watch tells which
    MUTE = "mute"
    BUSY = "busy"
    NO_READER = "noReader"
    SERVICE_GONE = "serviceGone"
    CANCELED = "canceled"
    FAILED = "failed"


class CardTroubleError(Exception):
    """An exchange failed. Holds no content."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


_TROUBLES = {
    scard_calls.NO_SMARTCARD: Trouble.REMOVED,
    scard_calls.REMOVED_CARD: Trouble.REMOVED,
    scard_calls.NOT_TRANSACTED: Trouble.BROKEN_OFF,
    scard_calls.RESET_CARD: Trouble.BROKEN_OFF,
    scard_calls.UNRESPONSIVE_CARD: Trouble.MUTE,
    scard_calls.UNPOWERED_CARD: Trouble.MUTE,
    scard_calls.SHARING_VIOLATION: Trouble.BUSY,
    scard_calls.READER_UNAVAILABLE: Trouble.NO_READER,
    scard_calls.UNKNOWN_READER: Trouble.NO_READER,
    scard_calls.NO_READERS: Trouble.NO_READER,
}


def trouble_of(error: ScardError) -> Trouble:
    """What a failed PC/SC call means for the card."""
    if error.is_service_lost:
        return Trouble.SERVICE_GONE
    return _TROUBLES.get(error.code, Trouble.FAILED)


class CallThread:
    """A thread that carries out calls one after the other, and can be left behind in one."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        # daemon: a call into a reader that hangs must not hold the host's end
        self._thread = threading.Thread(target=self._run, name="pcsc-call", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            call()

    def call(self, work: Callable[[], T], timeout_s: float, give_up: Callable[[], bool]) -> T:
        """Waits for the result; `CardTroubleError` MUTE after the time, CANCELED when `give_up` says so (every 50 ms)."""
        done = threading.Event()
        result: list[T | ScardError] = []

        def carry_out() -> None:
            try:
                result.append(work())
            except ScardError as error:
                result.append(error)
            done.set()

        self._calls.put(carry_out)
        ends = time.monotonic() + timeout_s
        while not done.wait(max(min(0.05, ends - time.monotonic()), 0)):
            if give_up():
                raise CardTroubleError(Trouble.CANCELED)
            if time.monotonic() >= ends:
                raise CardTroubleError(Trouble.MUTE)
        outcome = result.pop()
        if isinstance(outcome, ScardError):
            raise CardTroubleError(trouble_of(outcome))
        return outcome

    def post(self, work: Callable[[], None]) -> None:
        """Carries out something behind the present call, however long that takes."""
        self._calls.put(work)

    def end(self) -> None:
        """Lets the thread end when its calls are done; does not wait."""
        self._calls.put(None)

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def join(self, timeout_s: float) -> None:
        """Waits for the end after `end`."""
        self._thread.join(timeout_s)


class CardSession:
    """A connected card; use as a context manager. From one thread.

    Attributes:
        exchanges: APDUs sent. `exchange_s`: time inside SCardTransmit (service, reader and card together).
    """

    def __init__(self, calls: CallThread, reader: str, timeout_s: float, give_up: Callable[[], bool]) -> None:
        self._calls = calls
        self._reader = reader
        self._timeout_s = timeout_s
        self._give_up = give_up
        self._context: int | None = None
        self._card: tuple[int, int] | None = None
        self.exchanges = 0
        self.exchange_s = 0.0

    def __enter__(self) -> Self:
        try:
            self._calls.call(self._connect, self._timeout_s, self._give_up)
        except CardTroubleError:
            self._calls.post(self._release)
            raise
        return self

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, CardTroubleError) and error.trouble in (Trouble.MUTE, Trouble.CANCELED):
            self._calls.post(self._release)  # behind a call that hangs it waits for its turn
            return
        # awaited: what is told of the card afterwards is told of one without power
        with contextlib.suppress(CardTroubleError):
            self._calls.call(self._release, self._timeout_s, lambda: False)

    def _connect(self) -> None:
        self._context = scard_calls.establish_context()
        self._card = scard_calls.connect(self._context, self._reader)

    def _release(self) -> None:
        card, self._card = self._card, None
        context, self._context = self._context, None
        if card is not None:
            scard_calls.disconnect(card[0])
        if context is not None:
            scard_calls.release_context(context)

    def transmit(self, command: CommandApdu) -> ResponseApdu:
        """One command, with what T=0 makes of it: 61xx is fetched, 6Cxx asked again.

        Raises:
            CardTroubleError: no reply; the session is of no use afterwards.
        """
        response = self._exchange(command.encode())
        if response.meaning is Sw.WRONG_LENGTH:
            response = self._exchange(command.with_le((response.sw & 0xFF) or 256).encode())
        data = bytearray(response.data)
        while response.meaning is Sw.MORE and len(data) <= _LONGEST_REPLY:
            more = CommandApdu(command.cla & 0x03, 0xC0, 0, 0, le=(response.sw & 0xFF) or 256)
            response = self._exchange(more.encode())
            data += response.data
        return ResponseApdu(bytes(data), response.sw)

    def _exchange(self, raw: bytes) -> ResponseApdu:
        card = self._card
        if card is None:
            raise CardTroubleError(Trouble.FAILED)
        began = time.perf_counter()
        try:
            reply = self._calls.call(lambda: scard_calls.transmit(*card, raw), self._timeout_s, self._give_up)
        finally:
            self.exchange_s += time.perf_counter() - began
        self.exchanges += 1
        try:
            return decode_response(reply)
        except ApduError:
            # a reader whose card goes in mid-exchange may also hand out nothing as a success
            raise CardTroubleError(Trouble.BROKEN_OFF) from None
