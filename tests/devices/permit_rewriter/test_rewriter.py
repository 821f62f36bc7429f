"""The public class: what may be begun, cancelled and refused, and how cards leave."""

import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from devices.drivers import find
from devices.emulators.virtual_permit import permit
from devices.permit_rewriter import types
from devices.permit_rewriter.file_ledger import DiskFile, FileLedger
from devices.permit_rewriter.ledger import Step, StepOutcome
from devices.permit_rewriter.outcomes import (
    Cancelled,
    Ejected,
    Endorsement,
    Held,
    MediaInserted,
    MediaTaken,
    NoJob,
    Retained,
    StepBegun,
    StepEnded,
    Verified,
)
from devices.permit_rewriter.types import Raster
from devices.status import Action, DeviceState
from kiosk.base.errors import BudayangError, Problem
from tests.devices.permit_rewriter.fixtures import scene, standing_rewriter
from tests.devices.permit_rewriter.scenes import (
    NEW_BACK,
    REWRITER,
    RewriterScene,
    begins,
    rewriter_scene,
    settled,
    wish_for,
)
from tests.devices.scenes import Heard

__all__ = ["scene", "standing_rewriter"]

# the device is shared: it may tell of a held card only when the next test has begun
pytestmark = pytest.mark.allow_log("device_lost")

OTHER = permit("other_permit")


def test_an_endorsement_is_made_step_by_step_and_taken(scene: RewriterScene, tmp_path: Path) -> None:
    card_read, events, outcomes = Heard(), Heard(), Heard()
    scene.rewriter.accept(scene.action_id(), 5, events.add, card_read.add)
    scene.do("insert", card="permit")
    card = card_read.wait_for(lambda _: True)
    came = permit("permit")
    assert (card.chip_id, card.chip, (card.back, card.back_digest)) == (came.chip_id, came.chip, came.back())
    assert events.items == [MediaInserted()]
    inside = scene.emulator.card
    assert inside is not None
    steps = Heard()
    scene.rewriter.rewrite(scene.action_id(), wish_for(came), scene.ledger, steps.add, outcomes.add)
    assert outcomes.wait_for(lambda _: True) == Verified("job-1")
    made = [Step.ERASE, Step.CHIP_WRITE, Step.PRINT, Step.VERIFY]
    assert steps.items == [event for step in made for event in (StepBegun(step), StepEnded(step, StepOutcome.DONE))]
    assert scene.emulator.state()["media"] == "latched"  # to be reported first
    scene.do("save", path=str(tmp_path / "back.png"))
    with Image.open(tmp_path / "back.png") as picture:
        assert picture.size == (NEW_BACK.width, NEW_BACK.height)
        assert picture.tobytes() == bytes(byte ^ 0xFF for byte in NEW_BACK.bits)
    assert settled(scene, inside, scene.ejects()) == "rewritten"
    taken = Heard()
    scene.rewriter.watch_removal(scene.action_id(), 5, taken.add)
    scene.do("take")
    assert taken.wait_for(lambda _: True) == MediaTaken()
    assert scene.recovers() == NoJob()


def test_status_names_the_parts(scene: RewriterScene) -> None:
    status = scene.rewriter.status()
    assert (status.eraser, status.printer, status.chip, status.camera, status.bin) == ("ok", "ok", "ok", "ok", "ok")
    capabilities = scene.supervisor.capabilities(REWRITER)
    assert capabilities is not None
    assert capabilities.commands == types.COMMANDS


def test_a_large_chip_and_a_full_sized_back_are_written_whole(scene: RewriterScene) -> None:
    scene.accepts()
    card = scene.emulator.card
    assert card is not None
    chip = bytes(range(256)) * 16
    raster = Raster(640, 400, bytes(range(250)) * 128)
    assert scene.rewrites(Endorsement("job-1", card.chip_id, card.chip, chip, raster)) == Verified("job-1")
    assert (card.chip, card.shown) == (chip, raster)


@pytest.mark.parametrize("word", ["other_card", "card_changed", "already_written", "data_too_large"])
def test_what_may_not_be_begun_is_refused_and_nothing_is_recorded(scene: RewriterScene, word: str) -> None:
    scene.accepts()
    wish = wish_for(permit("permit"))
    wrong: dict[str, dict[str, Any]] = {
        "other_card": {"chip_id": OTHER.chip_id},
        "card_changed": {"chip_before": b"something else"},
        "already_written": {"chip": wish.chip_before},
        "data_too_large": {"raster": Raster(8, 2, b"\x00")},
    }
    assert scene.rewrites(msgspec.structs.replace(wish, **wrong[word])) == Problem(f"rewriter.{word}")
    assert scene.ledger.records() == ()
    assert scene.ejects() == Ejected(False)


