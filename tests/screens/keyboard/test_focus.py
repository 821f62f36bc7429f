"""A window without focus gets nothing from the engines: they are not asked, so they learn nothing, and the log tells it."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QWindow

from kiosk.base.record import replace
from screens.view_models.registry import PAGES
from tests.screens.conftest import Stage, wait_until
from tests.screens.keyboard.conftest import Writer
from tests.screens.keyboard.writing_page import PLACE, SPEC
from tests.screens.samples import samples


@pytest.mark.allow_log("text_without_focus")  # that is what is tried
def test_without_focus_only_plain_letters_go_in(
    stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(PAGES, PLACE, SPEC)
    one = stage(samples()["curtain"])
    other = QWindow()
    other.show()
    other.requestActivate()
    wait_until(lambda: not one.host.window.isActive())
    serial = one.terminal.session.visit.page_serial + 1
    session = samples()["query"]
    one.terminal.session = replace(session, visit=replace(session.visit, page_serial=serial))
    one.follow()
    writer = Writer(one)
    one.now += 1.0
    assert "text_without_focus" in caplog.text
    writer.type("ni")
    assert (writer.text, writer.spelt) == ("", "")
    assert not writer.sees("candidate_0")
    writer.touch("way_english")
    writer.type("ni")
    assert writer.text == "ni"
    other.close()
    one.host.window.requestActivate()
    wait_until(one.host.window.isActive)
    writer.touch("way_pinyin")
    writer.type("hao")
    writer.touch("candidate_0")
    assert writer.text == "ni好"
