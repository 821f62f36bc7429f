"""The chip takes a command and says nothing."""

from pathlib import Path

import pytest

from devices.smart_card.types import DocumentRead
from devices.status import DeviceState
from tests.devices.scenes import PATIENCE_S
from tests.devices.smart_card.scenes import CARD, QUICK, card_scene, service_scene

pytestmark = pytest.mark.xdist_group("pcscd")
IMPATIENT = {**QUICK, "exchange": 0.4}


def test_it_is_told_in_time_and_the_document_laid_again_is_read_by_the_same_host(tmp_path: Path) -> None:
    with service_scene(tmp_path) as standing, card_scene(standing, driver_times=IMPATIENT) as scene:
        pid = scene.supervisor.pids()[CARD]
        scene.do("mute")
        scene.do("lay", card="permit")
        attempt = scene.read()
        attempt.complaint("smart_card.mute")
        scene.do("normal")
        scene.do("pull")
        assert scene.emulator.wait_until_empty(PATIENCE_S)
        scene.do("lay", card="permit")
        assert isinstance(attempt.outcome(), DocumentRead)
        assert scene.supervisor.pids()[CARD] == pid
        assert scene.status(DeviceState.ONLINE).is_usable


def test_a_wish_can_be_given_up_while_the_chip_is_mute(tmp_path: Path) -> None:
    with service_scene(tmp_path) as standing, card_scene(standing, driver_times={**QUICK, "exchange": 30.0}) as scene:
        scene.do("mute")
        scene.do("lay", card="permit")
        attempt = scene.read(action_id="mute-read")
        assert scene.emulator.wait_for_commands(1, PATIENCE_S)
        scene.reader.cancel("mute-read")
        assert type(attempt.outcome(2.0)).__name__ == "Cancelled"
