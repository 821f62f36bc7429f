"""Statements for the tests of the inner pages: a specimen person and rows that add up."""

from kiosk.central.contract import FundAccount, FundEntry, FundStatement, Period

PERSON_NUMBER = "11010519491231002X"


def account(balance_fen: int = 8_620_417, closed_on: str | None = None) -> FundAccount:
    return FundAccount(
        name="王小二",
        id_number=PERSON_NUMBER,
        opened_on="1996-08-01",
        closed_on=closed_on,
        branch="信和区管理部",
        account_number="310096080012",
        state="正常",
        balance_fen=balance_fen,
        total_paid_in_fen=31_902_455,
        total_withdrawn_fen=23_282_038,
        last_paid_month="202610",
        monthly_fen=248_000,
        employer_account="201900345678",
        employer="信和区第一人民医院后勤服务有限责任公司",
    )


def entry(index: int, balance_fen: int) -> FundEntry:
    """Row `index` back in time from October 2026; every twelfth is a withdrawal, interest in each July."""
    months = 2026 * 12 + 9 - index
    year, month = divmod(months, 12)
    is_withdrawal = index % 12 == 5
    is_interest = month == 6
    return FundEntry(
        date=f"{year}-{month + 1:02d}-15",
        kind="提取" if is_withdrawal else "结息" if is_interest else "汇缴",
        reason="租房提取" if is_withdrawal else "年度结息" if is_interest else "单位汇缴",
        month="" if is_withdrawal or is_interest else f"{year}{month + 1:02d}",
        amount_fen=-960_000 if is_withdrawal else 113_640 if is_interest else 248_000,
        balance_fen=balance_fen,
        interest_fen=113_640 if is_interest else 0,
        employer_account="201900345678",
        employer="信和区第一人民医院后勤服务有限责任公司",
    )


def statement(rows: int = 12, period: Period = Period.YEAR, balance_fen: int = 8_620_417) -> FundStatement:
    entries = []
    balance = balance_fen
    for index in range(rows):
        row = entry(index, balance)
        entries.append(row)
        balance -= row.amount_fen
    return FundStatement(
        fund_kind="住房公积金",
        period=period,
        date_from="2025-11-22",
        date_to="2026-11-21",
        as_of="2026-11-21T23:06:12+08:00",
        account=account(balance_fen),
        entries=tuple(entries),
    )
