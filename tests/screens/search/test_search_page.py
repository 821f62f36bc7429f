"""The search page under a finger: what it asks for while one types, what can be touched and when, what it says."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session.events import EnterText, GoBack, OpenFound, OpenSearch
from kiosk.session.lookup import LONGEST_QUERY, Lookup
from kiosk.session.state import Language, Session, Settings, StaffPage, StaffStage, TextSize
from screens import keyboard
from screens.view_models.search import SearchModel
from tests.screens.conftest import Stage, wait_until
from tests.screens.fake_terminal import FakeTerminal
from tests.screens.found import PLACE, found_lines, lookups
from tests.screens.layout_check import is_target, is_text, visible_items
from tests.screens.samples import BAD, STAFF_BOARD, samples, searching, session_of

Open = Callable[..., Stage]
LOOKS = [
    (language, size, landscape)
    for language in Language
    for size, landscape in ((TextSize.STANDARD, False), (TextSize.ELDER, True))
]


@pytest.fixture(autouse=True, scope="session")
def _folder_goes() -> Iterator[None]:
    yield
    keyboard.folder.close()


def show(one: Stage, lookup: Lookup | None) -> None:
    """As the machine would change it within the page."""
    visit = one.terminal.session.visit
    one.terminal.session = replace(one.terminal.session, visit=replace(visit, lookup=lookup))
    one.follow()


def texts(one: Stage) -> str:
    one.host.window.grabWindow()
    return "\n".join(str(item.property("text")) for item in visible_items(one.shown) if is_text(item))


def typed(one: Stage) -> list[str]:
    """What was asked for so far."""
    return [event.text for event in one.terminal.posted_of(EnterText) if isinstance(event, EnterText)]


def type_keys(one: Stage, keys: str) -> None:
    for key in keys:
        one.touch(f"key_{key}")


def rows(one: Stage) -> list[QQuickItem]:
    one.host.window.grabWindow()
    return [item for item in visible_items(one.shown) if is_target(item) and item.objectName().startswith("found_")]


def test_the_home_page_leads_to_the_search_where_there_is_one(stage: Open) -> None:
    one = stage(samples()["home"])
    one.touch("search")
    assert one.terminal.posted_of(OpenSearch) == [OpenSearch(7)]


def test_without_a_catalogue_the_home_page_has_no_search(stage: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    real = FakeTerminal.__init__

    def without(self: FakeTerminal, session: Session, *, landscape: bool = False) -> None:
        real(self, session, landscape=landscape, has_search=False)

    monkeypatch.setattr(FakeTerminal, "__init__", without)
    one = stage(samples()["home"])
    one.host.window.grabWindow()
    assert "search" not in [item.objectName() for item in visible_items(one.shown) if is_target(item)]


def test_letters_are_asked_for_as_they_come_and_quick_ones_together(stage: Open) -> None:
    one = stage(samples()["search"])
    one.touch("way_english")
    type_keys(one, "sb")
    wait_until(lambda: typed(one)[-1:] == ["sb"])
    assert len(typed(one)) <= 2
    model = one.host.page
    assert model is not None
    assert isinstance(model.model, SearchModel)
    for end in range(3, 8):
        model.model.setText("shebaoka"[:end])
    wait_until(lambda: typed(one)[-1:] == ["shebaok"])
    assert len(typed(one)) <= 4, "five keys are two questions: the first at once, the others together"


def test_what_is_being_spelt_is_searched_for_and_then_what_was_chosen(stage: Open) -> None:
    one = stage(samples()["search"])
    type_keys(one, "shebao")
    wait_until(lambda: typed(one)[-1:] == ["she bao"])
    one.touch("candidate_0")
    wait_until(lambda: typed(one)[-1:] == ["社保"])
    one.touch("search_clear")
    wait_until(lambda: typed(one)[-1:] == [""])


def test_zhuyin_is_searched_for_only_as_characters(stage: Open) -> None:
    session = samples()["search"]
    visit = replace(session.visit, settings=Settings(Language.ZH_HK))
    one = stage(replace(session, visit=visit))
    type_keys(one, "ㄕㄜ")
    one.touch("candidate_0")
    wait_until(lambda: len(typed(one)) == 1)
    assert all("\u4e00" <= character <= "\u9fff" for character in typed(one)[0])


def test_no_more_goes_in_than_counts_and_no_line_break(stage: Open) -> None:
    one = stage(samples()["search"])
    one.touch("way_english")
    type_keys(one, "a")
    one.touch("key_enter")
    wait_until(lambda: typed(one) == ["a"])
    field = next(item for item in visible_items(one.shown) if item.objectName() == "search_field")
    field.setProperty("text", "证" * (LONGEST_QUERY + 5))
    wait_until(lambda: typed(one)[-1:] == ["证" * LONGEST_QUERY])


@pytest.mark.parametrize(("language", "size", "landscape"), LOOKS)
def test_a_line_is_opened_by_its_own_touch_on_every_sheet(
    stage: Open, language: Language, size: TextSize, landscape: bool
) -> None:
    session = samples()["search-found"]
    visit = replace(session.visit, settings=Settings(language, size))
    one = stage(replace(session, visit=visit), landscape=landscape)
    first = [item.property("text") for item in rows(one)]
    assert first
    one.touch("next")
    each = len(first)
    one.touch("found_0")
    assert one.terminal.posted_of(OpenFound) == [OpenFound(7, found_lines()[each])]
    lines = found_lines()
    few = lookups()["search-few"].answer
    assert few is not None
    show(one, Lookup("社保", replace(few, text="社保")))
    assert len(rows(one)) == min(2, each), "another answer begins at its first sheet"
    one.touch("found_0")
    assert one.terminal.posted_of(OpenFound)[-1] == OpenFound(7, lines[0])


def test_lines_of_an_older_text_cannot_be_touched(stage: Open) -> None:
    one = stage(samples()["search-found"])
    show(one, replace(lookups()["search-found"], text="社保卡"))
    assert rows(one)
    assert not any(row.isEnabled() for row in rows(one))
    one.touch("found_0")
    assert one.terminal.posted_of(OpenFound) == []


def test_items_of_this_terminal_say_how_far_one_gets_now(stage: Open) -> None:
    one = stage(samples()["search-found"])
    assert "可以办" in texts(one)
    one.terminal.session = replace(one.terminal.session, availability=BAD)
    one.follow()
    assert "暂停" in texts(one)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("search", ["打几个字就行", "拼音、首字母也行"]),
        ("search-looking", ["正在找"]),
        ("search-none", ["没有找到", "少打几个字", "12345"]),
        ("search-found", ["看政策", "看地名", "看指南", "先看前 20 条"]),
        ("search-few", ["找到 2 条"]),
        ("search-old", ["2026-11-10", "可能有变化"]),
        ("search-expired", ["2026-10-01", "已过有效期", "人工窗口"]),
        (
            "search-item",
            ["这一项不在本机办", "南通市崇川区人力资源和社会保障局", "居民身份证", "承诺 5 个工作日", "不收费"],
        ),
        ("search-item-old", ["这一项不在本机办", "2026-11-10"]),
        ("search-policies", ["您要找什么政策？", "补贴"]),
        ("search-places", ["您要找哪个地名？", "街道"]),
        ("search-policy", ["演示发〔2026〕11号", "社会保险补贴"]),
        ("search-place", ["崇川区", "南通市、江苏省", "320613", "东河镇、西港街道"]),
    ],
)
def test_the_page_says_what_one_must_know(stage: Open, name: str, words: list[str]) -> None:
    said = texts(stage(samples()[name]))
    assert [word for word in words if word not in said] == []


def test_from_what_was_read_one_comes_back_to_the_list_and_the_text(stage: Open) -> None:
    one = stage(samples()["search-item"])
    assert not any(item.objectName() == "search_field" for item in visible_items(one.shown))
    one.touch("back")
    assert one.terminal.posted_of(GoBack) == [GoBack(7)]
    show(one, lookups()["search-found"])
    field = next(item for item in visible_items(one.shown) if item.objectName() == "search_field")
    assert field.property("text") == "社保"
    assert rows(one)


def test_a_page_that_goes_holds_nothing_of_what_was_typed(stage: Open) -> None:
    one = stage(samples()["search-found"])
    shown = one.host.page
    assert shown is not None
    model = shown.model
    assert isinstance(model, SearchModel)
    assert model.property("text") == "社保"
    one.touch("way_english")
    type_keys(one, "s")
    serial = one.terminal.session.visit.page_serial + 1
    home = samples()["home"]
    one.terminal.session = replace(home, visit=replace(home.visit, page_serial=serial))
    one.follow()
    assert model.property("text") == ""
    assert model.property("rows") == []
    assert "社保" not in repr(searching(lookups()["search-found"]))
    assert PLACE.name not in repr(searching(lookups()["search-place"]))


@pytest.mark.parametrize(
    ("problem", "words"),
    [(None, "可以搜索，正常"), (Problem("reference.manifest_forged"), "签名不是发布者的")],
)
def test_a_technician_sees_what_became_of_the_catalogue(stage: Open, problem: Problem | None, words: str) -> None:
    session = session_of(StaffPage(StaffStage.OPEN, board=STAFF_BOARD))
    availability = replace(session.availability, reference=problem)
    one = stage(replace(session, availability=availability), full=True)
    one.touch("tab_devices")
    said = texts(one)
    assert "事项目录" in said
    assert words in said
