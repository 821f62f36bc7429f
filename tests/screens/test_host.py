"""The page host: pages load silently, languages and sizes change under them, the curtain is confirmed, nothing leaks."""

import gc
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlEngine

from kiosk.base.record import replace
from kiosk.session.events import SetLanguage, SetTextSize
from kiosk.session.state import (
    AttractPage,
    CurtainPage,
    GuidePage,
    HomePage,
    IdentifyPage,
    Language,
    Overlay,
    Place,
    Settings,
    TextSize,
    WipePage,
)
from screens.view_models.registry import PAGES, places_there
from screens.window import ScreenHost
from tests.screens.conftest import Stage, wait_until
from tests.screens.fake_terminal import FakeTerminal
from tests.screens.layout_check import complaints
from tests.screens.samples import fund, samples, session_of

Open = Callable[..., Stage]


def test_every_place_has_its_page() -> None:
    assert set(places_there()) == set(Place) == set(PAGES)


@pytest.mark.parametrize("landscape", [False, True])
def test_every_sample_shows_without_a_qt_warning(stage: Open, landscape: bool) -> None:
    # a Qt warning fails the test (qt_log_level_fail)
    one = stage(samples()["curtain"], landscape=landscape)
    for session in samples().values():
        serial = one.terminal.session.visit.page_serial + 1
        one.terminal.session = replace(session, visit=replace(session.visit, page_serial=serial))
        one.follow()
        assert one.host.page is not None
        assert one.host.page.spec == PAGES[session.visit.page.place]


def test_a_change_within_a_page_keeps_the_page(stage: Open) -> None:
    one = stage(session_of(IdentifyPage()))
    before = one.host.page
    one.terminal.change(IdentifyPage(reading=True))
    one.follow()
    assert one.host.page is before


def test_another_language_retranslates_the_page_and_keeps_it(stage: Open) -> None:
    one = stage(session_of(GuidePage(fund().item_code)))
    before = one.host.page
    assert one.target("end").property("text") == "结束"
    seen = {}
    for language in (Language.EN, Language.ZH_HK, Language.ZH_CN):
        one.terminal.set(Settings(language))
        one.follow()
        seen[language] = (one.target("end").property("text"), one.text("question"))
    assert one.host.page is before
    assert seen[Language.EN] == ("End", "Housing provident fund query")
    assert seen[Language.ZH_HK] == ("結束", "住房公積金查詢")
    assert seen[Language.ZH_CN] == ("结束", "住房公积金查询")


def test_the_open_door_of_home_stays_open_in_another_language(stage: Open) -> None:
    one = stage(session_of(HomePage()))
    one.touch("door_handle")
    one.terminal.set(Settings(Language.EN))
    one.follow()
    assert one.text("question") == "Apply"
    one.touch("back")
    assert one.text("question").endswith("What do you need?")


def test_language_and_size_are_one_touch_on_a_page_and_post_what_they_say(stage: Open) -> None:
    one = stage(session_of(HomePage()))
    for name in ("language_zh_HK", "language_en", "text_size"):
        one.touch(name)
    assert one.terminal.posted_of(SetLanguage) == [SetLanguage(Language.ZH_HK), SetLanguage(Language.EN)]
    assert one.terminal.posted_of(SetTextSize) == [SetTextSize(TextSize.ELDER)]


def test_elder_home_never_offers_more_than_six_choices(stage: Open) -> None:
    one = stage(session_of(HomePage(), Settings(text_size=TextSize.ELDER)))
    from tests.screens.layout_check import is_target, visible_items

    def choices() -> list[str]:
        names = [item.objectName() for item in visible_items(one.shown) if is_target(item)]
        return [name for name in names if name.startswith(("door_", "item_"))]

    assert len(choices()) == 4
    for door in ("door_query", "door_handle", "door_read"):
        one.touch(door)
        assert 0 < len(choices()) <= 6
        one.touch("back")


def test_settings_of_a_visit_are_gone_on_the_attract_page(stage: Open) -> None:
    one = stage(session_of(HomePage(), Settings(Language.EN, TextSize.ELDER)))
    assert one.host.theme.values.property("elder") is True
    one.terminal.session = session_of(AttractPage())
    one.follow()
    assert one.host.theme.values.property("elder") is False
    assert one.target("start").property("text") == "轻触屏幕开始"


