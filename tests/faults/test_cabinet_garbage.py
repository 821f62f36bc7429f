"""Bytes of other origin lie before each frame of the cabinet's board."""

import pytest

from devices.status import CompletionCode, DeviceClass, DeviceState
from tests.devices.described.scenes import described_scene, has


@pytest.mark.parametrize("count", [1, 7, 60])
def test_doors_and_lamps_work_through_garbage(count: int) -> None:
    with described_scene(DeviceClass.CABINET, "io_board") as scene:
        scene.do("garbage", count=count)
        scene.set("doors.paper", "open")
        scene.status(has("doors.paper", "open"))
        completion = scene.give("setLight", light="locker", flashRate="quick", colour="blue")
        assert completion.code is CompletionCode.SUCCESS
        assert {status.state for status in scene.statuses.items} <= {DeviceState.STARTING, DeviceState.ONLINE}
