"""A drain over real sockets: store, transport, cable and the real platform in a process of its own."""

import json
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from kiosk.base.clock import Clock, SystemClock
from offline_cache.attachments.attachments import Attachments
from offline_cache.journal.journal import Journal
from offline_cache.outbox.item import NewItem
from offline_cache.store.connection import ConnectionFactory, SqliteConnection
from offline_cache.sync.drain import Sync, SyncSettings
from offline_cache.sync.http_transport import HttpTransport, TransportSettings
from offline_cache.sync.transport import Transport
from tests.offline_cache.stores import TERMINAL, Standing, open_store
from tests.provisioning.platform.intake.submissions import consultation, rating


def question(lane: str | None = None, kind: str = "consultation", **more: object) -> NewItem:
    """A consultation (or rating) of a visit of its own."""
    idem = uuid4()
    visit = lane or f"visit-{idem.hex[:12]}"
    body = consultation(visit_id=visit) if kind == "consultation" else rating(visit_id=visit)
    encoded = json.dumps(body, ensure_ascii=False).encode()
    return NewItem(idem, visit, kind, 1, encoded, **more)  # type: ignore[arg-type]


@dataclass
class Drained:
    """A drain with what it stands on. `rounds` drives it without its thread."""

    store: Standing
    sync: Sync
    files: Attachments
    journal: Journal

    def scan(self, content: bytes) -> UUID:
        """A sealed file of a visit under way."""
        with self.files.begin("visit", "application/pdf", "material") as writer:
            for at in range(0, len(content), 100_000):
                writer.append(content[at : at + 100_000])
            return writer.finish().attachment_id

    def rounds(self, until: Callable[[], bool], most: int = 200, within_s: float = 10.0) -> None:
        """Does rounds until the condition holds; the store's clock is moved on instead of waiting."""
        deadline = time.monotonic() + within_s
        for _ in range(most):
            if until():
                return
            assert time.monotonic() < deadline, "the drain did not come to it in time"
            pause = self.sync.round()
            if pause and not until():
                self.store.clock.advance(pause)
        assert until(), f"not after {most} rounds: {self.store.outbox.status()} {self.sync.status()}"

    @property
    def is_empty(self) -> bool:
        return self.store.outbox.status().queued == 0


def transport_to(port: int, terminal_id: str = TERMINAL, clock: Clock | None = None, **times: float) -> HttpTransport:
    """A transport with short times over a real clock: sockets know no other."""
    settings = {"connect_s": 2.0, "read_s": 5.0, "deadline_s": 6.0} | times
    return HttpTransport(TransportSettings(f"http://127.0.0.1:{port}", terminal_id, **settings), clock or SystemClock())  # type: ignore[arg-type]


@contextmanager
def drained(
    folder: Path,
    transport: Transport,
    terminal_id: str = TERMINAL,
    *,
    clock: Any = None,
    connect: ConnectionFactory = SqliteConnection,
    **more: object,
) -> Iterator[Drained]:
    """A fresh store and a drain that is not started; `more` are settings of the drain."""
    with open_store(folder, terminal_id=terminal_id, clock=clock, connect=connect) as store:
        files = Attachments(
            store.database, store.keys, terminal_id, store.clock, store.outbox.room, boot=lambda: "boot-1"
        )
        settings = SyncSettings(terminal_id, **more)  # type: ignore[arg-type]
        journal = Journal(store.database, store.keys, terminal_id, store.clock)
        sync = Sync(store.outbox, transport, files, store.clock, random.Random(1), settings, journal)
        try:
            yield Drained(store, sync, files, journal)
        finally:
            sync.stop()
            if isinstance(transport, HttpTransport):
                transport.close()


def effects(data_dir: Path, terminal_id: str) -> dict[str, int]:
    """Consultation cases and ratings at the platform of one terminal, and how many keys it has of it."""
    [file] = data_dir.glob("live-*.sqlite")
    return effects_in(file, terminal_id)


def effects_in(file: Path, terminal_id: str) -> dict[str, int]:
    """The same, in a SQLite file."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        counted = {
            table: connection.execute(f"SELECT count(*) FROM {table} WHERE terminal_id=?", (terminal_id,)).fetchone()[0]
            for table in ("consultation_case", "rating", "intake_item")
        }
    connection.close()
    return counted
