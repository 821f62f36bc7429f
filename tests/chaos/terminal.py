"""``python -m tests.chaos.terminal FOLDER TERMINAL PORT COUNT SEED [careless]``: a terminal under chaos.

Puts `COUNT` items into a real store while its drain runs, tells each on standard output once the store has promised it
(``put KEY``), then ``empty`` when nothing is queued any more. A start after a kill goes on where the store says it was: items have
keys made from the seed, so a put whose promise was lost is repeated, not doubled. ``careless``: the positive control, a drain that
makes a new key and number for each attempt.
"""

import contextlib
import json
import random
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from kiosk.base.clock import SystemClock
from kiosk.base.confinement import end_with_parent
from offline_cache.attachments.attachments import Attachments
from offline_cache.outbox.item import NewItem
from offline_cache.outbox.outbox import DatabaseKeys, Outbox
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.store.database import Database
from offline_cache.store.space import Ballast, Bounds
from offline_cache.sync.contract import IntakeBatch
from offline_cache.sync.drain import Sync, SyncSettings
from offline_cache.sync.http_transport import HttpTransport, TransportSettings
from offline_cache.sync.transport import BatchAnswer
from tests.offline_cache.stores import EndlessDisk, OpenVault

LANES = 4
HASTE = 50.0
PAUSE_S = 0.2


class HastyClock(SystemClock):
    """Its monotonic seconds run fast, so that the pauses of retry and breaker fit into a test; sockets keep the real ones."""

    def monotonic(self) -> float:
        return super().monotonic() * HASTE


class CarelessTransport(HttpTransport):
    """The positive control under chaos."""

    def send(self, batch: IntakeBatch) -> BatchAnswer:
        chance = random.SystemRandom()
        items = tuple(
            replace(item, key=str(UUID(int=chance.getrandbits(128), version=4)), seq=chance.getrandbits(60) + 1)
            for item in batch.items
        )
        return super().send(replace(batch, items=items))


def item(seed: int, number: int) -> NewItem:
    """Item `number` of this terminal: the same at every start."""
    chance = random.Random(seed * 1_000_003 + number)
    idem = UUID(int=chance.getrandbits(128), version=4)
    body = {
        "visit_id": f"visit-{number}",
        "type": "consultation",
        "title": f"{number}",
        "content": "问" * chance.randint(10, 900),
        "applicant": {"id_number": "440308199901101512", "name": "李思远"},
    }
    return NewItem(idem, f"lane-{number % LANES}", "consultation", 1, json.dumps(body, ensure_ascii=False).encode())


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main(folder: Path, terminal_id: str, port: int, count: int, seed: int, is_careless: bool) -> None:
    """Runs until told to end by SIGTERM."""
    clock, hasty = SystemClock(), HastyClock()
    database = Database(folder, ballast=Ballast(folder / "ballast", 1 << 16))
    keys = EpochKeys(OpenVault(), DatabaseKeys(database), clock)
    outbox = Outbox(database, keys, terminal_id, hasty, Bounds(), EndlessDisk())
    files = Attachments(database, keys, terminal_id, clock, outbox.room)
    settings = TransportSettings(f"http://127.0.0.1:{port}", terminal_id, connect_s=2, read_s=2, deadline_s=3)
    transport = (CarelessTransport if is_careless else HttpTransport)(settings, clock)
    times = SyncSettings(terminal_id, idle_s=0.3, report_s=100, tidy_s=100, first_ask_s=5)
    sync = Sync(outbox, transport, files, hasty, random.Random(), times)
    sync.start()
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    chance = random.Random()
    number = 0
    try:
        while not ended.is_set():
            if number < count:
                one = item(seed, number)
                if outbox.state_of(one.idem) is None:
                    outbox.put(one)
                _say("put", one.idem)
                number += 1
                sync.wake()
                ended.wait(chance.uniform(0, PAUSE_S))
            elif outbox.status().queued == 0:
                _say("empty", len(outbox.dead_letters()))
                ended.wait()
            else:
                ended.wait(0.1)
    finally:
        sync.stop()
        transport.close()
        database.close()


if __name__ == "__main__":
    end_with_parent(int(sys.argv[6]))
    with contextlib.suppress(BrokenPipeError):
        main(
            Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), "careless" in sys.argv
        )
