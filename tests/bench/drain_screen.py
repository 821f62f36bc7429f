"""Touches while the queue drains: the real terminal with its own store process, and a platform that takes in what had waited.

Before the terminal starts, its store is filled; then citizens come, visit after visit, while the drain runs at the pace that the
terminal gives it. A touch counts from press to the first frame of the page it leads to. It counts only if the drain was at
work all the while: more was taken in with every visit, and something was left at the end.
"""

import itertools
import tempfile
from pathlib import Path
from uuid import uuid4

import msgspec

from kiosk.base.config import load_config
from offline_cache.outbox.item import NewItem
from offline_cache.process.client import StoreClient
from offline_cache.process.configured import store_settings
from offline_cache.process.parts import open_parts
from offline_cache.process.protocol import StoreStatus
from tests.bench.drain import bodies
from tests.bench.figures import Figure, NotMeasuredError, load, percentile
from tests.bench.hall import TimedHall, play
from tests.bench.start import spread
from tests.bench.visits import TOUCHES, first_page_ms
from tests.journeys.hall import DrivenTerminal

KEY = "ui_during_drain_p95_ms"
LEAST_TOUCHES = 200
ITEMS = 2_000


class FilledHall(TimedHall):
    """A hall whose terminal finds a full queue."""

    def __init__(self, directory: Path, items: int) -> None:
        self._items = items
        self.store = Path()
        super().__init__(directory)

    def start_terminal(self, **options: float) -> DrivenTerminal:
        settings = store_settings(load_config(self.world.config))
        self.store = Path(settings.folder)
        parts = open_parts(msgspec.structs.replace(settings, base_url=""), lambda: None)
        try:
            made = bodies(100)
            for _ in range(self._items // len(made)):
                parts.outbox.put_many(
                    [NewItem(uuid4(), f"visit-{uuid4().hex}", "consultation", 1, body) for body in made]
                )
        finally:
            parts.close()
        return super().start_terminal(**options)


def measure(least_touches: int = LEAST_TOUCHES, items: int = ITEMS) -> Figure:
    """The 95th percentile over all touches that change the page."""
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as folder, FilledHall(Path(folder), items) as hall:
        client = StoreClient(hall.store)
        try:
            touches: dict[str, list[float]] = {step: [] for step in TOUCHES}
            waiting = [_waiting(client)]
            while sum(map(len, touches.values())) < least_touches:
                visit = play(hall, factor="code" if len(waiting) % 2 else "password")
                for step, found in touches.items():
                    found.append(first_page_ms(visit[step]))
                waiting.append(_waiting(client))
        finally:
            client.close()
    drained = [before - after for before, after in itertools.pairwise(waiting)]
    if min(drained) <= 0 or waiting[-1] <= 0:
        raise NotMeasuredError(f"the drain was not at work all the while: {waiting}")
    every = [ms for found in touches.values() for ms in found]
    by_step = ", ".join(f"{step} {percentile(found, 0.95):.0f}" for step, found in touches.items())
    return Figure(
        KEY,
        round(percentile(every, 0.95), 1),
        f"median {spread(every)} ms of {len(every)} touches in {len(drained)} visits; 95 % by touch: {by_step} (factor waits for the"
        f" platform, which is taking items in); meanwhile {sum(drained)} items drained"
        f" ({min(drained)} to {max(drained)} a visit), {waiting[-1]} left; terminal, store, platform and lab on one machine,"
        f" 1080x1920, software; {load()}",
    )


def _waiting(client: StoreClient) -> int:
    status = client.status()
    if not isinstance(status, StoreStatus):
        raise NotMeasuredError(f"the store does not answer: {status.key}")
    return status.outbox.queued
