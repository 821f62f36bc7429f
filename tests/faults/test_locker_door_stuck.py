"""A lock takes the command and its door does not spring open."""

from devices.locker.locker import Locker
from devices.status import DeviceClass
from kiosk.base.errors import Problem
from tests.devices.described.scenes import described_scene


def test_a_door_that_stays_shut_is_told_and_its_lock_was_sprung_once() -> None:
    with described_scene(DeviceClass.LOCKER, "locker_12") as scene:
        scene.do("stuck", key="doors.5")
        locker = Locker(scene.supervisor)
        assert scene.outcome(lambda action, heard: locker.open_door(action, 5, heard)) == Problem("described.not_done")
        assert scene.emulator.taken == [("openDoor", {"door": 5})]
