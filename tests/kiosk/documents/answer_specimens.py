"""Sheets of plain queries as a test wants them; the citizen is a published specimen."""

from pathlib import Path
from typing import Any

import msgspec

from kiosk.documents import AnswerSheetRequest, SigningKey
from tests.kiosk.documents.specimens import PRINTED_AT, SPECIMEN_ID, SPECIMEN_NAME

CODE = "A1B2C3D4E5F6G7H8"
EMPLOYER = "演示市第一机械制造有限公司"
NUMBERS = ("缴费基数（元）", "个人缴费（元）")
COLUMNS = ("月份", "险种", "单位名称", *NUMBERS, "到账日期")


def paid_rows(count: int) -> tuple[tuple[str, ...], ...]:
    """Rows that differ from each other in their amounts."""
    return tuple(
        (f"2026{n % 12 + 1:02d}", "养老保险", EMPLOYER, "12,345.00", f"{n:,}.25", f"2026-{n % 12 + 1:02d}-15")
        for n in range(count)
    )


def answer_request(count: int = 3, /, *, key: Path | None = None, **changes: Any) -> AnswerSheetRequest:
    """A certificate of terminal GZ0012 with `count` rows and its code, signed with the key `k1` in the file `key`; `changes` to it."""
    request = AnswerSheetRequest(
        title="社会保险参保缴费证明",
        note="仅反映截至数据时间的参保缴费情况。",
        is_certificate=True,
        verification_code=CODE,
        fields=(
            ("姓名", SPECIMEN_NAME),
            ("证件号码", SPECIMEN_ID),
            ("参保地", "演示市"),
            ("当前单位", EMPLOYER),
            ("个人账户储存额（元）", "98,765,432.10"),
        ),
        rows_title="缴费明细",
        columns=COLUMNS,
        is_number=tuple(label in NUMBERS for label in COLUMNS),
        rows=paid_rows(count),
        as_of="2026-03-05T08:00:00+08:00",
        choice_label="最近 12 个月",
        channel="24小时自助终端",
        hall="演示市24小时政务服务大厅",
        site="城东街道便民服务中心",
        terminal_id="GZ0012",
        terminal_number="T-GZ0012-WKP4-000128-K",
        item_code="11320500MB1234567X3322005028002",
        printed_at=PRINTED_AT,
        demo=True,
        signing_key=None if key is None else SigningKey("k1", str(key)),
        name=SPECIMEN_NAME,
        id_number=SPECIMEN_ID,
    )
    return msgspec.structs.replace(request, **changes)


def query_request(count: int = 3, /, *, key: Path | None = None, **changes: Any) -> AnswerSheetRequest:
    """The same as a plain query sheet, for which a department gives no code."""
    plain = {"title": "社会保险查询单", "is_certificate": False, "verification_code": None}
    return answer_request(count, key=key, **(plain | changes))
