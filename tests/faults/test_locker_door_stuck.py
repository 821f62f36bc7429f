"""A lock takes the command and its door does not spring open."""

from collections.abc import Callable
from pathlib import Path

from devices.described.reading import profile_path
from devices.emulators.control import Emulator
from devices.emulators.scenes import ScenePlayer
from devices.locker.locker import Locker
from devices.status import DeviceClass
from kiosk.base.errors import Problem
from tests.devices.described.scenes import described_scene


def test_a_door_that_stays_shut_is_told_and_its_lock_was_sprung_once(
    tmp_path: Path, device_scene: Callable[[str, Emulator], ScenePlayer]
) -> None:
    text = profile_path("locker_12").read_text(encoding="utf-8")
    impatient = tmp_path / "locker.yaml"
    impatient.write_text(text.replace("within_s: 3", "within_s: 0.4"), encoding="utf-8")
    with described_scene(DeviceClass.LOCKER, "", impatient) as scene:
        device_scene("locker-door-stuck", scene.emulator).play()
        locker = Locker(scene.supervisor)
        assert scene.outcome(lambda action, heard: locker.open_door(action, 3, heard)) == Problem("described.not_done")
        assert scene.emulator.taken == [("openDoor", {"door": 3})]
