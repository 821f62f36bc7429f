"""A provident fund statement cut into what fits on a screen: fields, columns, pages of rows. Pure; texts are ready made.

Field and column names are those of the official query sheet (see `kiosk.central.contract`); their words live in the page.
"""

from dataclasses import dataclass, field

from kiosk.central.contract import FundAccount, FundEntry, FundStatement
from kiosk.documents import formats
from kiosk.identity import mask_id_number, mask_name

COLUMNS = ("date", "kind", "reason", "month", "amount", "balance", "interest", "employerAccount", "employer")
"""The nine columns in the sheet's order."""

_WANTED_FIRST = ("date", "kind", "amount", "balance", "reason", "month", "interest", "employer", "employerAccount")
_WIDTH_EM = {
    "date": 6.2,
    "kind": 4.6,
    "reason": 6.6,
    "month": 4.4,
    "amount": 6.4,
    "balance": 6.8,
    "interest": 5.6,
    "employerAccount": 8.4,
    "employer": 11.0,
}
"""The least width of each column in em of the table's type: twelve figures and a sign are some 7 em."""

NUMBERS = frozenset({"amount", "balance", "interest"})
"""Columns that stand flush right."""


@dataclass(frozen=True)
class AccountField:
    """One of the 14 account fields. `personal` ones are masked until shown."""

    name: str
    text: str = field(repr=False)
    is_personal: bool = False


def account_fields(account: FundAccount, *, shown: bool) -> tuple[AccountField, ...]:
    """All 14 fields in the sheet's order; name and number masked unless `shown`."""
    name = account.name if shown else mask_name(account.name)
    number = account.id_number if shown else mask_id_number(account.id_number)
    return (
        AccountField("name", name, is_personal=True),
        AccountField("idNumber", number, is_personal=True),
        AccountField("openedOn", formats.day(account.opened_on)),
        AccountField("closedOn", formats.day(account.closed_on)),
        AccountField("branch", account.branch or formats.EMPTY),
        AccountField("accountNumber", account.account_number or formats.EMPTY),
        AccountField("state", account.state or formats.EMPTY),
        AccountField("balance", formats.yuan(account.balance_fen)),
        AccountField("totalPaidIn", formats.yuan(account.total_paid_in_fen)),
        AccountField("totalWithdrawn", formats.yuan(account.total_withdrawn_fen)),
        AccountField("lastPaidMonth", formats.month(account.last_paid_month)),
        AccountField("monthly", formats.yuan(account.monthly_fen)),
        AccountField("employerAccount", account.employer_account or formats.EMPTY),
        AccountField("employer", account.employer or formats.EMPTY),
    )


def cells(entry: FundEntry) -> dict[str, str]:
    """The nine columns of one row as text, by column name."""
    return {
        "date": formats.day(entry.date),
        "kind": entry.kind or formats.EMPTY,
        "reason": entry.reason or formats.EMPTY,
        "month": formats.month(entry.month),
        "amount": formats.yuan(entry.amount_fen),
        "balance": formats.yuan(entry.balance_fen),
        "interest": formats.yuan(entry.interest_fen),
        "employerAccount": entry.employer_account or formats.EMPTY,
        "employer": entry.employer or formats.EMPTY,
    }


@dataclass(frozen=True)
class Column:
    """A column that is shown, with its width as a share of the table (all shares add up to 1)."""

    name: str
    share: float

    @property
    def is_number(self) -> bool:
        return self.name in NUMBERS


def columns_that_fit(width_em: float) -> tuple[Column, ...]:
    """The columns that a table of `width_em` (em of its type) holds, in the sheet's order.

    Date, kind, amount and balance always stay; the others follow by use. What is left out is told on the row's own page.
    """
    names = set(_WANTED_FIRST[:4])
    used = sum(_WIDTH_EM[name] for name in names)
    for name in _WANTED_FIRST[4:]:
        if used + _WIDTH_EM[name] > width_em:
            break
        names.add(name)
        used += _WIDTH_EM[name]
    return tuple(Column(name, _WIDTH_EM[name] / used) for name in COLUMNS if name in names)


def rows_that_fit(height_mm: float, pitch_mm: float) -> int:
    """Whole rows of `pitch_mm` in `height_mm`; at least one, so that a page is never empty."""
    if pitch_mm <= 0:
        return 1
    return max(1, int((height_mm + 1e-6) // pitch_mm))


def page_count(total: int, per_page: int) -> int:
    """Pages for `total` rows; an empty list has one page."""
    return max(1, -(-total // max(1, per_page)))


def page_of(index: int, per_page: int) -> int:
    """The page (from 0) on which row `index` stands."""
    return index // max(1, per_page)


def page_entries(statement: FundStatement, page: int, per_page: int) -> tuple[FundEntry, ...]:
    """The rows of page `page` (from 0); beyond the last page there are none."""
    first = page * per_page
    return statement.entries[first : first + per_page]
