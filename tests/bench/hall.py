"""A hall whose terminal runs under the stop-watch, and the one visit that all figures play."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from tests.bench.figures import ROOT
from tests.journeys.hall import DrivenTerminal, Hall

CARD = "resident"
AFTER_PAPERS_S = 6.0


class TimedTerminal(DrivenTerminal):
    """`tests.bench.stage` as a process."""

    def __init__(self, config: Path, *, quick: bool = False) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.stage", "--config", str(config), *(["--quick"] if quick else [])],
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
        self.terminal = TimedTerminal(self.world.config, quick=self._quick)
        self.terminal.do("wait_device", device="id_card_reader", state="online")
        self.terminal.do("wait_platform", platform="online")
        return self.terminal

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def play(
    hall: Hall, *, period: str | None = "period_all", factor: str = "code", papers: bool = True
) -> dict[str, dict[str, object]]:
    """One whole visit; each step's answer of `TimedDriver.do_timed` by name. Without `papers` it ends at the result."""
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
    if papers:
        timed("print", touch="act", place="print", is_working=False)
        state = terminal.state()
        assert state["outcomes"] == ["printed", "printed"], f"the papers: {state['outcomes']}, {state['problems']}"
        timed("printed", touch="act", place="rate")
        timed("grade", touch="grade_5", sent=5)
        timed("done", touch="act", place="card_call")
    else:
        terminal.do("touch", name="end")
        timed("done", touch="other", place="card_call")
    terminal.do("forget_times")
    since = time.monotonic()
    hands.pull()
    if papers:
        timed("taken", since=since, card_lies=False)
        timed("next", advance_s=AFTER_PAPERS_S, place="attract")
    else:  # nothing to take but the card
        timed("next", since=since, place="attract")
    return steps
