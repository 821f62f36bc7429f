"""The driver ``serial`` of a keypad that sends a byte a key.

Policy: keys that come while no entry is open are dropped and counted, so that a password never starts with the last citizen's
keys. What was typed lives in one buffer that is overwritten at the end of the entry. A keypad that is lost for a moment begins the
entry anew, told as 更正, since nobody knows which keys were lost. No key and no length is ever logged.
"""

import time
from pathlib import Path

import msgspec

from devices.driver import Driver, Execution
from devices.keypad.entry_codec import Entry, Told, is_possible
from devices.keypad.key_codec import KeyReader
from devices.keypad.profile import load_profile, profile_path
from devices.keypad.types import (
    DATA_ENTRY,
    EVENT_KEY,
    EVENT_TOO_SHORT,
    GET_LAYOUT,
    RESET,
    DataEntered,
    DataEntry,
    Key,
    KeyPressed,
    Layout,
)
from devices.messages import Capabilities, Command, Completion
from devices.notes import note
from devices.serial_port import PortGoneError
from devices.status import STARTING, Action, CompletionCode, DeviceState, DeviceStatus
from devices.unasked_line import LineSettings, UnaskedLine
from kiosk.base.errors import BudayangError
from kiosk.base.yaml_reading import ConfigError

_SLICE_S = 0.05
_ONLINE = DeviceStatus(DeviceState.ONLINE)
_GONE = DeviceStatus(DeviceState.POWER_OFF, action=Action.MAINTENANCE, reason="keypad.gone")
_STUCK = DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.MAINTENANCE, reason="keypad.key_stuck")


class KeypadSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """This driver's part of the configuration: the port and one of a shipped profile or a file's path.

    Attributes:
        stuck_s: a key that is down for so long is stuck.
        hello_s: how often the keypad is asked within an entry, where it can be asked.
    """

    port: str
    profile: str | None = None
    file: str | None = None
    reply_s: float = 0.3
    retry_s: float = 0.3
    stuck_s: float = 3.0
    hello_s: float = 2.0


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value or a wrong file."""
    try:
        wanted = msgspec.convert(settings, KeypadSettings)
        if (wanted.profile is None) == (wanted.file is None):
            raise BudayangError("device.configuration")
        return SerialKeypad(
            wanted, profile_path(wanted.profile) if wanted.profile is not None else Path(str(wanted.file))
        )
    except (msgspec.ValidationError, ConfigError):
        raise BudayangError("device.configuration") from None


class SerialKeypad:
    """A keypad behind one serial port. All methods from one thread. Raises `ConfigError` for a wrong file.

    Attributes:
        poll_s: how often the host should look; keys that nobody waits for lie in the line no longer.
    """

    poll_s = 0.25

    def __init__(self, settings: KeypadSettings, path: Path) -> None:
        self._profile = load_profile(path)
        self._hello_s = settings.hello_s
        line = LineSettings(
            port=settings.port,
            baud_rate=self._profile.baud_rate,
            hello=self._profile.hello,
            hello_reply=self._profile.hello_reply,
            reply_s=settings.reply_s,
            retry_s=settings.retry_s,
        )
        self._line = UnaskedLine(line, self._take)
        self._keys = KeyReader(self._profile.keys, self._profile.repeat_s, settings.stuck_s)
        self._entry: Entry | None = None
        self._is_masked = True
        self._execution: Execution | None = None
        self._pressed_at = 0.0
        self._dropped = 0
        self._status = STARTING

    def capabilities(self) -> Capabilities:
        """XFS4IoT Keyboard's commands."""
        return Capabilities((DATA_ENTRY, GET_LAYOUT, RESET), (EVENT_KEY, EVENT_TOO_SHORT))

    def open(self) -> DeviceStatus:
        """Opens the port; a failure counts as one miss. The backlight goes out: a host before this one may have died."""
        status = self.status()
        if self._line.misses == 0:
            self._order(self._profile.end)
        return status

    def status(self) -> DeviceStatus:
        """One round; drops what was pressed meanwhile."""
        if self._line.check():
            self._status = _STUCK if self._keys.is_stuck(time.monotonic()) else _ONLINE
        elif self._line.is_gone:
            self._status = _GONE
        self._tell_dropped()
        return self._status

    def close(self) -> None:
        """Releases the port; twice is allowed."""
        self._line.close()
        self._keys.clear()

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `dataEntry`, `getLayout` or `reset`."""
        if command.name == RESET:
            self._keys.clear()
            return Completion(command.action_id, CompletionCode.SUCCESS)
        if command.name == GET_LAYOUT:
            payload = msgspec.msgpack.encode(Layout(self._profile.rows))
            return Completion(command.action_id, CompletionCode.SUCCESS, payload=payload)
        if command.name != DATA_ENTRY:
            return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        try:
            wish = msgspec.msgpack.decode(command.payload, type=DataEntry) if command.payload else DataEntry()
        except msgspec.DecodeError:
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
        if not is_possible(wish):
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
        refusal = self._line.refusal(execution, "keypad.gone")
        if refusal is not None:
            return refusal
        entry = Entry(wish)
        self._entry, self._execution, self._is_masked = entry, execution, wish.is_masked
        self._pressed_at = time.monotonic()
        try:
            self._order(self._profile.begin)
            return self._enter(entry, wish, execution)
        finally:
            self._entry = self._execution = None
            entry.erase()
            self._order(self._profile.end)
            self._tell_dropped()

    def _enter(self, entry: Entry, wish: DataEntry, execution: Execution) -> Completion:
        asked_at = time.monotonic()
        while not execution.is_cancelled():
            is_lost = False
            try:
                self._line.listen(_SLICE_S)
            except PortGoneError:
                is_lost = True
            now = time.monotonic()
            if entry.ended_by is not None:
                payload = msgspec.msgpack.encode(DataEntered(entry.text(), entry.ended_by))
                return Completion(execution.action_id, CompletionCode.SUCCESS, payload=payload)
            if self._keys.is_stuck(now):
                self._status = _STUCK
                return Completion(execution.action_id, CompletionCode.HARDWARE_ERROR, "keypad.key_stuck")
            if wish.idle_s and now - self._pressed_at >= wish.idle_s:
                return Completion(execution.action_id, CompletionCode.TIME_OUT, "keypad.no_key")
            if is_lost or (self._line.asks and now - asked_at >= self._hello_s):
                if not self._line.settle(execution):
                    break
                if is_lost:
                    self._press(Key.CLEAR)
                    self._order(self._profile.begin)
                asked_at = time.monotonic()
        if execution.is_cancelled():
            return Completion(execution.action_id, CompletionCode.CANCELED)
        self._status = _GONE
        return Completion(execution.action_id, CompletionCode.DEVICE_NOT_READY, "keypad.gone")

    def _take(self, data: bytearray) -> None:
        for key in self._keys.feed(data, time.monotonic()):
            if self._entry is None:
                self._dropped += 1
            else:
                self._press(key)

    def _press(self, key: Key) -> None:
        entry, execution = self._entry, self._execution
        if entry is None or execution is None:
            return
        told = entry.press(key)
        self._pressed_at = time.monotonic()
        if told is Told.TOO_SHORT:
            execution.emit(EVENT_TOO_SHORT)
        elif told is Told.KEY:
            shown = None if self._is_masked and key.text else key
            execution.emit(EVENT_KEY, msgspec.msgpack.encode(KeyPressed(entry.length, shown)))
            self._order(self._profile.press)

    def _tell_dropped(self) -> None:
        if self._dropped:
            note("input_dropped", device="keypad", count=self._dropped)
            self._dropped = 0

    def _order(self, data: bytes) -> None:
        try:
            self._line.send(data)
        except PortGoneError:
            return  # the next round tells it
