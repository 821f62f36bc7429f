"""The figure of a put as the terminal sees it: through the socket, from a worker thread beside a busy screen, over one inside the store.

Both are children with the terminal's allocator on the same real disk, in interleaved rounds: ``inside`` opens the store and puts; ``through``
supervises a store process and puts by `StoreClient`, while its main thread is a screen's stand-in that computes in Python for 6 of each
16.7 ms. Bodies of 1 KiB, one durable commit each. Medians of all rounds' puts.

``python -m tests.offline_cache.process.measured inside|through FOLDER COUNT`` prints the milliseconds of each put as JSON.
"""

import json
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from kiosk.base.errors import Problem
from offline_cache.outbox.item import NewItem, Stored
from offline_cache.process.client import StoreClient
from offline_cache.process.parts import open_parts
from offline_cache.process.supervisor import StoreSupervisor
from tests.bench.figures import ROOT, Figure, NotMeasuredError, load
from tests.offline_cache.process.standing import ENVIRONMENT, START_S, settings_of

KEY = "put_ipc_p50_ms"
PUTS, ROUNDS = 300, 5
FRAME_S, BUSY_S = 1 / 60, 0.006


def an_item() -> NewItem:
    return NewItem(uuid4(), str(uuid4()), "consultation", 1, uuid4().bytes * 64)


def timed(put: Callable[[NewItem], object], count: int) -> list[float]:
    """Milliseconds of each put; two before them do not count."""
    times = []
    for number in range(count + 2):
        item = an_item()
        begun = time.perf_counter()
        put(item)
        if number >= 2:
            times.append((time.perf_counter() - begun) * 1e3)
    return times


def inside(folder: Path, count: int) -> list[float]:
    parts = open_parts(settings_of(folder), lambda: None)
    try:
        return timed(parts.outbox.put, count)
    finally:
        parts.close()


def through(folder: Path, count: int) -> list[float]:
    news: queue.SimpleQueue[Problem | None] = queue.SimpleQueue()
    supervisor = StoreSupervisor(settings_of(folder), news.put)
    client = StoreClient(folder)
    times: list[float] = []

    def put(item: NewItem) -> None:
        stored = client.put(item)
        assert isinstance(stored, Stored), stored

    supervisor.start()
    try:
        if news.get(timeout=START_S) is not None:
            raise NotMeasuredError("the store did not open")
        worker = threading.Thread(target=lambda: times.extend(timed(put, count)))
        worker.start()
        be_a_busy_screen_until(lambda: not worker.is_alive())
        worker.join()
    finally:
        client.close()
        supervisor.stop()
    return times


def be_a_busy_screen_until(has_ended: Callable[[], bool]) -> None:
    """Computes in Python for `BUSY_S` of each frame, as a screen's handlers would, holding the interpreter's lock."""
    frame = time.perf_counter()
    while not has_ended():
        total = 0
        while time.perf_counter() < frame + BUSY_S:
            total += sum(range(50))
        frame += FRAME_S
        time.sleep(max(0.0, frame - time.perf_counter()))


def measure(root: Path | None = None, rounds: int = ROUNDS, puts: int = PUTS) -> Figure:
    """The ratio of the medians. Raises NotMeasuredError."""
    found: dict[str, list[float]] = {"inside": [], "through": []}
    medians: dict[str, list[float]] = {"inside": [], "through": []}
    for number in range(rounds):
        for way in ("inside", "through") if number % 2 else ("through", "inside"):
            times = run_once(way, puts, root)
            found[way] += times
            medians[way].append(statistics.median(times))
    own, seen = statistics.median(found["inside"]), statistics.median(found["through"])
    detail = (
        f"through the socket p50 {seen:.2f} ms (rounds {min(medians['through']):.2f}-{max(medians['through']):.2f}), inside the store"
        f" {own:.2f} ms ({min(medians['inside']):.2f}-{max(medians['inside']):.2f}), {rounds} rounds of {puts} puts of 1 KiB; {load()}"
    )
    return Figure(KEY, seen / own, detail)


def run_once(way: str, puts: int, root: Path | None) -> list[float]:
    """One round in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="put-", dir=root) as folder:
        command = [sys.executable, "-m", "tests.offline_cache.process.measured", way, f"{folder}/store", str(puts)]
        done = subprocess.run(
            command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=300
        )
    if done.returncode:
        raise NotMeasuredError(f"{way}: {done.stderr.strip().splitlines()[-1:]}")
    times: list[float] = json.loads(done.stdout)
    return times


def main() -> None:
    way = {"inside": inside, "through": through}[sys.argv[1]]
    print(json.dumps(way(Path(sys.argv[2]), int(sys.argv[3]))))


if __name__ == "__main__":
    main()
