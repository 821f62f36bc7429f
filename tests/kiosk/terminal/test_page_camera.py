"""A page that is being taken when the visit ends is dropped then: no frame stays open, no child goes on."""

import os
import threading
import time
from collections.abc import Callable

import pytest

from devices.camera.camera import Done, Frame, Outcome
from devices.camera.types import WatchResult
from devices.descriptors import Descriptor
from kiosk.base.errors import Problem
from kiosk.terminal import pictures
from kiosk.terminal.pictures import PageCamera, PagePicture

WIDTH, HEIGHT = 4000, 3000
"""Large enough that its child is still at work when it is forgotten."""
PATIENCE_S = 10.0


class Lens:
    """A camera that gives what the test tells it to."""

    def take_picture(
        self, _id: str, _s: float, on_frame: Callable[[Frame], None], on_outcome: Callable[[Outcome], None]
    ) -> None:
        self.give, self.end = on_frame, on_outcome


def frame() -> Frame:
    memory = os.memfd_create("frame")
    os.ftruncate(memory, WIDTH * HEIGHT * 3)
    return Frame(1, WIDTH, HEIGHT, 0.0, Descriptor(memory))


def is_open(one: Frame) -> bool:
    return one.memory.fileno() >= 0


@pytest.fixture
def lens() -> Lens:
    return Lens()


def test_a_frame_that_waits_for_its_outcome_or_comes_later_is_closed_unseen(lens: Lens) -> None:
    camera, told = PageCamera(lens), list[PagePicture | Problem]()  # type: ignore[arg-type]  # as much as is asked of it
    camera.take("a-1", told.append)
    early, late = frame(), frame()
    lens.give(early)
    camera.forget()
    assert not is_open(early)
    lens.give(late)
    lens.end(Done(WatchResult()))
    assert not is_open(late)
    assert told == [Problem("session.picture_failed")]


@pytest.mark.parametrize("before_its_child", [True, False])
def test_a_page_that_is_being_encoded_is_dropped_with_its_child(
    lens: Lens, monkeypatch: pytest.MonkeyPatch, before_its_child: bool
) -> None:
    encode, at_work, goes_on = pictures.encode, threading.Event(), threading.Event()

    def watched(descriptor: int, width: int, height: int, began: pictures.Began) -> PagePicture | Problem:
        def noting(child: pictures.Child) -> None:
            if before_its_child:
                at_work.set()
                goes_on.wait(PATIENCE_S)
            began(child)
            at_work.set()

        return encode(descriptor, width, height, noting)

    monkeypatch.setattr(pictures, "encode", watched)
    monkeypatch.setattr(pictures, "FORGET_S", 0.1 if before_its_child else PATIENCE_S)
    camera, taken, ended = PageCamera(lens), frame(), threading.Event()  # type: ignore[arg-type]
    told: list[PagePicture | Problem] = []

    def answer(picture: PagePicture | Problem) -> None:
        told.append(picture)
        ended.set()

    camera.take("a-1", answer)
    lens.give(taken)
    lens.end(Done(WatchResult()))
    assert at_work.wait(PATIENCE_S)
    began_at = time.monotonic()
    camera.forget()
    goes_on.set()
    assert ended.wait(PATIENCE_S)
    assert time.monotonic() - began_at < pictures.ENCODE_S
    assert not is_open(taken)
    assert told == [Problem("session.picture_failed")]
