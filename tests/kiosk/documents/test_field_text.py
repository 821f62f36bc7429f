"""How a value of a plain query is written."""

import pytest

from kiosk.central.department import Value
from kiosk.documents.field_text import field_text
from kiosk.services.query import FieldKind


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (FieldKind.MONEY, 123456, "1,234.56"),
        (FieldKind.MONEY, -5, "-0.05"),
        (FieldKind.NUMBER, 1234, "1,234"),
        (FieldKind.NUMBER, 0, "0"),
        (FieldKind.DATE, "2026-11-22", "2026-11-22"),
        (FieldKind.MONTH, "202611", "202611"),
        (FieldKind.TEXT, "海城市", "海城市"),
    ],
)
def test_each_kind_has_its_own_writing(kind: FieldKind, value: Value, written: str) -> None:
    assert field_text(kind, value) == written


@pytest.mark.parametrize("kind", list(FieldKind))
@pytest.mark.parametrize("value", [None, ""])
def test_what_is_not_held_is_a_dash(kind: FieldKind, value: Value) -> None:
    assert field_text(kind, value) == "—"
