"""The driver ``nut``: one supply of an upsd on TCP (RFC 9271; port 3493). Reads only, so it needs no log-in.

Policy: the status is asked every second, since the mains may fail at any time; three misses in a row (no connection, no
answer, DATA-STALE because upsd has lost the supply) make it `powerOff`, fewer change nothing. A supply that upsd does not
know, or does not tell us of, is a matter of the configuration. A line that answers another question is a late one and is skipped.
"""

import contextlib
import select
import socket
import time
from collections.abc import Callable

import msgspec

from devices.driver import Driver, Execution
from devices.messages import Capabilities, Command, Completion
from devices.status import STARTING, Action, CompletionCode, DeviceState, DeviceStatus, Part
from devices.ups.nut_codec import LineReader, Refusal, Variable, ask, parse_line, status_of, whole_number
from devices.ups.types import ENGAGED, LOW, POWERING, READ_CHARGE, RECOVERED, Charge
from kiosk.base.errors import BudayangError

MISSES = 3
_SLICE_S = 0.05
_UNKNOWN = tuple(Part(name, "unknown") for name in (ENGAGED, LOW, POWERING, RECOVERED))
_GONE = DeviceStatus(DeviceState.POWER_OFF, action=Action.MAINTENANCE, reason="ups.gone", parts=_UNKNOWN)
_WRONG = DeviceStatus(
    DeviceState.HARDWARE_ERROR, action=Action.CONFIGURATION, reason="device.configuration", parts=_UNKNOWN
)
_MISCONFIGURED = frozenset(("UNKNOWN-UPS", "ACCESS-DENIED"))


class NutSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """This driver's part of the configuration; `ups` is the supply's name in upsd's ups.conf."""

    ups: str
    host: str = "127.0.0.1"
    tcp_port: int = 3493
    connect_s: float = 0.5
    reply_s: float = 0.8
    poll_s: float = 1.0


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value."""
    try:
        wanted = msgspec.convert(settings, NutSettings)
    except msgspec.ValidationError:
        raise BudayangError("device.configuration") from None
    if not wanted.ups.isascii() or not wanted.ups.isprintable() or " " in wanted.ups or not wanted.ups:
        raise BudayangError("device.configuration")
    return NutSupply(wanted)


class NutSupply:
    """One supply behind one upsd. All methods from one thread."""

    def __init__(self, settings: NutSettings) -> None:
        self.poll_s = settings.poll_s
        self._settings = settings
        self._socket: socket.socket | None = None
        self._lines = LineReader()
        self._misses = 0
        self._was_powering = False
        self._was_recovered = False
        self._status = STARTING

    def capabilities(self) -> Capabilities:
        """One command."""
        return Capabilities((READ_CHARGE,))

    def open(self) -> DeviceStatus:
        """Connects and asks; a failure counts as one miss."""
        self.close()
        return self.status()

    def status(self) -> DeviceStatus:
        """Asks ``ups.status``; connects again when the connection was lost."""
        answer = self._ask("ups.status", lambda: False)
        if not isinstance(answer, Variable):
            self._misses += 1
            if self._misses >= MISSES:
                is_wrong = isinstance(answer, Refusal) and answer.code in _MISCONFIGURED
                self._status = _WRONG if is_wrong else _GONE
            return self._status
        self._misses = 0
        self._status = status_of(answer.value, self._was_powering, self._was_recovered)
        on = {part.name for part in self._status.parts if part.word == "on"}
        self._was_powering, self._was_recovered = POWERING in on, RECOVERED in on
        return self._status

    def close(self) -> None:
        """Ends the connection; twice is allowed."""
        end, self._socket = self._socket, None
        self._lines.clear()
        if end is not None:
            with contextlib.suppress(OSError):
                end.close()

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `readCharge`."""
        if command.name != READ_CHARGE:
            return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        found: list[int | None] = []
        for name, most in (("battery.charge", 100), ("battery.runtime", 999_999)):
            answer = self._ask(name, execution.is_cancelled)
            if execution.is_cancelled():
                return Completion(command.action_id, CompletionCode.CANCELED)
            if answer is None or (isinstance(answer, Refusal) and answer.code != "VAR-NOT-SUPPORTED"):
                return Completion(command.action_id, CompletionCode.DEVICE_NOT_READY, "ups.gone")
            found.append(whole_number(answer.value, most) if isinstance(answer, Variable) else None)
        payload = msgspec.msgpack.encode(Charge(*found))
        return Completion(command.action_id, CompletionCode.SUCCESS, payload=payload)

    def _ask(self, name: str, give_up: Callable[[], bool]) -> Variable | Refusal | None:
        """One question; ``None`` when there is no answer, and then the connection is given up."""
        settings = self._settings
        try:
            if self._socket is None:
                self._socket = socket.create_connection((settings.host, settings.tcp_port), settings.connect_s)
            self._socket.settimeout(settings.reply_s)
            self._socket.sendall(ask(settings.ups, name))
            ends = time.monotonic() + settings.reply_s
            while (left := ends - time.monotonic()) > 0 and not give_up():
                if not select.select([self._socket], [], [], min(left, _SLICE_S))[0]:
                    continue
                data = self._socket.recv(4096)
                if not data:
                    break
                for line in self._lines.feed(data):
                    answer = parse_line(line)
                    is_ours = isinstance(answer, Variable) and (answer.ups, answer.name) == (settings.ups, name)
                    if is_ours or isinstance(answer, Refusal):
                        return answer
        except OSError:
            pass
        self.close()
        return None
