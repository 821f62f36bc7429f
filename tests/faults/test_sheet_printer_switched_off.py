"""The sheet printer is switched off: while idle, and in the middle of a job; then it is on again."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.sheet_printer.ipp_codec import JobState
from devices.sheet_printer.job_follower import JobFollower
from devices.sheet_printer.types import SerialRun
from devices.status import Action, DeviceState
from tests.devices.receipt_printer.slips import in_background, wait_until
from tests.devices.sheet_printer.real_stage import real_stage

pytestmark = pytest.mark.xdist_group("cups")


def test_a_printer_that_is_off_is_seen_while_idle_although_its_queue_says_nothing() -> None:
    with real_stage() as stage:
        stage.printer.switch_off()
        states = [stage.driver.status() for _ in range(3)]
        assert [status.reason for status in states] == [
            "sheet_printer.silent",
            "sheet_printer.silent",
            "sheet_printer.power_off",
        ]
        assert (states[-1].state, states[-1].action) == (DeviceState.POWER_OFF, Action.CLEAR)
        assert stage.print("j-1").outcome is Outcome.NOT_PRINTED
        stage.printer.start()
        assert stage.driver.status().reason is None
        assert stage.print("j-2").outcome is Outcome.PRINTED


def test_switched_off_in_mid_job_nobody_knows_and_the_job_does_not_come_back() -> None:
    with real_stage() as stage:
        stage.printer.set_slow(is_slow=True)
        loaded = SerialRun(100, 5)
        with in_background(lambda: stage.print("j-1", 2, serials=loaded)) as result:
            wait_until((stage.printer.folder / "wishes").exists, 6.0)
            stage.printer.switch_off()
            ended = result()
        assert (ended.outcome, ended.reason) == (Outcome.UNKNOWN, "sheet_printer.silent")
        # nobody counted: none of the job's sheets is trusted
        assert ended.serials is not None
        assert (ended.serials.used.count, ended.serials.spoiled.count, ended.serials.remaining.count) == (0, 2, 3)
        stage.printer.set_slow(is_slow=False)
        stage.printer.start()
        wait_until(lambda: stage.driver.status().reason is None, 6.0)
        wait_until(lambda: stage.server.kept() == [], 6.0)
        assert stage.printer.pages_out() == 0
        assert stage.print("j-2").outcome is Outcome.PRINTED
        assert stage.printer.pages_out() == 1


def test_a_queue_that_calls_a_job_done_whose_printer_is_off_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    with real_stage() as stage:

        def loses_its_printer(follower: JobFollower) -> JobState:
            stage.printer.switch_off()
            return JobState.COMPLETED

        stage.printer.set_slow(is_slow=True)
        monkeypatch.setattr(JobFollower, "run", loses_its_printer)
        ended = stage.print("j-1", 2)
        assert (ended.outcome, ended.reason) == (Outcome.UNKNOWN, "sheet_printer.silent")
