"""Drivers and hosts that hang, die, lie or raise: each costs its own command at most."""

from pathlib import Path
from typing import Self

import pytest

from devices.messages import Acknowledge, Cancel, Command, Completion, Event
from devices.status import CompletionCode, DeviceState
from devices.supervisor import Supervisor, Times
from devices.wire import encode
from tests.devices.scenes import READER, Heard, completion_of

DRIVER = '''
"""A driver that misbehaves as its commands say."""
import os
import sys
import time

from devices.messages import Completion, Event
from devices.status import CompletionCode, DeviceState, DeviceStatus


class Strange:
    def __init__(self, settings):
        self.settings = settings

    def open(self):
        if self.settings.get("hang_at_open"):
            time.sleep(60)
        if self.settings.get("die_at_open"):
            os._exit(3)
        return DeviceStatus(DeviceState.ONLINE)

    def status(self):
        if self.settings.get("hang_in_status"):
            time.sleep(60)
        return DeviceStatus(DeviceState.ONLINE)

    def close(self):
        pass

    def execute(self, command, execution):
        if command.name == "readHanging":
            time.sleep(60)
        if command.name == "readRaising":
            raise ValueError("440308199901101512")
        if command.name == "readGarbling":
            os.write(int(sys.argv[sys.argv.index("--fd") + 1]), self.settings["garbage"])
            time.sleep(60)
        if command.name == "readLate":
            execution._connection.send(Event("another", "step"))
        if command.name == "readEvents":
            for number in range(100):
                execution.emit("step", bytes((number,)))
        if command.name == "readWaiting":
            while not execution.is_cancelled():
                time.sleep(0.01)
            return Completion(command.action_id, CompletionCode.CANCELED)
        return Completion(command.action_id, CompletionCode.SUCCESS, payload=command.payload)


def make(settings):
    return Strange(settings)
'''


@pytest.fixture
def strange_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Installs a third party's driver, with its entry point, where the hosts look for packages."""
    (tmp_path / "strange_reader.py").write_text(DRIVER)
    information = tmp_path / "strange_reader-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: strange-reader\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[budayang.drivers]\nid_card_reader.strange = strange_reader:make\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


class Strange:
    """A supervisor over the strange driver."""

    def __init__(self, times: Times | None = None, **settings: object) -> None:
        self.statuses = Heard()
        self.supervisor = Supervisor(
            {READER: {"driver": "strange", **settings}}, lambda _, status: self.statuses.add(status), times=times
        )
        self.supervisor.start()

    def submit(self, action_id: str, name: str, timeout_s: float = 0.0, payload: bytes = b"") -> Heard:
        heard = Heard()
        self.supervisor.submit(READER, Command(action_id, name, timeout_s, payload), heard.add)
        return heard

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.supervisor.stop()


@pytest.mark.usefixtures("strange_driver")
def test_a_third_partys_driver_is_found_by_its_entry_point() -> None:
    with Strange() as strange:
        heard = strange.submit("a1", "readEcho", 5.0, b"\x00" * 300_000)
        assert completion_of(heard).payload == b"\x00" * 300_000
        assert isinstance(heard.items[0], Acknowledge)


@pytest.mark.usefixtures("strange_driver")
def test_events_keep_their_order_and_come_before_the_completion() -> None:
    with Strange() as strange:
        heard = strange.submit("a1", "readEvents", 5.0)
        completion_of(heard)
        assert [message.payload[0] for message in heard.items if isinstance(message, Event)] == list(range(100))
        assert isinstance(heard.items[-1], Completion)


@pytest.mark.allow_log("host_ended.*cause=deadline")
@pytest.mark.usefixtures("strange_driver")
def test_a_driver_that_hangs_is_killed_at_the_deadline() -> None:
    with Strange(Times(grace_s=0.3)) as strange:
        strange.statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
        pid = strange.supervisor.pids()[READER]
        completion = completion_of(strange.submit("a1", "readHanging", 0.2))
        assert (completion.code, completion.reason) == (CompletionCode.TIME_OUT, "device.hung")
        assert completion_of(strange.submit("a2", "readEcho", 5.0)).code is CompletionCode.SUCCESS
        assert strange.supervisor.pids()[READER] != pid


@pytest.mark.allow_log("host_ended.*cause=deadline")
@pytest.mark.usefixtures("strange_driver")
def test_a_driver_that_ignores_its_cancellation_is_killed() -> None:
    with Strange(Times(grace_s=0.3)) as strange:
        heard = strange.submit("a1", "readHanging")
        heard.wait_for(lambda message: isinstance(message, Acknowledge))
        strange.supervisor.cancel(READER, "a1")
        assert completion_of(heard).reason == "device.hung"


