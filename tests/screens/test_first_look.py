"""What a page shows in its first frame is already in its place, and what can be done now stands apart."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem

from devices.receipt_printer.types import Outcome
from kiosk.base.record import replace
from kiosk.services.item import ItemKind
from kiosk.session.state import Document, Language, Overlay, PrintJob, PrintPage, Settings, TextSize
from screens.view_models.notice import headed
from tests.screens.answers import catalogue
from tests.screens.conftest import Stage
from tests.screens.inner.states import STATES, session
from tests.screens.layout_check import is_target, is_text, visible_items
from tests.screens.samples import samples

Open = Callable[..., Stage]


def rect(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def target_names(stage: Stage) -> list[str]:
    return [item.objectName() for item in visible_items(stage.shown) if is_target(item)]


def places_of_texts(stage: Stage) -> list[tuple[str, QRectF]]:
    return [(str(i.property("text")), rect(i)) for i in visible_items(stage.shown) if is_text(i)]


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize(
    "name",
    [
        "consent",
        "notice",
        "result-none",
        "factor-blocked",
        "home",
        "identify",
        "answer",
        "answer_rows",
        "answer-fields",
        "result",
    ],
)
def test_nothing_moves_after_the_first_frame(stage: Open, name: str, landscape: bool) -> None:
    one = stage(samples()["curtain"], landscape=landscape)
    first: list[list[tuple[str, QRectF]]] = []
    one.host.page_shown.connect(lambda: first.append(places_of_texts(one)))
    sample = samples()[name]
    one.terminal.session = replace(sample, visit=replace(sample.visit, page_serial=99))
    one.follow()
    one.host.window.grabWindow()
    one.settle()
    one.host.window.grabWindow()
    assert first[-1] == places_of_texts(one)


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("settings", [Settings(Language.EN), Settings(Language.EN, TextSize.ELDER)])
@pytest.mark.parametrize("name", ["answer", "answer_problem", "answer_rows", "answer-fields", "result"])
def test_the_longest_words_move_nothing_either(stage: Open, name: str, settings: Settings, landscape: bool) -> None:
    one = stage(samples()["curtain"], landscape=landscape)
    one.terminal.set(settings)
    one.follow()
    first: list[list[tuple[str, QRectF]]] = []
    one.host.page_shown.connect(lambda: first.append(places_of_texts(one)))
    sample = samples()[name]
    one.terminal.session = replace(sample, visit=replace(sample.visit, page_serial=99, settings=settings))
    one.follow()
    one.host.window.grabWindow()
    one.settle()
    one.host.window.grabWindow()
    assert first[-1] == places_of_texts(one)


def test_the_time_left_is_right_in_the_step_that_starts_its_timer(stage: Open) -> None:
    working = PrintPage((PrintJob(Document.SLIP, "job-1", None),))
    one = stage(session(working))
    assert one.host.page is not None
    assert one.host.page.model.property("secondsLeft") == -1
    one.terminal.seconds = {"result": 30.0}
    one.terminal.session = session(PrintPage((PrintJob(Document.SLIP, "job-1", Outcome.PRINTED),)))
    one.follow()
    texts = [text for text, _ in places_of_texts(one)]
    assert "还有 30 秒" in texts
    assert one.host.page.model.property("secondsTotal") == 30


def seen_items(stage: Stage) -> list[list[str]]:
    """The keys of the items on each sheet of the home page, turned to its end."""
    sheets = []
    while True:
        sheets.append([n.removeprefix("item_") for n in target_names(stage) if n.startswith("item_")])
        assert len(sheets) < 30
        if "next" not in target_names(stage) or not stage.target("next").isEnabled():
            return sheets
        stage.touch("next")


@pytest.mark.parametrize("landscape", [False, True])
def test_all_that_can_be_done_here_stands_before_the_first_guide(stage: Open, landscape: bool) -> None:
    one = stage(samples()["home"], landscape=landscape)
    assert "现在可以办" in [text for text, _ in places_of_texts(one)]
    items = catalogue().items
    wanted = [i.key for i in items if not i.is_guide_only] + [i.key for i in items if i.is_guide_only]
    sheets = seen_items(one)
    assert [key for sheet in sheets for key in sheet] == wanted
    assert len(sheets) <= 3


def test_where_few_things_can_be_done_here_each_says_that_it_can_be_begun(stage: Open) -> None:
    one = stage(samples()["home"])
    one.touch("door_ask")
    texts = [text for text, _ in places_of_texts(one)]
    done = [item for item in catalogue().by_kind(ItemKind.ASK) if not item.is_guide_only]
    assert 0 < len(done) == sum(text == "可以办" for text in texts)


def test_where_nothing_can_be_done_now_the_heading_does_not_say_so(stage: Open) -> None:
    one = stage(samples()["home-bad"])
    texts = [text for text, _ in places_of_texts(one)]
    assert "现在可以办" not in texts
    assert "在这台机器上办" in texts


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("language", list(Language))
def test_in_elder_size_no_page_of_the_home_has_more_than_six_items(
    stage: Open, language: Language, landscape: bool
) -> None:
    one = stage(samples()["home"], landscape=landscape)
    visit = one.terminal.session.visit
    one.terminal.session = replace(
        one.terminal.session, visit=replace(visit, settings=Settings(language, TextSize.ELDER), page_serial=99)
    )
    one.follow()
    one.touch("door_query")
    sheets = seen_items(one)
    assert all(1 <= len(sheet) <= 6 for sheet in sheets)
    assert {key for sheet in sheets for key in sheet} == {i.key for i in catalogue().by_kind(ItemKind.QUERY)}


@pytest.mark.parametrize("name", ["attract", "identify", "factor-enter", "print-working", "query", "rate", "home"])
def test_at_most_one_thing_is_lit(stage: Open, name: str) -> None:
    one = stage(samples()[name])
    one.settle()
    lamp = one.host.theme.values.property("lamp")
    lit = [
        i
        for i in visible_items(one.shown)
        if i.metaObject().indexOfProperty("radius") >= 0 and i.property("color") == lamp and i.width() > 0
    ]
    assert len(lit) <= 1
    assert one.terminal.session.overlay is Overlay.NONE


@pytest.mark.parametrize(
    ("paragraph", "parts"),
    [
        ("费用：免费。", ("费用", "免费。")),
        ("Cost: free of charge.", ("Cost", "Free of charge.")),
        ("您的信息只用于本次查询。", ("", "您的信息只用于本次查询。")),
        ("这是一句比标题长了很多的开头话：后面", ("", "这是一句比标题长了很多的开头话：后面")),
    ],
)
def test_a_short_beginning_with_a_colon_is_a_title(paragraph: str, parts: tuple[str, str]) -> None:
    assert headed(paragraph) == parts


def test_at_the_consent_one_button_ends_and_says_so(stage: Open) -> None:
    one = stage(session(STATES["consent"]))
    names = target_names(one)
    assert "second" not in names
    assert one.target("end").property("text") == "不同意，结束"


@pytest.mark.parametrize("settings", [Settings(), Settings(Language.EN, TextSize.ELDER)])
def test_a_full_store_is_told_before_any_touch_and_no_longer_when_there_is_room(
    stage: Open, settings: Settings
) -> None:
    full = samples()["home-full"]
    one = stage(replace(full, visit=replace(full.visit, settings=settings)))
    words = ("现在不能提交", "Nothing new")
    assert any(word in one.text("lead") for word in words)
    one.terminal.session = replace(
        one.terminal.session, availability=replace(one.terminal.session.availability, store=None)
    )
    one.follow()
    assert not any(word in one.text("lead") for word in words)
    if settings == Settings():
        kinds = {
            i.objectName(): i.property("kind")
            for i in visible_items(one.shown)
            if i.objectName() == "item_consultation"
        }
        assert kinds == {"item_consultation": "later"}
