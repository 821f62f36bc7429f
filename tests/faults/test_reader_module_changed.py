"""Another module answers than the one that was pinned: an alarm, and no command."""

import pytest

from devices.status import Action, DeviceState
from kiosk.base.errors import Problem
from tests.devices.scenes import reader_scene

PINNED = "05.01-20160101-000012345-012345678"


@pytest.mark.allow_log("module_changed|device_lost")
def test_it_is_an_alarm_at_the_start() -> None:
    with reader_scene(module_id="05.01-20190101-000000001-000000001") as scene:
        status = scene.status(DeviceState.FRAUD_ATTEMPT)
        assert (status.action, status.reason, status.module_id) == (
            Action.CONFIGURATION,
            "reader.module_changed",
            PINNED,
        )
        scene.do("lay", card="resident")
        attempt = scene.read()
        assert attempt.outcome() == Problem("reader.module_changed")
        assert attempt.events.items == []


@pytest.mark.allow_log("module_changed|device_lost")
def test_a_swap_between_two_reads_is_found_before_the_second() -> None:
    with reader_scene(module_id=PINNED) as scene:
        scene.reads_a_card()
        scene.do("other_module")
        scene.do("lay", card="resident")
        assert scene.read().outcome() == Problem("reader.module_changed")
        scene.status(DeviceState.FRAUD_ATTEMPT)


@pytest.mark.allow_log("module_changed|device_lost")
def test_a_swap_by_the_plug_in_mid_wait_ends_the_read() -> None:
    with reader_scene(module_id=PINNED) as scene:
        attempt = scene.read()
        scene.wait_requests(scene.requests() + 2)
        scene.do("cut")
        scene.do("other_module")
        scene.do("lay", card="resident")
        scene.do("reconnect")
        assert attempt.outcome() == Problem("reader.module_changed")


def test_the_pinned_one_is_no_alarm() -> None:
    with reader_scene(module_id=PINNED) as scene:
        scene.reads_a_card()
