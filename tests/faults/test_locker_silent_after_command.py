"""The locker falls silent after it took a command: nobody knows whether the door opened."""

from devices.locker.locker import Locker
from devices.status import DeviceClass
from kiosk.base.errors import Problem
from tests.devices.described.scenes import described_scene


def test_the_command_is_not_sent_again_and_a_person_is_asked() -> None:
    with described_scene(DeviceClass.LOCKER, "locker_12") as scene:
        scene.do("mute_commands")
        locker = Locker(scene.supervisor)
        outcome = scene.outcome(lambda action, heard: locker.open_door(action, 5, heard))
        assert outcome == Problem("described.outcome_unknown")
        assert scene.emulator.taken == [("openDoor", {"door": 5})]
