"""Years of work: what has ended is kept for its time and then goes, so that file, keys and memory stay as large as the work of that time.

A million items over ten years, scaled down: as many rounds, fewer items in each; what counts is that the last rounds take no more room
than the first full one.
"""

import random
from pathlib import Path
from uuid import UUID

import pytest

from offline_cache.attachments.attachments import Attachments
from offline_cache.journal.ended import KEPT_CASES_S
from offline_cache.journal.giving_up import give_up
from offline_cache.journal.journal import Journal
from offline_cache.outbox.item import NewItem
from offline_cache.outbox.statements import KEPT_TOMBSTONES_S
from tests.offline_cache.stores import TERMINAL, Standing, open_store

ROUNDS_KEPT = 6
ROUNDS = 40
ITEMS = 200


@pytest.mark.allow_log("letter_given_up")
def test_years_of_acknowledged_items_grow_nothing_without_bound(tmp_path: Path) -> None:
    chance = random.Random(4)
    with open_store(tmp_path) as store:
        outbox = store.outbox
        journal = Journal(store.database, store.keys, TERMINAL, store.clock)
        files = Attachments(store.database, store.keys, TERMINAL, store.clock, outbox.room, boot=lambda: "boot-1")
        sizes: list[tuple[int, ...]] = []
        for number in range(ROUNDS):
            outbox.learn_time(0.0)
            kept = [_work(store, files, chance, number, first) for first in range(0, ITEMS, 50)]
            _give_one_up(store, journal, chance)
            _case(journal, chance)
            for end in journal.ends():
                journal.acknowledged(end.case_id)
            files.remove_ended(attachment for some in kept for attachment in some)
            store.keys.rotate()  # a key an epoch
            outbox.tidy()
            files.collect()
            journal.forget_old(0.0)
            sizes.append(_sizes(store, tmp_path))
            store.clock.advance(max(KEPT_TOMBSTONES_S, KEPT_CASES_S) / ROUNDS_KEPT)
        assert outbox.status().last_seq == ROUNDS * (ITEMS + 1)
        full = [max(column) for column in zip(*sizes[ROUNDS_KEPT : 2 * ROUNDS_KEPT], strict=True)]
        names = ("tombstones", "cases", "journal", "keys", "attachments", "items", "file", "folder")
        for size in sizes[2 * ROUNDS_KEPT :]:
            grown = {name: (one, most) for name, one, most in zip(names, size, full, strict=True) if one > 1.1 * most}
            assert not grown
        assert full[0] <= (ROUNDS_KEPT + 2) * (ITEMS + 1)


def _work(store: Standing, files: Attachments, chance: random.Random, number: int, first: int) -> list[UUID]:
    """Items that are put, sent and acknowledged; returns their attachments."""
    with files.begin("visit", "application/pdf", "material") as writer:
        writer.append(b"%PDF-1.7 " + chance.randbytes(500))
        attachment = writer.finish().attachment_id
    items = [
        NewItem(
            UUID(bytes=chance.randbytes(16), version=4), f"visit-{one}", "consultation", 1, chance.randbytes(300),
            f"XH-01-{number:04d}{one:06d}", attachments=(attachment,) if one == first else (),
        )
        for one in range(first, first + 50)
    ]  # fmt: skip
    store.outbox.put_many(items)
    claims = store.outbox.claim(50)
    assert len(claims) == 50
    store.outbox.acknowledge_many([(claim.idem, "R-1") for claim in claims])
    return [attachment]


def _give_one_up(store: Standing, journal: Journal, chance: random.Random) -> None:
    item = NewItem(UUID(bytes=chance.randbytes(16), version=4), "lane", "consultation", 1, b"{}")
    store.outbox.put(item)
    store.outbox.bury(item.idem, "rejected", "rejected")
    assert give_up(store.outbox, journal, item.idem, "test")


def _case(journal: Journal, chance: random.Random) -> None:
    case_id = UUID(bytes=chance.randbytes(16), version=4)
    place = journal.begin(case_id, "pay", b"12.00")
    journal.ended(case_id, place, "done")
    journal.close(case_id, "paid")


def _sizes(store: Standing, folder: Path) -> tuple[int, ...]:
    tables = ("tombstones", "cases", "journal", "keys", "attachments", "items")
    rows = store.database.commits.read(
        lambda connection: [
            int(str(next(iter(connection.execute(f"SELECT count(*) FROM {table}")))[0])) for table in tables
        ]
    )
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return (*rows, store.database.files.database.stat().st_size, sum(files))
