"""The driver ``described``: any simple serial device, made of a description file.

Policy: a status is a round of the polls that are due; what the device sends unasked is taken before. A frame that is
damaged is asked for twice more; three rounds in a row without an answer make the device `powerOff`, fewer change nothing.
Before a command the polls must answer. A command that is not `repeatable` is sent once only: when its reply fails to
come, nobody knows what the device did, and the completion says so; so also when it is given up after it went out. A command
with `until` is done when the polls say it.
"""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from devices.described.description import Exchange
from devices.described.field_codec import FieldError, Value, decode_fields, effects_of, encode_fields, filled
from devices.described.frame_codec import Frame
from devices.described.reading import load_description, profile_path
from devices.described.serial_link import DescribedLink, Trouble
from devices.described.status_codec import Readings
from devices.driver import Driver, Execution
from devices.messages import Capabilities, Command, Completion
from devices.status import STARTING, CompletionCode, DeviceClass, DeviceState, DeviceStatus
from kiosk.base.errors import BudayangError
from kiosk.base.yaml_reading import ConfigError

MISSES = 3
"""So many rounds in a row without an answer mean gone."""

_FRAME_REPEATS = 2
_RETRY_S = 0.05
_UNTIL_S = 0.05
_CODES = {
    DeviceState.FRAUD_ATTEMPT: CompletionCode.FRAUD_ATTEMPT,
    DeviceState.HARDWARE_ERROR: CompletionCode.HARDWARE_ERROR,
    DeviceState.USER_ERROR: CompletionCode.USER_ERROR,
}


class DescribedSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """This driver's part of the configuration: the port and one of a shipped profile or a file's path."""

    port: str
    profile: str | None = None
    file: str | None = None


