"""One device as the supervisor sees it: its host, its queue of commands, its deadlines. Lives in the supervisor's thread.

A policy told once:

* One command at a time goes to the host; others wait in order, each within its own time-out. While the host is being
  started a command waits at most `hold_s`, then it ends as `deviceNotReady`.
* A host that does not acknowledge, misses three heartbeats, stays inside a poll or outlives a command's deadline is
  killed (SIGKILL reaches a stopped process too). Its command ends as `timeOut` when its time was up, else as
  `hardwareError`; then nobody knows how far the device came.
* A host that ended is started again after a back-off that doubles, and begins anew once a host was well for
  `healthy_s`. Meanwhile the device is `starting`; after three failures in a row `hardwareError`.
"""

import os
import selectors
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from devices.host_process import HostProcess
from devices.messages import (
    Acknowledge,
    Cancel,
    Capabilities,
    Command,
    Completion,
    Configure,
    Diagnostic,
    Event,
    Heartbeat,
    Message,
    Unsolicited,
)
from devices.notes import note
from devices.receivers import Receiver, report, tell
from devices.status import STARTING, Action, CompletionCode, DeviceClass, DeviceState, DeviceStatus
from devices.waits import Times, Traffic
from devices.wire import WireError
from kiosk.base.clock import Clock

_FAILING = 3
LAST_WAIT_S = 1.8
"""How long a host that was killed at the very end is waited for: nobody asks again, and it would stay behind as a zombie."""
_INTERRUPTED = {
    DeviceClass.ID_CARD_READER: "reader.interrupted",
    DeviceClass.SMART_CARD: "smart_card.interrupted",
    DeviceClass.BARCODE_READER: "barcode.interrupted",
    DeviceClass.KEYPAD: "keypad.interrupted",
    DeviceClass.SIGNATURE_PAD: "signature.interrupted",
    DeviceClass.FINGERPRINT_READER: "fingerprint.interrupted",
}
_HOST_FAILING = DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.SOFTWARE_ERROR, reason="device.host_failing")


@dataclass
class _Action:
    command: Command
    receiver: Receiver
    submitted_at: float
    deadline: float | None
    held_until: float
    sent_at: float | None = None
    is_acknowledged: bool = False
    cancelled_at: float | None = None


