"""The cable of the cabinet's board is pulled and plugged again."""

import pytest

from devices.status import CompletionCode, DeviceClass, DeviceState
from tests.devices.described.scenes import described_scene


@pytest.mark.allow_log("device_lost")  # once
def test_the_board_is_lost_and_found_again() -> None:
    with described_scene(DeviceClass.CABINET, "io_board") as scene:
        scene.do("unplug")
        scene.status(DeviceState.POWER_OFF)
        completion = scene.give("setAuxiliaries", audibleAlarm="off")
        assert (completion.code, completion.reason) == (CompletionCode.DEVICE_NOT_READY, "cabinet.gone")
        scene.forget()
        scene.do("plug")
        scene.status(DeviceState.ONLINE)
        assert scene.give("setAuxiliaries", audibleAlarm="off").code is CompletionCode.SUCCESS


def test_a_short_loose_contact_is_no_loss() -> None:
    with described_scene(DeviceClass.CABINET, "io_board") as scene:
        scene.do("unplug")
        scene.do("plug")
        assert scene.give("setAuxiliaries", audibleAlarm="off").code is CompletionCode.SUCCESS
        assert {status.state for status in scene.statuses.items} <= {DeviceState.STARTING, DeviceState.ONLINE}
