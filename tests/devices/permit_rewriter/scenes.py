"""Scenes with a permit rewriter: the emulator, its host, the supervisor, a ledger on disk, and an endorsement to make.

`settled` is the law of the house on a card: rewritten once and verified, as it came and given back, or held with a reason.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from devices.emulators.permit_rewriter import PermitRewriterEmulator
from devices.emulators.virtual_permit import VirtualPermit, permit
from devices.messages import Command
from devices.permit_rewriter.endorsing import RewriteTimes
from devices.permit_rewriter.file_ledger import DiskFile, FileLedger
from devices.permit_rewriter.ledger import Begun, Closed, HeldBack, Step, history_of
from devices.permit_rewriter.outcomes import Ejected, Endorsement, Held, StepBegun, Verified
from devices.permit_rewriter.rewriter import PermitRewriter
from devices.permit_rewriter.types import RESET, CardSeen, Raster
from devices.status import DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor, Times
from kiosk.base.errors import Problem
from kiosk.base.sentences import known_sentences
from tests.devices.scenes import PATIENCE_S, Heard, completion_of

REWRITER = DeviceClass.PERMIT_REWRITER
NEW_CHIP = b"\x77\x20" + b"HKG1Y1T" + b"\x01" * 9 + b"MAC1Y1T" + b"\x02" * 9
NEW_BACK = Raster(64, 32, bytes(range(256)))

QUICK: dict[str, object] = {
    "link": {"ack": 0.1, "silence": 0.2, "busy": 0.02, "write": 0.5},
    "answer": 0.5,
    "work": 1.0,
    "find_interval": 0.02,
    "retry": 0.03,
}
"""The driver's waits for an emulator without pacing."""
QUICK_REWRITE = RewriteTimes(look=2.0, erase=2.0, chip_write=2.0, print=2.0, verify=2.0, move=2.0, back=3.0, retry=0.03)
IMPATIENT = RewriteTimes(look=0.5, erase=2.0, chip_write=2.0, print=2.0, verify=2.0, move=2.0, back=0.1, retry=0.03)
"""For a device that does not come back."""
ALWAYS_HEALTHY = Times(healthy_s=0.0, first_back_off_s=0.02)
"""A killed host begins anew at once."""


def wish_for(card: VirtualPermit, job_id: str = "job-1") -> Endorsement:
    """What the platform approved for this card."""
    return Endorsement(job_id, card.chip_id, card.chip, NEW_CHIP, NEW_BACK)


@dataclass
class RewriterScene:
    """`clear` makes everything whole again, so that one scene serves many tests."""

    emulator: PermitRewriterEmulator
    supervisor: Supervisor
    statuses: Heard
    folder: Path
    rewriter: PermitRewriter
    _next: int = field(default=0)

    @property
    def ledger(self) -> FileLedger:
        """Read anew from disk each time, as after a restart."""
        return FileLedger(DiskFile(self.folder / "steps.jsonl"))

    def action_id(self) -> str:
        self._next += 1
        return f"action-{self._next}"

    def do(self, action: str, **arguments: object) -> None:
        self.emulator.do(action, arguments)

    def clear(self) -> None:
        """Everything whole, no card, no ledger; the device online."""
        self.do("normal")
        self.do("remove")
        self.do("empty_bin")
        (self.folder / "steps.jsonl").unlink(missing_ok=True)
        self.is_online()

    def is_online(self) -> None:
        """Waits until the device's present status is online."""
        self.status(lambda status: status.state is DeviceState.ONLINE)

    def status(self, wanted: Callable[[DeviceStatus], bool]) -> DeviceStatus:
        """Waits until the present status is so; has it asked for now, which otherwise is done every two seconds."""
        ended = Heard()
        self.supervisor.submit(REWRITER, Command(self.action_id(), RESET, PATIENCE_S), ended.add)
        completion_of(ended)
        self.statuses.wait_for(lambda _: wanted(self.supervisor.status(REWRITER)))
        return self.supervisor.status(REWRITER)

    def accepts(self, card: str = "permit") -> CardSeen:
        """Inserts a card and has it drawn in and read."""
        heard = Heard()
        self.rewriter.accept(self.action_id(), 5.0, Heard().add, heard.add)
        self.do("insert", card=card)
        seen = heard.wait_for(lambda _: True)
        assert isinstance(seen, CardSeen), seen
        return seen

    def begin(self, wish: Endorsement, **more: Any) -> tuple[Heard, Heard]:
        """Begins to rewrite; events and outcomes."""
        events, outcomes = Heard(), Heard()
        self.rewriter.rewrite(self.action_id(), wish, self.ledger, events.add, outcomes.add, **more)
        return events, outcomes

    def rewrites(self, wish: Endorsement, **more: Any) -> Any:
        """The outcome of rewriting."""
        return self.begin(wish, **more)[1].wait_for(lambda _: True)

    def asks(self, give: Callable[[str, Callable[[Any], None]], None]) -> Any:
        """The outcome of any other action: ``scene.asks(lambda id, heard: scene.rewriter.eject(id, scene.ledger, heard))``."""
        heard = Heard()
        give(self.action_id(), heard.add)
        return heard.wait_for(lambda _: True)

    def recovers(self, job: Endorsement | None = None, rewriter: PermitRewriter | None = None) -> Any:
        return self.asks(lambda action, heard: (rewriter or self.rewriter).recover(action, self.ledger, heard, job=job))

    def ejects(self) -> Any:
        return self.asks(lambda action, heard: self.rewriter.eject(action, self.ledger, heard))

    def whole_way(self, card: str = "permit", **more: Any) -> tuple[VirtualPermit, Any]:
        """A card from the slot to its end: accepted, rewritten, ejected when that went well. The card and the last outcome."""
        self.accepts(card)
        inside = self.emulator.card
        assert inside is not None
        outcome = self.rewrites(wish_for(inside), **more)
        if isinstance(outcome, Verified):
            outcome = self.ejects()
        return inside, outcome


