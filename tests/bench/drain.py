"""How fast the queue drains end to end, beside a bare client that sends batches made before the clock started.

Ours: a store process with sealed items; its drain opens them, packs batches, sends them over HTTP, and acknowledges durably in the
store. The bare client posts the same items, encoded beforehand, one batch after the other over one kept connection, and
reads the answers. Both talk to one reference platform (a process of its own) on PostgreSQL, whose flushes are off: its part is as
short as it gets, so ours weighs the more. Rounds are interleaved, their order shuffled; afterwards the platform's books are counted.
"""

import http.client
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from uuid import uuid4

import msgspec
import psycopg

from kiosk.base.errors import Problem
from offline_cache.outbox.item import NewItem
from offline_cache.process.client import StoreClient
from offline_cache.process.parts import open_parts
from offline_cache.process.protocol import StoreStatus
from offline_cache.process.supervisor import StoreSupervisor
from offline_cache.sync.contract import LONGEST_BATCH, IntakeBatch, IntakeItem, IntakeReply
from tests.bench.figures import ROOT, Figure, NotMeasuredError, load
from tests.offline_cache.process.standing import START_S, settings_of
from tests.provisioning.platform.clusters import postgresql_cluster
from tests.provisioning.platform.intake.submissions import consultation
from tests.provisioning.platform.running import start_platform

KEY = "drain_ratio"
ITEMS = 600
ROUNDS = 7
WITHIN_S = 120.0
LOOK_S = 0.04
_MOMENT = "2026-11-22T09:00:00+08:00"


@dataclass(frozen=True)
class Platform:
    """Where it is, and its books."""

    port: int
    database_url: str

    def kept(self, terminal_id: str) -> int:
        """Cases that took effect for this terminal."""
        with psycopg.connect(self.database_url) as connection:
            row = connection.execute(
                "SELECT count(*) FROM consultation_case WHERE terminal_id = %s", (terminal_id,)
            ).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def platform(folder: Path) -> Iterator[Platform]:
    """A platform of its own on PostgreSQL."""
    with postgresql_cluster() as url:
        process = start_platform(folder, "--database-url", url)
        try:
            yield Platform(process.port, url)
        finally:
            process.stop()


def bodies(count: int) -> list[bytes]:
    """Consultations of about 1 KiB, each of a visit of its own."""
    made = []
    for number in range(count):
        body = consultation(visit_id=f"visit-{number}", content="办理居住证续期需要哪些材料，" * 17 + f"{number:06d}")
        made.append(json.dumps(body, ensure_ascii=False).encode())
    return made


def fill(folder: Path, terminal_id: str, made: list[bytes]) -> None:
    """A store with so many items in it, which nobody serves now."""
    parts = open_parts(settings_of(folder, terminal_id=terminal_id), lambda: None)
    try:
        items = [NewItem(uuid4(), f"visit-{uuid4().hex}", "consultation", 1, body) for body in made]
        for first in range(0, len(items), 100):
            parts.outbox.put_many(items[first : first + 100])
    finally:
        parts.close()


def ours(folder: Path, platform: Platform, terminal_id: str, made: list[bytes]) -> float:
    """Items a second, from the store process's word that it serves until its books are empty.

    The drain's thread starts some milliseconds before that word; the look that finds the books empty comes up to `LOOK_S` late.
    """
    fill(folder, terminal_id, made)
    settings = settings_of(folder, terminal_id=terminal_id, base_url=f"http://127.0.0.1:{platform.port}")
    news: SimpleQueue[Problem | None] = SimpleQueue()
    supervisor, client = StoreSupervisor(settings, news.put), StoreClient(folder)
    supervisor.start()
    try:
        problem = news.get(timeout=START_S)
        begun = time.perf_counter()
        if problem is not None:
            raise NotMeasuredError(f"the store did not open: {problem.key}")
        status = client.status()
        while not isinstance(status, StoreStatus) or status.outbox.queued:
            if time.perf_counter() - begun > WITHIN_S:
                raise NotMeasuredError(f"not drained in {WITHIN_S:g} s")
            time.sleep(LOOK_S)  # the store tells no client when an item has ended
            status = client.status()
        took = time.perf_counter() - begun
        assert status.outbox.dead == 0, "an item was refused"
    finally:
        client.close()
        supervisor.stop()
    assert platform.kept(terminal_id) == len(made), "the platform's books differ"
    return len(made) / took


def batches(terminal_id: str, made: list[bytes]) -> list[bytes]:
    """The same items as the store would send them, encoded."""
    store_id = str(uuid4())
    items = [
        IntakeItem(str(uuid4()), number, f"visit-{uuid4().hex}", "consultation", 1, None, _MOMENT, None, body.decode())
        for number, body in enumerate(made, 1)
    ]
    parts = [tuple(items[first : first + LONGEST_BATCH]) for first in range(0, len(items), LONGEST_BATCH)]
    return [msgspec.json.encode(IntakeBatch(terminal_id, store_id, part)) for part in parts]


def bare(platform: Platform, terminal_id: str, made: list[bytes]) -> float:
    """Items a second."""
    encoded = batches(terminal_id, made)
    line = http.client.HTTPConnection("127.0.0.1", platform.port, timeout=30)
    accepted = 0
    try:
        line.connect()
        begun = time.perf_counter()
        for body in encoded:
            line.request("POST", "/v1/intake", body, {"Content-Type": "application/json", "X-Terminal-Id": terminal_id})
            reply = msgspec.json.decode(line.getresponse().read(), type=IntakeReply)
            accepted += sum(one.code == "accepted" for one in reply.outcomes)
        took = time.perf_counter() - begun
    finally:
        line.close()
    assert accepted == platform.kept(terminal_id) == len(made), "the platform did not take all"
    return len(made) / took


def measure(rounds: int = ROUNDS, count: int = ITEMS) -> Figure:
    """The ratio of the medians; one round before them warms the platform and does not count."""
    made = bodies(count)
    found: dict[str, list[float]] = {"ours": [], "bare": []}
    chance = random.Random()
    # on the disk of the checkout, never on a memory file system
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="drain-", dir=ROOT / "build") as name:
        folder = Path(name)
        with platform(folder / "platform") as there:
            for number in range(rounds + 1):
                for way in chance.sample(("ours", "bare"), 2):
                    terminal_id = f"D-{way[0].upper()}{number}"
                    if way == "ours":
                        rate = ours(folder / f"store-{number}", there, terminal_id, made)
                    else:
                        rate = bare(there, terminal_id, made)
                    if number:
                        found[way].append(rate)
    mine, least = statistics.median(found["ours"]), statistics.median(found["bare"])
    each = [one / other for one, other in zip(found["ours"], found["bare"], strict=True)]
    return Figure(
        KEY,
        round(mine / least, 2),
        f"{min(each):.2f}–{max(each):.2f}; drained {mine:.0f} ({min(found['ours']):.0f}–{max(found['ours']):.0f}) items/s, bare client"
        f" {least:.0f} ({min(found['bare']):.0f}–{max(found['bare']):.0f}), {rounds} rounds of {count} consultations of"
        f" {len(made[0])} B, PostgreSQL with its flushes off; {load()}",
    )
