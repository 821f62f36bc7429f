"""Somebody opens the slip printer's cover, before or during a slip."""

from devices.receipt_printer.types import Outcome
from devices.status import Action, DeviceState
from tests.devices.receipt_printer.slips import LONG, in_background, print_slip, stage, wait_until


def test_an_open_cover_is_told_and_the_slip_is_not_printed() -> None:
    with stage() as (emulator, driver):
        emulator.do("open_cover", {})
        status = driver.open()
        assert (status.state, status.cover_open, status.action) == (DeviceState.USER_ERROR, True, Action.CLEAR)
        result = print_slip(driver, "j-1")
        assert (result.outcome, result.reason) == (Outcome.NOT_PRINTED, "receipt_printer.cover_open")
        assert emulator.state()["receipts"] == 0


def test_a_cover_opened_in_mid_slip_makes_the_outcome_unknown_and_one_cut_at_most() -> None:
    with stage(paced=True, mm_per_s=60.0) as (emulator, driver):
        driver.open()
        with in_background(lambda: print_slip(driver, "j-1", LONG)) as result:
            wait_until(lambda: int(str(emulator.state()["lines"])) >= 2)
            emulator.do("open_cover", {})
            assert (result().outcome, result().reason) == (Outcome.UNKNOWN, "receipt_printer.cover_open")
        assert emulator.state()["cuts"] == 0
        emulator.do("close_cover", {})
        assert driver.status().cover_open is False
        wait_until(lambda: emulator.state()["fragment"] is False)
        assert emulator.state()["cuts_by_job"] == [1]
