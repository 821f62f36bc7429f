"""The device hosts: what a round trip through one costs, how soon a killed one serves again, what all of them weigh."""

import os
import signal
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from devices.host import POLL_S
from devices.messages import Acknowledge, Command, Completion, Event
from devices.status import DeviceClass, DeviceStatus
from devices.supervisor import Supervisor
from devices.waits import Times
from kiosk.base.config import load_config
from provisioning.demo.world import DemoWorld
from tests.bench.figures import Figure, NotMeasuredError, load, percentile

READY_S = 30.0
"""For every device of the hall to be usable; a safety bound."""
KILLS = 5
DRIVER = '''
"""A driver that works for a stated time and tells when it began and ended."""
import time

import msgspec

from devices.messages import Completion
from devices.status import CompletionCode, DeviceState, DeviceStatus


class Worker:
    def open(self):
        return DeviceStatus(DeviceState.ONLINE)

    status = open

    def close(self):
        pass

    def execute(self, command, execution):
        began = time.monotonic()
        until = began + msgspec.msgpack.decode(command.payload)
        while time.monotonic() < until:
            time.sleep(0.001)
        times = msgspec.msgpack.encode((began, time.monotonic()))
        return Completion(command.action_id, CompletionCode.SUCCESS, payload=times)


def make(settings):
    return Worker()
'''


def measure(keys: set[str]) -> list[Figure]:
    """The figures of this module that are asked for."""
    figures = []
    if "host_overhead_ms" in keys:
        figures.append(_overhead())
    if keys & {"recovery_s", "hosts_pss_mb"}:
        figures += _of_a_full_hall(keys)
    return figures


@dataclass
class _Answers:
    """Completions by action id, with the moment of their coming."""

    seen: dict[str, tuple[float, Completion]] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, message: Acknowledge | Event | Completion) -> None:
        if isinstance(message, Completion):
            now = time.monotonic()
            with self.changed:
                self.seen[message.action_id] = (now, message)
                self.changed.notify_all()

    def wait(self, action_id: str) -> tuple[float, Completion]:
        with self.changed:
            assert self.changed.wait_for(lambda: action_id in self.seen, 10), "no completion came"
            return self.seen.pop(action_id)


class _States:
    """Last status of each device, with a wait."""

    def __init__(self) -> None:
        self._known: dict[DeviceClass, DeviceStatus] = {}
        self._changed = threading.Condition()

    def take(self, device: DeviceClass, status: DeviceStatus) -> None:
        with self._changed:
            self._known[device] = status
            self._changed.notify_all()

    def wait(self, device: DeviceClass, *, usable: bool, patience_s: float) -> float:
        """The moment at which the device is seen usable, or not."""

        def is_so() -> bool:
            status = self._known.get(device)
            return status is not None and status.is_usable is usable

        with self._changed:
            if not self._changed.wait_for(is_so, patience_s):
                status = self._known.get(device)
                words = f"{status.state.value}, {status.reason}" if status else "nothing"
                raise NotMeasuredError(f"{device.value} tells {words} after {patience_s:.0f} s")
            return time.monotonic()


def _overhead(runs: int = 400) -> Figure:
    """Submit to completion, less the time inside the driver's `execute`; jobs of 0 and of 20 ms in turn."""
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as name:
        _install(Path(name))
        before = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = name
        states, answers = _States(), _Answers()
        reader = DeviceClass.ID_CARD_READER
        supervisor = Supervisor({reader: {"driver": "bench"}}, states.take)
        supervisor.start()
        try:
            states.wait(reader, usable=True, patience_s=READY_S)
            extra = [_one_trip(supervisor, answers, number, 0.02 * (number % 2)) for number in range(runs + 20)][20:]
        finally:
            supervisor.stop()
            if before is None:
                del os.environ["PYTHONPATH"]
            else:
                os.environ["PYTHONPATH"] = before
    ordered = sorted(extra)
    p95 = percentile(extra, 0.95)
    detail = f"median {statistics.median(extra):.2f}, p95 {p95:.2f}, longest {ordered[-1]:.2f} ms of {runs} commands; {load()}"
    return Figure("host_overhead_ms", round(p95, 2), detail)


