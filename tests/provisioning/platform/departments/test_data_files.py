"""The departments' data files: what is described is made, what is wrong is told by file and place, and changes are taken over."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import Engine, func, select

from kiosk.base.clock import ManualClock
from kiosk.base.errors import BudayangError
from kiosk.base.sentences import LANGUAGES, sentence_of
from kiosk.central.contract import DepartmentRequest
from kiosk.central.department import DepartmentAnswer
from provisioning.platform import database
from provisioning.platform.departments import tables
from provisioning.platform.departments.answering import Departments
from provisioning.platform.departments.filling import fill_departments
from provisioning.platform.departments.pattern import PatternError, Place, make_row, make_value
from provisioning.platform.departments.spans import as_spans, month_after
from tests.provisioning.platform.running import RETIRED, SPECIMEN

END = (2026, 9)
ITEM = "12320600MB999001253322012001001"
HERE = Place({"name": SPECIMEN[1], "id_number": SPECIMEN[0]}, END, index=25)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database with the schema."""
    engine = database.open_engine(database.sqlite_url(tmp_path / "departments.sqlite"))
    database.prepare_schema(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes one item's data file; returns the folder."""
    folder = tmp_path / "files"
    folder.mkdir()

    def write(document: Any, name: str = "plain-item.yaml") -> Path:
        text = document if isinstance(document, str) else yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
        (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write


def _document(**changes: Any) -> dict[str, Any]:
    fields = {"name": {"person": "name"}, "paid": {"sum": "amount"}}
    rows = [{"repeat": 3, "rows": [{"month": {"month": 0}, "amount": {"from": 100, "by": 1, "each": 1}}]}]
    people = {SPECIMEN[0]: {"fields": fields, "rows": rows}}
    return {"item_code": ITEM, "dated_by": "month", "people": people} | changes


def _person(fields: Any, rows: Any = ()) -> dict[str, Any]:
    return {SPECIMEN[0]: {"fields": fields, "rows": list(rows)}}


def _answer(engine: Engine, choice: str = "", number: str = SPECIMEN[0]) -> DepartmentAnswer:
    import secrets

    return Departments(engine, ManualClock(), secrets).answer(number, DepartmentRequest("v-1", ITEM, choice))


def test_a_further_item_is_a_file_and_nothing_else(engine: Engine, write: Callable[..., Path]) -> None:
    assert fill_departments(engine, END, write(_document()))
    answer = _answer(engine)
    assert answer.values == {"name": SPECIMEN[1], "paid": 303}
    assert [*answer.rows] == [
        {"month": "202610", "amount": 102},
        {"month": "202609", "amount": 101},
        {"month": "202608", "amount": 100},
    ]
    assert answer.verification_code is None


@pytest.mark.parametrize(
    ("described", "made"),
    [
        (None, None),
        (12, 12),
        ("x", "x"),
        ({"month": 0}, "202610"),
        ({"month": -10}, "202512"),
        ({"month": 3}, "202701"),
        ({"day": 31}, "2026-10-31"),
        ({"day": 31, "month": -8}, "2026-02-28"),
        ({"from": 100, "by": 7, "each": 12}, 114),
        ({"cycle": ["a", "b", {"month": 1}]}, "b"),
        ({"text": "No{number:03}-{month}"}, "No026-202610"),
        ({"person": "name"}, SPECIMEN[1]),
    ],
)
def test_a_described_value_is_made_for_its_place(described: Any, made: object) -> None:
    assert make_value(described, HERE) == made


@pytest.mark.parametrize(
    "described",
    [
        True,
        1.5,
        ["x"],
        {},
        {"month": "x"},
        {"month": 0, "hour": 1},
        {"day": 1, "hour": 1},
        {"from": 1, "by": 1, "each": 0},
        {"from": 1, "by": 1},
        {"cycle": []},
        {"person": "phone"},
        {"nonsense": 1},
    ],
)
def test_a_description_that_nobody_knows_is_refused(described: Any) -> None:
    with pytest.raises(PatternError):
        make_value(described, HERE)


def test_a_share_of_another_column_is_rounded_to_the_fen_and_stays_in_its_place() -> None:
    described = {"own": {"permille": 80, "of": "base"}, "base": 600_006, "by": {"permille": 1, "of": "base"}}
    row = make_row(described, HERE)
    assert [*row.items()] == [("own", 48_000), ("base", 600_006), ("by", 600)]
    assert make_row({"base": 500, "x": {"permille": 1, "of": "base"}}, HERE)["x"] == 1
    for share in ({"permille": 80}, {"permille": 80, "of": "nothing"}, {"permille": 1, "of": "base", "x": 1}):
        with pytest.raises(PatternError):
            make_row({"base": 1, "own": share}, HERE)


def test_spans_end_where_a_month_is_missing_or_anything_differs() -> None:
    months = ["202602", "202601", "202512", "202510", "202509", "202508"]
    rows = [{"month": month, "base": 2 if month == "202508" else 1, "kind": "a"} for month in months]
    rows.insert(2, {"month": "202601", "base": 1, "kind": "b"})
    names = {"of": "month", "start": "from", "end": "to", "count": "months"}
    spans = [(row["kind"], row["base"], row["from"], row["to"], row["months"]) for row in as_spans(rows, names)]
    assert spans == [
        ("a", 1, "202512", "202602", 3),
        ("b", 1, "202601", "202601", 1),
        ("a", 1, "202509", "202510", 2),
        ("a", 2, "202508", "202508", 1),
    ]
    assert (month_after("202512"), month_after("202601")) == ("202601", "202602")


_WRONG: tuple[tuple[Any, str], ...] = (
    ("item_code: [", "YAML"),
    ("- a", "/"),
    (_document(colour="red"), "/"),
    (_document(item_code="123"), "item_code"),
    (_document(item_code=None), "item_code"),
    (_document(choices=["12"]), "choices"),
    (_document(choices={12: {}}), "choices"),
    (_document(choices={"12": {"weeks": 2}}), "choices"),
    (_document(choices={"x": {"where": {"colour": "red"}}}), "people.1"),
    (_document(spans={"of": "month"}), "spans"),
    (_document(spans={"of": "x", "start": "a", "end": "b", "count": "c"}), "people.1"),
    (_document(dated_by="day"), "people.1"),
    (_document(people={"000000000000000000": {"fields": {}}}), "people.1"),
    (_document(people={SPECIMEN[0]: []}), "people.1"),
    (_document(people={SPECIMEN[0]: {"fields": {}, "colour": 1}}), "people.1"),
    (_document(people={SPECIMEN[0]: {"rows": []}}), "people.1"),
    (_document(people=_person({"a": {"nonsense": 1}})), "people.1"),
    (_document(people=_person({"a": {"sum": "amount", "colour": 1}})), "people.1"),
    (_document(people=_person({"a": {"sum": "x"}}, [{"month": "202610"}])), "people.1"),
    (_document(people=_person({"a": {"less": ["b", "c"]}})), "people.1"),
    (_document(people=_person({"a": {"less": ["b", "b"]}, "b": "x"})), "people.1"),
    (_document(people=_person({"a": {"by_choice": {"x": "y"}}})), "people.1"),
    (_document(people=_person({"a": {"stamp": "{nonsense}"}})), "people.1"),
    (_document(people=_person({}, [{"month": "2026-13-01"}])), "people.1"),
    (_document(people=_person({}, [{"repeat": 2, "colour": 1, "rows": []}])), "people.1"),
    (_document(people=_person({}, [{"repeat": "x", "rows": []}])), "people.1"),
    (_document(people=_person({}, [{"month": "202610"}, {"month": "202609", "x": 1}])), "people.1.rows"),
)


def test_what_is_wrong_in_a_file_is_told_by_its_place_before_anybody_asks(
    engine: Engine, write: Callable[..., Path]
) -> None:
    for document, where in _WRONG:
        with pytest.raises(BudayangError) as refused:
            fill_departments(engine, END, write(document))
        problem = refused.value.problem
        told = {"file": "plain-item.yaml", "where": where}
        assert (problem.key, dict(problem.placeholders)) == ("platform.department_file", told), document
        for language in LANGUAGES:
            assert not any(text in sentence_of(problem, language) for text in SPECIMEN)


def test_two_files_for_one_item_are_refused(engine: Engine, write: Callable[..., Path]) -> None:
    write(_document())
    with pytest.raises(BudayangError) as refused:
        fill_departments(engine, END, write(_document(), "same-item.yaml"))
    assert refused.value.problem.placeholders == {"file": "same-item.yaml", "where": "item_code"}


def test_files_that_changed_are_taken_over_and_unchanged_ones_left(engine: Engine, write: Callable[..., Path]) -> None:
    folder = write(_document())
    assert [fill_departments(engine, END, folder) for _ in range(2)] == [True, False]
    assert _answer(engine).rows[0]["month"] == "202610"
    assert fill_departments(engine, (2026, 10), folder)
    assert _answer(engine).rows[0]["month"] == "202611"
    write(_document(people={RETIRED[0]: {"fields": {"name": {"person": "name"}}}}))
    assert fill_departments(engine, (2026, 10), folder)
    assert _answer(engine, number=RETIRED[0]).values == {"name": RETIRED[1]}
    (folder / "plain-item.yaml").unlink()
    assert fill_departments(engine, (2026, 10), folder)
    with engine.connect() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table))
            for table in (tables.item, tables.record, tables.row)
        ]
    assert counts == [0, 0, 0]


def test_a_file_that_became_wrong_leaves_the_tables_as_they_were(engine: Engine, write: Callable[..., Path]) -> None:
    folder = write(_document())
    fill_departments(engine, END, folder)
    write(_document(item_code="1"))
    for _ in range(2):
        with pytest.raises(BudayangError):
            fill_departments(engine, END, folder)
    assert _answer(engine).values["paid"] == 303


def test_of_platforms_that_start_at_once_over_one_database_one_fills_it(
    write: Callable[..., Path], postgresql_url: str
) -> None:
    folder, engine = write(_document()), database.open_engine(postgresql_url)
    try:
        database.prepare_schema(engine)
        with ThreadPoolExecutor(4) as pool:
            filled = list(pool.map(lambda _: fill_departments(engine, END, folder), range(4)))
        assert sorted(filled) == [False, False, False, True]
        assert _answer(engine).values["paid"] == 303
    finally:
        engine.dispose()
