"""The driver ``alsa``: plays through ``aplay`` of alsa-utils, so that a hung sound card hangs a child and not the host.

The device is well while ALSA knows a sound card (``/proc/asound/cards``) and the last play worked; a card that was there is gone
when three looks in a row miss it, since a USB one leaves the list for a moment. The plug-ins ``null`` and ``file`` need no card. How loud a hall hears it, no program can tell: that needs an ear.
"""

import re
import subprocess
from pathlib import Path

import msgspec

from devices.audio.tone_codec import wav_of
from devices.audio.types import PLAY_SIGNAL, PLAY_SOUND, PlaySignal, PlaySound
from devices.driver import Driver, Execution
from devices.messages import Capabilities, Command, Completion
from devices.status import Action, CompletionCode, DeviceState, DeviceStatus
from kiosk.base.errors import BudayangError

_CARDS = Path("/proc/asound/cards")
_CARDLESS = ("null", "file:")
_NAME = r"[A-Za-z0-9_-]{1,60}"
_LARGEST = 20_000_000
_TURN_S = 0.02
_MISSES = 3
_GONE = DeviceStatus(DeviceState.POWER_OFF, action=Action.MAINTENANCE, reason="audio.gone")


class AlsaSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """This driver's part of the configuration: ALSA's name of the output, the folder of the sounds."""

    output: str = "default"
    sounds: str | None = None
    program: str = "aplay"


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value."""
    try:
        return AlsaOutput(msgspec.convert(settings, AlsaSettings))
    except msgspec.ValidationError:
        raise BudayangError("device.configuration") from None


class AlsaOutput:
    """One sound output. All methods from one thread."""

    def __init__(self, settings: AlsaSettings, cards: Path = _CARDS) -> None:
        self._settings = settings
        self._cards = cards
        self._has_failed = False
        self._misses = _MISSES  # nothing was there yet

    def capabilities(self) -> Capabilities:
        """Signals always, files where there is a folder of them."""
        return Capabilities((PLAY_SIGNAL,) if self._settings.sounds is None else (PLAY_SIGNAL, PLAY_SOUND))

    def open(self) -> DeviceStatus:
        """Forgets an earlier failure and looks for the card."""
        self._has_failed = False
        self._misses = _MISSES
        return self.status()

    def status(self) -> DeviceStatus:
        """Whether there is a card and the last play worked."""
        self._misses = 0 if self._has_card() else self._misses + 1
        return _GONE if self._has_failed or self._misses >= _MISSES else DeviceStatus(DeviceState.ONLINE)

    def close(self) -> None:
        """Nothing is held open."""

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `playSignal` or `playSound`."""
        try:
            if command.name == PLAY_SIGNAL:
                data = wav_of(msgspec.msgpack.decode(command.payload, type=PlaySignal).signal)
            elif command.name == PLAY_SOUND and self._settings.sounds is not None:
                found = self._sound(msgspec.msgpack.decode(command.payload, type=PlaySound).sound)
                if found is None:
                    return Completion(command.action_id, CompletionCode.INVALID_DATA, "audio.no_such_sound")
                data = found
            else:
                return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        except msgspec.DecodeError:
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
        if not self._has_card():
            return Completion(command.action_id, CompletionCode.DEVICE_NOT_READY, "audio.gone")
        return self._play(data, execution)

    def _has_card(self) -> bool:
        if self._settings.output.startswith(_CARDLESS):
            return True
        try:
            return re.search(r"^ *\d+ \[", self._cards.read_text(encoding="utf-8"), re.MULTILINE) is not None
        except OSError:
            return False

    def _sound(self, name: str) -> bytes | None:
        if self._settings.sounds is None or not re.fullmatch(_NAME, name):
            return None
        path = Path(self._settings.sounds) / f"{name}.wav"
        try:
            return path.read_bytes() if path.stat().st_size <= _LARGEST else None
        except OSError:
            return None

    def _play(self, data: bytes, execution: Execution) -> Completion:
        try:
            player = subprocess.Popen(
                [self._settings.program, "-q", "-D", self._settings.output, "-t", "wav", "-"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            self._has_failed = True
            return Completion(execution.action_id, CompletionCode.HARDWARE_ERROR, "audio.not_played")
        feed: bytes | None = data
        while True:
            if execution.is_cancelled():
                player.kill()
                player.communicate()
                return Completion(execution.action_id, CompletionCode.CANCELED)
            try:
                player.communicate(feed, timeout=_TURN_S)
                break
            except subprocess.TimeoutExpired:
                feed = None  # communicate goes on with what it was given first
        self._has_failed = player.returncode != 0
        if self._has_failed:
            return Completion(execution.action_id, CompletionCode.HARDWARE_ERROR, "audio.not_played")
        return Completion(execution.action_id, CompletionCode.SUCCESS)
