"""Erasure that can be shown: after the last record of an epoch has ended, its wrapped key is in no file of the store any more."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.base.clock import ManualClock
from kiosk.base.errors import BudayangError
from offline_cache.attachments.attachments import Attachments
from offline_cache.journal.journal import Journal
from offline_cache.outbox.outbox import DatabaseKeys, Outbox
from offline_cache.sealing.epochs import EpochKeys, key_id_of
from offline_cache.sealing.record_codec import Binding
from offline_cache.store.connection import ConnectionFactory, Row, SqliteConnection, Value
from offline_cache.store.database import Database
from offline_cache.store.space import Ballast
from offline_cache.vault.holders import FileHolder, Holder, Strength
from offline_cache.vault.opening import VaultChoice, open_vault, rotate
from offline_cache.vault.vault import Vault
from tests.offline_cache.stores import TERMINAL, EndlessDisk, item

FILE_ONLY: dict[Strength, Holder] = {Strength.FILE: FileHolder()}
PIECE = 12


@dataclass
class Store:
    """A store with a vault of its own."""

    folder: Path
    database: Database
    vault: Vault
    table: DatabaseKeys
    keys: EpochKeys
    outbox: Outbox
    attachments: Attachments
    journal: Journal

    def current(self) -> tuple[str, bytes]:
        """The data key that seals now, as it is kept."""
        key_id = self.keys.current_key_id
        assert key_id is not None
        return key_id, self.table.wrapped_keys()[key_id]

    def traces(self, wrapped: bytes) -> set[str]:
        """Files in which any part of a wrapped key is, without the beginning that all have in common."""
        secret = wrapped[9:]
        pieces = [secret[at : at + PIECE] for at in range(0, len(secret) - PIECE, 4)]
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path.name for path in files if any(piece in path.read_bytes() for piece in pieces)}


@contextmanager
def opened(folder: Path, connect: ConnectionFactory = SqliteConnection) -> Iterator[Store]:
    database, clock = Database(folder, connect, ballast=Ballast(folder / "ballast", 1 << 16)), ManualClock()
    try:
        database.ballast.restore()
        table = DatabaseKeys(database)
        vault = open_vault(folder, VaultChoice(Strength.FILE), table.wrapped_keys().values(), holders=FILE_ONLY)
        keys = EpochKeys(vault, table, clock)
        outbox = Outbox(database, keys, TERMINAL, clock, None, EndlessDisk(), boot=lambda: "boot")
        attachments = Attachments(database, keys, TERMINAL, clock, outbox.room, boot=lambda: "boot")
        yield Store(folder, database, vault, table, keys, outbox, attachments, Journal(database, keys, TERMINAL, clock))
    finally:
        database.close()


def scan(store: Store) -> UUID:
    with store.attachments.begin("v", "application/pdf", "material") as writer:
        writer.append(b"%PDF-1.7 a scan")
        return writer.finish().attachment_id


def test_the_key_of_an_epoch_leaves_no_trace_once_its_last_record_has_ended(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        file = scan(store)
        store.outbox.put(item(1, attachments=(file,)))
        store.outbox.put(item(2))
        store.journal.begin(UUID(int=9), "pay", b"details")
        key_id, wrapped = store.current()
        stolen_row = store.keys.seal(b"a copy that a flash disk keeps", Binding(TERMINAL, UUID(int=1), "v", "k", 1))
        store.keys.release([key_id_of(stolen_row)])
        stolen_file = store.attachments.path(file).read_bytes()
        assert store.traces(wrapped) & {
            "store.db",
            "store.db-wal",
        }  # what is searched is really found while it is there
        store.keys.rotate()
        store.outbox.put(item(3))
        ends: tuple[Callable[[], None], ...] = (
            lambda: store.outbox.acknowledge(UUID(int=1), "R"),
            lambda: store.outbox.acknowledge(UUID(int=2), "R"),
            lambda: store.journal.close(UUID(int=9), "refunded"),
        )
        for end in ends:
            store.outbox.tidy()
            assert key_id in store.table.wrapped_keys()  # not before the last
            end()
        store.outbox.tidy()
        assert key_id in store.table.wrapped_keys()
        store.journal.acknowledged(UUID(int=9))
        store.attachments.collect()
        store.outbox.tidy()
        assert key_id not in store.table.wrapped_keys()
        assert store.traces(wrapped) == set()
        assert store.outbox.claim(1)[0].idem == UUID(int=3)
    with opened(tmp_path) as store:
        assert store.traces(wrapped) == set()
        with pytest.raises(BudayangError, match=r"store\.key_gone"):
            store.keys.open(stolen_row, Binding(TERMINAL, UUID(int=1), "v", "k", 1))
        assert key_id.encode() in stolen_file[:40]  # and so the file is sealed for ever


class Leaving(SqliteConnection):
    """An SQLite that deletes without overwriting."""

    def execute(self, statement: str, values: Sequence[Value] = ()) -> list[Row]:
        if statement == "PRAGMA secure_delete":
            return [(1,)]
        return list(super().execute(statement.replace("secure_delete=ON", "secure_delete=OFF"), values))


def test_a_store_that_deletes_without_overwriting_is_found_out(tmp_path: Path) -> None:
    with opened(tmp_path, Leaving) as store:
        store.outbox.put(item(1))
        key_id, wrapped = store.current()
        store.keys.rotate()
        store.outbox.put(item(2))
        store.outbox.acknowledge(UUID(int=1), "R")
        store.outbox.tidy()
        assert key_id not in store.table.wrapped_keys()
        assert store.traces(wrapped) == {"store.db"}


def test_after_a_rotation_neither_the_older_key_nor_what_it_wrapped_is_in_any_file(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        file = scan(store)
        store.outbox.put(item(1, attachments=(file,)))
        store.journal.begin(UUID(int=9), "pay", b"details")
        before = store.table.wrapped_keys()
        older = (tmp_path / "vault.json").read_bytes()
        protected = older[older.index(b'"protected":"') :][13:50]
        assert protected in (tmp_path / "vault.json").read_bytes()
        rotate(store.vault, store.keys, FileHolder())
        store.outbox.tidy()
        assert all(store.traces(wrapped) == set() for wrapped in before.values())
        assert not any(protected in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    with opened(tmp_path) as store:
        (claim,) = store.outbox.claim(1)
        with store.attachments.open_plain(claim.attachments[0].attachment_id) as reader:
            assert reader.read(0, 100) == b"%PDF-1.7 a scan"
        assert store.journal.entries(UUID(int=9))[0].details == b"details"
