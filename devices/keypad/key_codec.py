"""Bytes of a keypad to keys: one byte a key, by the profile's map.

Source: known from practice with metal keypads on RS-232 (9600 8N1). A contact that bounces and a key that is held send the same
byte again within tens of milliseconds, which no finger does.
"""

from collections.abc import Mapping

from devices.keypad.types import Key


class KeyReader:
    """Args:
        keys: byte -> key; other bytes are passed over and counted.
        repeat_s: the same byte within this time of its last coming is the same press.
        stuck_s: a press that goes on for so long is a stuck key.

    Attributes:
        unknown: bytes that are no key.
    """

    def __init__(self, keys: Mapping[int, Key], repeat_s: float = 0.06, stuck_s: float = 3.0) -> None:
        self._keys = keys
        self._repeat_s = repeat_s
        self._stuck_s = stuck_s
        self._last: int | None = None
        self._pressed_at = 0.0
        self._heard_at = float("-inf")
        self.unknown = 0

    def feed(self, data: bytes | bytearray, at: float) -> list[Key]:
        """The presses that begin with these bytes, which came at `at` (monotonic seconds)."""
        found: list[Key] = []
        for byte in data:
            key = self._keys.get(byte)
            if key is None:
                self.unknown += 1
                continue
            is_held = byte == self._last and at - self._heard_at <= self._repeat_s
            self._last, self._heard_at = byte, at
            if not is_held:
                self._pressed_at = at
                found.append(key)
        return found

    def is_stuck(self, at: float) -> bool:
        """Whether a key has been down for too long and still is."""
        return (
            self._last is not None
            and at - self._heard_at <= max(self._repeat_s, 0.5)
            and self._heard_at - self._pressed_at >= self._stuck_s
        )

    def clear(self) -> None:
        """Forgets the last key."""
        self._last = None
        self._heard_at = float("-inf")
