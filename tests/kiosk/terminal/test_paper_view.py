"""What lies under the camera: only the newest frame, only while the session lets it be seen, and nothing stays open."""

import os
from collections.abc import Callable

import pytest

from devices.camera.camera import CameraCancelled, CameraFailed, Frame, Outcome
from devices.camera.types import WatchResult
from devices.descriptors import Descriptor
from kiosk.base.errors import Problem
from kiosk.session import effects, events
from kiosk.terminal.paper_view import MOST_FPS, PaperView


def frame(number: int) -> Frame:
    """Two by one dots in a file of their own."""
    memory = os.memfd_create("frame")
    os.write(memory, bytes([number] * 6))
    return Frame(number, 2, 1, 0.0, Descriptor(memory))


class FakeCamera:
    def __init__(self) -> None:
        self.watches: list[tuple[str, Callable[[Frame], None], Callable[[Outcome], None]]] = []
        self.cancelled: list[str] = []

    def watch(
        self,
        action_id: str,
        timeout_s: float,
        on_frame: Callable[[Frame], None],
        on_outcome: Callable[[Outcome], None],
        max_fps: float,
    ) -> None:
        assert (timeout_s, max_fps) == (0, MOST_FPS)
        self.watches.append((action_id, on_frame, on_outcome))

    def cancel(self, action_id: str) -> None:
        self.cancelled.append(action_id)


class Bench:
    def __init__(self) -> None:
        self.camera = FakeCamera()
        self.posted: list[object] = []
        self.view = PaperView(self.camera, self.posted.append)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_only_the_newest_frame_is_given_and_the_others_are_closed(bench: Bench) -> None:
    assert bench.view.take() is None
    assert bench.view.run(effects.ShowPaper("v1", 3))
    _, on_frame, _ = bench.camera.watches[0]
    frames = [frame(1), frame(2)]
    for one in frames:
        on_frame(one)
    assert bench.view.count == 2
    taken = bench.view.take()
    assert taken is frames[1]
    with taken.pixels() as pixels:
        assert pixels[:] == bytes([2] * 6)
    taken.close()
    assert bench.view.take() is None
    assert [one.memory.fileno() for one in frames] == [-1, -1]


def test_what_comes_after_the_look_is_closed_unseen(bench: Bench) -> None:
    assert bench.view.run(effects.ShowPaper("v1", 3))
    action_id, on_frame, on_outcome = bench.camera.watches[0]
    on_frame(frame(1))
    assert bench.view.run(effects.HidePaper("v1", 4))
    assert bench.camera.cancelled == [action_id]
    assert bench.view.take() is None
    late = frame(2)
    on_frame(late)
    on_outcome(CameraCancelled(WatchResult()))
    assert late.memory.fileno() == -1
    assert bench.posted == []


def test_a_camera_that_ends_by_itself_is_told(bench: Bench) -> None:
    assert bench.view.run(effects.ShowPaper("v1", 3))
    bench.camera.watches[0][2](CameraFailed(Problem("camera.lost")))
    assert bench.posted == [events.PaperLost("v1", 3)]


def test_the_wipe_ends_the_look(bench: Bench) -> None:
    done: list[bool] = []
    assert bench.view.run(effects.ShowPaper("v1", 3))
    bench.camera.watches[0][1](frame(1))
    bench.view.wipe(lambda: done.append(True))
    assert done == [True]
    assert bench.view.take() is None
    assert len(bench.camera.cancelled) == 1
    bench.view.stop()
    assert len(bench.camera.cancelled) == 1
    assert not bench.view.run(effects.CallCard("v1", 9))
