"""The rewriter's step ledger in the store's journal: the same as in its file, for every order of records."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.permit_rewriter.file_ledger import FileLedger
from devices.permit_rewriter.ledger import JobEnd, Opened, Step, StepLedger, StepOutcome, history_of
from kiosk.base.errors import BudayangError, Problem
from kiosk.terminal.endorsement_journal import Cases, JournalLedger
from offline_cache.journal.journal import Entry, Journal, OpenCase
from offline_cache.journal.rules import RULES, OnRestart
from offline_cache.process.client import StoreClient
from tests.offline_cache.stores import TERMINAL, open_store

TOKEN = "c" * 32
Found = TypeVar("Found")


def job(name: str = "job-1") -> Opened:
    return Opened(name, "5" * 32, TOKEN, "a" * 32, "b" * 32, "blank", "d" * 32)


class Client:
    """The journal as the store's client gives it: problems in place of errors."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def journal_open_case(self, case_id: UUID, kind: str, details: bytes = b"") -> Problem | None:
        return _told(lambda: self._journal.open_case(case_id, kind, details))

    def journal_begin(
        self, case_id: UUID, position: int, step: str, details: bytes = b"", *, supersedes: bool = False
    ) -> Problem | None:
        found = _told(lambda: self._journal.begin(case_id, step, details, position=position, supersedes=supersedes))
        return found if isinstance(found, Problem) else None

    def journal_ended(self, case_id: UUID, position: int, outcome: str, details: bytes | None = None) -> Problem | None:
        return _told(lambda: self._journal.ended(case_id, position, outcome, details))

    def journal_close(self, case_id: UUID, end: str) -> Problem | None:
        return _told(lambda: self._journal.close(case_id, end))

    def journal_open_cases(self) -> list[OpenCase] | Problem:
        return _told(self._journal.open_cases)

    def journal_entries(self, case_id: UUID) -> list[Entry] | Problem:
        return _told(lambda: self._journal.entries(case_id))


def _told(ask: Callable[[], Found]) -> Found | Problem:
    try:
        return ask()
    except BudayangError as error:
        return error.problem


def test_the_stores_client_fits_the_ledger() -> None:
    fits: type[Cases] = StoreClient
    assert fits is StoreClient


@contextmanager
def ledger(folder: Path) -> Iterator[tuple[JournalLedger, Journal]]:
    with open_store(folder) as store:
        journal = Journal(store.database, store.keys, TERMINAL, store.clock)
        yield JournalLedger(Client(journal)), journal


class MemoryFile:
    """A file that never fails."""

    def __init__(self) -> None:
        self.content = b""

    def read(self) -> bytes:
        return self.content

    def append(self, data: bytes) -> None:
        self.content += data

    def replace(self, data: bytes) -> None:
        self.content = data


def test_a_job_is_there_after_a_restart_and_the_next_takes_its_place(tmp_path: Path) -> None:
    with ledger(tmp_path) as (found, journal):
        port: StepLedger = found
        assert port.records() == ()
        port.open(job())
        port.begin(Step.ERASE, TOKEN)
        port.ended(Step.ERASE, StepOutcome.DONE)
        port.begin(Step.CHIP_WRITE, TOKEN)
        assert journal.open_cases()[0].rule is OnRestart.VERIFY_CARD
        with pytest.raises(BudayangError, match=r"rewriter\.job_open"):
            port.open(job("job-2"))
    with ledger(tmp_path) as (found, journal):
        history = history_of(found.records())
        assert history is not None
        assert (history.last, history.outcome, history.begun[Step.ERASE]) == (Step.CHIP_WRITE, None, 1)
        found.begin(Step.CHIP_WRITE, TOKEN)  # anew, after the card was looked at
        found.begin(Step.EJECT, TOKEN)
        found.ended(Step.EJECT, StepOutcome.FAILED)
        found.held("rewriter.jammed")
        assert journal.open_cases()[0].rule is OnRestart.HOLD_FOR_STAFF
        history = history_of(found.records())
        assert history is not None
        assert (history.begun[Step.CHIP_WRITE], history.held, history.end) == (2, "rewriter.jammed", None)
        found.closed(JobEnd.RETAINED)
        assert found.records() == ()
        found.open(job("job-2"))
        assert found.records() == (job("job-2"),)
        assert [end.end for end in journal.ends()] == ["retained"]  # kept until the platform knows


CALLS = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.sampled_from(Step)),
        st.tuples(st.just("ended"), st.sampled_from(StepOutcome)),
        st.tuples(st.just("held"), st.just("rewriter.jammed")),
    ),
    max_size=9,
)


@given(CALLS, st.none() | st.sampled_from(JobEnd))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_tells_the_same_history_as_the_file(
    tmp_path_factory: pytest.TempPathFactory, calls: list[tuple[str, object]], end: JobEnd | None
) -> None:
    with ledger(tmp_path_factory.mktemp("store")) as (found, _):
        both: list[StepLedger] = [found, FileLedger(MemoryFile())]
        under_way: Step | None = None
        for one in both:
            one.open(job())
        for call, word in calls:
            if call == "ended" and under_way is None:
                continue
            for one in both:
                if call == "begin":
                    assert isinstance(word, Step)
                    one.begin(word, TOKEN)
                elif call == "ended":
                    assert isinstance(word, StepOutcome)
                    assert under_way is not None
                    one.ended(under_way, word)
                else:
                    one.held(str(word))
            under_way = word if isinstance(word, Step) else None
        assert history_of(found.records()) == history_of(both[1].records())
        if end is not None:
            for one in both:
                one.closed(end)
            assert history_of(found.records()) is None


def test_what_cannot_be_recorded_or_read_is_told_in_the_ledgers_words(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        journal = Journal(store.database, store.keys, TERMINAL, store.clock)
        found = JournalLedger(Client(journal))
        with pytest.raises(BudayangError, match=r"rewriter\.ledger_failed"):
            found.begin(Step.ERASE, TOKEN)
        found.open(job())
        with pytest.raises(BudayangError, match=r"rewriter\.ledger_failed"):
            found.ended(Step.ERASE, StepOutcome.DONE)
        journal.begin(journal.open_cases()[0].case_id, "held", b"no record of the ledger")
        with pytest.raises(BudayangError, match=r"rewriter\.ledger_damaged"):
            found.records()
        store.database.commits.write(lambda c: list(c.execute("UPDATE journal SET sealed_body=zeroblob(60)")))
        with pytest.raises(BudayangError, match=r"rewriter\.ledger_damaged"):
            found.records()
    with pytest.raises(BudayangError, match=r"rewriter\.ledger_failed"):
        found.records()


def test_every_step_of_an_endorsement_has_a_rule() -> None:
    assert all(step.value in RULES for step in Step)
