"""The definition of a plain query that fits what `tests.kiosk.session.world.department_answer` makes."""

from kiosk.services.query import Choice, FieldKind, Query, QueryField, Sheet
from kiosk.services.words import Words


def _words(text: str) -> Words:
    return Words(text, f"{text}（港）", f"{text} (en)")


SHEET = Sheet("样本缴费单", "仅供核对", is_certificate=False)
CERTIFICATE = Sheet("样本参保证明", "仅供证明", is_certificate=True)
QUERY = Query(
    nobody=_words("没有记录"),
    choices=(Choice("12", _words("近一年")), Choice("60", _words("近五年"))),
    headline="balance",
    fields=(
        QueryField("name", FieldKind.NAME, _words("姓名")),
        QueryField("idNumber", FieldKind.ID_NUMBER, _words("证件号码")),
        QueryField("balance", FieldKind.MONEY, _words("余额")),
    ),
    rows_title=_words("每月"),
    columns=(QueryField("month", FieldKind.MONTH, _words("月份")),),
    sheet=SHEET,
)
