"""A terminal that is killed between two steps of a card: the next one finds the open step in the journal and settles it first."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.emulators.permit_rewriter import PermitRewriterEmulator
from devices.permit_rewriter.outcomes import Ejected, Held, NoJob, Verified
from devices.status import DeviceClass, DeviceState, DeviceStatus
from kiosk.base.errors import Problem
from kiosk.base.sentences import known_sentences
from kiosk.terminal.endorsement_journal import KIND
from kiosk.terminal.permits import NOT_LOOKED_AT, PermitDesk
from offline_cache.store.database import Database
from tests.devices.permit_rewriter.scenes import NEW_BACK, NEW_CHIP
from tests.kiosk.terminal.permit_hall import permit_hall
from tests.offline_cache.process.standing import START_S

ROOT = Path(__file__).parents[3]


@pytest.fixture
def emulator() -> Iterator[PermitRewriterEmulator]:
    machine = PermitRewriterEmulator(is_paced=False, act_s=0.08)
    machine.start()
    try:
        yield machine
    finally:
        machine.stop()


def _until(holds: Callable[[], bool], what: str, within_s: float = START_S) -> None:
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)  # another process's state is the event; the deadline bounds the polling


def kill_in(step: str, emulator: PermitRewriterEmulator, folder: Path) -> None:
    """Runs a terminal until a step has begun, then kills it with its store."""
    program = [sys.executable, "-m", "tests.kiosk.terminal.permit_hall", emulator.port, str(folder)]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) as terminal:
        assert terminal.stdout is not None
        ready = terminal.stdout.readline().split()
        assert ready[0] == "ready", ready
        emulator.do("insert", {"card": "permit"})
        assert any(line.strip() == step for line in iter(terminal.stdout.readline, "")), "the terminal ended before"
        assert emulator.wait_for(step, 1, 10)
        os.kill(int(ready[1]), signal.SIGKILL)
        terminal.send_signal(signal.SIGKILL)
    _until(lambda: not Path(f"/proc/{ready[1]}").exists(), "the store outlived its terminal")


def ends_of(folder: Path) -> list[tuple[str, str]]:
    """Kind and end of the closed cases in the file of a store that has ended."""
    database = Database(folder)
    try:
        return database.commits.read(
            lambda connection: [
                (str(kind), str(end))
                for kind, end in connection.execute("SELECT kind, end_state FROM cases WHERE end_state IS NOT NULL")
            ]
        )
    finally:
        database.close()


@pytest.mark.allow_log("device_lost|permit_held|permit_given_out|permit_not_recovered|store_away")
@pytest.mark.parametrize(
    ("step", "end"),
    [
        ("erase", "held"),
        pytest.param("chipWrite", "held", marks=pytest.mark.slow),
        ("print", "ejected"),
        pytest.param("eject", "ejected", marks=pytest.mark.slow),
    ],
)
def test_the_next_terminal_finds_the_open_step_and_settles_the_card(
    step: str, end: str, emulator: PermitRewriterEmulator, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    kill_in(step, emulator, folder)
    card = emulator.card
    assert card is not None
    with permit_hall(emulator.port, folder) as hall:
        _until(hall.is_settled, "nobody looked at the card")
        problem = hall.desk.problem
        cases = hall.line.journal_open_cases()
        assert not isinstance(cases, Problem)
        if end == "held":
            assert problem is not None
            assert problem.key in known_sentences()
            assert [(case.kind, case.rule) for case in cases] == [(KIND, "holdForStaff")]
            assert hall.desk.ledger.records()
            assert emulator.state()["media"] in ("latched", "jammed")
        else:
            assert problem is None
            assert cases == ()
            assert emulator.state()["presented"]
            assert (card.chip, card.back(), card.prints) == (NEW_CHIP, (card.back()[0], NEW_BACK.digest()), 1)
    assert ends_of(folder) == ([] if end == "held" else [(KIND, "ejected")])


class Rewriter:
    """Answers `recover` and `eject` with what it is told, at once."""

    def __init__(self, *outcomes: object) -> None:
        self.outcomes = list(outcomes)
        self.asked: list[str] = []
        self.is_closed = False

    def recover(self, _action: str, _ledger: object, heard: Callable[[object], None]) -> None:
        self._answer("recover", heard)

    def eject(self, _action: str, _ledger: object, heard: Callable[[object], None]) -> None:
        self._answer("eject", heard)

    def _answer(self, name: str, heard: Callable[[object], None]) -> None:
        self.asked.append(name)
        if self.outcomes:
            one = self.outcomes.pop(0)
            if isinstance(one, Exception):
                raise one
            heard(one)

    def close(self) -> None:
        self.is_closed = True


class Line:
    """Nothing is asked of it here."""

    def close(self) -> None:
        pass


def _desk(rewriter: Rewriter, again_s: float = 0.01) -> PermitDesk:
    line: Any = Line()
    played: Any = rewriter
    return PermitDesk(played, line, played, again_s)


def _answers(desk: PermitDesk, state: DeviceState = DeviceState.ONLINE) -> None:
    desk.device_changed(DeviceClass.RECEIPT_PRINTER, DeviceStatus(DeviceState.ONLINE))
    desk.device_changed(DeviceClass.PERMIT_REWRITER, DeviceStatus(state))
    desk.store_changed(None)


@pytest.mark.allow_log("permit_held|permit_given_out|permit_not_recovered")
@pytest.mark.parametrize(
    ("outcomes", "asked", "problem"),
    [
        ([NoJob()], ["recover"], None),
        ([Ejected(False, Problem("rewriter.interrupted"))], ["recover"], None),
        ([Verified("job-1"), Ejected(True)], ["recover", "eject"], None),
        ([Verified("job-1"), Held(Problem("rewriter.jammed"))], ["recover", "eject"], Problem("rewriter.jammed")),
        ([Problem("rewriter.ledger_failed"), NoJob()], ["recover", "recover"], None),
        ([Verified("j"), Problem("device.stopping"), NoJob()], ["recover", "eject", "recover"], None),
    ],
)
def test_what_was_open_is_settled_once_both_answer(
    outcomes: list[object], asked: list[str], problem: Problem | None
) -> None:
    rewriter = Rewriter(*outcomes)
    desk = _desk(rewriter)
    desk.start()
    try:
        assert desk.problem == NOT_LOOKED_AT
        _answers(desk)
        _until(lambda: not desk._thread.is_alive(), "it was not settled")
        assert (rewriter.asked, desk.problem) == (asked, problem)
    finally:
        desk.stop()
    assert rewriter.is_closed


@pytest.mark.parametrize("state", [DeviceState.STARTING, DeviceState.POWER_OFF, DeviceState.NO_DEVICE])
def test_nothing_is_tried_while_one_of_them_is_away(state: DeviceState) -> None:
    rewriter = Rewriter(NoJob())
    desk = _desk(rewriter)
    desk.start()
    _answers(desk, state)
    desk.store_changed(Problem("store.away"))
    desk.device_changed(DeviceClass.PERMIT_REWRITER, DeviceStatus(DeviceState.ONLINE))
    desk.stop()
    assert (rewriter.asked, desk.problem) == ([], NOT_LOOKED_AT)


def test_an_end_in_the_middle_leaves_the_job_open() -> None:
    rewriter = Rewriter()  # never answers
    desk = _desk(rewriter)
    desk.start()
    _answers(desk)
    _until(lambda: rewriter.asked == ["recover"], "it did not begin")
    before = time.monotonic()
    desk.stop()
    desk.stop()
    assert time.monotonic() - before < 2
    assert desk.problem == NOT_LOOKED_AT
    unstarted = _desk(rewriter)
    unstarted.stop()


def test_a_mistake_of_ours_takes_no_card_in(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    monkeypatch.setattr("kiosk.terminal.permits.report_fault", lambda: heard.append(1))
    desk = _desk(Rewriter(ZeroDivisionError()))
    desk.start()
    _answers(desk)
    _until(lambda: not desk._thread.is_alive(), "it went on")
    desk.stop()
    assert heard == [1]
    assert desk.problem == NOT_LOOKED_AT


def test_the_problem_before_a_look_has_a_sentence() -> None:
    assert NOT_LOOKED_AT.key in known_sentences()