def test_a_second_endorsement_is_never_added(scene: RewriterScene) -> None:
    card, outcome = scene.whole_way()
    assert settled(scene, card, outcome) == "rewritten"
    scene.do("take")
    scene.emulator.do("insert", {"card": "permit"})
    inside = scene.emulator.card
    assert inside is not None
    inside.chip = card.chip  # the same permit again
    heard = Heard()
    scene.rewriter.accept(scene.action_id(), 5, lambda _: None, heard.add)
    heard.wait_for(lambda _: True)
    assert scene.rewrites(wish_for(permit("permit"), "job-2")) == Problem("rewriter.already_written")
    assert inside.writes == 0


def test_an_empty_device_has_nothing_to_rewrite(scene: RewriterScene) -> None:
    assert scene.rewrites(wish_for(OTHER)) == Problem("rewriter.card_not_found")
    assert scene.ejects() == Problem("rewriter.card_not_found")


def test_an_open_job_comes_first_and_only_its_own_data_fit(scene: RewriterScene, tmp_path: Path) -> None:
    scene.accepts()
    inside = scene.emulator.card
    assert inside is not None
    stopping = type(scene.rewriter)(scene.supervisor)
    events, outcomes = Heard(), Heard()
    stopping.rewrite(scene.action_id(), wish_for(inside), scene.ledger, events.add, outcomes.add)
    begins(events, Step.ERASE)
    stopping.close()
    assert outcomes.wait_for(lambda _: True) == Problem("device.stopping")
    assert scene.rewrites(wish_for(inside, "job-2")) == Problem("rewriter.job_open")
    assert scene.recovers(wish_for(inside, "job-2")) == Problem("rewriter.other_job")
    assert scene.recovers(wish_for(permit("permit"))) == Verified("job-1")
    assert settled(scene, inside, scene.ejects()) == "rewritten"


def test_a_break_between_erase_and_write_holds_the_card_when_the_visit_is_over(scene: RewriterScene) -> None:
    """AS02: the caller has refunded, so it recovers without data."""
    scene.accepts()
    inside = scene.emulator.card
    assert inside is not None
    stopping = type(scene.rewriter)(scene.supervisor)
    outcomes = Heard()

    def stop_after_erase(event: object) -> None:
        if event == StepEnded(Step.ERASE, StepOutcome.DONE):
            stopping.close()

    stopping.rewrite(scene.action_id(), wish_for(inside), scene.ledger, stop_after_erase, outcomes.add)
    assert outcomes.wait_for(lambda _: True) == Problem("device.stopping")
    assert settled(scene, inside, scene.recovers()) == "held"
    status = scene.status(lambda status: status.state is DeviceState.USER_ERROR)
    assert (status.reason, status.action) == ("rewriter.interrupted", Action.MAINTENANCE)
    assert scene.asks(lambda a, heard: scene.rewriter.retain(a, scene.ledger, heard)) == Retained()
    assert scene.recovers() == NoJob()


def test_cancelling_before_the_first_step_gives_the_card_back(scene: RewriterScene) -> None:
    scene.accepts()
    inside = scene.emulator.card
    assert inside is not None
    scene.do("slow", ms=10)
    outcomes = Heard()
    scene.rewriter.rewrite("to-cancel", wish_for(inside), scene.ledger, lambda _: None, outcomes.add)
    assert scene.rewriter.cancel("to-cancel") is None
    assert outcomes.wait_for(lambda _: True) == Cancelled()
    scene.do("normal")
    assert scene.ejects() in (Ejected(False), Ejected(False, Problem("rewriter.interrupted")))
    assert (inside.erasures, inside.writes, inside.prints) == (0, 0, 0)


def test_cancelling_after_the_first_step_is_refused_and_the_work_goes_on(scene: RewriterScene) -> None:
    scene.accepts()
    inside = scene.emulator.card
    assert inside is not None
    refusals: list[Problem | None] = []

    def cancel(event: object) -> None:
        if event == StepBegun(Step.ERASE):
            refusals.append(scene.rewriter.cancel("late"))

    outcomes = Heard()
    scene.rewriter.rewrite("late", wish_for(inside), scene.ledger, cancel, outcomes.add)
    assert outcomes.wait_for(lambda _: True) == Verified("job-1")
    assert refusals == [Problem("rewriter.too_late_to_cancel")]


