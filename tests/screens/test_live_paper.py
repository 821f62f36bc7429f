"""The page under the document camera is seen on the page before it is taken, and nowhere afterwards."""

import mmap
from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickItem

from kiosk.base.errors import Problem
from kiosk.session.events import Continue, TakePicture
from kiosk.session.state import AttachPage, AttachStage
from tests.screens.conftest import Stage, wait_until
from tests.screens.samples import samples

Open = Callable[..., Stage]


class Paper:
    """A frame of one colour, blue, green, red; notes its end."""

    def __init__(self, colour: tuple[int, int, int], width: int = 320, height: int = 240) -> None:
        self.width, self.height = width, height
        self._colour = colour
        self.closed = 0

    def pixels(self) -> mmap.mmap:
        size = self.width * self.height * 3
        memory = mmap.mmap(-1, size)
        memory.write(bytes(self._colour) * (size // 3))
        return memory

    def close(self) -> None:
        self.closed += 1


def image(one: Stage) -> QQuickItem:
    found = one.shown.findChild(QQuickItem, "paper")
    assert isinstance(found, QQuickItem)
    return found


def colour_in_the_middle(one: Stage) -> str:
    item = image(one)
    middle = item.mapToScene(item.boundingRect().center()).toPoint()
    return QColor(one.host.window.grabWindow().pixel(middle)).name()


def laid(one: Stage, colour: str) -> Paper:
    """Paper of that colour, once it was seen."""
    wanted = QColor(colour)
    paper = Paper((wanted.blue(), wanted.green(), wanted.red()))
    one.terminal.paper.lay(paper)
    wait_until(lambda: paper.closed > 0)
    one.settle()
    return paper


@pytest.mark.parametrize("landscape", [False, True])
def test_what_lies_there_is_shown_as_it_changes_and_each_frame_is_given_back(stage: Open, landscape: bool) -> None:
    one = stage(samples()["attach"], landscape=landscape)
    assert not image(one).isVisible()
    for colour in ("#0a64c8", "#c8640a"):
        paper = laid(one, colour)
        assert image(one).isVisible()
        assert colour_in_the_middle(one) == colour
        assert paper.closed == 1
    one.touch("act")
    assert one.terminal.posted_of(TakePicture) == [TakePicture(7)]


def test_after_the_wipe_the_last_frame_is_forgotten(stage: Open) -> None:
    one = stage(samples()["attach"])
    frame = Paper((10, 20, 30))
    one.terminal.paper.lay(frame)
    wait_until(lambda: frame.closed == 1)
    picture = one.host._picture
    assert not picture._seen.isNull()
    one.host.forget()
    assert picture._seen.isNull()


def test_without_the_camera_one_goes_on_without_a_page(stage: Open) -> None:
    one = stage(samples()["attach-away"])
    assert not one.target("act").isEnabled()
    assert "可以不附" in one.text("problem")
    one.touch("second")
    assert one.terminal.posted_of(Continue) == [Continue(7)]
    one.terminal.change(AttachPage(AttachStage.ASK, live=True))
    one.follow()
    assert one.target("act").isEnabled()
    one.terminal.change(AttachPage(AttachStage.ASK, problem=Problem("session.camera_away")))
    one.follow()
    one.terminal.paper.lay(Paper((1, 2, 3)))
    one.settle()
    assert not image(one).isVisible()
