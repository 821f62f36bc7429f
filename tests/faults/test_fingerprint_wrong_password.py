"""The fingerprint module has another password than the configuration."""

import pytest

from devices.status import Action, DeviceState
from kiosk.base.errors import Problem
from tests.devices.fingerprint_reader.scenes import finger_scene


@pytest.mark.allow_log("device_lost")
def test_every_command_is_refused_and_a_technician_asked() -> None:
    with finger_scene(fault="wrong_password") as scene:
        status = scene.status(DeviceState.HARDWARE_ERROR)
        assert status.action is Action.CONFIGURATION
        assert scene.read(5).outcome() == Problem("fingerprint.wrong_password")
        scene.do("normal")
        scene.status(DeviceState.ONLINE)
        scene.reads()
