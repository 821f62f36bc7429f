"""A sheet is jammed in the stamp unit: the hall's staff can clear it."""

import pytest

from devices.outcomes import Done
from devices.stamp_unit.unit import StampUnit
from devices.status import Action, DeviceClass, DeviceState, Media
from kiosk.base.errors import Problem
from tests.devices.described.scenes import described_scene


@pytest.mark.allow_log("device_lost")  # nothing can be stamped
def test_a_jam_refuses_the_seal_until_it_is_cleared() -> None:
    with described_scene(DeviceClass.STAMP_UNIT, "stamp_unit") as scene:
        unit = StampUnit(scene.supervisor)
        scene.set("ink", "full")
        scene.set("media", "jammed")
        status = scene.status(lambda status: status.media is Media.JAMMED and status.state is DeviceState.USER_ERROR)
        assert (status.action, status.reason) == (Action.CLEAR, "described.jammed")
        assert scene.outcome(lambda action, heard: unit.stamp(action, 1, heard)) == Problem("described.jammed")
        assert scene.emulator.taken == []
        scene.set("media", "present")
        assert scene.outcome(lambda action, heard: unit.stamp(action, 1, heard)) == Done()
