"""The roll ends in the middle of a slip: the outcome is unknown, and the rest never comes out for the next citizen."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.status import Paper
from tests.devices.receipt_printer.slips import LONG, SHORT, print_slip, stage, wait_until


@pytest.mark.parametrize("wire", ["serial", "tcp"])
def test_the_outcome_is_unknown_and_the_rest_is_forgotten(wire: str) -> None:
    with stage(wire=wire) as (emulator, driver):
        driver.open()
        emulator.do("paper_out_after", {"lines": 6})
        result = print_slip(driver, "j-1", LONG)
        assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "receipt_printer.paper_out")
        wait_until(lambda: emulator.state()["buffered"] == 0)
        assert emulator.state()["cuts"] == 0
        assert driver.status().paper is Paper.OUT

        emulator.do("refill", {})
        assert driver.status().is_usable
        wait_until(lambda: emulator.state()["fragment"] is False)
        assert emulator.state()["cuts_by_job"] == [1]
        assert int(str(emulator.state()["lines"])) <= 7


def test_the_next_slip_carries_nothing_of_the_one_before() -> None:
    with stage() as (emulator, driver):
        assert print_slip(driver, "j-0", SHORT).outcome is Outcome.PRINTED
        alone = emulator.last_receipt_png()
        emulator.do("paper_out_after", {"lines": 5})
        assert print_slip(driver, "j-1", LONG).outcome is Outcome.UNKNOWN
        emulator.do("refill", {})
        assert print_slip(driver, "j-2", SHORT).outcome is Outcome.PRINTED
        assert emulator.last_receipt_png() == alone
        assert emulator.state()["cuts_by_job"] == [1, 1, 1]


def test_paper_that_ends_with_the_last_line_is_never_called_printed_without_its_cut() -> None:
    with stage() as (emulator, driver):
        driver.open()
        emulator.do("paper_out_after", {"lines": 4})
        assert print_slip(driver, "j-1", SHORT).outcome is Outcome.UNKNOWN
        assert emulator.state()["cuts"] == 0


def test_a_printer_that_cannot_clear_its_buffer_is_left_with_two_marks_of_text_at_most() -> None:
    with stage(clear_buffer=False) as (emulator, driver):
        driver.open()
        emulator.do("paper_out_after", {"lines": 3})
        assert print_slip(driver, "j-1", LONG).outcome is Outcome.UNKNOWN
        assert 0 < int(str(emulator.state()["buffered"])) < 1400  # of some 2,600
        emulator.do("refill", {})
        assert print_slip(driver, "j-2", SHORT).outcome is Outcome.PRINTED
        assert emulator.state()["cuts_by_job"] == [1, 1]
