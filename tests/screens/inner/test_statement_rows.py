"""What of a statement stands on which page of the screen."""

from hypothesis import given
from hypothesis import strategies as st

from screens.view_models.leaves import page_count, page_of, rows_that_fit
from screens.view_models.statement_rows import COLUMNS, account_fields, cells, columns_that_fit
from tests.screens.inner.statements import PERSON_NUMBER, account, entry


def test_all_fourteen_account_fields_are_there_in_the_sheets_order() -> None:
    names = [item.name for item in account_fields(account(), shown=False)]
    assert names == [
        "name", "idNumber", "openedOn", "closedOn", "branch", "accountNumber", "state", "balance", "totalPaidIn",
        "totalWithdrawn", "lastPaidMonth", "monthly", "employerAccount", "employer",
    ]  # fmt: skip


def test_name_and_number_are_masked_until_they_are_shown() -> None:
    masked = {item.name: item.text for item in account_fields(account(), shown=False)}
    clear = {item.name: item.text for item in account_fields(account(), shown=True)}
    assert masked["name"] == "王*二"
    assert masked["idNumber"] == "110105********002X"
    assert clear["name"] == "王小二"
    assert clear["idNumber"] == PERSON_NUMBER
    assert {name for name in masked if masked[name] != clear[name]} == {"name", "idNumber"}


def test_amounts_have_two_decimals_and_an_open_account_no_closing_day() -> None:
    fields = {item.name: item.text for item in account_fields(account(), shown=False)}
    assert fields["balance"] == "86,204.17"
    assert fields["monthly"] == "2,480.00"
    assert fields["closedOn"] == "—"
    assert fields["lastPaidMonth"] == "202610"


def test_an_amount_beyond_a_32_bit_number_is_written_right() -> None:
    fields = {item.name: item.text for item in account_fields(account(balance_fen=2_147_483_653_00), shown=False)}
    assert fields["balance"] == "2,147,483,653.00"


def test_a_row_has_all_nine_columns_and_a_withdrawal_its_sign() -> None:
    row = cells(entry(5, 7_283_777))
    assert tuple(row) == COLUMNS
    assert row["amount"] == "-9,600.00"
    assert row["month"] == "—"
    assert row["date"] == "2026-05-15"


def test_the_four_columns_that_matter_stay_on_the_narrowest_table() -> None:
    assert [column.name for column in columns_that_fit(1)] == ["date", "kind", "amount", "balance"]


def test_a_wide_table_shows_all_nine_columns_in_order() -> None:
    assert tuple(column.name for column in columns_that_fit(80)) == COLUMNS


@given(st.floats(min_value=0, max_value=200))
def test_columns_never_need_more_than_there_is_and_their_shares_fill_the_table(width_em: float) -> None:
    columns = columns_that_fit(width_em)
    assert abs(sum(column.share for column in columns) - 1) < 1e-9
    assert len(columns) >= 4
    names = [column.name for column in columns]
    assert names == [name for name in COLUMNS if name in names]


@given(st.integers(min_value=0, max_value=400), st.integers(min_value=1, max_value=40))
def test_every_row_stands_on_exactly_one_page(total: int, per_page: int) -> None:
    pages = page_count(total, per_page)
    assert (pages - 1) * per_page < max(1, total) <= pages * per_page
    assert all(page_of(index, per_page) < pages for index in range(total))


def test_rows_that_fit_are_whole_rows_and_never_none() -> None:
    assert rows_that_fit(100, 20) == 5
    assert rows_that_fit(99.9, 20) == 4
    assert rows_that_fit(3, 20) == 1
    assert rows_that_fit(100, 0) == 1
