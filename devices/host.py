"""A driver in a process of its own: ``python -m devices.host --device id_card_reader --fd N --parent PID``.

`fd` is one end of a socket pair. The first message is `Configure`; no setting is ever on the command line. The reader
thread takes commands, cancellations and heartbeats, the main thread runs the driver. Policy:

* a command is acknowledged by the reader thread as soon as it is read; one at a time, the supervisor queues;
* while nothing is asked the device's status is polled every `POLL_S` (a driver's own `poll_s` goes before it: a door's
  opening must be told at once), or sooner while it is not well; a device that is off is closed and opened again with a
  back-off; `Unsolicited` goes out at the start and on each change only;
* freed memory is overwritten by the allocator that the environment brings along (`kiosk.base.memory`);
* the host ends within two seconds of the end of file on its socket, and by the kernel when its parent dies.
"""

import fcntl
import os
import queue
import signal
import socket
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence

from devices import drivers, notes
from devices.driver import CapableDriver, Driver
from devices.messages import (
    Acknowledge,
    Cancel,
    Command,
    Completion,
    Configure,
    Diagnostic,
    Event,
    Heartbeat,
    Message,
    Unsolicited,
)
from devices.status import Action, CompletionCode, DeviceState, DeviceStatus
from devices.wire import Decoder, WireError, encode
from kiosk.base import confinement, memory
from kiosk.base.errors import BudayangError

POLL_S = 2.0
"""Between two polls of a device that is well."""
FIRST_BACK_OFF_S = 0.3
LONGEST_BACK_OFF_S = 2.0
STOP_S = 1.5
"""For the driver to come back after the end of file; then the process ends without it."""

_RECEIVE_BYTES = 65536
_FAILED = 70
"""Exit status of a host whose driver raised (EX_SOFTWARE of sysexits.h)."""


