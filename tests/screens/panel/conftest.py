"""Opens desks and closes them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from tests.screens.panel.desk import Desk


@pytest.fixture
def open_desk(gui: QGuiApplication, short_tmp: Path) -> Iterator[Callable[..., Desk]]:
    """Opens one desk; it is closed at the end."""
    opened: list[Desk] = []

    def open_one(**options: Any) -> Desk:
        opened.append(Desk(short_tmp, **options))
        return opened[-1]

    yield open_one
    for desk in opened:
        desk.close()
    gui.processEvents()


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    """The panel, connected, with every device."""
    return open_desk()
