"""pcscd is killed and started again: while nobody reads, and while somebody waits for a card."""

from pathlib import Path

import pytest

from devices.smart_card.types import DocumentRead
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.smart_card.scenes import CARD, KEY, card_scene, service_scene

pytestmark = pytest.mark.xdist_group("pcscd")


@pytest.mark.allow_log("device_lost.*smart_card.service_gone")
def test_the_loss_is_told_once_and_the_reader_comes_back_by_itself(tmp_path: Path) -> None:
    with service_scene(tmp_path) as standing, card_scene(standing) as scene:
        scene.do("lay", card="permit")
        assert isinstance(scene.read().outcome(), DocumentRead)
        pid = scene.supervisor.pids()[CARD]
        scene.statuses.items.clear()
        scene.service.kill()
        # the third look in a row tells it; a wish of the meantime is refused with the reason
        assert scene.read().outcome() == Problem("smart_card.service_gone")
        assert scene.status(DeviceState.POWER_OFF).reason == "smart_card.service_gone"
        scene.statuses.items.clear()
        scene.service.start()
        scene.status(DeviceState.ONLINE)
        assert isinstance(scene.read().outcome(), DocumentRead)
        assert scene.supervisor.pids()[CARD] == pid, "the host itself had nothing to fear"


def test_a_read_that_waits_outlives_a_quick_restart(tmp_path: Path) -> None:
    # as long as the third look has not come, nobody is told
    patient = {"retry": 2.0, "back_off": 0.05, "longest_back_off": 0.1, "exchange": 1.5, "settle": 0.1}
    with service_scene(tmp_path) as standing, card_scene(standing, driver_times=patient) as scene:
        attempt = scene.read(KEY)
        scene.service.kill()
        scene.service.start()
        scene.do("lay", card="permit")
        assert isinstance(attempt.outcome(), DocumentRead)


@pytest.mark.allow_log("device_lost.*smart_card.service_gone")
def test_the_service_killed_in_mid_read_is_no_removed_card(tmp_path: Path) -> None:
    with service_scene(tmp_path) as standing, card_scene(standing) as scene:
        scene.do("slow", ms=100)
        scene.do("lay", card="permit")
        attempt = scene.read()
        assert scene.emulator.wait_for_commands(4, 10)
        scene.service.kill()
        assert attempt.outcome() == Problem("smart_card.service_gone")
        scene.statuses.wait_for(lambda status: status.reason == "smart_card.service_gone")
        scene.do("normal")
        scene.statuses.items.clear()
        scene.service.start()
        scene.status(DeviceState.ONLINE)
        assert isinstance(scene.read().outcome(), DocumentRead)
