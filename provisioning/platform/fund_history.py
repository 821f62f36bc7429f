"""Arithmetic of a provident fund account: a ledger whose balance always follows from its entries.

After each entry: balance = balance before + amount + interest. Interest is credited on 30 June as an entry of its own
with no amount, as the funds do.
"""

from dataclasses import dataclass, field

EntryRow = tuple[str, int, str, str, str, str, int, int, int, str]
"""account_number, number, date, kind, reason, month, amount_fen, balance_fen, interest_fen, employer_account."""

YEARLY_INTEREST_PER_10000 = 150


@dataclass
class Ledger:
    """One account being written, oldest entry first. Amounts in fen."""

    account_number: str
    employer_account: str
    balance_fen: int = 0
    paid_in_fen: int = 0
    withdrawn_fen: int = 0
    last_paid_month: str = ""
    rows: list[EntryRow] = field(default_factory=list, repr=False)

    def pay_in(self, date: str, month: str, amount_fen: int, reason: str = "单位汇缴") -> None:
        """A payment for `month` (YYYYMM)."""
        self.paid_in_fen += amount_fen
        self.last_paid_month = month
        self._write(date, "汇缴", reason, month, amount_fen, 0)

    def withdraw(self, date: str, amount_fen: int, reason: str) -> None:
        """A withdrawal of at most the balance; its amount is written negative."""
        amount_fen = min(amount_fen, self.balance_fen)
        self.withdrawn_fen += amount_fen
        self._write(date, "提取", reason, "", -amount_fen, 0)

    def credit_interest(self, year: int, months: int = 12) -> None:
        """The year's interest on the present balance, for `months` of it."""
        interest = self.balance_fen * YEARLY_INTEREST_PER_10000 * months // (10_000 * 12)
        self._write(f"{year:04d}-06-30", "结息", "年度结息", "", 0, interest)

    def _write(self, date: str, kind: str, reason: str, month: str, amount_fen: int, interest_fen: int) -> None:
        self.balance_fen += amount_fen + interest_fen
        self.rows.append(
            (
                self.account_number,
                len(self.rows) + 1,
                date,
                kind,
                reason,
                month,
                amount_fen,
                self.balance_fen,
                interest_fen,
                self.employer_account,
            )
        )


def months_before(end: tuple[int, int], count: int) -> list[tuple[int, int]]:
    """The `count` months that end with `end`, oldest first; a month is (year, index from 0)."""
    last = end[0] * 12 + end[1]
    return [divmod(index, 12) for index in range(last - count + 1, last + 1)]
