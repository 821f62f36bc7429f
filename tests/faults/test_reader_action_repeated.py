"""The same action is given twice, also to a host that has forgotten it."""

import os
import signal

import pytest

from devices.action_ids import ActionIds
from devices.id_card_reader.types import CardRead
from kiosk.base.errors import Problem
from tests.devices.scenes import READER, reader_scene


def test_the_second_is_refused_and_the_first_goes_on() -> None:
    with reader_scene() as scene:
        first = scene.read(0, "same")
        assert scene.read(0, "same").outcome() == Problem("device.repeated_action")
        scene.do("lay", card="resident")
        assert isinstance(first.outcome(), CardRead)
        assert scene.read(0, "same").outcome() == Problem("device.repeated_action")


@pytest.mark.allow_log("host_ended")
def test_it_is_refused_by_the_next_host_too() -> None:
    with reader_scene() as scene:
        first = scene.read(0, "same")
        scene.wait_requests(scene.requests() + 2)
        os.kill(scene.supervisor.pids()[READER], signal.SIGKILL)
        assert first.outcome() == Problem("reader.interrupted")
        assert scene.read(0, "same").outcome() == Problem("device.repeated_action")


def test_the_memory_of_ids_is_bounded_and_forgets_the_oldest() -> None:
    ids = ActionIds(remembered=2)
    assert [ids.is_new(name) for name in ("a", "b", "a", "c", "a", "b")] == [True, True, False, True, False, True]
