"""Store processes for tests: started as the terminal starts them, on a small ballast."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from kiosk.base.errors import Problem
from offline_cache.outbox.item import NewItem
from offline_cache.process.client import StoreClient
from offline_cache.process.settings import StoreSettings
from offline_cache.process.supervisor import StoreSupervisor
from tests.offline_cache.stores import BODY, TERMINAL

START_S = 20.0
"""How long a start may take on a machine that runs other tests as well."""


def settings_of(folder: Path, **more: object) -> StoreSettings:
    return StoreSettings(folder=str(folder), terminal_id=TERMINAL, ballast_bytes=1 << 16, **more)  # type: ignore[arg-type]


def item(number: int, body: bytes = BODY) -> NewItem:
    return NewItem(
        UUID(int=number, version=4), f"visit-{number}", "consultation", 1, body, slip_number=f"XH-01-{number:06d}"
    )


@dataclass
class Running:
    """A supervised store with a client."""

    folder: Path
    supervisor: StoreSupervisor
    client: StoreClient
    news: "queue.SimpleQueue[Problem | None]"

    def pid(self) -> int:
        pid = self.supervisor.pid
        assert pid is not None
        return pid


@contextmanager
def running(folder: Path, **times: float) -> Iterator[Running]:
    """A store that can be used."""
    news: queue.SimpleQueue[Problem | None] = queue.SimpleQueue()
    supervisor = StoreSupervisor(settings_of(folder), news.put, **times)
    client = StoreClient(folder, START_S)
    supervisor.start()
    try:
        first = news.get(timeout=START_S)
        assert first is None, first
        yield Running(folder, supervisor, client, news)
    finally:
        client.close()
        supervisor.stop()
