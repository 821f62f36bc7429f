"""The whole terminal is killed in mid-step; the next one reads the ledger, looks at the card and brings it to an end."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from devices.emulators.permit_rewriter import PermitRewriterEmulator
from devices.permit_rewriter.outcomes import Ejected, Held, NoJob, Verified
from devices.permit_rewriter.rewriter import PermitRewriter
from devices.status import DeviceState
from devices.supervisor import Supervisor
from kiosk.base.errors import Problem
from tests.devices.permit_rewriter.scenes import (
    QUICK,
    QUICK_REWRITE,
    REWRITER,
    RewriterScene,
    settled,
    wish_for,
)
from tests.devices.scenes import Heard

ROOT = Path(__file__).parents[2]
STEPS = ["erase", "chipWrite", "print", "verify", "eject"]

WITHOUT_DATA: dict[str, object] = {
    # the next terminal has the ledger only: it finishes what needs no data, and makes nothing
    "erase": Held(Problem("rewriter.interrupted")),
    "print": Verified("job-1"),
    "eject": Ejected(True),
}


def kill_in(step: str, emulator: PermitRewriterEmulator, ledger: Path) -> None:
    """Runs a terminal on the emulator until a step has begun, then kills it."""
    program = [sys.executable, "-m", "tests.devices.permit_rewriter.terminal_child", emulator.port, str(ledger)]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True) as terminal:
        emulator.do("insert", {"card": "permit"})
        assert terminal.stdout is not None
        lines = iter(terminal.stdout.readline, "")
        assert any(line.strip() == step for line in lines), "the terminal ended before"
        assert emulator.wait_for(step, 1, 10)
        terminal.send_signal(signal.SIGKILL)


@pytest.mark.allow_log("device_lost")  # a card was inside when the next terminal began, or is held
@pytest.mark.parametrize(
    ("step", "has_data"), [*((step, True) for step in STEPS), ("erase", False), ("print", False), ("eject", False)]
)
def test_the_next_terminal_brings_the_card_to_its_end(step: str, has_data: bool, tmp_path: Path) -> None:
    emulator = PermitRewriterEmulator(is_paced=False, act_s=0.08)
    emulator.start()
    supervisor: Supervisor | None = None
    try:
        kill_in(step, emulator, tmp_path / "steps.jsonl")
        card = emulator.card
        assert card is not None
        statuses = Heard()
        config = {"driver": "serial", "port": emulator.port, "times": QUICK}
        supervisor = Supervisor({REWRITER: config}, lambda _, status: statuses.add(status))
        supervisor.start()
        scene = RewriterScene(emulator, supervisor, statuses, tmp_path, PermitRewriter(supervisor, QUICK_REWRITE))
        statuses.wait_for(lambda status: status.state is not DeviceState.STARTING)
        outcome = scene.recovers(wish_for(card) if has_data else None)
        if not has_data:
            assert outcome == WITHOUT_DATA[step]
        if isinstance(outcome, Verified):
            outcome = scene.ejects()
        is_held = not has_data and step == "erase"
        assert settled(scene, card, outcome) == ("held" if is_held else "rewritten")
        if not is_held:
            assert scene.recovers() == NoJob()
    finally:
        if supervisor is not None:
            supervisor.stop()
        emulator.stop()
