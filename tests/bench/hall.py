"""A hall whose terminal runs under the stop-watch, and the one visit that all figures play."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import yaml

from tests.bench.figures import ROOT
from tests.journeys.hall import DrivenTerminal, Hall

CARD = "resident"
AFTER_PAPERS_S = 6.0
QUICK_TIMES = {"find_interval": 0.01, "removal_interval": 0.01}
"""The reader's pauses between two finds, in seconds, where only memory counts and a thousand cards are to be laid."""


class TimedTerminal(DrivenTerminal):
    """`tests.bench.stage` as a process."""

    def __init__(self, config: Path) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.stage", "--config", str(config)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


class TimedHall(Hall):
    """`Hall` with a `TimedTerminal`; `quick` for soaks."""

    def __init__(self, directory: Path, *, paced: bool = False, quick: bool = False) -> None:
        self._quick = quick
        super().__init__(directory, paced=paced)

    def start_terminal(self, **_options: float) -> DrivenTerminal:
        if self._quick:
            quicken(self.world.config)
        self.terminal = TimedTerminal(self.world.config)
        self.terminal.do("wait_device", device="id_card_reader", state="online")
        self.terminal.do("wait_platform", platform="online")
        return self.terminal

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def quicken(config: Path) -> None:
    """Sets the reader's pauses short in a configuration of this run."""
    text = yaml.safe_load(config.read_text(encoding="utf-8"))
    text["devices"]["id_card_reader"]["times"] = QUICK_TIMES
    config.write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")


Step = tuple[str, dict[str, object]]


def play(hall: Hall, *, period: str | None = "period_all", factor: str = "code") -> dict[str, dict[str, object]]:
    """One whole visit with sheet and slip; each step's answer of `TimedDriver.do_timed` by name."""
    terminal, hands = hall.terminal, hall.hands
    steps: dict[str, dict[str, object]] = {}

    def timed(step: str, **arguments: object) -> None:
        steps[step] = terminal.do("timed", **arguments)

    timed("start", touch="start", place="home")
    timed("choose", touch="item_provident-fund", place="guide")
    timed("begin", touch="act", place="notice")
    timed("read", touch="act", place="identify")
    terminal.do("forget_times")
    since = time.monotonic()
    hands.lay(CARD)
    timed("card", since=since, place="consent")
    timed("consent", touch="act", place="factor")
    timed("method", touch=f"method_{factor}", stage="enter")
    secret = hands.last_code() if factor == "code" else "246810"
    for number, digit in enumerate(secret):
        timed(f"digit{number}", touch=f"key_{digit}")
    timed("factor", touch="act", place="result")
    if period is not None:
        timed("period", touch=period, loading=False, period=period.removeprefix("period_"))
    timed("print", touch="act", place="print", is_working=False)
    timed("printed", touch="act", place="rate")
    timed("grade", touch="grade_5", sent=5)
    timed("done", touch="act", place="card_call")
    terminal.do("forget_times")
    since = time.monotonic()
    hands.pull()
    timed("taken", since=since, card_lies=False)
    timed("next", advance_s=AFTER_PAPERS_S, place="attract")
    return steps
