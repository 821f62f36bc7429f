"""``python -m tests.bench.queue_run QUEUE THREADS ITEMS FOLDER``: one queue in a fresh process; prints one line of JSON.

One durable commit a call: `ITEMS` puts of 1 KiB by so many threads, then, with one thread, get and acknowledgement of each.
Peers stand in their durable configuration. Payloads are printable, no two alike, the item's number in front.
"""

import gc
import importlib
import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from kiosk.base.clock import SystemClock
from offline_cache.outbox.item import NewItem
from offline_cache.outbox.outbox import DatabaseKeys, Outbox
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.store.connection import Row, SqliteConnection, Value
from offline_cache.store.database import Database
from offline_cache.store.space import Bounds
from offline_cache.vault.holders import Strength
from offline_cache.vault.opening import VaultChoice, open_vault

PAYLOAD_BYTES = 1024


class Queue(Protocol):
    """What is compared. The peers are packages of the bench alone: imported where they are used."""

    def prepared(self, payload: bytes) -> Any:
        """What the caller has before it puts it in: not part of what is timed."""

    def put_prepared(self, prepared: Any) -> None:
        """Durable when it returns."""

    def take(self) -> bytes:
        """The next one, acknowledged; for a queue that keeps what is not acknowledged."""


class Counting(SqliteConnection):
    """Counts what flushes the disk: a commit once, also that of a statement by itself, a checkpoint twice (log and file)."""

    flushes = 0

    def execute(self, statement: str, values: Sequence[Value] = ()) -> Iterable[Row]:
        if statement == "COMMIT" or (statement[:6] == "INSERT" and not self._connection.in_transaction):
            Counting.flushes += 1
        elif statement.startswith("PRAGMA wal_checkpoint"):
            Counting.flushes += 2
        return super().execute(statement, values)


class Ours:
    """The outbox in its process, sealing with AES-256-GCM, a vault beside it; a lane for each item, as each visit has one."""

    def __init__(self, folder: Path) -> None:
        database = Database(folder / "store", Counting)
        database.ballast.restore()
        table = DatabaseKeys(database)
        vault = open_vault(folder / "store", VaultChoice(Strength.FILE), table.wrapped_keys().values())
        clock = SystemClock()
        keys = EpochKeys(vault, table, clock)
        self.outbox = Outbox(database, keys, "XH-01", clock, Bounds(free_bytes=0))
        self._ids = random.Random()

    def prepared(self, payload: bytes) -> NewItem:
        """An item's key is made when its form is opened."""
        idem = UUID(int=self._ids.getrandbits(128), version=4)
        return NewItem(idem, f"visit-{idem.hex}", "consultation", 1, payload)

    def put_prepared(self, prepared: NewItem) -> None:
        self.outbox.put(prepared)

    def put(self, payload: bytes) -> None:
        self.outbox.put(self.prepared(payload))

    def take(self) -> bytes:
        (claim,) = self.outbox.claim(1)
        self.outbox.acknowledge(claim.idem, "R")
        return claim.body


class PersistQueue:
    """persist-queue's SQLiteAckQueue, each call its own commit."""

    def __init__(self, folder: Path) -> None:
        queue = importlib.import_module("persistqueue").SQLiteAckQueue
        self.queue: Any = queue(str(folder / "queue"), multithreading=True, auto_commit=True)

    def prepared(self, payload: bytes) -> bytes:
        return payload

    def put(self, payload: bytes) -> None:
        self.queue.put(payload)

    put_prepared = put

    def take(self) -> bytes:
        payload: bytes = self.queue.get()
        self.queue.ack(payload)
        return payload


class AsItIs:
    """localqueue's serializer for bytes that are bytes already."""

    def dumps(self, obj: bytes, /) -> bytes:
        return obj

    def loads(self, data: bytes, /) -> bytes:
        return data


class LocalQueue:
    """localqueue, asked for durability (its default is not), bytes as they are."""

    def __init__(self, folder: Path) -> None:
        peer = importlib.import_module("localqueue")
        self.queue: Any = peer.SimpleQueue(
            str(folder / "queue.db"), durability=peer.DurabilityMode.DURABLE, serializer=AsItIs()
        )

    def prepared(self, payload: bytes) -> bytes:
        return payload

    def put(self, payload: bytes) -> None:
        self.queue.put(payload)

    put_prepared = put

    def take(self) -> bytes:
        job = self.queue.get()
        self.queue.ack(job)
        payload: bytes = job.data
        return payload


class Huey:
    """huey's storage with fsync; taking out deletes: at most once."""

    def __init__(self, folder: Path) -> None:
        storage = importlib.import_module("huey.storage").SqliteStorage
        self.queue: Any = storage(name="bench", filename=str(folder / "queue.db"), fsync=True)

    def prepared(self, payload: bytes) -> bytes:
        return payload

    def put(self, payload: bytes) -> None:
        self.queue.enqueue(payload)

    put_prepared = put

    def take(self) -> bytes:
        payload: bytes = self.queue.dequeue()
        return payload


QUEUES: dict[str, Callable[[Path], Queue]] = {
    "budayang": Ours,
    "persist-queue": PersistQueue,
    "localqueue": LocalQueue,
    "huey": Huey,
}


def payloads(count: int) -> list[bytes]:
    """So many of `PAYLOAD_BYTES`, each beginning with its number."""
    chance = random.Random(7)
    letters = bytes(range(33, 127))
    return [
        (b"%08d " % number + bytes(chance.choices(letters, k=PAYLOAD_BYTES)))[:PAYLOAD_BYTES] for number in range(count)
    ]


def _put_all(queue: Queue, items: Sequence[Any], threads: int, times: list[float]) -> float:
    """Seconds in all."""

    def run(part: Sequence[Any]) -> None:
        for one in part:
            begun = time.perf_counter()
            queue.put_prepared(one)
            times.append(time.perf_counter() - begun)

    workers = [threading.Thread(target=run, args=(items[number::threads],)) for number in range(1, threads)]
    begun = time.perf_counter()
    for worker in workers:
        worker.start()
    run(items[::threads])
    for worker in workers:
        worker.join()
    return time.perf_counter() - begun


def run(name: str, threads: int, count: int, folder: Path) -> dict[str, float]:
    """Puts a second, put p50 and p99 (s), get and acknowledgement a second, flushes a put (ours)."""
    queue = QUEUES[name](folder)
    items = payloads(count)
    prepared = [queue.prepared(item) for item in items]
    queue.put_prepared(queue.prepared(b"warm"))
    assert queue.take() == b"warm"
    gc.collect()
    flushes, times = Counting.flushes, list[float]()
    put_s = _put_all(queue, prepared, threads, times)
    flushes = Counting.flushes - flushes
    times.sort()
    begun, got = time.perf_counter(), set[bytes]()
    for _ in range(count if threads == 1 else 0):
        got.add(queue.take())
    take_s = time.perf_counter() - begun
    assert threads > 1 or got == set(items), "an item was lost"
    return {
        "put": count / put_s,
        "p50": times[count // 2],
        "p99": times[count * 99 // 100],
        "take": count / take_s,
        "round": count / (put_s + take_s),
        "flushes": flushes / count,
    }


if __name__ == "__main__":
    json.dump(run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])), sys.stdout)
