"""The slip printer hangs in the middle of a slip: it neither takes bytes nor answers, and later it wakes up."""

import pytest

from devices.receipt_printer.status_codec import is_clean
from devices.receipt_printer.types import Outcome
from tests.devices.receipt_printer.slips import LONG, SHORT, in_background, print_slip, stage, wait_until


@pytest.mark.parametrize(("wire", "chinese_font"), [("serial", False), ("tcp", True)])
def test_a_hung_printer_makes_the_outcome_unknown_and_wakes_up_without_a_second_slip(
    wire: str, chinese_font: bool
) -> None:
    with stage(wire=wire, paced=True, mm_per_s=120.0, chinese_font=chinese_font, write_s=0.3) as (emulator, driver):
        driver.open()
        with in_background(lambda: print_slip(driver, "j-1", LONG)) as result:
            wait_until(lambda: int(str(emulator.state()["lines"])) >= 2)
            with emulator._lock:  # its thread stands still
                outcome = result()
            assert outcome.outcome is Outcome.UNKNOWN
            assert outcome.reason in ("receipt_printer.silent", "receipt_printer.stalled")
        wait_until(lambda: is_clean(driver.status()), 5)
        wait_until(lambda: emulator.state()["fragment"] is False, 5)
        assert emulator.state()["cuts_by_job"] == [1]
        assert int(str(emulator.state()["lines"])) < len(LONG)
        assert print_slip(driver, "j-2", SHORT).outcome is Outcome.PRINTED
        assert emulator.state()["cuts_by_job"] == [1, 1]
