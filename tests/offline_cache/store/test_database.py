"""The store's file: who may open it, what it must say, and what becomes of a damaged one."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.base.errors import BudayangError
from offline_cache.log_events import SETTINGS
from offline_cache.store import connection, salvage
from offline_cache.store.connection import Row, SqliteConnection, Value
from tests.offline_cache.stores import BODY, item, open_store


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path), pytest.raises(BudayangError, match=r"store\.in_use"), open_store(tmp_path):
        pass


def test_a_newer_programs_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.outbox.put(item(1))
    with sqlite3.connect(tmp_path / "store.db") as raw:
        raw.execute("PRAGMA user_version=99")
    raw.close()
    before = (tmp_path / "store.db").read_bytes()
    with pytest.raises(BudayangError, match=r"store\.newer"), open_store(tmp_path):
        pass
    assert (tmp_path / "store.db").read_bytes() == before


class Careless(SqliteConnection):
    """An SQLite that does not do as it is told."""

    def execute(self, statement: str, values: Sequence[Value] = ()) -> list[Row]:
        return list(super().execute(statement.replace("synchronous=FULL", "synchronous=NORMAL"), values))


@pytest.mark.allow_log("store_setting")  # the refusal under test
def test_a_connection_that_does_not_say_full_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BudayangError, match=r"store\.not_safe"), open_store(tmp_path, connect=Careless):
        pass


def test_every_setting_has_a_word_in_the_log() -> None:
    assert {name for name, _, _ in connection._SETTINGS} == set(SETTINGS)


@pytest.mark.allow_log("store_damaged|store_salvaged")
def test_a_damaged_file_is_kept_and_what_can_be_read_is_taken_over(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        first = store.database.store_id
        for number in range(1, 401):
            store.outbox.put(item(number))
    content = bytearray((tmp_path / "store.db").read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xa5" * 4096
    (tmp_path / "store.db").write_bytes(content)
    with open_store(tmp_path) as store:
        assert store.database.store_id != first
        assert (tmp_path / "damaged-1" / "store.db").read_bytes() == content
        found = store.outbox.claim(1000)
        assert 380 <= len(found) < 400
        assert all(claim.body == BODY for claim in found)
        store.outbox.acknowledge(found[0].idem, None)
        ended = found[0].idem
    with open_store(tmp_path) as store:  # and not a second time
        assert store.database.salvaged is None
        assert ended not in {claim.idem for claim in store.outbox.claim(1000)}


@pytest.mark.allow_log("store_damaged|store_salvaged")
def test_a_file_that_is_no_database_is_moved_aside(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"this is no database, but it was somebody's" * 200)
    with open_store(tmp_path) as store:
        store.outbox.put(item(1))
        assert store.outbox.state_of(UUID(int=1)) is not None
    assert (tmp_path / "damaged-1" / "store.db").read_bytes().startswith(b"this is no database")


def test_a_damaged_row_that_lost_a_value_does_not_keep_the_others_out(tmp_path: Path) -> None:
    columns = ("key_id", "wrapped")
    rows: list[Row] = [("k1", None), ("k2", b"wrapped")]
    with open_store(tmp_path) as store:
        taken = store.database.commits.write(lambda c: salvage._insert("keys", columns, rows, c))
        assert taken == 1
        read = "SELECT key_id FROM keys WHERE wrapped = x'77726170706564'"
        assert store.database.commits.read(lambda c: list(c.execute(read))) == [("k2",)]
