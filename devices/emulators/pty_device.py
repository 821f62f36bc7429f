"""What everything that plays a serial device shares: the cable, its thread, and how a panel's actions reach that thread."""

import os
import queue
import select
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable

from devices.emulators.pty_wire import PtyWire
from devices.emulators.traffic import Traffic

Effect = Callable[[], None]
Arguments = dict[str, object]
Known = Callable[[Arguments], Effect]
"""Checks an action's arguments, raising ValueError with a sentence; what it returns is done on the device's thread."""

_TURN_S = 0.2


class OnPty:
    """Somebody at the far end of a pseudo-terminal, on a thread of its own. A subclass gives `_take`.

    Args:
        wire: the cable; closed by `stop`.
        thread: the thread's name.
    """

    def __init__(self, wire: PtyWire, thread: str) -> None:
        self._wire = wire
        self._thread_name = thread
        self._wake_fd = -1
        self._is_stopping = False
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> str:
        """Path of the serial port for a driver; the same after the plug was pulled and put back."""
        return self._wire.path

    def start(self) -> None:
        """Opens the line and starts the thread."""
        self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC)
        self._wire.plug()
        self._thread = threading.Thread(target=self._run, name=self._thread_name, daemon=True)
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

    # -- what a subclass gives -----------------------------------------------------------------------------------

    def _take(self, data: bytes) -> None:
        """What the driver sent."""

    def _begun(self) -> None:
        """The line is open."""

    def _woken(self) -> None:
        """Somebody wrote to the wake descriptor."""

    def _moments(self) -> list[float]:
        """When something is due by itself, monotonic seconds."""
        return []

    def _do_due(self, now: float) -> None:
        """Asked at every turn."""

    # -- the thread ----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        self._begun()
        while not self._is_stopping:
            watched = [self._wake_fd] + ([self._wire.fileno()] if self._wire.is_plugged else [])
            wait_s = min([_TURN_S, *(max(0.0, at - time.monotonic()) for at in self._moments())])
            ready = select.select(watched, [], [], wait_s)[0]
            self._do_due(time.monotonic())
            if self._wake_fd in ready:
                os.eventfd_read(self._wake_fd)
                self._woken()
            elif ready and self._wire.is_plugged and (data := self._wire.receive()):
                self._take(data)


class PtyDevice(OnPty, ABC):
    """An emulated device: `devices.emulators.control.Emulator` but for what a subclass gives: `state` and `_actions`.

    Faults are counted: one that lasts is there until it is taken away, one that is spent strikes so many times.
    """

    name = "pty_device"

    def __init__(self, baud_rate: int, is_paced: bool, traffic: Traffic) -> None:
        self.traffic = traffic
        super().__init__(PtyWire(self.name, baud_rate, is_paced, traffic), f"emulated-{self.name}")
        self._faults: dict[str, int] = {}
        self._counters: Counter[str] = Counter()
        self._counted = threading.Condition()
        self._posted: queue.SimpleQueue[tuple[Effect, threading.Event]] = queue.SimpleQueue()

    def do(self, action: str, arguments: Arguments) -> None:
        """One action; it has taken effect when this returns. The state lists the actions.

        Raises `ValueError` with a sentence for an action or an argument that there is not.
        """
        known = self._actions().get(action)
        if known is None:
            raise ValueError(f"{self.name} 没有“{action}”这个动作 / {self.name} has no action {action!r}")
        effect = known(dict(arguments))
        if self._thread is None:
            effect()
            return
        done = threading.Event()
        self._posted.put((effect, done))
        os.eventfd_write(self._wake_fd, 1)
        if not done.wait(5):
            raise ValueError("模拟设备没有响应 / the emulated device does not answer")

    def wait_for(self, counter: str, count: int, timeout_s: float) -> bool:
        """Waits until a counter has reached `count`; whether it did by then."""
        with self._counted:
            return self._counted.wait_for(lambda: self._counters[counter] >= count, timeout_s)

    def count(self, counter: str) -> int:
        """What a counter says now."""
        with self._counted:
            return self._counters[counter]

    @abstractmethod
    def state(self) -> dict[str, object]:
        """What the panel and the tests see; nothing of a person."""

    @abstractmethod
    def _actions(self) -> dict[str, Known]:
        """The actions by name."""

    def _lasting(self, name: str, default: int) -> Known:
        """The action that sets a fault to its one number."""

        def known(arguments: Arguments) -> Effect:
            value = whole(arguments, name, default)
            return lambda: self._faults.__setitem__(name, value)

        return known

    def _spend(self, fault: str) -> bool:
        """Uses up one of a counted fault; whether there was one."""
        left = self._faults.get(fault, 0)
        if left > 1:
            self._faults[fault] = left - 1
        elif left:
            del self._faults[fault]
        return left > 0

    def _count(self, *counters: str) -> None:
        with self._counted:
            self._counters.update(counters)
            self._counted.notify_all()

    def _woken(self) -> None:
        while not self._posted.empty():
            effect, done = self._posted.get()
            effect()
            done.set()

    def _goes_on(self) -> bool:
        """Lets the panel act while bytes are on their way; whether there is still a line to send them on."""
        self._woken()
        return self._wire.is_plugged and not self._is_stopping


def whole(arguments: Arguments, action: str, default: int, low: int = 1, high: int = 10_000) -> int:
    """The action's one number; raises ValueError with a sentence for anything else."""
    value = next(iter(arguments.values()), default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError(f"{action} 要一个 {low} 到 {high} 的整数 / {action} takes a whole number from {low} to {high}")
    return value
