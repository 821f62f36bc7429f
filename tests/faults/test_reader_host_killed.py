"""The reader's host is killed (SIGKILL) in mid-read."""

import os
import signal

import pytest

from devices.id_card_reader.types import CardRead
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.scenes import READER, reader_scene


@pytest.mark.allow_log("host_ended.*cause=ended")
def test_the_read_says_so_and_a_repeated_one_succeeds() -> None:
    with reader_scene() as scene:
        scene.emulator.processing_s = 5.0
        scene.do("lay", card="resident")
        attempt = scene.read()
        attempt.inserted()
        scene.forget_statuses()
        os.kill(scene.supervisor.pids()[READER], signal.SIGKILL)
        assert attempt.outcome() == Problem("reader.interrupted")
        scene.emulator.processing_s = 0.0
        # without waiting for the new host: the command waits for it
        assert isinstance(scene.read(10).outcome(), CardRead)
        assert [status.state for status in scene.statuses.items] == [DeviceState.STARTING, DeviceState.ONLINE]
        assert len(attempt.outcomes.items) == 1
