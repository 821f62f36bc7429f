"""Numbered sheets: each one is used, spoiled or left, and none is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.receipt_printer.types import Outcome
from devices.sheet_printer.job_account import PAGES_MISSING, Ending, JobRules, account_of
from devices.sheet_printer.paper_choice import Papers
from devices.sheet_printer.paper_serials import (
    SerialAccount,
    SerialRun,
    SpentSerials,
    all_used,
    broken_off,
    sheets_of,
    untouched,
)
from devices.sheet_printer.types import PrintSheet
from devices.status import CompletionCode

RUNS = st.builds(SerialRun, st.integers(0, 10**6), st.integers(0, 60), st.sampled_from(["", "粤"]), st.just(8))


def assert_whole(loaded: SerialRun, account: SerialAccount) -> None:
    parts = (account.used, account.spoiled, account.remaining)
    assert [serial for part in parts for serial in part.serials()] == loaded.serials()


@given(RUNS, st.integers(0, 60), st.none() | st.integers(-3, 70), st.integers(-3, 70))
def test_used_and_spoiled_and_remaining_are_what_was_loaded(
    loaded: SerialRun, sheets: int, finished: int | None, in_path: int
) -> None:
    for account in (
        untouched(loaded),
        all_used(loaded, sheets),
        broken_off(loaded, sheets, finished=finished, in_path=in_path),
    ):
        assert_whole(loaded, account)
        assert account.used.count + account.spoiled.count <= max(sheets, 0)


@given(
    RUNS.filter(lambda run: run.count > 0),
    st.integers(1, 40),
    st.booleans(),
    st.sampled_from(Outcome),
    st.none() | st.integers(0, 50),
    st.integers(0, 5),
    st.booleans(),
    st.sampled_from([None, "sheet_printer.paper_out", "sheet_printer.paper_jammed", PAGES_MISSING]),
)
def test_every_ending_of_a_job_accounts_for_every_sheet(
    loaded: SerialRun,
    pages: int,
    is_duplex: bool,
    outcome: Outcome,
    printed: int | None,
    in_path: int,
    has_fed: bool,
    reason: str | None,
) -> None:
    job = PrintSheet("j", "sheet", b"", pages, duplex=is_duplex, serials=loaded)
    ending = Ending(CompletionCode.SUCCESS, outcome, reason, has_fed=has_fed)
    account = account_of(job, Papers(), JobRules(sheets_in_path=in_path), ending, outcome, reason, printed)
    assert account is not None
    assert_whole(loaded, account)
    if not has_fed:
        assert account.remaining == loaded
    elif outcome is Outcome.UNKNOWN and printed is None and reason != "sheet_printer.paper_out":
        assert account.used.count == 0
    if has_fed and outcome is not Outcome.PRINTED:
        assert not account.is_certain


def ended(
    outcome: Outcome, reason: str | None, printed: int | None, *, duplex: bool = False, pages: int = 4
) -> tuple[int, int, int]:
    job = PrintSheet("j", "sheet", b"", pages, duplex=duplex, serials=SerialRun(1, 10))
    ending = Ending(CompletionCode.HARDWARE_ERROR, outcome, reason, has_fed=True)
    account = account_of(job, Papers(), JobRules(sheets_in_path=1), ending, outcome, reason, printed)
    assert account is not None
    return account.used.count, account.spoiled.count, account.remaining.count


def test_what_each_misfortune_costs() -> None:
    jam, out = "sheet_printer.paper_jammed", "sheet_printer.paper_out"
    assert ended(Outcome.PRINTED, None, None) == (4, 0, 6)
    assert ended(Outcome.PRINTED, None, 4, duplex=True) == (2, 0, 8)
    assert ended(Outcome.UNKNOWN, jam, 2) == (2, 1, 7)
    assert ended(Outcome.UNKNOWN, jam, 3, duplex=True) == (1, 1, 8)
    assert ended(Outcome.UNKNOWN, jam, None) == (0, 4, 6)
    assert ended(Outcome.UNKNOWN, out, 2) == (2, 0, 8)
    assert ended(Outcome.UNKNOWN, out, 3, duplex=True) == (1, 1, 8)
    assert ended(Outcome.UNKNOWN, out, None, duplex=True) == (0, 2, 8)
    assert ended(Outcome.NOT_PRINTED, jam, 0) == (0, 1, 9)
    assert ended(Outcome.NOT_PRINTED, out, 0) == (0, 0, 10)
    # a page less than asked for: the sheet that went along unprinted is somewhere among the last
    assert ended(Outcome.UNKNOWN, PAGES_MISSING, 3) == (3, 1, 6)


def test_a_job_on_plain_paper_has_no_account() -> None:
    ending = Ending(CompletionCode.SUCCESS, Outcome.PRINTED, has_fed=True)
    assert account_of(PrintSheet("j", "s", b""), Papers(), JobRules(), ending, Outcome.PRINTED, None, None) is None


@pytest.mark.parametrize(
    ("run", "is_sound"),
    [
        (SerialRun(0, 1), True),
        (SerialRun(99_999_999, 1), True),
        (SerialRun(99_999_999, 2), False),
        (SerialRun(-1, 2), False),
        (SerialRun(1, -1), False),
        (SerialRun(1, 1, digits=0), False),
        (SerialRun(1, 1, digits=19), False),
    ],
)
def test_numbers_that_cannot_stand_on_paper_are_seen(run: SerialRun, is_sound: bool) -> None:
    assert run.is_sound is is_sound


def test_sheets_that_left_the_tray_are_not_printed_on_again() -> None:
    spent = SpentSerials()
    loaded = SerialRun(10, 10)
    spent.add(untouched(loaded))
    assert not spent.holds_any_of(loaded)
    first = broken_off(loaded, 4, finished=2, in_path=1)
    spent.add(first)
    spent.add(all_used(first.remaining, 1))
    spent.add(all_used(SerialRun(500, 5), 2))
    assert spent.holds_any_of(loaded)
    assert spent.holds_any_of(SerialRun(13, 1))
    assert not spent.holds_any_of(SerialRun(14, 6))
    assert spent.holds_any_of(SerialRun(501, 1))
    assert not spent.holds_any_of(SerialRun(10, 10, "粤"))
    assert not spent.holds_any_of(SerialRun(13, 0))


def test_sheets_of_pages() -> None:
    assert [sheets_of(pages, is_duplex=True) for pages in (1, 2, 3)] == [1, 1, 2]
    assert sheets_of(3, is_duplex=False) == 3
