"""What is measured: keys, limits, units; the file of results and the table."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "build" / "bench.json"


@dataclass(frozen=True)
class Limit:
    """`must` is the largest value that is good enough, or the smallest one where more is better."""

    must: float
    unit: str
    measure: str
    more_is_better: bool = False


LIMITS: dict[str, Limit] = {
    "first_frame_extra_ms": Limit(250, "ms", "start to first frame, beyond the smallest QML window"),
    "ready_s": Limit(3, "s", "start to card readable and platform known"),
    "card_ratio": Limit(1.4, "x", "reader's 9F to the name's frame, over the wire time of select and read"),
    "touch_p95_ms": Limit(100, "ms", "touch to first frame of the next page, 95th percentile"),
    "rss_ratio": Limit(1.6, "x", "resident memory after 20 visits, over the smallest QML window"),
    "soak_headless_kb": Limit(512, "kB", "growth of unique memory, last 200 of 1,000 headless visits"),
    "soak_screens_kb": Limit(512, "kB", "growth of unique memory, last 200 of 300 visits with screens"),
    "visit_own_ms": Limit(1500, "ms", "a whole visit, our own time only"),
    "residue": Limit(0, "places", "where the citizen's data is found after a visit's end"),
    "apdu_host_ms": Limit(
        2, "ms", "our own time an APDU in a read of a travel document with BAC, the card's taken out"
    ),
    "host_overhead_ms": Limit(
        5, "ms", "round trip through a device host beyond the driver's own time, 95th percentile"
    ),
    "recovery_s": Limit(3, "s", "host killed to device usable again, 95th percentile of 5 kills of each class"),
    "frame_latency_ms": Limit(40, "ms", "frame made to seen by the session, 1080p at 25 fps, 95th percentile"),
    "stale_frames": Limit(0, "frames", "delivered twice or out of order"),
    "scan_overhead_ratio": Limit(1.3, "x", "40 pages from both sides to disk, over scanimage's batch"),
    "faults_failed": Limit(
        0, "faults", "faults by class after which the visit was lost or something was printed twice"
    ),
    "hosts_pss_mb": Limit(250, "MB", "all device hosts of a full terminal together"),
    "lost": Limit(0, "items", "images, faults and kills of the store after which something promised was lost"),
    "fsyncs_per_put_8": Limit(0.35, "", "flushes of the disk a put, 8 threads"),
    "put_ratio": Limit(0.8, "x", "sealed durable puts over the fastest durable peer", more_is_better=True),
    "put8_ratio": Limit(1.8, "x", "the same with 8 threads", more_is_better=True),
    "roundtrip_ratio": Limit(1.5, "x", "put, get, ack over persist-queue's SQLiteAckQueue", more_is_better=True),
    "put_ipc_p50_ms": Limit(3, "x", "a put through the socket with a busy screen, over one inside the store, medians"),
    "drain_ratio": Limit(
        0.5, "x", "items drained a second, store to platform, over a bare client", more_is_better=True
    ),
    "ui_during_drain_p95_ms": Limit(120, "ms", "touch to next page while a throttled drain runs, 95th percentile"),
    "search_p95_ms": Limit(20, "ms", "a keystroke over 134,000 items, all kinds of query, 95th percentile"),
    "query_service_lines": Limit(120, "lines", "a plain query's file, median"),
    "sheet_ms": Limit(1200, "ms", "360 rows, from the data to the file, the render child included, median"),
    "roundtrip_localqueue_ratio": Limit(2.5, "x", "put, get, ack over localqueue, durable", more_is_better=True),
}


@dataclass(frozen=True)
class Figure:
    """One measured value; `detail` tells median, range, definition and how busy the machine was."""

    key: str
    value: float
    detail: str

    @property
    def is_reached(self) -> bool:
        limit = LIMITS[self.key]
        return self.value >= limit.must if limit.more_is_better else self.value <= limit.must


class NotMeasuredError(Exception):
    """A figure cannot be had here; the text says why."""


def load() -> str:
    """How busy the machine is, for the detail."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def commit() -> str:
    """The checkout's commit, marked when files differ from it."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no")
    return (git("rev-parse", "--short=12", "HEAD") or "unknown") + ("+changes" if changed else "")


def merge(figures: list[Figure], at: str, file: Path = FILE) -> None:
    """Writes the figures into the file; what it holds of other keys stays."""
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for figure in figures:
        limit = LIMITS[figure.key]
        known[figure.key] = {
            "value": figure.value,
            "must": limit.must,
            "unit": limit.unit,
            "commit": at,
            "detail": figure.detail,
        }
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_suffix(".new")
    ordered = {key: known[key] for key in LIMITS if key in known}
    fresh.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(file)


def row(figure: Figure) -> str:
    """The figure's line of the table."""
    limit = LIMITS[figure.key]
    verdict = "ok" if figure.is_reached else "MISSED"
    sign = ">=" if limit.more_is_better else "<="
    return f"{figure.key:22} {figure.value:>9g}  {sign} {limit.must:<6g} {limit.unit:7} {verdict:7} {figure.detail}"


def percentile(values: list[float], share: float) -> float:
    """The smallest of `values` that at least `share` (0 to 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(share * 1000 * len(ordered)) // 1000) - 1)]