class DeviceLine:
    """One device; every method in the supervisor's thread; `status`, `capabilities` and `pid` in any."""

    def __init__(
        self,
        device: DeviceClass,
        config: dict[str, Any],
        times: Times,
        clock: Clock,
        selector: selectors.BaseSelector,
        on_status: Callable[[DeviceClass, DeviceStatus], None],
    ) -> None:
        settings = dict(config)
        self._configure = Configure(device, str(settings.pop("driver", "")), settings)
        self._device = device
        self._times = times
        self._clock = clock
        self._selector = selector
        self._on_status = on_status
        self._host: HostProcess | None = None
        self._is_ready = False
        self._is_lost = False
        self._started_at = 0.0
        self._restart_at: float | None = clock.monotonic()
        self._failures = 0
        self._beat_at = 0.0
        self._beats_open = 0
        self._current: _Action | None = None
        self._queue: deque[_Action] = deque()
        self.status = STARTING
        self.capabilities: Capabilities | None = None
        self.traffic = Traffic()

    @property
    def pid(self) -> int | None:
        """The host's process id, ``None`` while there is none."""
        host = self._host
        return host.pid if host is not None else None

    def begin_at(self, moment: float) -> None:
        """When the host is started; does nothing once it was."""
        if self._host is None and self._failures == 0:
            self._restart_at = moment

    # -- commands ------------------------------------------------------------------------------------------------

    def submit(self, command: Command, receiver: Receiver) -> None:
        """Takes a command whose id is new."""
        now = self._clock.monotonic()
        deadline = now + command.timeout_s if command.timeout_s > 0 else None
        self._queue.append(_Action(command, receiver, now, deadline, now + self._times.hold_s))
        self.traffic.commands += 1
        self._advance(now)

    def cancel(self, action_id: str) -> None:
        """Gives up a waiting or running action; nothing happens for any other."""
        current = self._current
        if current is not None and current.command.action_id == action_id:
            if current.cancelled_at is None and self._host is not None:
                current.cancelled_at = self._clock.monotonic()
                self._send(Cancel(action_id))
            return
        for action in self._queue:
            if action.command.action_id == action_id:
                self._queue.remove(action)
                self._finish(action, Completion(action_id, CompletionCode.CANCELED))
                return

    def _advance(self, now: float) -> None:
        """Sends the next command when the host is free."""
        if self._current is not None or not self._is_ready or not self._queue:
            return
        action = self._queue.popleft()
        command = action.command
        if action.deadline is not None:
            command = msgspec.structs.replace(command, timeout_s=max(action.deadline - now, 0.001))
        action.sent_at = now
        self._current = action
        self._send(command)
        # a job may be at work for minutes after the visit's wipe; a document must not stay here as long
        action.command = msgspec.structs.replace(command, payload=b"")

    def _finish(self, action: _Action, completion: Completion) -> None:
        if action is self._current:
            self._current = None
        self.traffic.completions[completion.code.value] += 1
        note(
            "command_ended",
            device=self._device.value,
            command=action.command.name,
            code=completion.code.value,
            duration_ms=round((self._clock.monotonic() - action.submitted_at) * 1000, 1),
            **({"reason": completion.reason} if completion.reason else {}),
        )
        self._tell(action, completion)

    def _tell(self, action: _Action, message: Acknowledge | Event | Completion) -> None:
        tell(self._device, action.receiver, message)

    # -- the host ------------------------------------------------------------------------------------------------

    def tick(self, now: float) -> None:
        """Does what is due."""
        for action in [a for a in self._queue if self._waits_until(a) <= now]:
            self._queue.remove(action)
            is_late = action.deadline is not None and action.deadline <= now
            code = CompletionCode.TIME_OUT if is_late else CompletionCode.DEVICE_NOT_READY
            reason = "device.no_time_left" if is_late else self.status.reason or "device.starting"
            self._finish(action, Completion(action.command.action_id, code, reason))
        if self._host is None:
            if self._restart_at is not None and now >= self._restart_at:
                self._start(now)
            return
        cause = self._overdue(now)
        if cause is not None:
            self._lose(cause)
        elif now >= self._beat_at:
            self._beats_open += 1
            self._beat_at = now + self._times.heartbeat_s
            self._send(Heartbeat(self._beats_open))

    def wakes_at(self) -> float:
        """When `tick` has something to do next."""
        moments = [self._waits_until(action) for action in self._queue]
        if self._host is None:
            if self._restart_at is not None:
                moments.append(self._restart_at)
        else:
            moments.append(self._beat_at)
            moments += [moment for moment, _ in self._limits()]
        return min(moments, default=float("inf"))

    def _waits_until(self, action: _Action) -> float:
        own = action.deadline if action.deadline is not None else float("inf")
        return own if self._is_ready else min(own, action.held_until)

    def _limits(self) -> list[tuple[float, str]]:
        """The moments at which the host is killed unless something happens before, with the cause."""
        times = self._times
        limits: list[tuple[float, str]] = []
        if not self._is_ready:
            limits.append((self._started_at + times.start_s, "late_start"))
        action = self._current
        if action is not None and action.sent_at is not None:
            if not action.is_acknowledged:
                limits.append((action.sent_at + times.acknowledge_s, "unacknowledged"))
            if action.deadline is not None:
                limits.append((action.deadline + times.grace_s, "deadline"))
            if action.cancelled_at is not None:
                limits.append((action.cancelled_at + times.grace_s, "deadline"))
        return limits

    def _overdue(self, now: float) -> str | None:
        if self._is_ready and self._beats_open >= self._times.misses and now >= self._beat_at:
            return "silent"
        return next((cause for moment, cause in self._limits() if now >= moment), None)

    def _start(self, now: float) -> None:
        self._restart_at = None
        self._is_ready = False
        self._started_at = now
        self._beats_open = 0
        self._beat_at = now + self._times.heartbeat_s
        try:
            self._host = HostProcess(self._configure, dict(os.environ))
        except OSError:
            self._host = None
            self._plan_restart(now)
            return
        self._selector.register(self._host.socket, selectors.EVENT_READ, self)
        note("host_started", device=self._device.value, host_pid=self._host.pid)

    def _plan_restart(self, now: float) -> None:
        times = self._times
        if self._is_ready and now - self._started_at >= times.healthy_s:
            self._failures = 0
        self._failures += 1
        self._restart_at = now + min(
            times.first_back_off_s * 2 ** min(self._failures - 1, 16), times.longest_back_off_s
        )
        self._is_ready = False
        self.traffic.restarts += 1
        if self._failures == _FAILING:
            note("host_failing", device=self._device.value, restarts=self.traffic.restarts)
        self._publish(_HOST_FAILING if self._failures >= _FAILING else STARTING)

    def _lose(self, cause: str) -> None:
        """The host has ended or must end: its command is completed, a restart planned."""
        host = self._host
        if host is None:
            return
        status = self._release(host)
        note("host_ended", device=self._device.value, host_pid=host.pid, status=status or 0, cause=cause)
        action = self._current
        self._plan_restart(self._clock.monotonic())
        if action is not None:
            if cause == "deadline":
                completion = Completion(action.command.action_id, CompletionCode.TIME_OUT, "device.hung")
            else:
                reason = _INTERRUPTED.get(self._device, "device.interrupted")
                completion = Completion(action.command.action_id, CompletionCode.HARDWARE_ERROR, reason)
            self._finish(action, completion)

    def _release(self, host: HostProcess, wait_s: float = 0.5) -> int | None:
        self._selector.unregister(host.socket)
        self._host = None
        status = host.kill(wait_s)
        self.traffic.bytes_in += host.bytes_in
        self.traffic.bytes_out += host.bytes_out
        host.bytes_in = host.bytes_out = 0
        return status

    def _send(self, message: Message) -> None:
        host = self._host
        if host is not None:
            host.send(message)
            self._watch(host)

    def _watch(self, host: HostProcess) -> None:
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if host.wants_to_send else 0)
        if self._selector.get_key(host.socket).events != events:
            self._selector.modify(host.socket, events, self)

    def ready(self, mask: int) -> None:
        """The host's socket can be read or written."""
        host = self._host
        if host is None:
            return
        if mask & selectors.EVENT_WRITE:
            host.flush()
            self._watch(host)
        if not mask & selectors.EVENT_READ:
            return
        try:
            messages = host.receive()
        except WireError:
            self._lose("malformed")
            return
        if messages is None:
            self._lose("ended")
            return
        for message in messages:
            self._take(message)
            if self._host is not host:
                return
        self.traffic.bytes_in += host.bytes_in
        self.traffic.bytes_out += host.bytes_out
        host.bytes_in = host.bytes_out = 0

    def _take(self, message: Message) -> None:
        now = self._clock.monotonic()
        if isinstance(message, Heartbeat):
            self._beats_open = 0
            if message.occupied_s > self._times.occupied_s:
                self._lose("occupied")
        elif isinstance(message, Unsolicited):
            self._is_ready = True
            self._publish(message.status)
            self._advance(now)
        elif isinstance(message, Capabilities):
            self.capabilities = message
        elif isinstance(message, Diagnostic):
            self._log(message)
        elif isinstance(message, Acknowledge | Event | Completion):
            action = self._current
            if action is None or action.command.action_id != message.action_id:
                self.traffic.late_messages += 1
            elif isinstance(message, Completion):
                self._finish(action, message)
                self._advance(now)
            else:
                action.is_acknowledged = True
                self._tell(action, message)
        else:
            self._lose("malformed")

    def _log(self, message: Diagnostic) -> None:
        try:
            note(message.event, **message.fields)
        except Exception as error:  # noqa: BLE001 - a host's wrong event must not take all devices with it
            report(self._device, error)

    def _publish(self, status: DeviceStatus) -> None:
        if status == self.status:
            return
        self.status = status
        device, state = self._device.value, status.state.value
        if status.is_usable:
            if self._is_lost:
                self._is_lost = False
                note("device_recovered", device=device, state=state)
        elif status.state is not DeviceState.STARTING:
            more = {"reason": status.reason} if status.reason else {}
            if self._is_lost:
                note("device_status", device=device, state=state, **more)
            else:
                self._is_lost = True
                note("device_lost", device=device, state=state, **more)
        try:
            self._on_status(self._device, status)
        except Exception as error:  # noqa: BLE001 - see `tell`
            report(self._device, error)

    # -- the end -------------------------------------------------------------------------------------------------

    def begin_stop(self) -> None:
        """Completes every action as canceled and asks the host to end."""
        for action in [self._current, *self._queue]:
            if action is not None:
                self._finish(action, Completion(action.command.action_id, CompletionCode.CANCELED, "device.stopping"))
        self._queue.clear()
        self._restart_at = None
        if self._host is not None:
            self._host.ask_to_stop()

    def has_ended(self) -> bool:
        """Whether no process is left; takes away one that has ended by itself. Only after `begin_stop`."""
        host = self._host
        if host is not None and host.poll() is not None:
            self._release(host)
        return self._host is None

    def end(self) -> None:
        """Kills what is left."""
        if self._host is not None:
            self._release(self._host, LAST_WAIT_S)  # nobody asks again
