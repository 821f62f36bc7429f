"""Scenes with an emulated signature pad, its host and the supervisor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from devices.emulators.signature_pad import SignaturePadEmulator
from devices.signature_pad.pad import SignaturePad
from devices.signature_pad.types import PenMoved, ReadSignature, Signature
from devices.status import DeviceClass, DeviceState, DeviceStatus
from devices.supervisor import Supervisor
from tests.devices.scenes import PATIENCE_S, Attempt, Heard

PAD = DeviceClass.SIGNATURE_PAD
QUICK = {"reply_s": 0.25, "retry_s": 0.05, "hello_s": 0.3, "stuck_s": 0.5}


@dataclass
class PadScene:
    """`begin` starts a capture and waits until the pad streams."""

    emulator: SignaturePadEmulator
    supervisor: Supervisor
    statuses: Heard
    pad: SignaturePad
    last_id: str = ""
    _next: int = field(default=0)

    def do(self, action: str, **arguments: object) -> None:
        self.emulator.do(action, arguments)

    def count(self, counter: str) -> int:
        counters = self.emulator.state()["counters"]
        assert isinstance(counters, dict)
        return int(counters.get(counter, 0))

    def action_id(self) -> str:
        self._next += 1
        self.last_id = f"action-{self._next}"
        return self.last_id

    def start(self, wish: ReadSignature | None = None, timeout_s: float = 0.0) -> Attempt:
        attempt = Attempt()
        self.pad.begin(self.action_id(), timeout_s, attempt.events.add, attempt.outcomes.add, wish)
        return attempt

    def begin(self, wish: ReadSignature | None = None, timeout_s: float = 0.0) -> Attempt:
        started = self.count("started")
        attempt = self.start(wish, timeout_s)
        assert self.emulator.wait_for("started", started + 1, PATIENCE_S), "the pad does not stream"
        return attempt

    def finish(self) -> None:
        self.pad.finish(self.last_id)

    def signs(self, strokes: int = 3) -> Signature:
        """One whole signature; fails when that does not work."""
        attempt = self.begin()
        self.do("sign", strokes=strokes, points=60)
        seen(attempt, strokes, 60)
        self.finish()
        outcome = attempt.outcome()
        assert isinstance(outcome, Signature), outcome
        assert [len(stroke) for stroke in outcome.strokes] == [60] * strokes
        return outcome

    def status(self, state: DeviceState) -> DeviceStatus:
        found: DeviceStatus = self.statuses.wait_for(lambda status: status.state is state)
        return found

    def forget_statuses(self) -> None:
        self.statuses.items.clear()


def seen(attempt: Attempt, strokes: int, points: int) -> None:
    """Waits until the screen was told the last of `strokes` with its `points`."""
    attempt.events.wait_for(
        lambda _: (
            sum(
                len(event.points)
                for event in list(attempt.events.items)
                if isinstance(event, PenMoved) and event.stroke == strokes - 1
            )
            >= points
        )
    )


@contextmanager
def pad_scene(*, is_paced: bool = False, **settings: object) -> Iterator[PadScene]:
    """All of it, with the pad's first status told."""
    emulator = SignaturePadEmulator(is_paced)
    emulator.start()
    try:
        statuses = Heard()
        config = {**emulator.settings, **QUICK, **settings}
        supervisor = Supervisor({PAD: config}, lambda _, status: statuses.add(status))
        supervisor.start()
        try:
            statuses.wait_for(lambda status: status.state is not DeviceState.STARTING)
            yield PadScene(emulator, supervisor, statuses, SignaturePad(supervisor))
        finally:
            supervisor.stop()
    finally:
        emulator.stop()
