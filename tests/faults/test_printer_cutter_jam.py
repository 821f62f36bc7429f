"""The cutter jams: the slip is on paper but not cut off."""

from devices.receipt_printer.types import Outcome
from devices.status import Action, Paper
from tests.devices.receipt_printer.slips import in_background, print_slip, stage, wait_until


def test_a_jammed_cutter_makes_the_outcome_unknown_and_is_cut_once_when_it_is_free() -> None:
    with stage(eject_at_start=False) as (emulator, driver):
        driver.open()
        emulator.do("cutter_jam", {})
        status = driver.status()
        assert (status.paper, status.action, status.reason) == (
            Paper.JAMMED,
            Action.CLEAR,
            "receipt_printer.cutter_jammed",
        )
        assert print_slip(driver, "j-1").outcome is Outcome.NOT_PRINTED
        emulator.do("clear_jam", {})
        assert print_slip(driver, "j-2").outcome is Outcome.PRINTED
        assert emulator.state()["cuts_by_job"] == [1]


def test_a_jam_at_the_cut_itself_is_no_printed_slip() -> None:
    with stage(paced=True, mm_per_s=30.0) as (emulator, driver):
        driver.open()
        with in_background(lambda: print_slip(driver, "j-1")) as result:
            wait_until(lambda: int(str(emulator.state()["lines"])) >= 1)
            emulator.do("cutter_jam", {})
            assert (result().outcome, result().reason) == (Outcome.UNKNOWN, "receipt_printer.cutter_jammed")
        assert emulator.state()["cuts"] == 0
        emulator.do("clear_jam", {})
        assert driver.status().reason is None
        wait_until(lambda: emulator.state()["cuts_by_job"] == [1])
