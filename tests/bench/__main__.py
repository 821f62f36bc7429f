"""``python -m tests.bench [KEY,KEY …]``: measures, prints the table, merges into build/bench.json; 1 when a limit is missed."""

import os
import sys
import time
from collections.abc import Callable

from tests.bench import (
    card,
    devices,
    drain,
    drain_screen,
    faults,
    hosts,
    offline,
    residue,
    services,
    soak,
    start,
    visits,
)
from tests.bench.figures import FILE, LIMITS, ROOT, Figure, NotMeasuredError, commit, load, merge, row
from tests.offline_cache.process import measured as store_process
from tests.offline_cache.reference import measured as search

Run = Callable[[set[str]], list[Figure]]

# what looks at the clock comes first, while nothing else runs
RUNS: tuple[tuple[tuple[str, ...], Run], ...] = (
    (("first_frame_extra_ms", "ready_s"), start.measure),
    (("apdu_host_ms", "frame_latency_ms", "stale_frames", "scan_overhead_ratio"), devices.measure),
    (("host_overhead_ms", "recovery_s", "hosts_pss_mb"), hosts.measure),
    (services.KEYS, services.measure),
    (("search_p95_ms",), lambda _keys: search.measure()),
    (("put_ipc_p50_ms",), lambda _keys: [store_process.measure(ROOT / "build")]),
    ((drain.KEY,), lambda _keys: [drain.measure()]),
    (("card_ratio",), lambda _keys: card.measure()),
    ((drain_screen.KEY,), lambda _keys: [drain_screen.measure()]),
    (("touch_p95_ms", "rss_ratio", "visit_own_ms"), lambda _keys: visits.measure()),
    (("soak_headless_kb", "soak_screens_kb"), soak.measure),
    (
        (
            "lost",
            "fsyncs_per_put_8",
            "put_ratio",
            "put8_ratio",
            "roundtrip_ratio",
            "roundtrip_localqueue_ratio",
        ),
        offline.measure,
    ),
    (("faults_failed",), lambda _keys: faults.measure()),
    (("residue",), lambda _keys: residue.measure()),
)


def wanted_keys(arguments: list[str]) -> set[str]:
    """The keys asked for by arguments or ``ONLY``, separated by commas; all when none is.

    Raises:
        ValueError: names what is no key.
    """
    asked = {key for word in [*arguments, os.environ.get("ONLY", "")] for key in word.split(",") if key}
    if unknown := asked - LIMITS.keys():
        raise ValueError(f"no such figure: {', '.join(sorted(unknown))}; there are: {', '.join(LIMITS)}")
    return asked or set(LIMITS)


def main(arguments: list[str]) -> int:
    """Exit status 0, 1 for a missed limit or a figure that could not be measured, 2 for an unknown key."""
    try:
        keys = wanted_keys(arguments)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    start.quiet_environment()
    at, begun, is_good = commit(), time.monotonic(), True
    print(f"commit {at}, {load()}", flush=True)
    for names, run in RUNS:
        if not keys & set(names):
            continue
        try:
            figures = [figure for figure in run(keys) if figure.key in keys]
        except NotMeasuredError as reason:
            print(f"{', '.join(names):22} not measured: {reason}", flush=True)
            is_good = False
            continue
        merge(figures, at)
        for figure in figures:
            print(row(figure), flush=True)
            is_good = is_good and figure.is_reached
    print(f"{time.monotonic() - begun:.0f} s; {FILE}")
    return 0 if is_good else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
