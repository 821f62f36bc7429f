"""The reader's plug is pulled, and put back."""

import pytest

from devices.id_card_reader.types import CardRead
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.scenes import reader_scene


@pytest.mark.allow_log("device_lost")
def test_a_read_ends_after_three_misses_and_works_again_later(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), reader_scene() as scene:
        attempt = scene.read()
        scene.wait_requests(scene.requests() + 2)
        scene.do("cut")
        assert attempt.outcome() == Problem("reader.gone")
        scene.status(DeviceState.POWER_OFF)
        assert scene.read(5).outcome() == Problem("reader.gone")
        scene.forget_statuses()
        scene.do("reconnect")
        scene.status(DeviceState.ONLINE)
        scene.reads_a_card()
        assert scene.supervisor.traffic()[scene.device].restarts == 0
    assert caplog.text.count("device_lost") == 1
    assert caplog.text.count("device_recovered") == 1


def test_a_plug_that_wobbles_does_not_end_the_read() -> None:
    with reader_scene(driver_times={"retry": 0.5, "find_interval": 0.02, "reply": 0.25}) as scene:
        attempt = scene.read()
        scene.wait_requests(scene.requests() + 2)
        scene.do("cut")
        scene.do("reconnect")
        scene.do("lay", card="resident")
        assert isinstance(attempt.outcome(), CardRead)
        assert [status.state for status in scene.statuses.items] == [DeviceState.ONLINE]
