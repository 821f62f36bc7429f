"""The smart-card host is killed (SIGKILL) and stopped (SIGSTOP) in mid-read, with the card in our hands alone."""

import os
import signal
from pathlib import Path

import pytest

from devices.smart_card.types import DocumentRead
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.scenes import PATIENCE_S
from tests.devices.smart_card.scenes import CARD, card_scene, service_scene

pytestmark = pytest.mark.xdist_group("pcscd")


@pytest.mark.allow_log("host_ended.*")
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_the_read_says_so_and_a_repeated_one_succeeds(tmp_path: Path, blow: signal.Signals) -> None:
    with service_scene(tmp_path) as standing, card_scene(standing) as scene:
        scene.do("slow", ms=150)
        scene.do("lay", card="permit")
        attempt = scene.read()
        assert scene.emulator.wait_for_commands(5, PATIENCE_S)
        scene.statuses.items.clear()
        os.kill(scene.supervisor.pids()[CARD], blow)
        assert attempt.outcome() == Problem("smart_card.interrupted")
        scene.do("normal")
        # exclusive access ended with the process: pcscd gives the card to the new host
        assert isinstance(scene.read(timeout_s=PATIENCE_S).outcome(), DocumentRead)
        assert DeviceState.STARTING in [status.state for status in scene.statuses.items]
        assert len(attempt.outcomes.items) == 1
