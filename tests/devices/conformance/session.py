"""One driver's host under its supervisor, on a standing rig; what each clause drives."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil

from devices import drivers
from devices.descriptors import EventWithFiles
from devices.driver import CapableDriver
from devices.messages import Acknowledge, Command, Completion, Event
from devices.status import STARTING, CompletionCode, DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor, Times
from kiosk.base.sentences import LANGUAGES, sentence
from tests.devices.conformance.bench import Asked, Bench, Rig
from tests.devices.scenes import PATIENCE_S, Heard, completion_of

TIMES = Times(
    acknowledge_s=0.6,
    heartbeat_s=0.5,
    grace_s=2.0,
    first_back_off_s=0.02,
    longest_back_off_s=0.2,
    healthy_s=0.0,
)
"""A host's back-off is not what is tried here, and a machine under load must not look like a dead host."""

TERMINAL = """
import json, sys, threading
from devices.status import DeviceClass
from devices.supervisor import Supervisor

asked = json.load(sys.stdin)
device = DeviceClass(asked["device"])

def told(_, status):
    if status.is_usable or asked["any"]:
        print(supervisor.pids()[device], flush=True)

supervisor = Supervisor({device: asked["config"]}, told)
supervisor.start()
threading.Event().wait(60)
"""


class Board:
    """The last status told, with a wait for another."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.status = STARTING

    def tell(self, _: DeviceClass, status: DeviceStatus) -> None:
        with self._changed:
            self.status = status
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[DeviceStatus], bool], timeout_s: float = PATIENCE_S) -> DeviceStatus:
        with self._changed:
            is_there = self._changed.wait_for(lambda: wanted(self.status), timeout_s)
            assert is_there, f"waited in vain; the device says {self.status}"
            return self.status


@dataclass
class Session:
    """The clauses' hands. `up` and `down` start and end the supervisor where the last test left it otherwise."""

    bench: Bench
    rig: Rig
    board: Board = field(default_factory=Board)
    supervisor: Supervisor | None = None
    actions: "list[Action]" = field(default_factory=list)
    _next: int = 0

    @property
    def config(self) -> dict[str, object]:
        return {"driver": self.bench.driver, **self.rig.settings}

    # -- the host

    def up(self) -> None:
        """A host whose device has told a real status; usable, if the bench's device can be."""
        self.rig.mend()
        if self.supervisor is None:
            self.board = Board()
            self.supervisor = Supervisor({self.bench.device: self.config}, self.board.tell, times=TIMES)
            self.supervisor.start()
        self.well()

    def down(self) -> None:
        """No host."""
        supervisor, self.supervisor = self.supervisor, None
        if supervisor is not None:
            supervisor.stop()
        self.rig.mend()

    def well(self) -> None:
        """Waits until the device is as it should be."""
        if self.rig.is_there:
            self.board.wait_for(lambda status: status.is_usable)
        else:
            gone = self.board.wait_for(lambda status: status.state is DeviceState.POWER_OFF)
            assert gone.reason is not None
            speaks(gone.reason)

    @property
    def pid(self) -> int:
        return self._supervisor.pids()[self.bench.device]

    def wait_for_other_host(self, than: int) -> None:
        """Waits until the supervisor has started another process."""
        ends = time.monotonic() + PATIENCE_S
        while self._supervisor.pids().get(self.bench.device, than) == than:
            assert time.monotonic() < ends, "the host is not replaced"
            time.sleep(0.01)  # its start has no event for others; bounded

    @property
    def _supervisor(self) -> Supervisor:
        assert self.supervisor is not None
        return self.supervisor

    # -- commands

    def give(self, name: str, payload: bytes, timeout_s: float = 0.0, action_id: str | None = None) -> "Action":
        """Gives a command."""
        if action_id is None:
            self._next += 1
            action_id = f"{self.bench.name}-{os.getpid()}-{self._next}"
        heard = Heard()

        def take(message: Acknowledge | Event | Completion) -> None:
            for file in message.files if isinstance(message, EventWithFiles) else ():
                file.close()
            heard.add(message)

        self._supervisor.submit(self.bench.device, Command(action_id, name, timeout_s, payload), take)
        action = Action(action_id, (name, payload), heard)
        self.actions.append(action)
        return action

    def begin(self) -> "Action":
        """A long command that is at work."""
        action = self.give(*self.rig.long())
        action.heard.wait_for(lambda message: isinstance(message, Acknowledge | Completion))
        assert not action.has_ended, f"the long command is none: {action.heard.items}"
        self.rig.has_begun()
        return action

    def give_up(self) -> None:
        """Cancels what a failed test has left."""
        for action in self.actions:
            if not action.has_ended and self.supervisor is not None:
                self.cancel(action)
        self.actions.clear()

    def cancel(self, action: "Action") -> None:
        self._supervisor.cancel(self.bench.device, action.action_id)

    def works(self) -> None:
        """The device carries out a quick command. Just after a fault it may still say in words that it is not ready."""
        ends = time.monotonic() + PATIENCE_S
        while True:
            with self.rig.quick() as (name, payload):
                completion = self.give(name, payload, PATIENCE_S).end()
            is_not_yet = completion.code is CompletionCode.DEVICE_NOT_READY and self.rig.is_there
            if not is_not_yet or time.monotonic() >= ends:
                break
            self.well()
        assert (completion.code is CompletionCode.SUCCESS) is self.rig.is_there, completion

    # -- alone

    def driver(self) -> CapableDriver:
        """The driver in this process."""
        made = drivers.find(self.bench.device, self.bench.driver)(dict(self.rig.settings))
        assert isinstance(made, CapableDriver)
        return made


