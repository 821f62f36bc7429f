"""The page of `WritingPage.qml` in place of another, and a finger that writes on a real touch device."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.base.record import replace
from kiosk.session.state import Language, Settings, TextSize
from screens import keyboard
from screens.view_models.registry import PAGES
from tests.screens.conftest import Stage
from tests.screens.keyboard.writing_page import PLACE, SPEC, WritingModel
from tests.screens.layout_check import visible_items
from tests.screens.samples import samples


@cache
def touch_screen() -> QPointingDevice:
    """One for the process: Qt keeps each that is made."""
    return QTest.createTouchDevice()


class Writer:
    """A person at the page.

    Attributes:
        stage: the shown host.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.stage.host.window.grabWindow()

    @property
    def model(self) -> WritingModel:
        shown = self.stage.host.page
        assert shown is not None
        assert isinstance(shown.model, WritingModel)
        return shown.model

    @property
    def text(self) -> str:
        """What the view-model holds."""
        return self.model.draft.text

    def item(self, name: str) -> QQuickItem:
        found = [item for item in visible_items(self.stage.shown) if item.objectName() == name]
        assert len(found) == 1, (name, [i.objectName() for i in visible_items(self.stage.shown) if i.objectName()])
        return found[0]

    def sees(self, name: str) -> bool:
        return any(item.objectName() == name for item in visible_items(self.stage.shown))

    def place(self, name: str) -> QPoint:
        item = self.item(name)
        return item.mapToScene(item.boundingRect().center()).toPoint()

    def touch(self, *names: str) -> None:
        """One finger, one key after the other."""
        for name in names:
            self.finger(0, name, down=True)
            self.finger(0, name, down=False)

    def finger(self, number: int, name: str, *, down: bool) -> None:
        event = QTest.touchEvent(self.stage.host.window, touch_screen(), autoCommit=False)
        if down:
            event.press(number, self.place(name), self.stage.host.window)
        else:
            event.release(number, self.place(name), self.stage.host.window)
        event.commit()
        self.stage.settle()

    def type(self, keys: str) -> None:
        """The keys that write these characters by themselves."""
        self.touch(*(f"key_{key}" for key in keys))

    def candidates(self) -> list[str]:
        shown = [i for i in visible_items(self.stage.shown) if i.objectName().removeprefix("candidate_").isdigit()]
        return [str(i.property("text")) for i in sorted(shown, key=lambda i: i.x())]

    @property
    def spelt(self) -> str:
        return str(self.item("text_field").property("preeditText"))


@pytest.fixture
def writer(stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Writer]:
    """Opens the page in a language and size, upright unless `landscape`."""
    monkeypatch.setitem(PAGES, PLACE, SPEC)

    def open_one(
        language: Language = Language.ZH_CN,
        size: TextSize = TextSize.STANDARD,
        *,
        landscape: bool = False,
        full: bool = False,
    ) -> Writer:
        session = samples()["query"]
        visit = replace(session.visit, settings=Settings(language, size))
        return Writer(stage(replace(session, visit=visit), landscape=landscape, full=full))

    return open_one


@pytest.fixture(autouse=True, scope="session")
def _folder_goes() -> Iterator[None]:
    yield
    keyboard.folder.close()
