"""Emulator of a metal keypad on a pseudo-terminal: keys to press, a backlight, a beeper, by the keypad's own profile."""

import time
from pathlib import Path

from devices.emulators.pty_device import Arguments, Effect, Known
from devices.emulators.serial_device import SerialDevice
from devices.keypad.profile import load_profile, profile_path
from devices.keypad.types import Key

PROFILE = "metal_16"
_HELD_REPEAT_S = 0.02
_BETWEEN_KEYS_S = 0.01
_SAME_KEY_S = 0.15


class KeypadEmulator(SerialDevice):
    """The keypad.

    Actions: ``press`` (``key`` a name of XFS4IoT such as ``five`` or ``enter``), ``type`` (``digits``, as a quick finger),
    ``hold`` (``key`` stays down and repeats), ``release``, besides those of `SerialDevice`.
    """

    name = "keypad"

    def __init__(self, is_paced: bool = True, path: Path | None = None) -> None:
        self._profile = load_profile(path or profile_path(PROFILE))
        super().__init__(self._profile.baud_rate, is_paced)
        self._bytes = {key: bytes((byte,)) for byte, key in self._profile.keys.items()}
        self._digits = {key.text: key for key in self._bytes if len(key.text) == 1}
        self._held: Key | None = None
        self._is_lit = False
        self._heard = bytearray()

    @property
    def settings(self) -> dict[str, object]:
        """The driver's settings that fit this keypad."""
        return {"driver": "serial", "port": self.port, "profile": PROFILE}

    def _own_state(self) -> dict[str, object]:
        return {
            "lit": self._is_lit,
            "held": self._held.value if self._held is not None else None,
            "keys": [key.value for row in self._profile.rows for key in row],
        }

    def _own_actions(self) -> dict[str, Known]:
        return {
            "press": lambda arguments: self._pressing(self._key(arguments)),
            "type": self._type,
            "hold": self._hold,
            "release": lambda _: self._release,
        }

    def _key(self, arguments: Arguments) -> Key:
        name = str(arguments.get("key", "five"))
        key = next((key for key in self._bytes if key.value == name), None)
        if key is None:
            raise ValueError(f"键盘上没有“{name}”这个键 / the keypad has no key {name!r}")
        return key

    def _pressing(self, key: Key) -> Effect:
        def effect() -> None:
            self._say(self._bytes[key])
            self._count("pressed")

        return effect

    def _type(self, arguments: Arguments) -> Effect:
        digits = str(arguments.get("digits", ""))
        if not digits or any(digit not in self._digits for digit in digits):
            raise ValueError("digits 只能是键盘上的数字 / digits are digits of the keypad")

        def effect() -> None:
            at = time.monotonic()
            for before, digit in zip(" " + digits, digits, strict=False):
                at += _SAME_KEY_S if digit == before else _BETWEEN_KEYS_S
                self._at(at, self._pressing(self._digits[digit]))

        return effect

    def _hold(self, arguments: Arguments) -> Effect:
        key = self._key(arguments)

        def again() -> None:
            if self._held is key:
                self._say(self._bytes[key])
                self._at(time.monotonic() + _HELD_REPEAT_S, again)

        def effect() -> None:
            self._held = key
            again()

        return effect

    def _release(self) -> None:
        self._held = None

    def _take(self, data: bytes) -> None:
        profile = self._profile
        known = {
            profile.begin: "begin",
            profile.end: "end",
            profile.press: "beeps",
            bytes.fromhex(profile.hello): "hellos",
        }
        self._heard += data
        while self._heard:
            found = next((order for order in known if order and self._heard.startswith(order)), None)
            if found is None:
                if any(order.startswith(bytes(self._heard)) for order in known):
                    return
                del self._heard[:1]
                continue
            del self._heard[: len(found)]
            if found == bytes.fromhex(profile.hello):
                self._say(bytes.fromhex(profile.hello_reply))
            elif found in (profile.begin, profile.end):
                self._is_lit = found == profile.begin
            self._count(known[found])

    def _was_unplugged(self) -> None:
        self._heard.clear()
        self._held = None
        self._is_lit = False
