"""Visits with screens over unpaced emulators: touches, our own time of a visit, and resident memory."""

import statistics
import tempfile
from pathlib import Path

from tests.bench.figures import Figure, load, percentile
from tests.bench.hall import TimedHall, play
from tests.bench.start import Smallest, spread
from tests.bench.unique_memory import resident_kb

VISITS = 30
VISITS_BEFORE_WEIGHING = 20
TOUCHES = ("start", "choose", "begin", "read", "consent", "factor", "print", "printed", "done")
"""Steps whose touch changes the page."""
NOT_OURS = ("taken",)
"""The reader's three finds without the card, 0.2 s apart: they run while the papers are called for five seconds."""


def measure() -> list[Figure]:
    """The three figures of one row of visits."""
    with tempfile.TemporaryDirectory(prefix="budayang-bench-") as folder, TimedHall(Path(folder)) as hall:
        played = []
        resident: list[int] = []
        smallest: list[int] = []
        for number in range(1, VISITS + 1):
            played.append(play(hall, factor="code" if number % 2 else "password"))
            if number == VISITS_BEFORE_WEIGHING:
                resident.append(resident_kb(hall.terminal.pid))
                smallest += _weigh_smallest()
                resident.append(resident_kb(hall.terminal.pid))
    return [_touches(played), _own_time(played), _resident(resident, smallest)]


def _weigh_smallest(times: int = 3) -> list[int]:
    weighed = []
    for _ in range(times):
        window = Smallest()
        weighed.append(resident_kb(window.process.pid))
        window.stop()
    return weighed


def _touches(played: list[dict[str, dict[str, object]]]) -> Figure:
    first_pages = {step: [first_page_ms(visit[step]) for visit in played] for step in TOUCHES}
    every = [ms for found in first_pages.values() for ms in found]
    by_step = ", ".join(f"{step} {percentile(found, 0.95):.0f}" for step, found in first_pages.items())
    cold = max(found[0] for found in first_pages.values())
    return Figure(
        "touch_p95_ms",
        round(percentile(every, 0.95), 1),
        f"median {spread(every)} ms of {len(every)} touches in {len(played)} visits, 1080x1920, software; 95 % by touch:"
        f" {by_step} (factor waits for the platform's check); the slowest of the first visit {cold:.0f}; {load()}",
    )


def first_page_ms(step: dict[str, object]) -> float:
    pages = step["pages"]
    assert isinstance(pages, list)
    return float(pages[0][0])


def _own_time(played: list[dict[str, dict[str, object]]]) -> Figure:
    ours = [sum(_ms(step) for name, step in visit.items() if name not in NOT_OURS) for visit in played]
    steps = {name: statistics.median(_ms(visit[name]) for visit in played if name in visit) for name in played[0]}
    largest = sorted((ms, name) for name, ms in steps.items() if name not in NOT_OURS)[:-9:-1]
    taken = statistics.median(_ms(visit["taken"]) for visit in played)
    return Figure(
        "visit_own_ms",
        round(statistics.median(ours), 1),
        f"median {spread(ours)} ms of {len(ours)} visits: sum over all steps of stimulus (touch, card laid, clock) to the"
        " frame that shows its whole effect; with platform calls through client, cable and server, rendering of the"
        f" sheet of 360 rows in its child, the pause between two finds, the wipe; without the reader's wire (unpaced),"
        f" printers' time (unpaced), guard (0 s), thinking and hands, and the {taken:.0f} ms in which the reader makes sure"
        f" that the card is gone while papers are called; largest: {', '.join(f'{n} {ms:.0f}' for ms, n in largest)}; {load()}",
    )


def _ms(step: dict[str, object]) -> float:
    ms = step["ms"]
    assert isinstance(ms, float)
    return ms


def _resident(resident: list[int], smallest: list[int]) -> Figure:
    ours, least = statistics.median(resident), statistics.median(smallest)
    return Figure(
        "rss_ratio",
        round(ours / least, 3),
        f"terminal {ours / 1024:.1f} MB after {VISITS_BEFORE_WEIGHING} visits with slip and sheet of 360 rows, smallest"
        f" window {least / 1024:.1f} MB ({min(smallest) / 1024:.1f} to {max(smallest) / 1024:.1f}, 3 weighings); hosts and"
        " render child are processes of their own",
    )
