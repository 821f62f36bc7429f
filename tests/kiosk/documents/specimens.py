"""A statement with as many rows as a test wants; the citizen is a published specimen."""

from pathlib import Path

from kiosk.central.contract import FundAccount, FundEntry, FundStatement, Period
from kiosk.documents import SheetRequest, SigningKey

SPECIMEN_NAME = "张𠮷三"
SPECIMEN_ID = "11010519491231002X"
PRINTED_AT = "2026-03-05T09:08:07+08:00"


def statement(rows: int, *, name: str = SPECIMEN_NAME, employer: str = "演示市第一机械制造有限公司") -> FundStatement:
    """`rows` entries, newest first; every 13th a withdrawal, every 12th with interest."""
    entries = []
    balance = 98_765_432_10
    year, month = 2026, 2
    for n in range(rows):
        is_withdrawal = n % 13 == 12
        amount = -(500_000 + n) if is_withdrawal else 240_000 + n
        entries.append(
            FundEntry(
                date=f"{year}-{month:02d}-{(n % 28) + 1:02d}",
                kind="提取" if is_withdrawal else "汇缴",
                reason="租房提取" if is_withdrawal else "正常汇缴",
                month="" if is_withdrawal else f"{year}{month:02d}",
                amount_fen=amount,
                balance_fen=balance,
                interest_fen=1234 + n if n % 12 == 6 else 0,
                employer_account="440300012345",
                employer=employer,
            )
        )
        balance -= amount
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    account = FundAccount(
        name=name,
        id_number=SPECIMEN_ID,
        opened_on="1996-03-15",
        closed_on=None,
        branch="演示市住房公积金管理中心城东管理部",
        account_number="440300100200300",
        state="正常",
        balance_fen=98_765_432_10,
        total_paid_in_fen=98_765_432,
        total_withdrawn_fen=86_419_754,
        last_paid_month="202602",
        monthly_fen=240_000,
        employer_account="440300012345",
        employer=employer,
    )
    return FundStatement(
        fund_kind="住房公积金",
        period=Period.ALL,
        date_from="1996-03-15",
        date_to="2026-03-05",
        as_of=PRINTED_AT,
        account=account,
        entries=tuple(entries),
    )


def sheet_request(
    data: FundStatement, *, key: Path | None = None, demo: bool = True, terminal_number: str = "T-GZ0012-WKP4-000128-K"
) -> SheetRequest:
    """A request by terminal GZ0012, signed with the key `k1` in the file `key`."""
    return SheetRequest(
        statement=data,
        channel="24小时自助终端",
        hall="演示市24小时政务服务大厅",
        site="城东街道便民服务中心",
        terminal_id="GZ0012",
        terminal_number=terminal_number,
        item_code="11320500MB1234567X3322005028002",
        printed_at=PRINTED_AT,
        demo=demo,
        signing_key=None if key is None else SigningKey("k1", str(key)),
    )
