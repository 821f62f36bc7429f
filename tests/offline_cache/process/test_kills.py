"""The store is killed in the middle of puts, and the client that repeats loses nothing and doubles nothing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from offline_cache.outbox.item import NewItem, Stored
from offline_cache.process.client import StoreClient
from offline_cache.process.parts import open_parts
from tests.offline_cache.process.standing import ENVIRONMENT, item, settings_of

KILLS = 100
SEED = 20261122


class Careless(StoreClient):
    """The positive control: makes a new key for every attempt."""

    def put_again(self, item: NewItem) -> Stored:
        while True:
            fresh = NewItem(uuid4(), item.order_key, item.kind, item.schema_version, item.body)
            stored = self.put(fresh, deadline_s=0.01)
            if isinstance(stored, Stored):
                return stored


@contextmanager
def dying_stores(folder: Path, kills: int) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.offline_cache.process.nursery", str(folder), str(SEED), str(kills)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as nursery:
        try:
            yield nursery
        finally:
            assert nursery.stdin is not None
            nursery.stdin.close()
            nursery.wait(30)


def deaths(nursery: "subprocess.Popen[str]") -> list[str]:
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.close()
    return nursery.stdout.read().split("\n")[:-1]


def kept(folder: Path) -> list[tuple[int, bytes]]:
    """Numbers and bodies of everything that the store holds, in its order."""
    parts = open_parts(settings_of(folder), lambda: None)
    try:
        claims = []
        while found := parts.outbox.claim(64):
            claims += found
            parts.outbox.acknowledge_many([(claim.idem, None) for claim in found])  # one of a lane at a time
        return sorted((claim.seq, claim.body) for claim in claims)
    finally:
        parts.close()


def test_a_store_killed_at_a_hundred_points_of_a_put_loses_and_doubles_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir(mode=0o700)
    acknowledged: list[Stored] = []
    with dying_stores(folder, KILLS) as nursery:
        client = StoreClient(folder, 20.0)
        for number in range(1, KILLS * 2 + 1):
            stored = client.put(item(number, b"body %d" % number))
            assert isinstance(stored, Stored), stored
            acknowledged.append(stored)
        client.close()
        told = deaths(nursery)
    # every one of them was killed, at each kind of point; the last was asked to end
    assert all(line.startswith("killed") for line in told[:-1])
    assert len(told) == KILLS + 1, f"only {len(told)} stores were needed (seed {SEED})"
    assert {line.split()[1] for line in told[:-1]} == {"before", "after", "answer"}
    assert any(stored.is_repeat for stored in acknowledged), "no kill fell between commit and answer"
    assert kept(folder) == [(stored.seq, b"body %d" % number) for number, stored in enumerate(acknowledged, 1)]


def test_a_client_that_makes_new_keys_is_found_out(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir(mode=0o700)
    wanted = 20
    with dying_stores(folder, 12) as nursery:
        client = Careless(folder)
        for number in range(1, wanted + 1):
            client.put_again(item(number, b"body %d" % number))
        client.close()
        deaths(nursery)
    assert len(kept(folder)) > wanted
