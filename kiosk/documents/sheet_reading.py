"""Takes the figures off a sheet's text, so that a check can say in words what differs from what was signed.

Only explains: whether a sheet is genuine is decided by the digest. Works on squeezed text (no spaces).
"""

import re
from dataclasses import dataclass, field

from kiosk.identity.masking import mask_id_number, mask_name

_AMOUNT = r"-?\d{1,3}(?:,\d{3})*\.\d{2}"
_ROW = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}(?:(?!\d{{4}}-\d{{2}}-\d{{2}}).){{2,60}}?(?:\d{{6}}|—)(?P<amount>{_AMOUNT}){_AMOUNT}{_AMOUNT}"
)
_NAME = re.compile(r"账户信息姓名(.+?)证件号码(.+?)开户日期")
_BALANCE = re.compile(rf"账户余额\(元\)({_AMOUNT})")
_PERIOD = re.compile(r"查询时间段(\d{4}-\d{2}-\d{2})至(\d{4}-\d{2}-\d{2})")
_NUMBER = re.compile(r"终端流水号(T-[0-9A-Z-]+)")
_DATA_DAY = re.compile(r"数据时间(\d{4}-\d{2}-\d{2})")
_COUNTED = re.compile(r"共(\d{1,6})条")
_TABLE = "单位账号单位名称"


@dataclass(frozen=True)
class SheetFigures:
    """What stands on the paper; None where it was not found. Amounts in fen, name and number masked.

    `data_day` and `counted_rows` (what the paper says of its rows) stand on the sheet of a plain query, the others but
    `terminal_number` on the fund's.
    """

    name_masked: str | None = field(repr=False)
    id_masked: str | None = field(repr=False)
    balance_fen: int | None = field(repr=False)
    sum_fen: int = field(repr=False)
    rows: int
    date_from: str | None
    date_to: str | None
    terminal_number: str | None
    data_day: str | None
    counted_rows: int | None


def read_figures(pages: list[str]) -> SheetFigures:
    """Figures of the squeezed page texts of a sheet."""
    text = "".join(pages)
    name = _NAME.search(text)
    balance = _BALANCE.search(text)
    period = _PERIOD.search(text)
    number = _NUMBER.search(text)
    data_day = _DATA_DAY.search(text)
    counted = _COUNTED.search(text)
    amounts = [fen(row["amount"]) for page in pages for row in _ROW.finditer(page.partition(_TABLE)[2])]
    return SheetFigures(
        name_masked=mask_name(name[1]) if name else None,
        id_masked=mask_id_number(name[2]) if name else None,
        balance_fen=fen(balance[1]) if balance else None,
        sum_fen=sum(amounts),
        rows=len(amounts),
        date_from=period[1] if period else None,
        date_to=period[2] if period else None,
        terminal_number=number[1] if number else None,
        data_day=data_day[1] if data_day else None,
        counted_rows=int(counted[1]) if counted else None,
    )


def fen(text: str) -> int:
    """``-1,234.56`` → ``-123456``."""
    return int(text.replace(",", "").replace(".", ""))