@dataclass(frozen=True)
class Action:
    """One action and all that was told of it."""

    action_id: str
    asked: Asked
    heard: Heard

    @property
    def has_ended(self) -> bool:
        return any(isinstance(message, Completion) for message in self.heard.items)

    @property
    def events(self) -> set[str]:
        return {message.name for message in self.heard.items if isinstance(message, Event)}

    def end(self) -> Completion:
        """Waits for its completion, which says why in words when it is no success."""
        completion = completion_of(self.heard)
        if completion.code not in (CompletionCode.SUCCESS, CompletionCode.CANCELED):
            assert completion.reason is not None, completion
        if completion.reason is not None:
            speaks(completion.reason)
        return completion

    def ends_within(self, timeout_s: float) -> bool:
        """Whether it ends by itself in that time."""
        ends = time.monotonic() + timeout_s
        while time.monotonic() < ends:
            if self.has_ended:
                return True
            time.sleep(0.02)  # the question is whether something comes at all; bounded
        return self.has_ended


def speaks(key: str) -> None:
    """Fails unless the key has its sentence in three languages."""
    for language in LANGUAGES:
        assert sentence(key, language).strip(), key


@contextmanager
def killed_terminal(session: Session, *, any_status: bool = False) -> Iterator[psutil.Process]:
    """A terminal of its own on the session's rig, killed by SIGKILL; yields the host that it had."""
    asked = {"device": session.bench.device.value, "config": session.config, "any": any_status}
    terminal = subprocess.Popen(
        [sys.executable, "-c", TERMINAL], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert terminal.stdin is not None
    assert terminal.stdout is not None
    try:
        terminal.stdin.write(json.dumps(asked))
        terminal.stdin.close()
        line = terminal.stdout.readline()
        assert line, "the terminal ended by itself"
        host = psutil.Process(int(line))
        assert host.is_running()
    finally:
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.wait(PATIENCE_S)
        terminal.stdout.close()
    yield host


def wait_for_end(process: psutil.Process) -> None:
    """Waits until a process that is not ours has ended; its new parent may leave it a zombie for a while."""
    ends = time.monotonic() + PATIENCE_S
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < ends, "the host outlives its terminal"
        time.sleep(0.01)  # the end of another's child has no event; bounded
