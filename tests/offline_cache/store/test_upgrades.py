"""Stores of every earlier version open with today's program, with their items inside; one of a newer version is left alone.

``python -m tests.offline_cache.store.test_upgrades`` writes the file of today's version: once for each release, never again.
"""

import gzip
import shutil
import sqlite3
import tempfile
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.base.errors import BudayangError
from offline_cache.outbox.item import End, ItemState
from offline_cache.store.schema import MIGRATIONS, VERSION
from tests.offline_cache.stores import BODY, item, open_store

KEPT = Path(__file__).parent / "kept"


def _file(version: int) -> Path:
    return KEPT / f"store-{version}.db.gz"


def make(folder: Path) -> None:
    """A store with a bit of everything."""
    with open_store(folder) as store:
        store.outbox.put_many([item(1, lane="a", slip_number="XH-01-1"), item(2, lane="a"), item(3, lane="b")])
        store.keys.rotate()
        store.outbox.put(item(4, lane="c", expires_after_s=3600.0))
        store.outbox.put(item(5, lane="d", slip_number="XH-01-5"))
        store.outbox.bury(UUID(int=3), "rejected", "422")
        store.outbox.acknowledge(UUID(int=5), "R-5")


def test_every_version_has_its_file() -> None:
    assert max(MIGRATIONS) == VERSION
    assert sorted(MIGRATIONS) == list(range(1, VERSION + 1))
    assert [path.name for path in sorted(KEPT.iterdir())] == [_file(number).name for number in sorted(MIGRATIONS)]


@pytest.mark.parametrize("version", sorted(MIGRATIONS))
def test_a_store_of_that_version_opens_with_all_that_lies_in_it(tmp_path: Path, version: int) -> None:
    (tmp_path / "store.db").write_bytes(gzip.decompress(_file(version).read_bytes()))
    with open_store(tmp_path) as store:
        assert store.database.salvaged is None
        claims = store.outbox.claim(9)
        assert [(claim.idem.int, claim.body) for claim in claims] == [(1, BODY), (4, BODY)]
        assert [letter.idem.int for letter in store.outbox.dead_letters()] == [3]
        assert store.outbox.state_of_slip("XH-01-5") == ItemState(End.ACCEPTED, "XH-01-5", "R-5")
        assert store.outbox.put(item(2)).is_repeat
        assert store.outbox.put(item(6)).seq == 6
    with sqlite3.connect(tmp_path / "store.db") as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
    raw.close()


@pytest.mark.parametrize("version", sorted(MIGRATIONS))
def test_a_migrated_store_has_the_tables_of_a_fresh_one(tmp_path: Path, version: int) -> None:
    old, fresh = tmp_path / "old", tmp_path / "fresh"
    old.mkdir()
    (old / "store.db").write_bytes(gzip.decompress(_file(version).read_bytes()))
    schemas = []
    for folder in (old, fresh):
        with open_store(folder) as store:
            read = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
            schemas.append(store.database.commits.read(lambda connection: list(connection.execute(read))))  # noqa: B023
    assert schemas[0] == schemas[1]


def test_a_newer_store_whose_number_is_still_in_its_log_is_left_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with open_store(first) as store:
        store.outbox.put(item(1))
        newer = f"PRAGMA user_version={VERSION + 1}"
        store.database.commits.write(lambda connection: list(connection.execute(newer)))
        second.mkdir()
        for name in ("store.db", "store.db-wal"):  # as after a SIGKILL
            shutil.copy(first / name, second / name)
    before = {path.name: path.read_bytes() for path in second.iterdir()}
    with pytest.raises(BudayangError, match=r"store\.newer"), open_store(second):
        pass
    assert {name: (second / name).read_bytes() for name in before} == before


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        make(Path(place))
        KEPT.mkdir(exist_ok=True)
        _file(VERSION).write_bytes(gzip.compress((Path(place) / "store.db").read_bytes(), 9, mtime=0))
