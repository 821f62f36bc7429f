"""A device of any class comes and goes, faster than it can be told: the log holds one loss and one recovery for each time it was gone.

What each real driver does in such a moment is the conformance suite's (`a_loss_is_logged_once_and_the_recovery_once`, and the three
misses); here every class of device meets a flicker that its driver could not hide.
"""

from pathlib import Path

import pytest

from devices.messages import Command
from devices.status import DeviceClass, DeviceState
from devices.supervisor import Supervisor, Times
from tests.devices.scenes import PATIENCE_S, Heard, completion_of

DRIVER = '''
"""A device that is there or not as each look finds it: the letters of `looks`, one for each; the last one stays."""
from devices.messages import Completion
from devices.status import CompletionCode, DeviceState, DeviceStatus

STATES = {
    "o": DeviceStatus(DeviceState.ONLINE),
    "b": DeviceStatus(DeviceState.DEVICE_BUSY),
    "g": DeviceStatus(DeviceState.POWER_OFF, reason="device.starting"),
    "h": DeviceStatus(DeviceState.HARDWARE_ERROR, reason="device.host_failing"),
}


class Flickering:
    def __init__(self, settings):
        self.looks = list(settings["looks"])

    def status(self):
        return STATES[self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]]

    open = status

    def close(self):
        pass

    def execute(self, command, execution):
        return Completion(command.action_id, CompletionCode.SUCCESS)


def make(settings):
    return Flickering(settings)
'''


@pytest.fixture
def flickering_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A third party's driver for every class."""
    (tmp_path / "flickering.py").write_text(DRIVER)
    information = tmp_path / "flickering-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: flickering\nVersion: 1.0\n")
    rows = "".join(f"{device.value}.flickering = flickering:make\n" for device in DeviceClass)
    (information / "entry_points.txt").write_text(f"[budayang.drivers]\n{rows}")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.allow_log("device_lost")
@pytest.mark.usefixtures("flickering_driver")
def test_each_class_tells_one_loss_and_one_recovery_each_time(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    looks = "ooghgbogogghho"  # gone three times: differently each time, and busy is no loss
    statuses = {device: Heard() for device in DeviceClass}
    supervisor = Supervisor(
        {device: {"driver": "flickering", "looks": looks} for device in DeviceClass},
        lambda device, status: statuses[device].add(status),
        times=Times(start_s=30.0, heartbeat_s=5.0),
    )
    supervisor.start()
    try:
        for device, heard in statuses.items():
            heard.wait_for(lambda status: status.state is DeviceState.ONLINE, 3 * PATIENCE_S)
            for number in range(len(looks)):  # a look follows each command
                ended = Heard()
                supervisor.submit(device, Command(f"{device.value}-{number}", "look", PATIENCE_S), ended.add)
                completion_of(ended)
            assert supervisor.status(device).state is DeviceState.ONLINE
    finally:
        supervisor.stop()
    for device in DeviceClass:
        told = [
            message.partition(" ")[0]
            for record in caplog.records
            if f"device={device.value} " in (message := record.getMessage())
        ]
        flow = [event for event in told if event in ("device_lost", "device_recovered")]
        assert flow == ["device_lost", "device_recovered"] * 3, (device, told)
