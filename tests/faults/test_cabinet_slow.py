"""The board takes its time, first within the description's time-out, then beyond it."""

import pytest

from devices.status import CompletionCode, DeviceClass, DeviceState
from tests.devices.described.scenes import described_scene, has


@pytest.mark.allow_log("device_lost")  # once, in the second part
def test_a_slow_board_is_waited_for_and_a_late_one_is_lost() -> None:
    with described_scene(DeviceClass.CABINET, "io_board") as scene:
        scene.do("slow", ms=60)
        scene.set("doors.front", "open")
        scene.status(has("doors.front", "open"))
        assert scene.give("setAuxiliaries", audibleAlarm="on").code is CompletionCode.SUCCESS
        scene.forget()
        scene.do("slow", ms=900)
        scene.status(DeviceState.POWER_OFF)
        scene.forget()
        scene.do("normal")
        scene.status(DeviceState.ONLINE)