def test_the_curtain_is_confirmed_only_after_its_frame(stage: Open) -> None:
    one = stage(samples()["result"])
    done: list[str] = []
    one.terminal.go(CurtainPage())
    one.host.draw_curtain(lambda: done.append("drawn"))
    assert done == []  # not in the same breath
    assert one.host.page is not None
    assert one.host.page.spec == PAGES[Place.CURTAIN]
    frames: list[int] = []
    one.host.window.frameSwapped.connect(lambda: frames.append(len(done)))
    wait_until(lambda: bool(done))
    assert len(frames) <= 1  # the first frame after the curtain came
    assert done == ["drawn"]
    middle = one.host.window.grabWindow().pixelColor(20, 20)
    assert middle.name().upper() == "#0B2B2A"


def test_curtain_and_wipe_are_one_picture(stage: Open) -> None:
    one = stage(session_of(CurtainPage()))
    before = one.host.page
    one.terminal.go(WipePage())
    one.follow()
    assert one.host.page is before


@pytest.mark.allow_log("curtain_unconfirmed|no frame came")
def test_a_screen_that_draws_nothing_does_not_hold_up_the_wipe(stage: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScreenHost, "_deadline_ms", 30)
    one = stage(samples()["result"])
    one.host.window.hide()
    done: list[str] = []
    one.terminal.go(CurtainPage())
    one.host.draw_curtain(lambda: done.append("gave up"))
    wait_until(lambda: bool(done))
    assert done == ["gave up"]


def test_an_overlay_lies_over_the_page_and_goes_again(stage: Open) -> None:
    one = stage(samples()["result"])
    page = one.host.page
    for overlay in (Overlay.COVER, Overlay.IDLE_WARNING, Overlay.CONFIRM_END, Overlay.NONE):
        one.terminal.lay(overlay)
        one.follow()
        assert (one.host.overlay is None) == (overlay is Overlay.NONE)
    assert one.host.page is page


def test_the_seconds_of_the_warning_are_counted(stage: Open) -> None:
    one = stage(samples()["over-idleWarning"])
    one.terminal.seconds["warning"] = 12.2
    assert one.host.overlay is not None
    one.host.overlay.model.tick()
    assert one.text("digits") == "13"


@pytest.mark.parametrize("name", ["home", "guide", "guide-stopped", "guide-only"])
@pytest.mark.parametrize("settings", [Settings(), Settings(Language.EN, TextSize.ELDER)], ids=["standard", "elder"])
def test_the_last_seconds_are_counted_down_without_moving_the_page(stage: Open, name: str, settings: Settings) -> None:
    session = samples()[name]
    one = stage(replace(session, visit=replace(session.visit, settings=settings)), full=True)
    before = one.point("end")
    one.terminal.seconds["idle"] = 20.4
    assert one.host.page is not None
    one.host.page.model.tick()
    assert one.host.page.model.property("countdown") == -1
    one.terminal.seconds["idle"] = 11.2
    one.host.page.model.tick()
    assert "12" in one.text("countdown")
    assert one.point("end") == before
    elder = settings.text_size is TextSize.ELDER
    assert complaints(one.host.window, one.shown, one.host.theme.px_per_mm, elder=elder) == []


def test_pages_and_view_models_are_gone_after_they_were_replaced(stage: Open) -> None:
    one = stage(session_of(HomePage()))
    one.host.window.resize(108, 192)  # objects are what counts here, not pixels
    watched: list[weakref.ref[object]] = []
    chain = [samples()[name] for name in ("home", "guide", "notice", "result", "factor-enter", "curtain")]
    for turn in range(300):
        session = chain[turn % len(chain)]
        serial = one.terminal.session.visit.page_serial + 1
        one.terminal.session = replace(session, visit=replace(session.visit, page_serial=serial))
        one.host.refresh()
        QGuiApplication.processEvents()
        assert one.host.page is not None
        watched.append(weakref.ref(one.host.page.model))
    one.host.forget()
    gc.collect()
    alive = sum(ref() is not None for ref in watched)
    assert alive <= 1
    children = len(one.host.window.contentItem().childItems())
    assert children == 1


def test_two_hosts_have_themes_of_their_own(gui: QGuiApplication) -> None:
    first, second = ScreenHost(FakeTerminal()), ScreenHost(FakeTerminal(landscape=True), 1920, 1080)
    first.theme.values.setProperty("elder", True)
    assert second.theme.values.property("elder") is False
    assert isinstance(first.engine, QQmlEngine)
    assert second.theme.values.property("landscape") is True
    first.close()
    second.close()
