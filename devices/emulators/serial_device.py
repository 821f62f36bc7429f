"""What the emulators of small serial devices share: the cable, the thread, the panel's actions and the counters."""

import os
import queue
import select
import threading
import time
from collections import Counter
from collections.abc import Callable

from devices.emulators.pty_wire import PtyWire
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_devices import BY_NAME, counted

Effect = Callable[[], None]
Arguments = dict[str, object]
Known = Callable[[Arguments], Effect]

_TURN_S = 0.2


class SerialDevice:
    """A device on a pseudo-terminal. A subclass gives `_own_actions`, `_own_state`, `_take` and, if it has any, `_act`.

    Actions of all: ``unplug``, ``plug``, ``silence`` (says nothing any more), ``garbage`` (``count`` stray bytes at once),
    ``normal`` (ends every lasting fault and plugs in).
    """

    name = "serial_device"

    def __init__(self, baud_rate: int, is_paced: bool) -> None:
        self.traffic = Traffic(BY_NAME.get(self.name, counted))
        self._wire = PtyWire(self.name, baud_rate, is_paced, self.traffic)
        self._faults: dict[str, int] = {}
        self._counters: Counter[str] = Counter()
        self._counted = threading.Condition()
        self._posted: queue.SimpleQueue[tuple[Effect, threading.Event]] = queue.SimpleQueue()
        self._later: list[tuple[float, Effect]] = []
        self._wake_fd = -1
        self._is_stopping = False
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> str:
        """Path of the serial port for a driver; the same after `unplug` and `plug`."""
        return self._wire.path

    def start(self) -> None:
        """Opens the line and starts the thread."""
        self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC)
        self._wire.plug()
        self._thread = threading.Thread(target=self._run, name=f"emulated-{self.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds; twice is allowed."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._is_stopping = True
        os.eventfd_write(self._wake_fd, 1)
        thread.join(2)
        self._wire.close()
        os.close(self._wake_fd)

    # -- the panel -----------------------------------------------------------------------------------------------

    def do(self, action: str, arguments: Arguments) -> None:
        """One action; it has taken effect when this returns. See `state` for the list."""
        known = self._actions().get(action)
        if known is None:
            raise ValueError(f"{self.name} 没有“{action}”这个动作 / {self.name} has no action {action!r}")
        effect = known(dict(arguments))
        done = threading.Event()
        self._posted.put((effect, done))
        os.eventfd_write(self._wake_fd, 1)
        if not done.wait(5):
            raise ValueError("模拟设备没有响应 / the emulated device does not answer")

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

    def wait_for(self, counter: str, count: int, timeout_s: float) -> bool:
        """Waits until a counter has reached `count`."""
        with self._counted:
            return self._counted.wait_for(lambda: self._counters[counter] >= count, timeout_s)

    def _actions(self) -> dict[str, Known]:
        return {
            "unplug": lambda _: self._unplug,
            "plug": lambda _: self._wire.plug,
            "silence": self._lasting("silence", 1),
            "garbage": self._garbage,
            "normal": lambda _: self._normal,
            **self._own_actions(),
        }

    def _lasting(self, name: str, default: int) -> Known:
        def known(arguments: Arguments) -> Effect:
            value = whole(arguments, name, default)
            return lambda: self._faults.__setitem__(name, value)

        return known

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

    def _spend(self, fault: str) -> bool:
        """Uses up one of a counted fault; whether there was one."""
        left = self._faults.get(fault, 0)
        if left > 1:
            self._faults[fault] = left - 1
        elif left:
            del self._faults[fault]
        return left > 0

    # -- what a subclass gives -----------------------------------------------------------------------------------

    def _own_actions(self) -> dict[str, Known]:
        return {}

    def _own_state(self) -> dict[str, object]:
        return {}

    def _take(self, data: bytes) -> None:
        """What the driver sent."""

    def _was_unplugged(self) -> None:
        """The device lost its power with the plug."""

    # -- the device ----------------------------------------------------------------------------------------------

    def _say(self, data: bytes) -> None:
        if "silence" not in self._faults and self._wire.is_plugged:
            self._wire.send(data, time.monotonic(), self._goes_on)

    def _count(self, counter: str) -> None:
        with self._counted:
            self._counters[counter] += 1
            self._counted.notify_all()

    def _at(self, moment: float, effect: Effect) -> None:
        """Plans an effect of the device's own, monotonic seconds."""
        self._later.append((moment, effect))

    def _run(self) -> None:
        while not self._is_stopping:
            watched = [self._wake_fd] + ([self._wire.fileno()] if self._wire.is_plugged else [])
            wait_s = min([_TURN_S, *(max(0.0, at - time.monotonic()) for at, _ in self._later)])
            ready = select.select(watched, [], [], wait_s)[0]
            self._do_due()
            if self._wake_fd in ready:
                os.eventfd_read(self._wake_fd)
                self._do_posted()
            elif ready and self._wire.is_plugged:
                data = self._wire.receive()
                if data:
                    self._take(data)

    def _do_due(self) -> None:
        now = time.monotonic()
        due = [effect for at, effect in self._later if at <= now]
        self._later = [(at, effect) for at, effect in self._later if at > now]
        for effect in due:
            effect()

    def _do_posted(self) -> None:
        while not self._posted.empty():
            effect, done = self._posted.get()
            effect()
            done.set()

    def _goes_on(self) -> bool:
        return self._wire.is_plugged and not self._is_stopping


def whole(arguments: Arguments, action: str, default: int, low: int = 1, high: int = 10_000) -> int:
    """The action's one number; raises ValueError with a sentence for anything else."""
    value = next(iter(arguments.values()), default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{action} 要一个 {low} 到 {high} 的整数 / {action} takes a whole number from {low} to {high}")
    return value