def _install(folder: Path) -> None:
    """A third party's driver, by the entry point that is meant for it."""
    (folder / "bench_reader.py").write_text(DRIVER)
    information = folder / "bench_reader-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: bench-reader\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[budayang.drivers]\nid_card_reader.bench = bench_reader:make\n")


def _one_trip(supervisor: Supervisor, answers: _Answers, number: int, work_s: float) -> float:
    """Milliseconds beyond the driver's own."""
    action = f"trip-{number}"
    command = Command(action, "readRawData", 10, msgspec.msgpack.encode(work_s))
    asked = time.monotonic()
    supervisor.submit(DeviceClass.ID_CARD_READER, command, answers.take)
    ended, completion = answers.wait(action)
    began, finished = msgspec.msgpack.decode(completion.payload, type=tuple[float, float])
    assert asked <= began <= finished <= ended
    return (ended - asked - (finished - began)) * 1000


def _of_a_full_hall(keys: set[str]) -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory(prefix="by") as name, DemoWorld(Path(name), smart_cards=True) as world:
        config = load_config(world.config)
        settings = {
            DeviceClass(device): {"driver": one.driver, **one.settings} for device, one in config.devices.items()
        }
        states = _States()
        supervisor = Supervisor(settings, states.take)
        supervisor.start()
        try:
            for device in settings:
                states.wait(device, usable=True, patience_s=READY_S)
            if "hosts_pss_mb" in keys:
                # a host gives back what loading has left at its first quiet poll: what counts is the weight that stays
                time.sleep(2 * POLL_S)
                figures.append(_weight(supervisor))
            if "recovery_s" in keys:
                figures.append(_recovery(supervisor, states))
        finally:
            supervisor.stop()
    return figures


def _weight(supervisor: Supervisor) -> Figure:
    """Proportional set size: pages that several processes map are counted once, in shares."""
    pss = {device.value: _pss_kb(pid) / 1000 for device, pid in supervisor.pids().items()}
    heaviest = ", ".join(f"{name} {size:.1f}" for name, size in sorted(pss.items(), key=lambda item: -item[1])[:4])
    whole = sum(pss.values())
    return Figure("hosts_pss_mb", round(whole, 1), f"{len(pss)} hosts, the heaviest {heaviest} MB; {load()}")


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _recovery(supervisor: Supervisor, states: _States) -> Figure:
    """Kills each host in turn, again only after it was well for longer than the back-off remembers."""
    healthy_s = Times().healthy_s
    last: dict[DeviceClass, float] = {}
    took: dict[DeviceClass, list[float]] = {device: [] for device in supervisor.pids()}
    for _ in range(KILLS):
        for device, times in took.items():
            # the supervisor forgets earlier failures only after this long; waiting for that is the measure's definition
            wait = last.get(device, 0.0) + healthy_s + 1 - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            killed = time.monotonic()
            os.kill(supervisor.pids()[device], signal.SIGKILL)
            states.wait(device, usable=False, patience_s=READY_S)
            last[device] = states.wait(device, usable=True, patience_s=READY_S)
            times.append(last[device] - killed)
    every = [one for times in took.values() for one in times]
    slow = ", ".join(
        f"{device.value} {max(times):.2f}" for device, times in sorted(took.items(), key=lambda i: -max(i[1]))[:3]
    )
    detail = f"{len(every)} kills of {len(took)} classes, median {statistics.median(every):.2f}, the slowest {slow} s; {load()}"
    return Figure("recovery_s", round(percentile(every, 0.95), 2), detail)


if __name__ == "__main__":
    print(measure(set(sys.argv[1:])))
