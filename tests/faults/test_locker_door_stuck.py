"""A lock takes the command and its door does not spring open."""

from pathlib import Path

from devices.described.reading import profile_path
from devices.locker.locker import Locker
from devices.status import DeviceClass
from kiosk.base.errors import Problem
from tests.devices.described.scenes import described_scene


def test_a_door_that_stays_shut_is_told_and_its_lock_was_sprung_once(tmp_path: Path) -> None:
    text = profile_path("locker_12").read_text(encoding="utf-8")
    impatient = tmp_path / "locker.yaml"
    impatient.write_text(text.replace("within_s: 3", "within_s: 0.4"), encoding="utf-8")
    with described_scene(DeviceClass.LOCKER, "", impatient) as scene:
        scene.do("stuck", key="doors.5")
        locker = Locker(scene.supervisor)
        assert scene.outcome(lambda action, heard: locker.open_door(action, 5, heard)) == Problem("described.not_done")
        assert scene.emulator.taken == [("openDoor", {"door": 5})]
