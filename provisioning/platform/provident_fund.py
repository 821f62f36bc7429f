"""The housing provident fund's department: account and entries of one person, for a period."""

import calendar
from datetime import date

from sqlalchemy import Engine, select

from kiosk.base.clock import Clock
from kiosk.central.contract import FundAccount, FundEntry, FundStatement, Period
from provisioning.platform import tables
from provisioning.platform.problems import RefusedError

FUND_KIND = "住房公积金"


def period_start(period: Period, today: date, opened_on: str) -> str:
    """First day of the period, ISO 8601. A day that the month lacks becomes its last one."""
    if period is Period.ALL:
        return opened_on
    months = 6 if period is Period.HALF_YEAR else 12
    year, month_index = divmod(today.year * 12 + today.month - 1 - months, 12)
    day = min(today.day, calendar.monthrange(year, month_index + 1)[1])
    return date(year, month_index + 1, day).isoformat()


class ProvidentFund:
    """Reads the fund's tables. Thread-safe."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def statement(self, id_number: str, period: Period) -> FundStatement:
        """The person's statement, newest entry first.

        Raises:
            RefusedError: person-not-found when the fund holds no account.
        """
        now = self._clock.now()
        accounts, entries, employers = tables.fund_account, tables.fund_entry, tables.fund_employer
        with self._engine.connect() as connection:
            row = connection.execute(
                select(accounts, employers.c.name.label("employer"))
                .join(employers)
                .where(accounts.c.id_number == id_number)
            ).one_or_none()
            if row is None:
                raise RefusedError("person-not-found")
            date_from, date_to = period_start(period, now.date(), row.opened_on), now.date().isoformat()
            found = connection.execute(
                select(
                    entries.c.date,
                    entries.c.kind,
                    entries.c.reason,
                    entries.c.month,
                    entries.c.amount_fen,
                    entries.c.balance_fen,
                    entries.c.interest_fen,
                    entries.c.employer_account,
                    employers.c.name,
                )
                .join(employers, employers.c.employer_account == entries.c.employer_account)
                .where(
                    entries.c.account_number == row.account_number,
                    entries.c.date >= date_from,
                    entries.c.date <= date_to,
                )
                .order_by(entries.c.number.desc())
            ).all()
        account = FundAccount(
            name=row.name,
            id_number=row.id_number,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
            branch=row.branch,
            account_number=row.account_number,
            state=row.state,
            balance_fen=row.balance_fen,
            total_paid_in_fen=row.total_paid_in_fen,
            total_withdrawn_fen=row.total_withdrawn_fen,
            last_paid_month=row.last_paid_month,
            monthly_fen=row.monthly_fen,
            employer_account=row.employer_account,
            employer=row.employer,
        )
        return FundStatement(
            fund_kind=FUND_KIND,
            period=period,
            date_from=date_from,
            date_to=date_to,
            as_of=now.isoformat(timespec="seconds"),
            account=account,
            entries=tuple(FundEntry(*entry) for entry in found),
        )
