"""Every plain query of the project's own items stands whole on its page, filled with the longest that departments answer."""

from collections.abc import Callable

import pytest

from kiosk.base.record import replace
from kiosk.central.department import DepartmentAnswer, Value
from kiosk.services.item import Item
from kiosk.services.query import FieldKind, Query, check_answer
from kiosk.session.state import AnswerPage, CurtainPage, Language, Session, Settings, TextSize
from tests.screens.answers import AS_OF, PERSON_NUMBER, catalogue
from tests.screens.conftest import Stage
from tests.screens.layout_check import complaints, is_text, visible_items
from tests.screens.samples import session_of

Open = Callable[..., Stage]

LOOKS = (Settings(), Settings(Language.EN, TextSize.ELDER))
_LONG: dict[FieldKind, Value] = {
    FieldKind.TEXT: "信和区第一人民医院后勤服务有限责任公司",
    FieldKind.NAME: "欧阳小二",
    FieldKind.ID_NUMBER: PERSON_NUMBER,
    FieldKind.NUMBER: 12_345,
    FieldKind.MONEY: -12_345_678_90,
    FieldKind.DATE: "2026-11-18",
    FieldKind.MONTH: "202611",
}


def queries() -> dict[str, tuple[Item, Query]]:
    """By key, the items that a department answers."""
    return {item.key: (item, item.query) for item in catalogue().items if item.query is not None}


def full(item: Item, query: Query, settings: Settings, serial: int) -> Session:
    """On the page of an answer with 24 long rows."""
    choice = query.choices[0].value if query.choices else ""
    answer = DepartmentAnswer(
        item_code=item.item_code,
        choice=choice,
        as_of=AS_OF,
        values={field.key: _LONG[field.kind] for field in query.fields},
        rows=tuple({column.key: _LONG[column.kind] for column in query.columns} for _ in range(24))
        if query.columns
        else (),
        verification_code="7K2M-PQ4X-91AB",
    )
    assert check_answer(query, item.item_code, choice, answer) is None
    session = session_of(AnswerPage(answer, choice), settings, item=item.key)
    return replace(session, visit=replace(session.visit, page_serial=serial))


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("settings", LOOKS, ids=lambda s: f"{s.language.value}-{s.text_size.value}")
def test_every_item_that_a_department_answers_fits_its_page_in_each_view(
    stage: Open, settings: Settings, landscape: bool
) -> None:
    assert queries()
    one = stage(session_of(CurtainPage()), landscape=landscape)
    found = []
    for serial, (key, (item, query)) in enumerate(queries().items(), start=100):
        one.terminal.session = full(item, query, settings, serial)
        one.follow()
        for view in ("rows", "row", "fields") if query.columns else ("fields",):
            if view != "rows" and query.columns:
                one.touch("row_0" if view == "row" else "view_rows")
            if view == "fields" and query.columns:
                one.touch("view_fields")
            one.host.window.grabWindow()
            elder = settings.text_size is TextSize.ELDER
            faults = complaints(one.host.window, one.shown, one.host.theme.px_per_mm, elder=elder)
            found += [f"{key} {view}: {fault}" for fault in faults]
            texts = {str(item.property("text")) for item in visible_items(one.shown) if is_text(item)}
            if PERSON_NUMBER in texts:
                found.append(f"{key} {view}: shown in clear")
    assert found == []
