"""The cabinet's board does not answer any more, its cable still plugged."""

import pytest

from devices.status import Action, DeviceClass, DeviceState
from tests.devices.described.scenes import described_scene, has


@pytest.mark.allow_log("device_lost")  # once
def test_three_misses_lose_the_board_and_it_comes_back_by_itself() -> None:
    with described_scene(DeviceClass.CABINET, "io_board") as scene:
        scene.set("doors.front", "open")
        scene.status(has("doors.front", "open"))
        scene.forget()
        scene.do("silence")
        status = scene.status(DeviceState.POWER_OFF)
        assert (status.action, status.reason) == (Action.MAINTENANCE, "cabinet.gone")
        assert has("doors.front", "unknown")(status)
        completion = scene.give("setAuxiliaries", audibleAlarm="on")
        assert completion.reason == "cabinet.gone"
        scene.forget()
        scene.do("normal")
        assert has("doors.front", "open")(scene.status(DeviceState.ONLINE))


def test_two_misses_change_nothing() -> None:
    with described_scene(DeviceClass.CABINET, "io_board") as scene:
        seen = len(scene.statuses.items)
        scene.do("miss", replies=2)
        asked = scene.emulator.state()["counters"]["inputs"]  # type: ignore[index]  # a dict, as the panel's JSON
        assert scene.emulator.wait_for("inputs", asked + 4, 10)
        assert [status.state for status in scene.statuses.items[seen:]] == []