class Connection:
    """The host's end of the socket pair; `send` may be called from both threads."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._lock = threading.Lock()
        self._decoder = Decoder()
        self._waiting: list[Message] = []
        self._received = bytearray(_RECEIVE_BYTES)

    def send(self, message: Message, descriptors: Sequence[int] = ()) -> None:
        """Sends one message; blocks while the peer does not read. Raises OSError when the peer has gone."""
        frame = encode(message)
        with self._lock:
            sent = socket.send_fds(self._socket, [frame], descriptors) if descriptors else 0
            self._socket.sendall(memoryview(frame)[sent:])
        frame[:] = bytes(len(frame))

    def has_unread(self) -> bool:
        """Whether the peer has not read all that was sent (SIOCOUTQ, unix(7))."""
        return fcntl.ioctl(self._socket, termios.TIOCOUTQ, bytes(4)) != bytes(4)

    def receive(self) -> Message | None:
        """Waits for the next message; ``None`` at the end of file. Raises `WireError`."""
        while not self._waiting:
            try:
                count = self._socket.recv_into(self._received)
            except OSError:
                return None
            if count == 0:
                return None
            with memoryview(self._received) as view:
                self._waiting = self._decoder.feed(view[:count])
            self._received[:count] = bytes(count)
        return self._waiting.pop(0)


class RunningCommand:
    """The `Execution` of one command: its deadline, its cancellation, its events."""

    def __init__(self, command: Command, connection: Connection) -> None:
        self.command = command
        self._connection = connection
        self._deadline = time.monotonic() + command.timeout_s if command.timeout_s > 0 else None
        self._cancelled = threading.Event()

    @property
    def action_id(self) -> str:
        return self.command.action_id

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set() or self.is_late()

    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return self._deadline is not None and time.monotonic() >= self._deadline

    def emit(self, name: str, payload: bytes = b"") -> None:
        self._connection.send(Event(self.action_id, name, payload))

    def emit_with(self, name: str, payload: bytes, descriptors: Sequence[int]) -> None:
        self._connection.send(Event(self.action_id, name, payload, len(descriptors)), descriptors)

    def is_backed_up(self) -> bool:
        return self._connection.has_unread()

    def cancel(self) -> None:
        self._cancelled.set()

    def judge(self, completion: Completion) -> Completion:
        """A driver only knows that it was to give up; the deadline makes a time-out of it."""
        if completion.code is CompletionCode.CANCELED and self.is_late() and not self._cancelled.is_set():
            return Completion(self.action_id, CompletionCode.TIME_OUT, "device.no_time_left", completion.payload)
        return completion


class Host:
    """Runs one driver for one supervisor."""

    def __init__(self, connection: Connection, poll_s: float = POLL_S) -> None:
        self._connection = connection
        self._poll_s = poll_s
        self._commands: queue.SimpleQueue[RunningCommand | None] = queue.SimpleQueue()
        self._running: RunningCommand | None = None
        self._is_stopping = threading.Event()
        self._inside_since: float | None = None
        self._published: DeviceStatus | None = None

    def run(self) -> int:
        """Serves until the end of file; returns the exit status."""
        configure = self._connection.receive()
        if configure is None:
            return 0
        if not isinstance(configure, Configure):
            return _FAILED
        threading.Thread(target=self._take_messages, name="host-reader", daemon=True).start()
        try:
            driver = drivers.find(configure.device, configure.driver)(configure.settings)
        except BudayangError as error:
            self._publish(
                DeviceStatus(
                    DeviceState.HARDWARE_ERROR,
                    action=Action.CONFIGURATION,
                    reason=error.problem.key,
                )
            )
            return self._refuse_all(error.problem.key)
        try:
            # a third party's driver that claims nothing still runs; the terminal then knows of no command
            if isinstance(driver, CapableDriver):
                self._connection.send(driver.capabilities())
            return self._serve(driver)
        finally:
            driver.close()

    # -- reader thread -------------------------------------------------------------------------------------------

    def _take_messages(self) -> None:
        try:
            while (message := self._connection.receive()) is not None:
                self._take(message)
        except (OSError, WireError):
            pass  # the same end as the end of file
        self._is_stopping.set()
        if self._running is not None:
            self._running.cancel()
        self._commands.put(None)
        time.sleep(STOP_S)
        os._exit(1)  # the driver did not come back; this thread is a daemon and sees this line only then

    def _take(self, message: Message) -> None:
        if isinstance(message, Heartbeat):
            since = self._inside_since
            self._connection.send(Heartbeat(message.number, time.monotonic() - since if since is not None else 0.0))
        elif isinstance(message, Command):
            self._connection.send(Acknowledge(message.action_id))
            if self._running is not None:
                self._connection.send(
                    Completion(message.action_id, CompletionCode.SEQUENCE_ERROR, "device.software_error")
                )
                return
            self._running = RunningCommand(message, self._connection)
            self._commands.put(self._running)
        elif isinstance(message, Cancel):
            running = self._running
            if running is not None and running.action_id == message.action_id:
                running.cancel()

    # -- main thread ---------------------------------------------------------------------------------------------

    def _serve(self, driver: Driver) -> int:
        back_off_s = FIRST_BACK_OFF_S
        poll_s = min(self._poll_s, float(getattr(driver, "poll_s", self._poll_s)))
        status = self._inside(driver.open)
        is_trimmed = False
        while True:
            self._publish(status)
            if status.is_usable:
                back_off_s = FIRST_BACK_OFF_S
                wait_s = poll_s
            else:
                wait_s = min(back_off_s, self._poll_s)
                back_off_s = min(back_off_s * 2, LONGEST_BACK_OFF_S)
            try:
                running = self._commands.get(timeout=wait_s)
            except queue.Empty:
                if not is_trimmed:  # loading has left free pages behind; nobody waits now
                    is_trimmed = True
                    memory.trim()
                if status.state is DeviceState.POWER_OFF:
                    driver.close()
                    status = self._inside(driver.open)
                else:
                    status = self._inside(driver.status)
                continue
            if running is None:
                return 0
            completion = running.judge(driver.execute(running.command, running))
            self._running = None
            self._connection.send(completion)
            del running, completion
            if self._is_stopping.is_set():
                return 0
            if self._commands.empty():
                status = self._inside(driver.status)

    def _inside(self, call: Callable[[], DeviceStatus]) -> DeviceStatus:
        """Notes since when the driver has been busy with a poll, for the heartbeat."""
        self._inside_since = time.monotonic()
        try:
            return call()
        finally:
            self._inside_since = None

    def _publish(self, status: DeviceStatus) -> None:
        if status != self._published:
            self._published = status
            self._connection.send(Unsolicited(status))

    def _refuse_all(self, reason: str) -> int:
        """Answers every command of a device whose configuration is wrong, until the end."""
        while (running := self._commands.get()) is not None:
            self._running = None
            self._connection.send(Completion(running.action_id, CompletionCode.DEVICE_NOT_READY, reason))
        return 0


def _argument(name: str) -> str:
    return sys.argv[sys.argv.index(name) + 1]


def main() -> int:
    """The process: confined first, then the host. Returns the exit status."""
    if not confinement.end_with_parent(int(_argument("--parent"))):
        return 0
    confinement.leave_no_traces()
    # Ctrl+C in a terminal window goes to every process there; ours end with the supervisor
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = Connection(socket.socket(fileno=int(_argument("--fd"))))

    def hand_over(event: str, fields: Mapping[str, notes.Field]) -> None:
        connection.send(Diagnostic(event, dict(fields)))

    notes.divert(hand_over)
    try:
        return Host(connection).run()
    except OSError:
        return 0 if os.getppid() == 1 else _FAILED
    except Exception as error:  # noqa: BLE001 - a driver's bug: its text may quote a card, so only type and place leave
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"
        notes.note("host_error", device=_argument("--device"), error=type(error).__name__, where=where)
        return _FAILED


if __name__ == "__main__":
    status = main()
    # no interpreter shutdown: a vendor's library may hang in it, and the reader thread still waits
    os._exit(status)