def settled(scene: RewriterScene, card: VirtualPermit, outcome: object, kind: str = "permit") -> str:
    """Judges how a card ended; ``rewritten``, ``untouched`` or ``held``. Fails for anything else."""
    came = permit(kind)
    assert card.overprints == 0, "printed over a print"
    assert set(card.chips) <= {NEW_CHIP, NEW_CHIP[: len(NEW_CHIP) // 2] + came.chip[len(NEW_CHIP) // 2 :]}
    records = scene.ledger.records()
    history = history_of(records)
    assert history is not None
    assert max(history.begun.values()) <= 2
    media = scene.emulator.state()["media"]
    if isinstance(outcome, Held):
        assert media in ("latched", "jammed"), media
        assert outcome.problem.key in known_sentences()
        assert records[-1] == HeldBack(outcome.problem.key)
        return "held"
    assert isinstance(outcome, Ejected), outcome
    assert scene.emulator.state()["presented"]
    assert isinstance(records[-1], Closed)
    if outcome.is_rewritten:
        assert card.chip == NEW_CHIP
        assert card.back() == (type(card.back()[0]).PRINTED, NEW_BACK.digest())
        assert card.prints == 1
        assert Begun(Step.VERIFY, history.job.card_token) in records
        return "rewritten"
    assert (card.chip, card.back()) == (came.chip, came.back())
    assert isinstance(outcome.problem, Problem)
    assert outcome.problem.key in known_sentences()
    return "untouched"


@contextmanager
def rewriter_scene(
    *, act_s: float = 0.005, times: RewriteTimes = QUICK_REWRITE, rewriter_class: type[PermitRewriter] = PermitRewriter
) -> Iterator[RewriterScene]:
    """All of it, with the device online."""
    emulator = PermitRewriterEmulator(is_paced=False, act_s=act_s)
    emulator.start()
    statuses = Heard()
    config = {"driver": "serial", "port": emulator.port, "times": QUICK}
    supervisor = Supervisor({REWRITER: config}, lambda _, status: statuses.add(status), times=ALWAYS_HEALTHY)
    supervisor.start()
    folder = tempfile.mkdtemp(prefix="by-rewriter-")
    rewriter = rewriter_class(supervisor, times)
    try:
        statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
        yield RewriterScene(emulator, supervisor, statuses, Path(folder), rewriter)
    finally:
        rewriter.close()
        supervisor.stop()
        emulator.stop()
        shutil.rmtree(folder)


def begins(events: Heard, step: Step) -> None:
    """Waits until a step was recorded and begins."""
    events.wait_for(lambda event: event == StepBegun(step))
