"""Device hosts and their supervisor, with real processes."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psutil
import pytest

from devices.id_card_reader.reader import Cancelled, Forgotten, MediaRemoved
from devices.id_card_reader.types import CardRead
from devices.messages import Acknowledge, Command, Completion, Event
from devices.status import CompletionCode, DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor
from kiosk.base.errors import Problem
from tests.devices.scenes import PATIENCE_S, READER, Attempt, Heard, ReaderScene, completion_of, reader_scene


@pytest.fixture
def scene() -> Iterator[ReaderScene]:
    with reader_scene() as made:
        yield made


def test_a_card_is_read_through_a_process_of_its_own(scene: ReaderScene) -> None:
    attempt = scene.read(PATIENCE_S)
    scene.do("lay", card="resident")
    outcome = attempt.outcome()
    assert isinstance(outcome, CardRead)
    assert outcome.text.id_number == "440308199901101512"
    attempt.inserted()
    traffic = scene.supervisor.traffic()[READER]
    assert (traffic.commands, traffic.restarts, dict(traffic.completions)) == (1, 0, {"success": 1})
    assert traffic.bytes_in > 300
    assert traffic.bytes_out > 50


def test_removal_forgetting_and_cancelling_have_outcomes_of_their_own(scene: ReaderScene) -> None:
    scene.do("lay", card="resident")
    watch = Attempt()
    scene.reader.watch_removal("w1", 0, watch.outcomes.add)
    scene.do("pull")
    assert watch.outcome() == MediaRemoved()
    forgetting = Attempt()
    scene.reader.forget("f1", PATIENCE_S, forgetting.outcomes.add)
    assert forgetting.outcome() == Forgotten()
    read = scene.read(0, "r1")
    scene.reader.cancel("r1")
    assert read.outcome() == Cancelled()


def test_a_payload_is_dropped_once_it_was_sent_though_the_action_goes_on(scene: ReaderScene) -> None:
    heard = Heard()
    payload = msgspec.msgpack.encode({"accepts_lying": True})
    alone = sys.getrefcount(payload)
    scene.supervisor.submit(READER, Command("long", "readRawData", 0, payload), heard.add)
    heard.wait_for(lambda message: isinstance(message, Acknowledge))
    ends = time.monotonic() + PATIENCE_S
    while sys.getrefcount(payload) > alone:
        assert time.monotonic() < ends, "the supervisor keeps the document for as long as the action runs"
        time.sleep(0.01)
    assert not any(isinstance(message, Completion) for message in heard.items)
    scene.supervisor.cancel(READER, "long")
    assert completion_of(heard).code is CompletionCode.CANCELED


def test_a_read_without_a_card_ends_at_its_time_with_a_sentence(scene: ReaderScene) -> None:
    started = time.monotonic()
    assert scene.read(0.3).outcome() == Problem("card.none_laid")
    assert 0.25 < time.monotonic() - started < 2


def test_commands_wait_for_their_turn_and_can_be_cancelled_there(scene: ReaderScene) -> None:
    first = scene.read(0, "first")
    second = scene.read(0, "second")
    third = scene.read(0, "third")
    scene.reader.cancel("second")
    assert second.outcome() == Cancelled()
    scene.reader.cancel("first")
    assert first.outcome() == Cancelled()
    scene.do("lay", card="resident")
    assert isinstance(third.outcome(), CardRead)


def test_a_waiting_command_ends_at_its_own_time(scene: ReaderScene) -> None:
    first = scene.read(0, "first")
    assert scene.read(0.2, "second").outcome() == Problem("card.none_laid")
    scene.reader.cancel("first")
    assert first.outcome() == Cancelled()


def test_cancelling_what_is_not_there_does_nothing(scene: ReaderScene) -> None:
    scene.reader.cancel("never")
    scene.supervisor.cancel(DeviceClass.SHEET_PRINTER, "never")
    scene.reads_a_card()


def test_a_status_is_told_only_when_it_changes(scene: ReaderScene) -> None:
    scene.reads_a_card()
    scene.reads_a_card()
    assert len(scene.statuses.items) == 1
    assert scene.supervisor.status(READER).state is DeviceState.ONLINE


def test_a_host_tells_what_its_device_can_be_asked(scene: ReaderScene) -> None:
    told = scene.supervisor.capabilities(READER)
    assert told is not None
    assert "readRawData" in told.commands
    assert "mediaInserted" in told.events
    assert scene.supervisor.capabilities(DeviceClass.SHEET_PRINTER) is None


def test_a_device_that_is_not_configured_says_so(scene: ReaderScene) -> None:
    heard = Heard()
    scene.supervisor.submit(DeviceClass.SHEET_PRINTER, Command("p1", "printForm", 1.0), heard.add)
    assert completion_of(heard).reason == "device.not_configured"
    assert scene.supervisor.status(DeviceClass.SHEET_PRINTER).state is DeviceState.NO_DEVICE


@pytest.mark.allow_log("callback_failed")
def test_a_receiver_that_raises_is_reported_and_harms_nobody(
    scene: ReaderScene, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(message: Acknowledge | Event | Completion) -> None:
        raise RuntimeError("440308199901101512")

    scene.supervisor.submit(READER, Command("b1", "reset", 1.0), broken)
    scene.reads_a_card()
    assert "callback_failed" in caplog.text
    assert "440308" not in caplog.text


def test_stopping_completes_what_runs_and_leaves_no_process() -> None:
    with reader_scene() as scene:
        pid = scene.supervisor.pids()[READER]
        attempt = scene.read(0)
        scene.reader.read("queued", 0, attempt.events.add, attempt.outcomes.add)
        started = time.monotonic()
        scene.supervisor.stop()
        assert time.monotonic() - started < 2.5
        assert attempt.outcomes.items == [Cancelled(), Cancelled()]
        assert not psutil.pid_exists(pid)
        late = scene.read(1)
        assert late.outcomes.items == [Cancelled()]
        scene.supervisor.stop()


def test_a_supervisor_that_never_started_can_be_stopped() -> None:
    supervisor = Supervisor({}, lambda _device, _status: None)
    supervisor.stop()
    supervisor.stop()


def test_a_host_is_confined() -> None:
    with reader_scene() as scene:
        host = psutil.Process(scene.supervisor.pids()[READER])
        limits = Path(f"/proc/{host.pid}/limits").read_text()
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert core.split()[4:6] == ["0", "0"]
        status = Path(f"/proc/{host.pid}/status").read_text()
        assert "Umask:\t0077" in status
        assert not any("tty" in word or "pts" in word for word in host.cmdline())


@pytest.mark.allow_log("device_lost")
@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ({"driver": "serial", "port": 5}, "device.configuration"),
        ({"driver": "nobodys"}, "device.no_driver"),
        ({}, "device.no_driver"),
    ],
)
def test_a_wrong_configuration_is_told_in_words(config: dict[str, object], reason: str) -> None:
    statuses = Heard()
    supervisor = Supervisor({READER: config}, lambda _, status: statuses.add(status))
    supervisor.start()
    try:
        status: DeviceStatus = statuses.wait_for(lambda _: True)
        assert (status.state, status.reason) == (DeviceState.HARDWARE_ERROR, reason)
        heard = Heard()
        supervisor.submit(READER, Command("a1", "readRawData", 5.0), heard.add)
        assert completion_of(heard).reason == reason
    finally:
        supervisor.stop()


def test_a_command_given_before_the_host_is_up_is_carried_out() -> None:
    with reader_scene() as scene:
        second = Supervisor({READER: {"driver": "serial", "port": scene.emulator.port}}, lambda _d, _s: None)
        heard = Heard()
        scene.supervisor.stop()
        second.submit(READER, Command("a1", "reset", 5.0), heard.add)
        second.start()
        try:
            assert completion_of(heard).code is CompletionCode.SUCCESS
        finally:
            second.stop()


def test_every_message_comes_on_the_supervisors_thread(scene: ReaderScene) -> None:
    names = Heard()
    scene.supervisor.submit(
        READER, Command("a1", "reset", 5.0), lambda _message: names.add(threading.current_thread().name)
    )
    names.wait_for(lambda _: len(names.items) >= 2)
    assert set(names.items) == {"device-supervisor"}


def test_twelve_actions_at_once_have_one_completion_each(scene: ReaderScene) -> None:
    heard = [Heard() for _ in range(12)]
    threads = [
        threading.Thread(target=scene.supervisor.submit, args=(READER, Command(f"t{n}", "reset", 5.0), heard[n].add))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    for messages in heard:
        completion_of(messages)
    scene.reads_a_card()
    assert all(sum(isinstance(m, Completion) for m in messages.items) == 1 for messages in heard)


@pytest.mark.allow_log("host_ended.*cause=ended")
def test_a_host_killed_while_idle_is_replaced(scene: ReaderScene) -> None:
    scene.forget_statuses()
    os.kill(scene.supervisor.pids()[READER], signal.SIGKILL)
    scene.status(DeviceState.STARTING)
    scene.status(DeviceState.ONLINE)
    scene.reads_a_card()
    assert scene.supervisor.traffic()[READER].restarts == 1


HEAD_START_DRIVER = """
import os, time
from devices.status import DeviceState, DeviceStatus


