"""Nothing is cut, nothing overlaps, targets and gaps are as large as the law says: every sample, both ways up."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem

from kiosk.base.record import replace
from kiosk.session.state import Language, Settings, TextSize
from tests.screens.conftest import Stage
from tests.screens.layout_check import complaints
from tests.screens.samples import samples

Open = Callable[..., Stage]

# Chinese standard and English elder are the ends: the least and the most text in the least and the most room.
LOOKS = (Settings(), Settings(Language.EN, TextSize.ELDER))


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("settings", LOOKS, ids=lambda s: f"{s.language.value}-{s.text_size.value}")
def test_every_page_fits(stage: Open, settings: Settings, landscape: bool) -> None:
    one = stage(samples()["curtain"], landscape=landscape, full=True)
    found = []
    for name, session in samples().items():
        serial = one.terminal.session.visit.page_serial + 1
        one.terminal.session = replace(session, visit=replace(session.visit, page_serial=serial, settings=settings))
        one.follow()
        elder = settings.text_size is TextSize.ELDER
        faults = complaints(one.host.window, one.shown, one.host.theme.px_per_mm, elder=elder)
        found += [f"{name}: {fault}" for fault in faults]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("landscape", [False, True])
def test_every_page_fits_in_every_language_and_size(stage: Open, landscape: bool) -> None:
    for language in Language:
        for size in TextSize:
            one = stage(samples()["curtain"], landscape=landscape, full=True)
            for name, session in samples().items():
                serial = one.terminal.session.visit.page_serial + 1
                visit = replace(session.visit, page_serial=serial, settings=Settings(language, size))
                one.terminal.session = replace(session, visit=visit)
                one.follow()
                elder = size is TextSize.ELDER
                assert complaints(one.host.window, one.shown, one.host.theme.px_per_mm, elder=elder) == [], name


_BROKEN = """
import QtQuick
import controls
Item {
    width: 540; height: 960
    Words { x: 20; y: 20; width: 40; elide: Text.ElideRight; wrapMode: Text.NoWrap; text: "这一行太长了放不下" }
    Words { x: 20; y: 200; text: "上面" }
    Words { x: 24; y: 204; text: "下面" }
    Words { x: 500; y: 400; text: "伸出窗外的字" }
    Words { x: 20; y: 500; font.pixelSize: 4; text: "太小" }
    TouchTarget { name: "small"; x: 20; y: 600; width: 12; height: 12 }
    TouchTarget { name: "near"; x: 34; y: 600 }
}
"""


def test_the_check_itself_sees_what_is_wrong(stage: Open) -> None:
    one = stage(samples()["curtain"])
    component = QQmlComponent(one.host.engine)
    component.setData(_BROKEN.encode(), one.host.engine.baseUrl())
    item = component.create()
    assert isinstance(item, QQuickItem), component.errorString()
    item.setParent(one.host.window)
    item.setParentItem(one.host.window.contentItem())
    one.settle()
    found = complaints(one.host.window, item, one.host.theme.px_per_mm, elder=False)
    for words in (
        "cut",
        "over each other",
        "outside the window",
        "too small: 太小",
        "target too small: small",
        "too near: small",
    ):
        assert any(words in fault for fault in found), (words, found)


def test_the_capital_height_of_the_face_is_what_the_theme_reckons_with(gui: QGuiApplication) -> None:
    for family in ("Noto Sans CJK SC", "Noto Sans CJK HK"):
        font = QFont(family)
        font.setPixelSize(1000)
        assert QFontMetricsF(font).capHeight() == pytest.approx(733, abs=2)
