"""The sheet printer's tray is empty: before the job, in the middle of it, and for longer than the job may wait."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.sheet_printer.types import MEDIA_INSERTED, NO_MEDIA, SerialRun
from devices.status import Action, CompletionCode, Paper, Part
from tests.devices.receipt_printer.slips import in_background, wait_until
from tests.devices.sheet_printer.real_printer import EMPTY, FULL
from tests.devices.sheet_printer.real_stage import TellingStage, real_stage

pytestmark = pytest.mark.xdist_group("cups")


def test_an_empty_tray_shows_while_the_printer_is_idle_and_its_paper_gets_no_job() -> None:
    with real_stage() as stage:
        stage.printer.set_trays(EMPTY, FULL)
        status = stage.driver.status()
        assert (status.paper, status.action, status.reason) == (Paper.OUT, Action.CLEAR, "sheet_printer.paper_out")
        completion, result = stage.run("j-1")
        assert (completion.code, result.outcome) == (CompletionCode.DEVICE_NOT_READY, Outcome.NOT_PRINTED)
        stage.printer.set_trays(FULL, FULL)
        assert stage.driver.status().paper is Paper.FULL
        assert stage.print("j-2").outcome is Outcome.PRINTED
        assert stage.printer.pages_out() == 1


def test_the_other_tray_empty_is_told_and_does_not_lock_the_usual_paper() -> None:
    with real_stage() as stage:
        stage.printer.set_trays(FULL, EMPTY)
        status = stage.driver.status()
        assert (status.paper, status.reason) == (Paper.FULL, None)
        assert status.parts == (Part("paper.plain", "full"), Part("paper.licence_a3", "out"))
        result = stage.print("j-1", paper="licence_a3", serials=SerialRun(100, 5))
        assert (result.outcome, result.reason) == (Outcome.NOT_PRINTED, "sheet_printer.paper_out")
        assert result.serials is not None
        assert (result.serials.remaining, result.serials.is_certain) == (SerialRun(100, 5), True)


def test_a_job_held_at_an_empty_tray_goes_on_when_paper_returns() -> None:
    with real_stage(paper_wait_s=10.0) as stage:
        stage.printer.set_trouble("media-needed-error", after_pages=1)
        told = TellingStage()
        with in_background(lambda: stage.print("j-1", 3, stage=told)) as result:
            wait_until(lambda: told.events == [NO_MEDIA], 6.0)
            assert stage.printer.pages_out() == 1
            stage.printer.clear_trouble()
            assert result().outcome is Outcome.PRINTED
        assert told.events == [NO_MEDIA, MEDIA_INSERTED]
        assert stage.printer.pages_out() == 3


def test_paper_that_does_not_return_ends_the_job_and_the_old_job_locks_the_printer_until_it_is_gone() -> None:
    with real_stage() as stage:
        stage.printer.set_trouble("media-needed-error", after_pages=1)
        result = stage.print("j-1", 3, serials=SerialRun(100, 5))
        assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "sheet_printer.paper_out")
        assert (result.printed_pages, result.lost_pages) == (1, 2)
        assert result.serials is not None
        assert result.serials.used.serials() == ["00000100"]
        # this printer runs its command to the end whatever is cancelled: the driver must not think that it is free
        stage.printer.set_slow(is_slow=True)
        stage.printer.clear_trouble()
        wait_until(lambda: stage.driver.status().reason == "sheet_printer.old_job", 4.0)
        assert stage.print("j-2").outcome is Outcome.NOT_PRINTED
        stage.printer.set_slow(is_slow=False)
        wait_until(lambda: stage.driver.status().reason is None, 4.0)
        assert stage.print("j-3").outcome is Outcome.PRINTED
