"""What the outbox does when the disk or the vault fails it: nothing that is stored stays unsent, nothing is buried for it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.base.clock import ManualClock
from kiosk.base.errors import BudayangError, Problem
from offline_cache.outbox.item import End, ItemState, State
from offline_cache.store.connection import DatabaseError, Fault, Row, SqliteConnection, Value
from offline_cache.store.space import LOOK_AGAIN_S, ROW_BYTES, Bounds
from tests.offline_cache.stores import OpenVault, item, open_store


class Failing(SqliteConnection):
    """Fails after the commit is on the disk, or at a statement that begins so; as often as it is told."""

    after_commit = 0
    at: tuple[str, int] = ("", 0)

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        word, left = Failing.at
        if left and statement.startswith(word):
            Failing.at = (word, left - 1)
            raise DatabaseError(Fault.IO)
        rows = super().execute(statement, values)
        is_commit = statement == "COMMIT" or (statement.startswith("INSERT") and not self._connection.in_transaction)
        if is_commit and Failing.after_commit:
            Failing.after_commit -= 1
            raise DatabaseError(Fault.IO)
        return rows


@pytest.fixture(autouse=True)
def _well() -> None:
    Failing.after_commit, Failing.at = 0, ("", 0)


@contextmanager
def _untold() -> Iterator[None]:
    """What is done here is kept without anybody being told: each commit, and each repetition, fails when it is on the disk."""
    Failing.after_commit = 9
    with pytest.raises(BudayangError, match=r"offline\.disk"):
        yield
    Failing.after_commit = 0


def test_a_put_that_raised_and_was_kept_is_sent_after_its_repeat(tmp_path: Path) -> None:
    with open_store(tmp_path, connect=Failing) as store:
        store.outbox.put(item(1))
        with _untold():
            store.outbox.put(item(2))
        assert store.outbox.status().queued == 2
        assert store.outbox.put(item(2)).is_repeat
        assert store.outbox.status().bytes > 0
        assert [claim.idem.int for claim in store.outbox.claim(9)] == [1, 2]


def test_a_commit_that_failed_but_came_through_is_no_repeat(tmp_path: Path) -> None:
    with open_store(tmp_path, connect=Failing) as store:
        store.outbox.put(item(1))
        Failing.after_commit = 1
        stored = store.outbox.put(item(2))
        assert (stored.seq, stored.is_repeat) == (2, False)
        assert len(store.outbox.claim(9)) == 2


def test_an_acknowledgement_that_raised_and_was_kept_is_found_out_by_the_next_claim(tmp_path: Path) -> None:
    with open_store(tmp_path, connect=Failing) as store:
        store.outbox.put_many([item(1, lane="a"), item(2, lane="a")])
        store.outbox.claim(1)
        with _untold():
            store.outbox.acknowledge(UUID(int=1), "R")
        store.outbox.give_back(UUID(int=1))
        assert store.outbox.claim(1) == []
        assert [claim.idem.int for claim in store.outbox.claim(1)] == [2]
        store.outbox.acknowledge(UUID(int=2), None)
        assert store.outbox.status().bytes == 0


def test_a_burial_that_raised_and_was_kept_holds_its_lane(tmp_path: Path) -> None:
    with open_store(tmp_path, connect=Failing) as store:
        store.outbox.put_many([item(1, lane="a"), item(2, lane="a")])
        store.outbox.claim(1)
        with _untold():
            store.outbox.bury(UUID(int=1), "rejected")
        store.outbox.give_back(UUID(int=1))
        assert store.outbox.claim(9) == []
        assert store.outbox.claim(9) == []
        assert store.outbox.retry_dead(UUID(int=1))
        assert [claim.idem.int for claim in store.outbox.claim(9)] == [1]


def test_a_revival_that_raised_and_was_kept_is_sent_when_it_is_asked_again(tmp_path: Path) -> None:
    with open_store(tmp_path, connect=Failing) as store:
        store.outbox.put(item(1))
        store.outbox.bury(UUID(int=1), "rejected")
        with _untold():
            store.outbox.retry_dead(UUID(int=1))
        assert store.outbox.retry_dead(UUID(int=1))
        assert not store.outbox.retry_dead(UUID(int=1))
        assert len(store.outbox.claim(9)) == 1


def test_a_claim_that_cannot_be_read_gives_its_leases_back(tmp_path: Path) -> None:
    with open_store(tmp_path, connect=Failing) as store:
        store.outbox.put_many([item(1), item(2)])
        Failing.at = ("SELECT schema_version", 1)
        with pytest.raises(BudayangError, match=r"offline\.disk"):
            store.outbox.claim(9)
        assert len(store.outbox.claim(9)) == 2


def test_a_question_that_cannot_be_read_is_told_as_a_fault_of_the_disk(tmp_path: Path) -> None:
    with open_store(tmp_path, connect=Failing) as store:
        for ask in (store.outbox.status, store.outbox.dead_letters, lambda: store.outbox.state_of(UUID(int=1))):
            Failing.at = ("SELECT", 1)
            with pytest.raises(BudayangError, match=r"offline\.disk"):
                ask()


def test_a_closed_vault_buries_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put_many([item(1), item(2)])

    def closed(_self: OpenVault, _wrapped: bytes) -> bytes:
        raise BudayangError("store.vault_closed")

    with open_store(tmp_path) as store:
        with monkeypatch.context() as patch:
            patch.setattr(OpenVault, "unwrap", closed)
            with pytest.raises(BudayangError, match=r"store\.vault_closed"):
                store.outbox.claim(9)
        assert store.outbox.dead_letters() == []
        assert len(store.outbox.claim(9)) == 2


def test_a_record_that_nobody_can_open_becomes_a_dead_letter(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put_many([item(1), item(2)])
        spoil = "UPDATE items SET sealed_body = zeroblob(200) WHERE seq = 1"
        store.database.commits.write(lambda connection: list(connection.execute(spoil)))
        assert [claim.idem.int for claim in store.outbox.claim(9)] == [2]
        (letter,) = store.outbox.dead_letters()
        assert (letter.reason, letter.last_code) == ("unreadable", "store.cannot_open")


def test_what_was_taken_back_while_under_way_and_accepted_was_accepted(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put(item(1))
        store.outbox.claim(1)
        store.outbox.cancel(UUID(int=1))
        assert store.outbox.state_of(UUID(int=1)) == ItemState(End.CANCELLED)
        store.outbox.acknowledge(UUID(int=1), "R-1")
        assert store.outbox.state_of(UUID(int=1)) == ItemState(End.ACCEPTED, None, "R-1")
        store.outbox.cancel(UUID(int=1))
        assert store.outbox.state_of(UUID(int=1)) == ItemState(End.ACCEPTED, None, "R-1")


def test_an_old_dead_letter_does_not_stop_the_intake(tmp_path: Path) -> None:
    clock = ManualClock()
    with open_store(tmp_path, clock=clock, bounds=Bounds(oldest_s=3600)) as store:
        store.outbox.put(item(1))
        clock.advance(4000)
        assert store.outbox.reserve(1, 10) == Problem("offline.too_old")
        store.outbox.bury(UUID(int=1), "rejected")
        assert not isinstance(store.outbox.reserve(1, 10), Problem)
        assert store.outbox.status().oldest_s == 0
        store.outbox.retry_dead(UUID(int=1))
        assert store.outbox.status().oldest_s == 4000


def test_a_visit_takes_what_it_was_promised_and_no_more(tmp_path: Path) -> None:
    with open_store(tmp_path, bounds=Bounds(rows=3)) as store:
        visit = store.outbox.reserve(2, 10_000)
        assert not isinstance(visit, Problem)
        store.outbox.put_many([item(1), item(2)], visit)
        assert visit.rows == 0
        store.outbox.put(item(3), visit)  # beyond it, but there is room
        with pytest.raises(BudayangError, match=r"offline\.full"):
            store.outbox.put(item(4), visit)
        visit.release()
        assert store.outbox.state_of(UUID(int=3)) == ItemState(State.QUEUED)


def test_equal_bodies_in_two_stores_have_other_fingerprints_and_a_guess_finds_none(tmp_path: Path) -> None:
    found, read = set(), "SELECT fingerprint FROM items"
    for name in ("one", "two"):
        with open_store(tmp_path / name) as store:
            store.outbox.put(item(1, body=b"five stars"))
            found |= set(store.database.commits.read(lambda connection: list(connection.execute(read))))
            store.outbox.acknowledge(UUID(int=1), None)
            store.outbox.tidy()
            assert store.outbox.put(item(1, body=b"five stars")).is_repeat
    assert len(found) == 2


def test_what_others_write_is_seen_after_a_second_and_what_is_put_in_at_once(tmp_path: Path) -> None:
    clock = ManualClock()
    with open_store(tmp_path, clock=clock, bounds=Bounds(free_bytes=1 << 20)) as store:
        store.disk.free = (1 << 20) + 3 * ROW_BYTES
        store.outbox.put_many([item(1), item(2)])
        store.disk.free = 0  # another program fills the disk
        clock.advance(LOOK_AGAIN_S / 2)
        assert store.outbox.reserve(1, 1000) == Problem("offline.disk_full")  # a visit is asked for by a fresh look
        with pytest.raises(BudayangError, match=r"offline\.disk_full"):
            store.outbox.put(item(3))
        store.disk.free = (1 << 20) + 3 * ROW_BYTES
        store.outbox.put(item(3))
        store.disk.free = 0
        store.outbox.put(item(4))
        with pytest.raises(BudayangError, match=r"offline\.disk_full"):
            store.outbox.put(item(5, body=b"x" * 2 * ROW_BYTES))
        store.disk.free = 1 << 30
        store.outbox.put(item(5))
        store.disk.free = 0
        store.outbox.put(item(6))
        clock.advance(LOOK_AGAIN_S)
        with pytest.raises(BudayangError, match=r"offline\.disk_full"):
            store.outbox.put(item(7))
