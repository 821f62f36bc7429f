"""The result page: masks, pages of rows, all fields reachable, nobody's place lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from kiosk.central.contract import Period
from kiosk.session.state import Overlay, ResultPage, Session, TextSize
from screens.view_models.leafing import SHOWN_FOR_S
from screens.view_models.statement_rows import COLUMNS, cells
from tests.screens.conftest import Stage
from tests.screens.inner.statements import PERSON_NUMBER, statement
from tests.screens.inner.states import STATES, session
from tests.screens.inner.test_layout import all_texts
from tests.screens.layout_check import visible_items

Open = Callable[..., Stage]


def model(stage: Stage) -> object:
    assert stage.host.page is not None
    return stage.host.page.model


def value(stage: Stage, name: str) -> object:
    assert stage.host.page is not None
    return stage.host.page.model.property(name)


def rows_in_sight(stage: Stage) -> int:
    return sum(item.objectName().startswith("row_") for item in visible_items(stage.shown))


def test_name_and_number_are_shown_only_while_the_finger_is_down(stage: Open) -> None:
    one = stage(session(STATES["result"]))
    at = one.point("show")
    window, left, none = one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    assert "王*二" in one.text("person")
    QTest.mousePress(window, left, none, at)
    one.settle()
    assert one.text("person").split() == ["王小二", PERSON_NUMBER]
    QTest.mouseRelease(window, left, none, at)
    one.settle()
    assert one.text("person").split() == ["王*二", "110105********002X"]


def test_in_elder_size_one_touch_shows_for_ten_seconds_and_a_second_hides(stage: Open) -> None:
    one = stage(session(STATES["result"], text_size=TextSize.ELDER))
    one.touch("show")
    assert PERSON_NUMBER in one.text("person")
    assert one.host.page is not None
    [timer] = [timer for timer in one.host.page.model.findChildren(QTimer) if timer.isActive()]
    assert timer.interval() == SHOWN_FOR_S * 1000
    timer.timeout.emit()  # ten seconds went by
    one.settle()
    assert PERSON_NUMBER not in one.text("person")
    assert not timer.isActive()
    one.touch("show")
    one.touch("show")
    assert PERSON_NUMBER not in one.text("person")


def test_a_cover_over_the_page_masks_again(stage: Open) -> None:
    one = stage(session(STATES["result"], text_size=TextSize.ELDER))
    one.touch("show")
    covered = session(STATES["result"], text_size=TextSize.ELDER)
    one.terminal.session = Session(covered.visit, covered.availability, overlay=Overlay.COVER)
    one.follow()
    one.terminal.session = covered
    one.follow()
    assert PERSON_NUMBER not in all_texts(one)


@pytest.mark.parametrize("landscape", [False, True])
def test_every_one_of_360_rows_can_be_reached_and_only_the_seen_ones_exist(stage: Open, landscape: bool) -> None:
    one = stage(session(STATES["result-all"]), landscape=landscape)
    whole = statement(360, Period.ALL)
    per_page = value(one, "rowsPerPage")
    assert isinstance(per_page, int)
    assert 3 <= per_page <= 20
    seen: list[object] = []
    for page in range(360):
        rows = value(one, "rows")
        assert isinstance(rows, list)
        assert rows_in_sight(one) == len(rows)
        seen += rows
        if value(one, "pageNumber") == value(one, "pageCount"):
            break
        assert page < 359
        one.touch("next")
    assert seen == [cells(entry) for entry in whole.entries]
    one.touch("next")
    assert value(one, "pageNumber") == value(one, "pageCount")


def test_the_first_frame_has_its_rows(stage: Open) -> None:
    one = stage(session(STATES["query"]))
    counts: list[object] = []
    one.host.page_shown.connect(lambda: counts.append(rows_in_sight(one)))
    one.terminal.session = session(STATES["result-all"], serial=8)
    one.follow()
    assert counts == [value(one, "rowsPerPage")]


@pytest.mark.parametrize("landscape", [False, True])
def test_a_touched_row_shows_all_nine_columns_and_back_leads_to_its_page(stage: Open, landscape: bool) -> None:
    one = stage(session(STATES["result-all"]), landscape=landscape)
    one.touch("next")
    before = value(one, "rows")
    assert isinstance(before, list)
    one.touch("row_2")
    names: list[str] = []
    while True:
        names += [
            item.objectName()[len("field_") :]
            for item in visible_items(one.shown)
            if item.objectName().startswith("field_")
        ]
        if value(one, "pageNumber") == value(one, "pageCount"):
            break
        one.touch("next")
    assert tuple(names) == COLUMNS
    one.touch("view_entries")
    assert value(one, "rows") == before


def test_all_fourteen_account_fields_can_be_seen_in_elder_size(stage: Open) -> None:
    one = stage(session(STATES["result"], text_size=TextSize.ELDER), landscape=True)
    one.touch("view_account")
    names = set()
    for _ in range(14):
        names |= {item.objectName() for item in visible_items(one.shown) if item.objectName().startswith("field_")}
        if value(one, "pageNumber") == value(one, "pageCount"):
            break
        one.touch("next")
    assert len(names) == 14


def test_another_size_of_text_keeps_the_place_in_the_list(stage: Open) -> None:
    one = stage(session(STATES["result-all"]))
    for _ in range(10):
        one.touch("next")
    rows = value(one, "rows")
    assert isinstance(rows, list)
    first = rows[0]
    one.terminal.session = session(STATES["result-all"], text_size=TextSize.ELDER)
    one.follow()
    rows = value(one, "rows")
    assert isinstance(rows, list)
    assert first in rows


def test_another_period_begins_at_its_first_row(stage: Open) -> None:
    one = stage(session(STATES["result-all"]))
    one.touch("next")
    one.terminal.session = session(ResultPage(statement(6, Period.HALF_YEAR), Period.HALF_YEAR))
    one.follow()
    assert value(one, "pageNumber") == 1
    assert rows_in_sight(one) == 6


def test_an_amount_beyond_32_bits_arrives_whole(stage: Open) -> None:
    from kiosk.base.record import replace
    from tests.screens.inner.statements import account

    rich = replace(statement(3), account=account(balance_fen=2_147_483_653_00))
    one = stage(session(ResultPage(rich)))
    assert one.text("headline") == "2,147,483,653.00"
