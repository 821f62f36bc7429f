"""The line of a serial device that speaks unasked (scanner, keypad, pad): its health and what came on it.

Policy: a round of health opens a lost port again, takes what lies in the line, and asks the device's `hello` where it has
one. A round without an answer is a miss; three misses in a row mean gone, fewer change nothing. A device without a
`hello` shows its loss only by its port; a pulled RS-232 cable it cannot show.
"""

import time
from collections.abc import Callable

import msgspec

from devices.driver import Execution
from devices.messages import Completion
from devices.serial_port import PortGoneError, SerialPort
from devices.status import CompletionCode
from kiosk.base.errors import BudayangError

MISSES = 3
"""So many rounds in a row without an answer mean gone."""

_SLICE_S = 0.05
_FULL_BUFFER_READS = 4


class LineSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a driver on such a line is configured with; bytes are hexadecimal text.

    Attributes:
        hello, hello_reply: a question that changes nothing (e.g. for the version) and how its answer begins; both or none.
        reply_s: within which the answer must come.
        retry_s: between two rounds within a command.
    """

    port: str
    baud_rate: int = 9600
    hello: str = ""
    hello_reply: str = ""
    reply_s: float = 0.3
    retry_s: float = 0.3


def hex_bytes(text: str) -> bytes:
    """Bytes of a setting; raises `BudayangError` ``device.configuration``."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise BudayangError("device.configuration") from None


class UnaskedLine:
    """Used from one thread.

    Args:
        settings: the line's part of the driver's settings.
        on_data: gets whatever the device sends, in order, as a bytearray that is overwritten after the call.

    Attributes:
        misses: rounds in a row without an answer.
    """

    def __init__(self, settings: LineSettings, on_data: Callable[[bytearray], None]) -> None:
        self._settings = settings
        self._hello = hex_bytes(settings.hello)
        self._reply = hex_bytes(settings.hello_reply)
        if bool(self._hello) != bool(self._reply):
            raise BudayangError("device.configuration")
        self._on_data = on_data
        self._port = SerialPort(settings.port, settings.baud_rate)
        self.misses = 0

    @property
    def is_gone(self) -> bool:
        return self.misses >= MISSES

    @property
    def asks(self) -> bool:
        """Whether silence can be told from rest."""
        return bool(self._hello)

    def check(self) -> bool:
        """One round; whether it was answered."""
        if self._port.is_open or self._port.open():
            try:
                self._drain()
                is_well = not self._hello or self._greet()
            except PortGoneError:
                is_well = False
        else:
            is_well = False
        self.misses = 0 if is_well else self.misses + 1
        return is_well

    def settle(self, execution: Execution) -> bool:
        """Rounds until one is answered or the device is gone; false also when the command was cancelled."""
        while not execution.is_cancelled():
            if self.check():
                return True
            if self.is_gone:
                return False
            pause(self._settings.retry_s, execution)
        return False

    def refusal(self, execution: Execution, gone: str) -> Completion | None:
        """Settles; returns why no command may run, ``None`` if it may."""
        if self.settle(execution):
            return None
        if execution.is_cancelled():
            return Completion(execution.action_id, CompletionCode.CANCELED)
        return Completion(execution.action_id, CompletionCode.DEVICE_NOT_READY, gone)

    def listen(self, wait_s: float) -> None:
        """Hands over what comes within `wait_s`, at once when something does. Raises `PortGoneError`."""
        self._give(self._port.receive(wait_s))

    def send(self, data: bytes) -> None:
        """Raises `PortGoneError`."""
        if data:
            self._port.send(data)

    def close(self) -> None:
        """Twice is allowed."""
        self._port.close()

    def _give(self, data: bytearray) -> None:
        if data:
            self._on_data(data)
            data[:] = bytes(len(data))

    def _drain(self) -> None:
        for _ in range(_FULL_BUFFER_READS):
            data = self._port.receive()
            if not data:
                return
            self._give(data)

    def _greet(self) -> bool:
        self._port.send(self._hello)
        heard = bytearray()
        ends = time.monotonic() + self._settings.reply_s
        try:
            while (left := ends - time.monotonic()) > 0:
                heard += self._port.receive(min(left, _SLICE_S))
                at = heard.find(self._reply)
                if at >= 0:
                    del heard[at : at + len(self._reply)]
                    return True
            return False
        finally:
            self._give(heard)


def pause(seconds: float, execution: Execution) -> None:
    """Waits unless the command is given up."""
    ends = time.monotonic() + seconds
    while not execution.is_cancelled() and (left := ends - time.monotonic()) > 0:
        time.sleep(min(left, _SLICE_S))
