"""The outbox over a real file."""

import threading
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.base.errors import BudayangError, Problem
from offline_cache.outbox.item import End, ItemState, State
from offline_cache.store.space import Bounds
from tests.offline_cache.stores import BODY, item, open_store


def test_what_was_put_is_there_after_the_store_is_opened_again(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        stored = store.outbox.put(item(1, slip_number="XH-01-1-7"))
        assert (stored.seq, stored.is_repeat) == (1, False)
    with open_store(tmp_path) as store:
        assert store.database.store_id == stored.store_id
        (claim,) = store.outbox.claim(10)
        assert (claim.idem, claim.seq, claim.body, claim.slip_number) == (UUID(int=1), 1, BODY, "XH-01-1-7")
        assert store.outbox.state_of_slip("XH-01-1-7") == ItemState(State.QUEUED, "XH-01-1-7")


def test_the_same_key_again_returns_the_first_place_also_after_its_end(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        first = store.outbox.put(item(1))
        again = store.outbox.put(item(1))
        assert (again.seq, again.is_repeat) == (first.seq, True)
        store.outbox.acknowledge(UUID(int=1), "R-1")
        ended = store.outbox.put(item(1))
        assert (ended.seq, ended.is_repeat) == (first.seq, True)
        assert store.outbox.claim(10) == []
        assert store.outbox.state_of(UUID(int=1)) == ItemState(End.ACCEPTED, None, "R-1")


def test_another_body_under_a_known_key_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put(item(1))
        with pytest.raises(BudayangError, match=r"offline\.other_payload"):
            store.outbox.put(item(1, body=b"another"))
        with pytest.raises(BudayangError, match=r"offline\.other_payload"):
            store.outbox.put_many([item(2), item(1, body=b"another")])
        assert store.outbox.state_of(UUID(int=2)) is None
        assert store.outbox.claim(10)[0].body == BODY


def test_items_of_a_case_are_sent_in_order_and_a_dead_one_holds_only_its_own_lane(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        outbox = store.outbox
        for number, lane in ((1, "a"), (2, "a"), (3, "b")):
            outbox.put(item(number, lane=lane))
        assert [claim.idem.int for claim in outbox.claim(10)] == [1, 3]
        outbox.bury(UUID(int=1), "schema", "422")
        outbox.acknowledge(UUID(int=3), None)
        assert outbox.claim(10) == []
        (letter,) = outbox.dead_letters()
        assert (letter.idem.int, letter.reason, letter.last_code) == (1, "schema", "422")
    with open_store(tmp_path) as store:
        assert store.outbox.claim(10) == []
        assert store.outbox.retry_dead(UUID(int=1))
        assert [claim.idem.int for claim in store.outbox.claim(10)] == [1]
        store.outbox.acknowledge(UUID(int=1), None)
        assert [claim.idem.int for claim in store.outbox.claim(10)] == [2]


def test_a_lease_ends_with_the_process_and_a_failed_try_waits(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put(item(1))
        assert len(store.outbox.claim(1)) == 1
        assert store.outbox.claim(1) == []
    with open_store(tmp_path) as store:
        assert len(store.outbox.claim(1)) == 1
        wait = store.outbox.postpone(UUID(int=1), "503", retry_after_s=30)
        assert 30 <= wait <= 35
        assert store.outbox.claim(1) == []
        assert store.outbox.next_in_s() == pytest.approx(wait)
        store.clock.advance(wait)
        (claim,) = store.outbox.claim(1)
        assert claim.attempts == 1


def test_nothing_of_a_body_is_readable_in_any_file(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put(item(1))
        files = [file.read_bytes() for file in tmp_path.iterdir() if file.is_file()]
        name = "李明"
        for needle in (name.encode(), name.encode("utf-16-le"), name.encode("gb18030"), b"440308199901101512"):
            assert not any(needle in content for content in files)
        assert any(b"consultation" in content for content in files)  # what is searched is really there


def test_intake_is_refused_before_a_citizen_starts_and_a_visit_begun_can_end(tmp_path: Path) -> None:
    with open_store(tmp_path, bounds=Bounds(rows=2)) as store:
        reservation = store.outbox.reserve(1, 1000)
        assert not isinstance(reservation, Problem)
        store.outbox.put(item(1))
        assert store.outbox.reserve(1, 1000) == Problem("offline.full")
        with pytest.raises(BudayangError, match=r"offline\.full"):
            store.outbox.put(item(2))
        store.outbox.put(item(3), reservation)
        reservation.release()
        store.disk.free = 1
        store.outbox.acknowledge(UUID(int=1), None)
        assert store.outbox.reserve(1, 1000) == Problem("offline.disk_full")


def test_an_item_expires_by_trusted_time_only(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put(item(1, expires_after_s=3600))
        store.clock.advance(1800)
        store.outbox.put(item(2, expires_after_s=3600))
        store.clock.advance(1801)
        assert store.outbox.bury_expired() == 0
        store.outbox.learn_time(-5e8)  # this machine's clock is sixteen years fast
        assert store.outbox.bury_expired() == 1
        assert [letter.idem.int for letter in store.outbox.dead_letters()] == [1]


def test_eight_threads_put_side_by_side_and_lose_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        threads = [
            threading.Thread(target=lambda base=base: [store.outbox.put(item(base + n)) for n in range(25)])
            for base in range(1000, 9000, 1000)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert store.outbox.status().queued == 200
        assert sorted(claim.seq for claim in store.outbox.claim(1000)) == list(range(1, 201))


def test_keys_under_which_nothing_lies_are_destroyed(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put(item(1))
        store.keys.rotate()
        store.outbox.put(item(2))
        assert (
            len(
                store.database.commits.read(lambda c: list(c.execute("SELECT key_id FROM keys WHERE key_id LIKE 'k%'")))
            )
            == 2
        )
        store.outbox.acknowledge(UUID(int=1), None)
        store.outbox.tidy()
        assert (
            len(
                store.database.commits.read(lambda c: list(c.execute("SELECT key_id FROM keys WHERE key_id LIKE 'k%'")))
            )
            == 1
        )
        assert store.outbox.claim(1)[0].body == BODY
