"""The numbers of items: each once in the life of a store, without gaps, whatever is deleted or goes wrong in between."""

from pathlib import Path
from uuid import UUID

import pytest

from kiosk.base.clock import ManualClock
from kiosk.base.errors import BudayangError
from offline_cache.outbox import statements
from tests.offline_cache.outbox.test_faults import Failing
from tests.offline_cache.stores import item, open_store


@pytest.fixture(autouse=True)
def _well() -> None:
    Failing.after_commit, Failing.at = 0, ("", 0)


def test_the_number_of_what_has_ended_is_not_given_again_by_a_later_process(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put_many([item(1), item(2)])
        store.outbox.acknowledge(UUID(int=2), None)
        store.outbox.cancel(UUID(int=1))
    with open_store(tmp_path) as store:
        assert store.outbox.status().last_seq == 2
        assert store.outbox.put(item(3)).seq == 3


def test_nor_once_it_has_been_forgotten(tmp_path: Path) -> None:
    clock = ManualClock()
    with open_store(tmp_path, clock=clock) as store:
        store.outbox.learn_time(0.0)
        store.outbox.put_many([item(number) for number in range(1, 13)])
        for number in (12, 3):
            store.outbox.acknowledge(UUID(int=number), None)
            clock.advance(statements.KEPT_TOMBSTONES_S + 1)
            store.outbox.tidy()  # the lower one is forgotten after the higher one
            assert store.outbox.state_of(UUID(int=number)) is None
        for number in range(1, 12):
            store.outbox.cancel(UUID(int=number))
        clock.advance(statements.KEPT_TOMBSTONES_S + 1)
        store.outbox.tidy()
        assert store.outbox.status().last_seq == 12
    with open_store(tmp_path) as store:
        assert store.outbox.put(item(20)).seq == 13


@pytest.mark.parametrize("statement", ["INSERT", "BEGIN"])
def test_what_was_not_kept_uses_no_number_up(tmp_path: Path, statement: str) -> None:
    with open_store(tmp_path, connect=Failing) as store:
        store.outbox.put(item(1))
        Failing.at = (statement, 9)
        with pytest.raises(BudayangError, match=r"offline\.disk"):
            store.outbox.put_many([item(number) for number in range(2, 40)])
        Failing.at = ("", 0)
        assert [stored.seq for stored in store.outbox.put_many([item(2), item(3)])] == [2, 3]


def test_nor_does_a_repeat_among_what_is_new(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put_many([item(1), item(2)])
        store.outbox.acknowledge(UUID(int=1), None)
        stored = store.outbox.put_many([item(3), item(1), item(2), item(4)])
        assert [(one.seq, one.is_repeat) for one in stored] == [(3, False), (1, True), (2, True), (4, False)]
        assert store.outbox.put(item(5)).seq == 5


def test_what_was_kept_without_anybody_being_told_keeps_its_number(tmp_path: Path) -> None:
    with open_store(tmp_path, connect=Failing) as store:
        store.outbox.put(item(9))
        Failing.after_commit = 9
        with pytest.raises(BudayangError, match=r"offline\.disk"):
            store.outbox.put(item(1))
        Failing.after_commit = 0
        assert store.outbox.put(item(2)).seq == 3
        again = store.outbox.put(item(1))
        assert (again.seq, again.is_repeat) == (2, True)


def test_a_slip_s_number_is_given_to_one_item_only(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put(item(1, slip_number="XH-01-1"))
        with pytest.raises(BudayangError, match=r"offline\.disk"):
            store.outbox.put(item(2, slip_number="XH-01-1"))
        assert store.outbox.put(item(3, slip_number="XH-01-2")).seq == 2


@pytest.mark.allow_log("store_damaged|store_salvaged")
@pytest.mark.parametrize("place", ["middle", "last rows"])
def test_a_fresh_store_does_not_continue_the_numbers_of_a_damaged_one(tmp_path: Path, place: str) -> None:
    with open_store(tmp_path) as store:
        for number in range(1, 402):
            store.outbox.put(item(number, body=b"%06d" % number * 50))
        store.outbox.acknowledge(UUID(int=401), "R-401")
        store.outbox.acknowledge(UUID(int=2), None)
        sealed = "SELECT sealed_body FROM items WHERE seq = (SELECT max(seq) FROM items)"
        ((last,),) = store.database.commits.read(lambda connection: list(connection.execute(sealed)))
    content = bytearray((tmp_path / "store.db").read_bytes())
    assert isinstance(last, bytes)
    at = len(content) // 2 if place == "middle" else content.index(last[-64:])
    at = at // 4096 * 4096
    content[at : at + 4096] = b"\xa5" * 4096
    (tmp_path / "store.db").write_bytes(content)
    with open_store(tmp_path) as store:
        assert store.database.salvaged is not None
        taken = store.database.salvaged.items
        assert 380 <= taken < 399
        assert sorted(claim.seq for claim in store.outbox.claim(1000)) == list(range(1, taken + 1))
        assert store.outbox.put(item(500)).seq == taken + 1
        ended = store.outbox.put(item(401, body=b"000401" * 50))
        assert (ended.seq, ended.is_repeat) == (401, True)
        assert store.outbox.put(item(501)).seq == taken + 2
    with open_store(tmp_path) as store:
        assert store.outbox.put(item(502)).seq == taken + 3