@pytest.mark.usefixtures("strange_driver")
def test_a_cancelled_command_ends_and_one_whose_time_is_up_timed_out() -> None:
    with Strange() as strange:
        heard = strange.submit("a1", "readWaiting")
        heard.wait_for(lambda message: isinstance(message, Acknowledge))
        strange.supervisor.cancel(READER, "a1")
        assert completion_of(heard).code is CompletionCode.CANCELED
        late = completion_of(strange.submit("a2", "readWaiting", 0.1))
        assert (late.code, late.reason) == (CompletionCode.TIME_OUT, "device.no_time_left")


@pytest.mark.allow_log("host_ended.*cause=ended|host_error")
@pytest.mark.usefixtures("strange_driver")
def test_a_driver_that_raises_costs_one_command_and_tells_no_content(caplog: pytest.LogCaptureFixture) -> None:
    with Strange() as strange:
        completion = completion_of(strange.submit("a1", "readRaising", 5.0))
        assert (completion.code, completion.reason) == (CompletionCode.HARDWARE_ERROR, "reader.interrupted")
        assert completion_of(strange.submit("a2", "readEcho", 5.0)).code is CompletionCode.SUCCESS
    assert "error=ValueError where=strange_reader.py:" in caplog.text
    assert "440308" not in caplog.text


@pytest.mark.allow_log("host_ended.*cause=occupied")
@pytest.mark.usefixtures("strange_driver")
def test_a_driver_that_hangs_in_a_poll_is_killed() -> None:
    times = Times(heartbeat_s=0.2, occupied_s=0.5)
    with Strange(times, hang_in_status=True) as strange:
        strange.statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
        # a completed command is followed by a poll, in which this driver stays
        completion_of(strange.submit("a1", "readEcho", 5.0))
        strange.statuses.wait_for(lambda status: status.state is DeviceState.STARTING)


@pytest.mark.allow_log("host_ended|host_failing|device_lost")
@pytest.mark.usefixtures("strange_driver")
def test_a_host_that_dies_again_and_again_is_told_and_tried_ever_more_seldom() -> None:
    with Strange(Times(first_back_off_s=0.05), die_at_open=True) as strange:
        status = strange.statuses.wait_for(lambda status: status.state is DeviceState.HARDWARE_ERROR)
        assert status.reason == "device.host_failing"
        completion = completion_of(strange.submit("a1", "readEcho", 0.2))
        assert completion.code is CompletionCode.TIME_OUT


@pytest.mark.allow_log("host_ended.*cause=malformed")
@pytest.mark.usefixtures("strange_driver")
@pytest.mark.parametrize(
    "garbage",
    [b"\x00\x00\x00\x02hi", b"\xff" * 8, bytes(encode(Cancel("a1")))],
    ids=["no message", "too long", "not a host's"],
)
def test_a_host_that_sends_what_no_host_may_is_replaced(garbage: bytes) -> None:
    with Strange(garbage=garbage) as strange:
        completion = completion_of(strange.submit("a1", "readGarbling", 30.0))
        assert completion.reason == "reader.interrupted"
        assert completion_of(strange.submit("a2", "readEcho", 5.0)).code is CompletionCode.SUCCESS


@pytest.mark.usefixtures("strange_driver")
def test_messages_of_an_action_that_is_not_running_are_dropped_and_counted() -> None:
    with Strange() as strange:
        heard = strange.submit("a1", "readLate", 5.0)
        completion_of(heard)
        assert not any(isinstance(message, Event) for message in heard.items)
        assert strange.supervisor.traffic()[READER].late_messages == 1


@pytest.mark.allow_log("host_ended.*cause=late_start|host_failing|device_lost")
@pytest.mark.usefixtures("strange_driver")
def test_a_host_that_does_not_come_up_is_killed_and_waiting_commands_end() -> None:
    with Strange(Times(start_s=0.4, hold_s=0.6), hang_at_open=True) as strange:
        completion = completion_of(strange.submit("a1", "readEcho"))
        assert (completion.code, completion.reason) == (CompletionCode.DEVICE_NOT_READY, "device.starting")
        strange.statuses.wait_for(lambda status: status.reason == "device.host_failing")
        assert strange.supervisor.traffic()[READER].restarts >= 3


@pytest.mark.allow_log("host_failing|device_lost")
def test_a_machine_that_gives_no_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.host_process.sys.executable", "/nowhere/python")
    with Strange(Times(first_back_off_s=0.01)) as strange:
        strange.statuses.wait_for(lambda status: status.reason == "device.host_failing")
        assert strange.supervisor.pids() == {}