def test_one_thing_at_a_time(scene: RewriterScene) -> None:
    scene.accepts()
    inside = scene.emulator.card
    assert inside is not None
    goes_on = threading.Event()
    outcomes = Heard()

    def wait(event: object) -> None:
        if event == StepBegun(Step.ERASE):
            goes_on.wait(5)

    scene.rewriter.rewrite(scene.action_id(), wish_for(inside), scene.ledger, wait, outcomes.add)
    assert scene.ejects() == Problem("rewriter.busy")
    goes_on.set()
    assert outcomes.wait_for(lambda _: True) == Verified("job-1")


def test_waiting_for_a_card_ends_by_time_and_by_cancel(scene: RewriterScene) -> None:
    heard = Heard()
    scene.rewriter.accept(scene.action_id(), 0.1, lambda _: None, heard.add)
    assert heard.wait_for(lambda _: True) == Problem("rewriter.none_inserted")
    given_up, taken = Heard(), Heard()
    scene.rewriter.accept("waiting", 0, lambda _: None, given_up.add)
    scene.rewriter.cancel("waiting")
    assert given_up.wait_for(lambda _: True) == Cancelled()
    scene.accepts()
    scene.ejects()
    scene.rewriter.watch_removal("removal", 0, taken.add)
    scene.rewriter.cancel("removal")
    assert taken.wait_for(lambda _: True) == Cancelled()
    scene.rewriter.accept(scene.action_id(), 0.1, lambda _: None, heard.add)  # its own card is no new one
    assert heard.wait_for(lambda _: len(heard.items) == 2) == Problem("rewriter.none_inserted")
    assert scene.emulator.state()["presented"]


def test_with_a_full_bin_no_card_is_taken_in(scene: RewriterScene) -> None:
    scene.do("fill_bin")
    status = scene.status(lambda status: status.state is DeviceState.USER_ERROR)
    assert (status.reason, status.action) == ("rewriter.bin_full", Action.CLEAR)
    heard = Heard()
    scene.rewriter.accept(scene.action_id(), 5, lambda _: None, heard.add)
    assert heard.wait_for(lambda _: True) == Problem("rewriter.bin_full")


def test_a_card_that_was_inside_at_power_on_is_told_and_kept() -> None:
    with rewriter_scene() as scene:
        scene.do("power_off")
        scene.do("inside", card="other_permit")
        scene.do("power_on")
        status = scene.status(lambda status: status.state is DeviceState.USER_ERROR)
        assert (status.reason, status.action) == ("rewriter.card_inside", Action.CLEAR)
        heard = Heard()
        scene.rewriter.accept(scene.action_id(), 5, lambda _: None, heard.add)
        assert heard.wait_for(lambda _: True) == Problem("rewriter.card_inside")
        assert scene.recovers() == NoJob()
        assert scene.asks(lambda a, heard: scene.rewriter.retain(a, scene.ledger, heard)) == Retained()
        scene.is_online()


def test_another_card_than_the_ledger_s_is_not_touched(scene: RewriterScene) -> None:
    scene.do("power_cut", step="chipWrite", when="before", for_ms=0)
    scene.accepts()
    inside = scene.emulator.card
    assert inside is not None
    events, outcomes = scene.begin(wish_for(inside))
    begins(events, Step.CHIP_WRITE)
    assert scene.emulator.wait_for("power_cut", 1, 5)
    scene.do("inside", card="other_permit")
    scene.do("power_on")
    assert outcomes.wait_for(lambda _: True) == Held(Problem("rewriter.other_card"))
    other = scene.emulator.card
    assert other is not None
    assert (other.erasures, other.writes, other.prints) == (0, 0, 0)


def test_a_ledger_that_cannot_write_begins_nothing(scene: RewriterScene, tmp_path: Path) -> None:
    scene.accepts()
    inside = scene.emulator.card
    assert inside is not None
    heard = Heard()
    nowhere = FileLedger(DiskFile(tmp_path / "none" / "steps.jsonl"))
    scene.rewriter.rewrite(scene.action_id(), wish_for(inside), nowhere, lambda _: None, heard.add)
    assert heard.wait_for(lambda _: True) == Problem("rewriter.ledger_failed")
    assert inside.erasures == 0


@pytest.mark.allow_log("callback_failed")
def test_a_receiver_that_raises_is_told_the_outcome_all_the_same(scene: RewriterScene) -> None:
    def raises(_: object) -> None:
        raise ValueError

    scene.accepts()
    inside = scene.emulator.card
    assert inside is not None
    heard = Heard()
    scene.rewriter.rewrite(scene.action_id(), wish_for(inside), scene.ledger, raises, heard.add)
    assert heard.wait_for(lambda _: True) == Held(Problem("device.software_error"))
    assert inside.erasures == 0


def test_wrong_settings_are_told() -> None:
    with pytest.raises(BudayangError, match=r"device\.configuration"):
        find(REWRITER, "serial")({"port": 7})
