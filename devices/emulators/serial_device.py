"""What the emulators of small serial devices share: the usual faults of a wire, the state, and effects planned for later."""

import time

from devices.emulators.pty_device import Arguments, Effect, Known, PtyDevice, whole
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_devices import BY_NAME, counted


class SerialDevice(PtyDevice):
    """A device on a pseudo-terminal. A subclass gives `_own_actions`, `_own_state`, `_take` and, if it has any, `_act`.

    Actions of all: ``unplug``, ``plug``, ``silence`` (says nothing any more), ``garbage`` (``count`` stray bytes at once),
    ``normal`` (ends every lasting fault and plugs in).
    """

    name = "serial_device"

    def __init__(self, baud_rate: int, is_paced: bool) -> None:
        super().__init__(baud_rate, is_paced, Traffic(BY_NAME.get(self.name, counted)))
        self._later: list[tuple[float, Effect]] = []

    # -- the panel -----------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """What the panel and the tests see; nothing of a person."""
        return {
            "port": self.port,
            "plugged": self._wire.is_plugged,
            "paced": self._wire.is_paced,
            "faults": sorted(self._faults),
            "counters": dict(self._counters),
            "actions": sorted(self._actions()),
            **self._own_state(),
        }

    def _actions(self) -> dict[str, Known]:
        return {
            "unplug": lambda _: self._unplug,
            "plug": lambda _: self._wire.plug,
            "silence": self._lasting("silence", 1),
            "garbage": self._garbage,
            "normal": lambda _: self._normal,
            **self._own_actions(),
        }

    def _garbage(self, arguments: Arguments) -> Effect:
        count = whole(arguments, "garbage", 7)
        return lambda: self._say((b"\x00\xff\xef\x81\x7e\xaa\x13" * count)[:count])

    def _unplug(self) -> None:
        self._wire.cut()
        self._later.clear()
        self._was_unplugged()

    def _normal(self) -> None:
        self._faults.clear()
        self._wire.plug()

    # -- what a subclass gives -----------------------------------------------------------------------------------

    def _own_actions(self) -> dict[str, Known]:
        return {}

    def _own_state(self) -> dict[str, object]:
        return {}

    def _was_unplugged(self) -> None:
        """The device lost its power with the plug."""

    # -- the device ----------------------------------------------------------------------------------------------

    def _say(self, data: bytes) -> None:
        if "silence" not in self._faults and self._wire.is_plugged:
            self._wire.send(data, time.monotonic(), self._goes_on)

    def _at(self, moment: float, effect: Effect) -> None:
        """Plans an effect of the device's own, monotonic seconds."""
        self._later.append((moment, effect))

    def _moments(self) -> list[float]:
        return [at for at, _ in self._later]

    def _do_due(self, now: float) -> None:
        due = [effect for at, effect in self._later if at <= now]
        self._later = [(at, effect) for at, effect in self._later if at > now]
        for effect in due:
            effect()
