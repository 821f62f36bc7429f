"""``python -m tests.offline_cache.store.clocked FOLDER BOOT STEP…``: a store in a process whose wall clock a test moves (libfaketime).

Steps: ``put`` an item that expires after an hour of trusted time, ``expire``, ``learn``: the platform's time (the environment's
``PLATFORM_S``), ``list``. Prints one line of JSON a step.
"""

import json
import os
import sys
import time
from pathlib import Path
from uuid import uuid4

from kiosk.base.clock import SystemClock
from offline_cache.outbox.item import NewItem
from offline_cache.outbox.outbox import DatabaseKeys, Outbox
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.store.database import Database
from offline_cache.store.space import Ballast, Bounds
from tests.offline_cache.stores import TERMINAL, EndlessDisk, OpenVault

HOUR_S = 3600.0


def run(folder: Path, boot: str, steps: list[str]) -> list[object]:
    """What each step says."""
    database = Database(folder, ballast=Ballast(folder / "ballast", 4096))
    try:
        database.ballast.restore()
        clock = SystemClock()
        keys = EpochKeys(OpenVault(), DatabaseKeys(database), clock)
        outbox = Outbox(database, keys, TERMINAL, clock, Bounds(), EndlessDisk(), boot=lambda: boot)
        said: list[object] = []
        for step in steps:
            if step == "put":
                said.append(outbox.put(NewItem(uuid4(), "visit", "rating", 1, b"body", expires_after_s=HOUR_S)).seq)
            elif step == "expire":
                said.append(outbox.bury_expired())
            elif step == "learn":
                outbox.learn_time(float(os.environ["PLATFORM_S"]) - clock.now().timestamp())
                outbox.tidy()
                said.append(None)
            else:
                status = outbox.status()
                sent = []
                while claims := outbox.claim(9):
                    sent += [claim.seq for claim in claims]
                    for claim in claims:
                        outbox.acknowledge(claim.idem, None)
                said.append(
                    {"year": time.gmtime().tm_year, "sent": sent, "dead": status.dead, "oldest_s": status.oldest_s,
                     "is_open": not hasattr(outbox.reserve(1, 1), "key")}
                )  # fmt: skip
        return said
    finally:
        database.close()


if __name__ == "__main__":
    json.dump(run(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]), sys.stdout)
