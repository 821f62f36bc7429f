"""The journal over a real file: begun before it is done, one step under way, a rule for every restart, nothing gone silently."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.base.errors import BudayangError
from offline_cache.journal import ended
from offline_cache.journal.ended import KEPT_CASES_S, NOTED
from offline_cache.journal.journal import LEFT_OPEN, SUPERSEDED, Journal
from offline_cache.journal.rules import RULES, OnRestart
from tests.offline_cache.stores import TERMINAL, Standing, open_store

CASE, OTHER = UUID(int=1), UUID(int=2)
DETAILS = "李明，440308199901101512，12.00 元".encode()


@dataclass
class Desk:
    """An open journal with its store."""

    store: Standing
    journal: Journal


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    with open_store(folder) as store:
        yield Desk(store, Journal(store.database, store.keys, TERMINAL, store.clock))


def no_case() -> "pytest.RaisesExc[BudayangError]":
    return pytest.raises(BudayangError, match=r"journal\.no_such_case")


def test_a_step_that_was_begun_is_there_after_a_restart_with_what_must_be_done_first(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        assert here.journal.begin(CASE, "order", DETAILS) == 1
        here.journal.ended(CASE, 1, "done", b"order 7")
        assert here.journal.begin(CASE, "pay", DETAILS) == 2
        here.journal.begin(OTHER, "chipWrite", b"card")
    with desk(tmp_path) as here:
        paying, writing = here.journal.open_cases()
        assert (paying.case_id, paying.kind, paying.step, paying.position) == (CASE, "payment", "pay", 2)
        assert (paying.is_under_way, paying.rule, paying.details) == (True, OnRestart.ASK_PLATFORM, DETAILS)
        assert (writing.kind, writing.rule) == ("card", OnRestart.VERIFY_CARD)
        here.journal.ended(CASE, 2, "done")
        assert here.journal.open_cases()[0].rule is OnRestart.REFUND  # paid, and nothing handed over yet
        first, second = here.journal.entries(CASE)
        assert (first.outcome, first.details, first.end_details) == ("done", DETAILS, b"order 7")
        assert (second.step, second.end_details) == ("pay", None)


def test_a_case_has_one_step_under_way(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        here.journal.begin(CASE, "order")
        with pytest.raises(BudayangError, match=r"journal\.step_open"):
            here.journal.begin(CASE, "pay")
        here.journal.begin(OTHER, "order")
        assert here.journal.begin(CASE, "order", supersedes=True) == 2
        assert [entry.outcome for entry in here.journal.entries(CASE)] == [SUPERSEDED, None]


def test_asking_again_changes_nothing_and_something_else_is_refused(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        assert here.journal.begin(CASE, "order", b"a", position=1) == 1
        assert here.journal.begin(CASE, "order", b"a", position=1) == 1
        with pytest.raises(BudayangError, match=r"journal\.step_open"):
            here.journal.begin(CASE, "pay", b"a", position=1)
        for _ in range(2):
            here.journal.ended(CASE, 1, "done")
        with pytest.raises(BudayangError, match=r"journal\.step_open"):
            here.journal.begin(CASE, "order", b"a", position=1)  # it has ended: to be done again it must be begun anew
        for position, outcome in ((1, "failed"), (2, "done")):
            with no_case():
                here.journal.ended(CASE, position, outcome)
        for _ in range(2):
            here.journal.close(CASE, "delivered")
        with no_case():
            here.journal.close(CASE, "refunded")
        with no_case():
            here.journal.close(OTHER, "delivered")
        with no_case():
            here.journal.begin(CASE, "refund")
        with pytest.raises(ValueError, match="no rule"):
            here.journal.begin(OTHER, "hope")


def test_a_closed_case_goes_only_when_the_platform_knows_and_its_end_stays_a_while(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        here.journal.begin(CASE, "pay", DETAILS)
        with no_case():
            here.journal.acknowledged(CASE)
        here.journal.close(CASE, "abandoned")
        assert [entry.outcome for entry in here.journal.entries(CASE)] == [LEFT_OPEN]
        assert here.journal.open_cases() == []
        (end,) = here.journal.ends()
        assert (end.case_id, end.kind, end.end, end.is_acknowledged) == (CASE, "payment", "abandoned", False)
        for _ in range(2):
            here.journal.acknowledged(CASE)
    with desk(tmp_path) as here:
        assert here.journal.entries(CASE) == []
        assert here.journal.ends() == []
        found = here.journal.end_of(CASE)
        assert found is not None
        assert (found.end, found.is_acknowledged) == ("abandoned", True)
        here.store.clock.advance(KEPT_CASES_S - 1)
        here.journal.forget_old(0.0)
        here.journal.forget_old(None)  # no time is trusted: nothing is old
        assert here.journal.end_of(CASE) is not None
        here.journal.forget_old(-400 * 86_400.0)  # this machine's clock is a year ahead
        assert here.journal.end_of(CASE) is not None
        here.store.clock.advance(2)
        here.journal.forget_old(0.0)
        assert here.journal.end_of(CASE) is None


def test_ends_are_bounded_by_their_count_whatever_the_clock_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ended, "MOST_CASES", 3)
    with desk(tmp_path) as here:
        for number in range(10, 16):
            case_id = UUID(int=number)
            here.journal.begin(case_id, "pay")
            here.journal.close(case_id, "paid")
            if number != 11:
                here.journal.acknowledged(case_id)
        here.journal.forget_old(None)
        kept = [number for number in range(10, 16) if here.journal.end_of(UUID(int=number)) is not None]
        assert kept == [11, 13, 14, 15]  # what the platform has not heard of stays


def test_nothing_of_the_details_is_readable_and_their_key_lives_as_long_as_they_do(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        here.journal.begin(CASE, "pay", DETAILS)
        here.store.keys.rotate()
        here.store.outbox.tidy()
        assert here.journal.entries(CASE)[0].details == DETAILS
        files = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
        assert not any(needle in content for content in files for needle in (b"440308199901101512", "李明".encode()))
        here.journal.close(CASE, "abandoned")
        here.journal.acknowledged(CASE)
        here.store.outbox.tidy()
        assert here.store.database.commits.read(lambda c: list(c.execute("SELECT key_id FROM keys"))) == []


def test_a_record_moved_to_another_step_or_case_is_not_believed(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        here.journal.begin(CASE, "order", DETAILS)
        here.store.database.commits.write(lambda c: list(c.execute("UPDATE journal SET step='deliver'")))
        with pytest.raises(BudayangError, match=r"store\.cannot_open"):
            here.journal.entries(CASE)
        (standing,) = here.journal.open_cases()
        assert standing.rule is OnRestart.HOLD_FOR_STAFF


def test_steps_whose_case_was_lost_and_steps_of_a_later_release_are_held_for_staff(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        here.journal.begin(CASE, "pay")
        here.store.database.commits.write(lambda c: list(c.execute("DELETE FROM cases")))
        here.journal.open_case(OTHER, "payment", b"first")
        lost, waiting = here.journal.open_cases()
        assert (lost.case_id, lost.kind, lost.rule) == (CASE, "unknown", OnRestart.HOLD_FOR_STAFF)
        assert (waiting.step, waiting.rule, waiting.details) == ("opened", OnRestart.ASK_PLATFORM, b"first")
        here.journal._insert(OTHER, 1, "teleport", b"", kind="payment", outcome=None, supersedes=False)
        assert here.journal.open_cases()[1].rule is OnRestart.HOLD_FOR_STAFF


def test_a_case_that_was_opened_comes_before_its_steps_and_cases_come_in_their_order(tmp_path: Path) -> None:
    with desk(tmp_path) as here:
        for case_id in (OTHER, CASE):
            here.journal.open_case(case_id, "endorsement", b"a")
            here.journal.open_case(case_id, "endorsement", b"a")
        here.journal.begin(OTHER, "print")
        assert [(entry.position, entry.step, entry.outcome) for entry in here.journal.entries(OTHER)] == [
            (0, "opened", NOTED), (1, "print", None),
        ]  # fmt: skip
        assert [(case.case_id, case.kind, case.step) for case in here.journal.open_cases()] == [
            (OTHER, "endorsement", "print"), (CASE, "endorsement", "opened"),
        ]  # fmt: skip


def test_cases_side_by_side_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with desk(tmp_path) as here:

        def pay(number: int) -> None:
            for step in ("order", "pay", "deliver"):
                place = here.journal.begin(UUID(int=number), step, bytes([number]))
                here.journal.ended(UUID(int=number), place, "done")

        threads = [threading.Thread(target=pay, args=(number,)) for number in range(1, 7)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert [case.rule for case in here.journal.open_cases()] == [OnRestart.ASK_PLATFORM] * 6


def test_every_step_has_a_kind_and_a_rule_for_both_moments() -> None:
    assert {rule.kind for rule in RULES.values()} == {"payment", "card"}
    assert all(rule.under_way in OnRestart and rule.between in OnRestart for rule in RULES.values())


def test_a_disk_that_cannot_be_read_now_makes_no_case_one_for_staff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path) as here:
        here.journal.begin(CASE, "pay", DETAILS)

        def fail(*_: object) -> bytes:
            raise BudayangError(key)

        for key, rule in (("offline.disk", None), ("store.vault_closed", None), ("store.key_gone", "holdForStaff")):
            with monkeypatch.context() as patch:
                patch.setattr(here.store.keys, "open", fail)
                if rule is None:
                    with pytest.raises(BudayangError, match=key.replace(".", r"\.")):
                        here.journal.open_cases()
                else:
                    assert [case.rule.value for case in here.journal.open_cases()] == [rule]
        assert [case.rule for case in here.journal.open_cases()] == [OnRestart.ASK_PLATFORM]
