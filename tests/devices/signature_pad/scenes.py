"""Scenes with an emulated signature pad, its host and the supervisor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from devices.emulators.signature_pad import SignaturePadEmulator
from devices.signature_pad.pad import SignaturePad
from devices.signature_pad.types import PenMoved, ReadSignature, Signature
from devices.status import DeviceClass
from tests.devices.emulated import Emulated, standing
from tests.devices.scenes import PATIENCE_S, Attempt

PAD = DeviceClass.SIGNATURE_PAD
QUICK = {"reply_s": 0.25, "retry_s": 0.05, "hello_s": 0.3, "stuck_s": 0.5}


@dataclass
class PadScene(Emulated):
    """`begin` starts a capture and waits until the pad streams."""

    pad: SignaturePad

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
    config = {**emulator.settings, **QUICK, **settings}
    with standing(emulator, PAD, config) as (supervisor, statuses):
        yield PadScene(emulator, supervisor, statuses, SignaturePad(supervisor))
