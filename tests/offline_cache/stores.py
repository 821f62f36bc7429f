"""Stores for tests: a real file in a temporary folder, an open vault, a manual clock."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from kiosk.base.clock import ManualClock
from offline_cache.outbox.item import NewItem
from offline_cache.outbox.outbox import DatabaseKeys, Outbox
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.sealing.suites import SuiteId
from offline_cache.store.connection import ConnectionFactory, SqliteConnection
from offline_cache.store.database import Database
from offline_cache.store.space import Ballast, Bounds

TERMINAL = "XH-01"
BODY = "李明，440308199901101512，想问：住在外地，怎样办理？".encode()


class OpenVault:
    """Wraps by turning bits over: no secret, but not the plain key either. `turn` is its newest "key"."""

    def __init__(self, turn: int = 255) -> None:
        self.turn = turn

    def wrap(self, key: bytes) -> bytes:
        return bytes([self.turn, *(byte ^ self.turn for byte in key)])

    def unwrap(self, wrapped: bytes) -> bytes:
        return bytes(byte ^ wrapped[0] for byte in wrapped[1:])

    def is_current(self, wrapped: bytes) -> bool:
        return wrapped[0] == self.turn


class EndlessDisk:
    """Has room."""

    def __init__(self, free: int = 1 << 40) -> None:
        self.free = free

    def free_bytes(self, _folder: Path) -> int:
        return self.free


@dataclass
class Standing:
    """An open store with what it was made of."""

    database: Database
    keys: EpochKeys
    outbox: Outbox
    clock: ManualClock
    disk: EndlessDisk


def item(number: int, *, lane: str | None = None, body: bytes = BODY, **more: object) -> NewItem:
    """Item number `number`, in a lane of its own unless said otherwise."""
    return NewItem(UUID(int=number), lane or f"visit-{number}", "consultation", 1, body, **more)  # type: ignore[arg-type]


@contextmanager
def open_store(
    folder: Path,
    *,
    clock: ManualClock | None = None,
    connect: ConnectionFactory = SqliteConnection,
    bounds: Bounds | None = None,
    suite: SuiteId = SuiteId.AES_256_GCM,
    boot: str = "boot-1",
    ballast_bytes: int = 1 << 16,
    terminal_id: str = TERMINAL,
) -> Iterator[Standing]:
    clock = clock or ManualClock()
    disk = EndlessDisk()
    database = Database(folder, connect, ballast=Ballast(folder / "ballast", ballast_bytes))
    try:
        database.ballast.restore()
        keys = EpochKeys(OpenVault(), DatabaseKeys(database), clock, suite)
        outbox = Outbox(database, keys, terminal_id, clock, bounds, disk, chance=random.Random(1), boot=lambda: boot)
        yield Standing(database, keys, outbox, clock, disk)
    finally:
        database.close()
