"""The roll is empty before a slip is begun: nothing goes out, and the reason is told."""

from devices.receipt_printer.types import Outcome
from devices.status import Action, Paper
from tests.devices.receipt_printer.slips import print_slip, stage


def test_an_empty_roll_is_told_and_the_slip_is_not_printed() -> None:
    with stage() as (emulator, driver):
        driver.open()
        emulator.do("paper_out", {})
        status = driver.status()
        assert (status.paper, status.action, status.reason) == (Paper.OUT, Action.CLEAR, "receipt_printer.paper_out")
        assert not status.is_usable
        result = print_slip(driver, "j-1")
        assert (result.outcome, result.reason) == (Outcome.NOT_PRINTED, "receipt_printer.paper_out")
        assert emulator.state()["receipts"] == 0
        assert emulator.state()["fragment"] is False


def test_the_next_slip_is_printed_once_when_paper_is_back() -> None:
    with stage() as (emulator, driver):
        emulator.do("paper_out", {})
        assert print_slip(driver, "j-1").outcome is Outcome.NOT_PRINTED
        emulator.do("refill", {})
        assert driver.status().is_usable
        assert print_slip(driver, "j-2").outcome is Outcome.PRINTED
        assert emulator.state()["cuts_by_job"] == [1]


def test_little_paper_is_told_and_does_not_stop_a_slip() -> None:
    with stage() as (emulator, driver):
        driver.open()
        emulator.do("paper_low", {})
        assert driver.status().paper is Paper.LOW
        assert print_slip(driver, "j-1").outcome is Outcome.PRINTED