class Opened:
    def __init__(self, settings):
        self._file, self._slow_s = settings["file"], settings["slow_s"]

    def open(self):
        with open(self._file, "a") as file:
            file.write("begun\\n")
        time.sleep(self._slow_s)
        with open(self._file, "a") as file:
            file.write("ready\\n")
        return DeviceStatus(DeviceState.ONLINE)

    def status(self):
        return DeviceStatus(DeviceState.ONLINE)

    def close(self):
        pass

    def execute(self, command, execution):
        raise NotImplementedError


make = Opened
"""


def _opened_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow_s: float) -> list[str]:
    """The reader is slow and comes first, the locker does not; what both wrote while they were opened, in order."""
    room = tmp_path / "room"
    info = room / "opened-1.dist-info"
    info.mkdir(parents=True)
    (room / "opened_driver.py").write_text(HEAD_START_DRIVER)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: opened\nVersion: 1\n")
    names = "".join(f"{device}.opened = opened_driver:make\n" for device in ("id_card_reader", "locker"))
    (info / "entry_points.txt").write_text(f"[budayang.drivers]\n{names}")
    monkeypatch.setenv("PYTHONPATH", str(room), prepend=os.pathsep)
    file = tmp_path / "opened"
    heard = Heard()
    devices = {
        DeviceClass.LOCKER: {"driver": "opened", "file": str(file), "slow_s": 0.0},
        READER: {"driver": "opened", "file": str(file), "slow_s": slow_s},
    }
    supervisor = Supervisor(devices, lambda device, status: heard.add((device, status.state)), first=(READER,))
    supervisor.start()
    try:
        for device in devices:
            online = (device, DeviceState.ONLINE)
            heard.wait_for(online.__eq__)
    finally:
        supervisor.stop()
    return file.read_text().split()


def test_the_devices_of_every_visit_are_opened_before_the_others_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _opened_in(tmp_path, monkeypatch, 0.3) == ["begun", "ready", "begun", "ready"]


def test_a_slow_device_of_every_visit_does_not_hold_the_others_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.supervisor.HEAD_START_S", 0.2)
    assert _opened_in(tmp_path, monkeypatch, 2.5) == ["begun", "begun", "ready", "ready"]
