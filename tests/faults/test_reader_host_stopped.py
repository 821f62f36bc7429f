"""The reader's host is stopped (SIGSTOP): it lives, but does nothing."""

import os
import signal

import pytest

from devices.id_card_reader.types import CardRead
from devices.status import DeviceState
from devices.supervisor import Times
from kiosk.base.errors import Problem
from tests.devices.scenes import READER, reader_scene

TIMES = Times(heartbeat_s=0.2, acknowledge_s=0.5)


@pytest.mark.allow_log("host_ended.*status=-9 cause=silent")
def test_in_mid_read_it_is_found_by_its_silence_and_replaced() -> None:
    with reader_scene(times=TIMES) as scene:
        attempt = scene.read()
        scene.do("lay", card="defective")
        attempt.inserted()
        os.kill(scene.supervisor.pids()[READER], signal.SIGSTOP)
        assert attempt.outcome() == Problem("reader.interrupted")
        scene.do("lay", card="resident")
        assert isinstance(scene.read(10).outcome(), CardRead)


@pytest.mark.allow_log("host_ended.*status=-9 cause=silent")
def test_while_idle_it_is_found_by_its_silence_and_replaced() -> None:
    with reader_scene(times=TIMES) as scene:
        scene.forget_statuses()
        os.kill(scene.supervisor.pids()[READER], signal.SIGSTOP)
        scene.status(DeviceState.STARTING)
        scene.status(DeviceState.ONLINE)


@pytest.mark.allow_log("host_ended.*status=-9 cause=unacknowledged")
def test_a_command_to_it_is_not_acknowledged_and_so_it_is_replaced() -> None:
    with reader_scene(times=Times(heartbeat_s=60, acknowledge_s=1.0)) as scene:
        os.kill(scene.supervisor.pids()[READER], signal.SIGSTOP)
        assert scene.read().outcome() == Problem("reader.interrupted")
        scene.reads_a_card()


def test_stopping_the_supervisor_kills_it() -> None:
    with reader_scene(times=Times(stop_s=0.3)) as scene:
        os.kill(scene.supervisor.pids()[READER], signal.SIGSTOP)
        scene.supervisor.stop()
        assert scene.supervisor.pids() == {}
