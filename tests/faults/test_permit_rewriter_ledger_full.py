"""The disk is full while a permit is rewritten: what cannot be recorded is not begun, and the card is held."""

import pytest

from devices.emulators.virtual_permit import permit
from devices.permit_rewriter.file_ledger import DiskFile, FileLedger
from devices.permit_rewriter.ledger import StepOutcome, history_of
from devices.permit_rewriter.outcomes import Held, Verified
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.permit_rewriter.fixtures import scene, standing_rewriter
from tests.devices.permit_rewriter.scenes import RewriterScene, settled, wish_for
from tests.devices.scenes import Heard

__all__ = ["scene", "standing_rewriter"]

pytestmark = pytest.mark.allow_log("device_lost")  # the card is held


class FillingDisk(DiskFile):
    """Takes some lines more."""

    lines = 0

    def append(self, data: bytes) -> None:
        if self.lines == 0:
            super().append(data[:9])
            raise OSError(28, "no space")
        self.lines -= 1
        super().append(data)

    def replace(self, data: bytes) -> None:
        if self.lines == 0:
            raise OSError(28, "no space")
        super().replace(data)


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 5, 6, 7])
def test_the_work_stops_where_the_record_stops_and_goes_on_when_there_is_room(scene: RewriterScene, lines: int) -> None:
    scene.accepts()
    card = scene.emulator.card
    assert card is not None
    disk = FillingDisk(scene.folder / "steps.jsonl")
    disk.lines = lines
    heard = Heard()
    scene.rewriter.rewrite(scene.action_id(), wish_for(card), FileLedger(disk), lambda _: None, heard.add)
    assert heard.wait_for(lambda _: True) == Held(Problem("rewriter.ledger_failed"))
    done = (card.erasures, card.writes, card.prints)
    # a step is done only if its beginning was recorded
    assert sum(done) <= (lines + 1) // 2
    status = scene.status(lambda status: status.state is DeviceState.USER_ERROR)
    assert status.reason == "rewriter.ledger_failed"
    history = history_of(scene.ledger.records())
    assert history is not None
    assert history.outcome in (None, StepOutcome.DONE)
    assert scene.recovers(wish_for(permit("permit"))) == Verified("job-1")
    assert settled(scene, card, scene.ejects()) == "rewritten"
    assert (card.erasures, card.writes, card.prints) == (1, 1, 1)
