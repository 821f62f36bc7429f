"""A provident fund statement as a screen shows it: fields, cells, columns. Pure; texts are ready made.

Field and column names are those of the official query sheet (see `kiosk.central.contract`); their words live in the page.
"""

from dataclasses import dataclass, field

from kiosk.central.contract import FundAccount, FundEntry
from kiosk.documents import formats
from kiosk.identity import mask_id_number, mask_name
from screens.view_models import leaves
from screens.view_models.leaves import Column, Wanted

COLUMNS = ("date", "kind", "reason", "month", "amount", "balance", "interest", "employerAccount", "employer")
"""The nine columns in the sheet's order."""

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

_BY_USE = tuple(
    Wanted(
        name,
        _WIDTH_EM[name],
        is_number=name in NUMBERS,
        is_firm=name == "amount",
        is_one_line=name == "date",
    )
    for name in ("date", "kind", "amount", "balance", "reason", "month", "interest", "employer", "employerAccount")
)


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


def columns_that_fit(width_em: float) -> tuple[Column, ...]:
    """The columns that a table of `width_em` (em of its type) holds, in the sheet's order.

    Date, kind, amount and balance always stay; the others follow by use. What is left out is told on the row's own page.
    """
    return leaves.columns_that_fit(_BY_USE, 4, COLUMNS, width_em)