def make(device: DeviceClass, settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value or a wrong file."""
    try:
        wanted = msgspec.convert(settings, DescribedSettings)
        if (wanted.profile is None) == (wanted.file is None):
            raise BudayangError("device.configuration")
        path = profile_path(wanted.profile) if wanted.profile is not None else Path(str(wanted.file))
        driver = DescribedDevice(wanted.port, path)
    except (msgspec.ValidationError, ConfigError):
        raise BudayangError("device.configuration") from None
    if driver.device != device.value:
        raise BudayangError("device.configuration")
    return driver


make_cabinet = partial(make, DeviceClass.CABINET)
make_locker = partial(make, DeviceClass.LOCKER)
make_stamp_unit = partial(make, DeviceClass.STAMP_UNIT)
make_card_dispenser = partial(make, DeviceClass.CARD_DISPENSER)


def _never() -> bool:
    return False


class DescribedDevice:
    """One device behind one serial port. All methods from one thread. Raises `ConfigError` for a wrong file.

    Attributes:
        device: the device class of the file.
        poll_s: how often the host should ask for the status.
    """

    def __init__(self, port: str, path: Path) -> None:
        self._description = load_description(path)
        self.device = self._description.device
        self.poll_s = min(poll.every_s for poll in self._description.polls.values())
        self._link = DescribedLink(port, self._description, self._take_unasked)
        self._readings = Readings(self._description)
        self._refusals = {packet.code: packet for packet in self._description.refusals}
        self._due: dict[str, float] = {}
        self._misses = 0
        self._status = STARTING

    def capabilities(self) -> Capabilities:
        """The description's commands."""
        return Capabilities(tuple(self._description.commands))

    def open(self) -> DeviceStatus:
        """Opens the port and asks everything; a failure counts as one miss."""
        self._due.clear()
        if not self._link.open():
            return self._missed()
        return self.status()

    def status(self) -> DeviceStatus:
        """Takes what came and asks the polls that are due; opens the port again when it was lost."""
        if not self._link.is_open:
            return self.open()
        trouble = self._poll(_never)
        if trouble is not None:
            return self._missed()
        self._status = self._readings.status()
        return self._status

    def close(self) -> None:
        """Releases the port; twice is allowed."""
        self._link.close()

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out one of the description's commands."""
        exchange = self._description.commands.get(command.name)
        if exchange is None:
            return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        try:
            # Any: msgspec's unions hold either text or bytes; the fields judge each value
            arguments: dict[str, Value] = msgspec.msgpack.decode(command.payload or b"\x80", type=dict[str, Any])
            data = encode_fields(exchange.request.fields, arguments)
        except (msgspec.DecodeError, FieldError):
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
        return self._refusal(execution) or self._carry_out(exchange, data, arguments, execution)

    # -- status --------------------------------------------------------------------------------------------------

    def _poll(self, give_up: Callable[[], bool], *, all_of_them: bool = False) -> Trouble | None:
        """One round; the first poll without an answer ends it."""
        if self._link.listen() is not None:
            return Trouble.GONE
        now = time.monotonic()
        for name, poll in self._description.polls.items():
            if not all_of_them and self._misses == 0 and self._due.get(name, 0.0) > now:
                continue
            answer = self._ask(
                poll, b"" if not poll.request.fields else encode_fields(poll.request.fields, {}), give_up
            )
            if isinstance(answer, Trouble):
                return answer
            # half an interval of slack: the host's own timer must not make a poll miss every second turn
            self._due[name] = now + poll.every_s / 2
        self._misses = 0
        return None

    def _missed(self) -> DeviceStatus:
        """One more miss; the status changes with the third only."""
        self._misses += 1
        if self._misses >= MISSES:
            self._status = self._readings.gone()
        return self._status

    def _take_unasked(self, frame: Frame) -> None:
        for packet in self._description.events:
            if packet.code == frame.code:
                try:
                    values = decode_fields(packet.fields, frame.data)
                except FieldError:
                    return
                for field in packet.fields:
                    if field.name in values:
                        self._readings.take(
                            f"{packet.name}.{field.name}", effects_of(field, values[field.name]), is_event=True
                        )
                return

    # -- exchanges -----------------------------------------------------------------------------------------------

    def _ask(self, exchange: Exchange, data: bytes, give_up: Callable[[], bool]) -> dict[str, str] | Trouble:
        """Exchanges, again when a frame was damaged and may be repeated; returns what the reply says of the command."""
        trouble = Trouble.SILENT
        for _ in range(_FRAME_REPEATS + 1 if exchange.is_repeatable else 1):
            accepts = self._accepts(exchange) if exchange.reply is not None else None
            frame = self._link.exchange(exchange.request.code, data, accepts, exchange.reply_s, give_up)
            if frame is None:
                return {}
            if isinstance(frame, Frame):
                said = self._said(exchange, frame)
                if said is not None:
                    return said
                trouble = Trouble.DAMAGED
            else:
                trouble = frame
            if trouble not in (Trouble.DAMAGED, Trouble.REFUSED):
                break
        return trouble

    def _accepts(self, exchange: Exchange) -> Callable[[Frame], bool]:
        wanted = exchange.reply.code if exchange.reply is not None else b""
        return lambda frame: frame.code == wanted or frame.code in self._refusals

    def _said(self, exchange: Exchange, frame: Frame) -> dict[str, str] | None:
        """Takes a reply's fields; returns what they say of the command itself, ``None`` when they do not fit."""
        refusal = self._refusals.get(frame.code)
        packet = refusal or exchange.reply
        if packet is None:
            return None
        try:
            values = decode_fields(packet.fields, frame.data)
        except FieldError:
            return None
        said: dict[str, str] = {}
        if refusal is not None:
            said = {"completion": CompletionCode.COMMAND_ERROR_CODE.value, "reason": "described.refused"}
        for field in packet.fields:
            if field.name not in values:
                continue
            value = values[field.name]
            if field.name == "moduleId" and isinstance(value, str):
                self._readings.module_id = value
            effects = effects_of(field, value)
            self._readings.take(f"{packet.name}.{field.name}", effects)
            for meaning in effects:
                if "completion" in meaning:
                    said.update(meaning)
        return said

    # -- commands ------------------------------------------------------------------------------------------------

    def _refusal(self, execution: Execution) -> Completion | None:
        """Polls until there is an answer or the third miss; returns why no command may run, ``None`` if it may."""
        while True:
            if self._link.is_open or self._link.open():
                is_well = self._poll(execution.is_cancelled, all_of_them=True) is None
            else:
                is_well = False
            if execution.is_cancelled():
                return Completion(execution.action_id, CompletionCode.CANCELED)
            if is_well:
                break
            self._missed()
            if self._misses >= MISSES:
                return Completion(execution.action_id, CompletionCode.DEVICE_NOT_READY, self._status.reason)
            _wait(_RETRY_S, execution)
        return self._failure(execution)

    def _failure(self, execution: Execution) -> Completion | None:
        status = self._readings.failure()
        if status is None:
            return None
        code = _CODES.get(status.state, CompletionCode.DEVICE_NOT_READY)
        return Completion(execution.action_id, code, status.reason or "described.part_failed")

    def _carry_out(
        self, exchange: Exchange, data: bytes, arguments: dict[str, Value], execution: Execution
    ) -> Completion:
        said = self._ask(exchange, data, execution.is_cancelled)
        if said is Trouble.REFUSED:
            return Completion(execution.action_id, CompletionCode.COMMAND_ERROR_CODE, "described.refused")
        if said is Trouble.CANCELED:
            return self._given_up(exchange, execution)
        if isinstance(said, Trouble):
            reason = "described.no_answer" if exchange.is_repeatable else "described.outcome_unknown"
            return Completion(execution.action_id, CompletionCode.HARDWARE_ERROR, reason)
        code = CompletionCode(said.get("completion", CompletionCode.SUCCESS.value))
        if code is not CompletionCode.SUCCESS:
            return Completion(execution.action_id, code, said.get("reason", "described.refused"))
        if exchange.until:
            return self._wait_until(exchange, filled(exchange.until, arguments), execution)
        return Completion(execution.action_id, CompletionCode.SUCCESS)

    def _wait_until(self, exchange: Exchange, wanted: dict[str, str], execution: Execution) -> Completion:
        """Polls until the words hold, the device fails, the time is over or three rounds got no answer."""
        ends = time.monotonic() + exchange.within_s
        misses = 0
        while not execution.is_cancelled():
            if self._link.is_open or self._link.open():
                misses = 0 if self._poll(execution.is_cancelled, all_of_them=True) is None else misses + 1
            else:
                misses += 1
            if misses >= MISSES:
                return Completion(execution.action_id, CompletionCode.HARDWARE_ERROR, "described.outcome_unknown")
            if misses == 0:
                if self._readings.holds(wanted):
                    return Completion(execution.action_id, CompletionCode.SUCCESS)
                failed = self._failure(execution)
                if failed is not None:
                    return failed
            if time.monotonic() >= ends:
                return Completion(execution.action_id, CompletionCode.HARDWARE_ERROR, "described.not_done")
            _wait(_UNTIL_S, execution)
        return self._given_up(exchange, execution)

    def _given_up(self, exchange: Exchange, execution: Execution) -> Completion:
        """Of a command that has gone out: what must not happen twice may have happened."""
        if exchange.is_repeatable:
            return Completion(execution.action_id, CompletionCode.CANCELED)
        return Completion(execution.action_id, CompletionCode.HARDWARE_ERROR, "described.outcome_unknown")


def _wait(seconds: float, execution: Execution) -> None:
    ends = time.monotonic() + seconds
    while not execution.is_cancelled() and (left := ends - time.monotonic()) > 0:
        time.sleep(min(left, 0.05))
