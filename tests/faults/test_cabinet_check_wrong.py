"""The check of the board's replies is wrong."""

import pytest

from devices.status import CompletionCode, DeviceClass, DeviceState
from tests.devices.described.scenes import described_scene, has


def test_a_damaged_reply_is_asked_for_again() -> None:
    with described_scene(DeviceClass.CABINET, "io_board") as scene:
        scene.do("wrong_check", replies=2)
        completion = scene.give("setAuxiliaries", audibleAlarm="on")
        assert completion.code is CompletionCode.SUCCESS
        assert {status.state for status in scene.statuses.items} <= {DeviceState.STARTING, DeviceState.ONLINE}


@pytest.mark.allow_log("device_lost")  # once
def test_a_damaged_reply_is_never_believed() -> None:
    with described_scene(DeviceClass.CABINET, "io_board") as scene:
        scene.forget()
        scene.do("wrong_check", replies=10_000)
        scene.set("doors.front", "open")
        assert has("doors.front", "unknown")(scene.status(DeviceState.POWER_OFF))
