"""How a value of a plain query is written, on paper and on screens alike."""

from kiosk.central.department import Value
from kiosk.documents import formats
from kiosk.services.query import FieldKind


def field_text(kind: FieldKind, value: Value) -> str:
    """The value in words and figures; what is not held is the empty mark. The value has been checked (`check_answer`)."""
    if value is None or value == "":
        return formats.EMPTY
    if isinstance(value, int):
        return formats.yuan(value) if kind is FieldKind.MONEY else f"{value:,}"
    return value
