"""``python -m tests.bench.acknowledging put QUEUE COUNT FOLDER | left QUEUE``: both ends of a power cut that is played.

``put``: puts that many items, the first half by one thread, the rest by eight, tells ``ready`` and then each item's number once its put
has returned, and goes without closing anything. ``left``: reads names of folders, one a line; answers each with the numbers of the
items that the same library finds there, as JSON, or with null when it cannot open it.
"""

import contextlib
import importlib
import json
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from offline_cache.outbox.outbox import Outbox
from tests.bench.queue_run import AsItIs, Huey, LocalQueue, Ours, PersistQueue, payloads

THREADS = 8


class Putting(Protocol):
    """What of a queue is asked here."""

    def put(self, payload: bytes) -> None:
        """Returns when the queue has acknowledged it."""


class OnlyNormal:
    """The control: SQLite as most programs run it. What it has committed may be gone."""

    def __init__(self, folder: Path) -> None:
        self._lock = threading.Lock()
        self.connection = sqlite3.connect(folder / "queue.db", isolation_level=None, check_same_thread=False)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=NORMAL")
        self.connection.execute("CREATE TABLE IF NOT EXISTS item (seq INTEGER PRIMARY KEY, body BLOB)")

    def put(self, payload: bytes) -> None:
        with self._lock:
            self.connection.execute("INSERT INTO item (body) VALUES (?)", (payload,))


class LocalQueueAsShipped:
    """localqueue without being asked for durability."""

    def __init__(self, folder: Path) -> None:
        self.peer: Any = importlib.import_module("localqueue")
        self.queue: Any = self.peer.SimpleQueue(str(folder / "queue.db"), serializer=AsItIs())

    def put(self, payload: bytes) -> None:
        self.queue.put(payload)


OPENED: dict[str, Callable[[Path], Putting]] = {
    "budayang": Ours,
    "persist-queue": PersistQueue,
    "localqueue": LocalQueue,
    "huey": Huey,
    "localqueue as shipped": LocalQueueAsShipped,
    "sqlite3, NORMAL": OnlyNormal,
}


def _ours(folder: Path) -> Iterable[bytes]:
    outbox: Outbox = Ours(folder).outbox
    return [claim.body for claim in outbox.claim(1_000_000)]


def _persist_queue(folder: Path) -> Iterable[bytes]:
    return [row["data"] for row in PersistQueue(folder).queue.queue()]


def _localqueue(folder: Path) -> Iterable[bytes]:
    opened = LocalQueueAsShipped(folder)
    with contextlib.suppress(opened.peer.Empty):
        while True:
            yield opened.queue.get_nowait().data


def _huey(folder: Path) -> Iterable[bytes]:
    found: list[bytes] = Huey(folder).queue.enqueued_items()
    return found


def _only_normal(folder: Path) -> Iterable[bytes]:
    return [row[0] for row in OnlyNormal(folder).connection.execute("SELECT body FROM item")]


LEFT: dict[str, Callable[[Path], Iterable[bytes]]] = {
    "budayang": _ours,
    "persist-queue": _persist_queue,
    "localqueue": _localqueue,
    "huey": _huey,
    "localqueue as shipped": _localqueue,
    "sqlite3, NORMAL": _only_normal,
}


def put(name: str, count: int, folder: Path) -> None:
    queue = OPENED[name](folder)
    items = payloads(count)
    os.write(1, b"ready\n")

    def run(numbers: range) -> None:
        for number in numbers:
            queue.put(items[number])
            os.write(1, b"%d\n" % number)

    run(range(count // 2))
    threads = [
        threading.Thread(target=run, args=(range(count // 2 + first, count, THREADS),)) for first in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os._exit(0)  # without the clean end that would make up for what was not synced


def left(name: str) -> None:
    for line in sys.stdin:
        try:
            found = [int(body[:8]) for body in LEFT[name](Path(line.rstrip("\n")))]
        except Exception:  # noqa: BLE001 - whatever a library says to a broken file: nothing can be had of it
            found = None
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "put":
        put(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        left(sys.argv[2])
