"""The supervisor of all device hosts: one thread, one selector, no Qt.

It starts a process per configured device, gives it commands, kills it when it does not keep to its time, starts it
again, and tells the devices' statuses. The rules for one device are told in `devices.device_line`.
"""

import contextlib
import os
import selectors
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from typing import Any

from devices.action_ids import ActionIds
from devices.device_line import DeviceLine
from devices.messages import Capabilities, Command, Completion
from devices.receivers import Receiver, tell
from devices.status import NO_DEVICE, STARTING, CompletionCode, DeviceClass, DeviceStatus
from devices.waits import Times, Traffic
from kiosk.base.clock import Clock, SystemClock

__all__ = ["Receiver", "Supervisor", "Times", "Traffic"]

HEAD_START_S = 2.0

StatusReceiver = Callable[[DeviceClass, DeviceStatus], None]


class Supervisor:
    """Owns the device hosts.

    Args:
        devices: per device class its settings: ``driver`` and what that driver wants, such as ``port``.
        on_status: called on the supervisor's thread at each change of a device's status; must not block.
        clock: only its monotonic seconds are used; a real one, since processes do not wait for a manual one.
        times: the waits.
        first: devices whose hosts are started before the others', which wait until these have told a status, `HEAD_START_S` at most:
            a dozen processes that start at once on two cores would each be ready last.

    `submit`, `cancel`, `status`, `capabilities`, `pids` and `traffic` may be called from any thread and do not block.
    """

    def __init__(
        self,
        devices: Mapping[DeviceClass, Mapping[str, Any]],
        on_status: StatusReceiver,
        clock: Clock | None = None,
        times: Times | None = None,
        first: Collection[DeviceClass] = (),
    ) -> None:
        self._clock = clock or SystemClock()
        self._times = times or Times()
        self._selector = selectors.DefaultSelector()
        self._ids = ActionIds()
        self._lines = {
            device: DeviceLine(device, dict(config), self._times, self._clock, self._selector, on_status)
            for device, config in devices.items()
        }
        self._first = [line for device, line in self._lines.items() if device in first]
        self._held_back = [line for device, line in self._lines.items() if self._first and device not in first]
        self._posted: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._is_stopping = False
        self._has_ended = False
        self._wake_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._selector.register(self._wake_fd, selectors.EVENT_READ)
        # daemon: a terminal that crashes must not wait for it; the kernel then ends the hosts with their parent
        self._thread = threading.Thread(target=self._run, name="device-supervisor", daemon=True)

    def start(self) -> None:
        """Starts the thread, which starts all hosts side by side; returns at once."""
        self._thread.start()

    def submit(self, device: DeviceClass, command: Command, on_message: Receiver) -> None:
        """Gives a command to a device.

        `on_message` is called on the supervisor's thread with an `Acknowledge`, any number of `Event` and exactly one
        `Completion`, which is the last; also when the host dies, hangs or is stopped. It must not block. A repeated
        `action_id` completes as `invalidRequestID` and is not carried out. After `stop` the completion (`canceled`)
        comes on the caller's thread before this returns.
        """
        if not self._post(lambda: self._submit(device, command, on_message)):
            on_message(Completion(command.action_id, CompletionCode.CANCELED, "device.stopping"))

    def cancel(self, device: DeviceClass, action_id: str) -> None:
        """Gives up an action: it still completes, as `canceled` unless it was faster."""
        line = self._lines.get(device)
        if line is not None:
            self._post(lambda: line.cancel(action_id))

    def status(self, device: DeviceClass) -> DeviceStatus:
        """The last status told; `noDevice` for a device that is not configured."""
        line = self._lines.get(device)
        return line.status if line is not None else NO_DEVICE

    def capabilities(self, device: DeviceClass) -> Capabilities | None:
        """What the device can be asked; ``None`` while its host has not told, or when it is not configured."""
        line = self._lines.get(device)
        return line.capabilities if line is not None else None

    def pids(self) -> dict[DeviceClass, int]:
        """The hosts that run now."""
        return {device: pid for device, line in self._lines.items() if (pid := line.pid) is not None}

    def traffic(self) -> dict[DeviceClass, Traffic]:
        """Counters since the start, as copies."""
        return {device: deepcopy(line.traffic) for device, line in self._lines.items()}

    def stop(self) -> None:
        """Ends all hosts, by force after `stop_s`, and the thread. Twice is allowed; not from a callback."""
        with self._lock:
            self._is_stopping = True
            if not self._has_ended:
                os.eventfd_write(self._wake_fd, 1)
        if self._thread.ident is None:
            self._close()
            return
        self._thread.join(self._times.stop_s + 2)

    # -- the thread ----------------------------------------------------------------------------------------------

    def _post(self, call: Callable[[], None]) -> bool:
        with self._lock:
            if self._is_stopping:
                return False
            self._posted.append(call)
            os.eventfd_write(self._wake_fd, 1)
            return True

    def _submit(self, device: DeviceClass, command: Command, on_message: Receiver) -> None:
        line = self._lines.get(device)
        if line is None:
            refusal = Completion(command.action_id, CompletionCode.DEVICE_NOT_READY, "device.not_configured")
            tell(device, on_message, refusal)
        elif self._ids.is_new(command.action_id):
            line.submit(command, on_message)
        else:
            line.traffic.completions[CompletionCode.INVALID_REQUEST_ID.value] += 1
            refusal = Completion(command.action_id, CompletionCode.INVALID_REQUEST_ID, "device.repeated_action")
            tell(device, on_message, refusal)

    def _run(self) -> None:
        latest = self._clock.monotonic() + HEAD_START_S
        for line in self._held_back:
            line.begin_at(latest)
        try:
            while not self._is_stopping:
                self._turn(min((line.wakes_at() for line in self._lines.values()), default=float("inf")))
                now = self._clock.monotonic()
                if self._held_back and all(line.status != STARTING for line in self._first):
                    for line in self._held_back:
                        line.begin_at(min(now, latest))
                    self._held_back.clear()
                for line in self._lines.values():
                    line.tick(now)
        finally:
            # also when a mistake of ours ends the loop: every action gets its completion, no host stays
            with self._lock:
                self._is_stopping = True
            self._call_posted()
            self._end_hosts()
            self._close()

    def _turn(self, until: float) -> None:
        wait = until - self._clock.monotonic()
        for key, mask in self._selector.select(max(wait, 0) if wait != float("inf") else None):
            if isinstance(key.data, DeviceLine):
                key.data.ready(mask)
            else:
                with contextlib.suppress(BlockingIOError):
                    os.eventfd_read(self._wake_fd)
        self._call_posted()

    def _call_posted(self) -> None:
        while self._posted:
            self._posted.popleft()()

    def _end_hosts(self) -> None:
        for line in self._lines.values():
            line.begin_stop()
        deadline = self._clock.monotonic() + self._times.stop_s
        while self._clock.monotonic() < deadline:
            remaining = [line for line in self._lines.values() if not line.has_ended()]
            if not remaining:
                return
            time.sleep(0.005)  # the end of several children has no one event; the deadline bounds it
        for line in self._lines.values():
            line.end()

    def _close(self) -> None:
        with self._lock:
            if self._has_ended:
                return
            self._has_ended = True
            self._is_stopping = True
            self._selector.close()
            os.close(self._wake_fd)
