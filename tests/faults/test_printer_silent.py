"""The slip printer takes bytes and says nothing: that is never "plenty of paper", and never "printed"."""

import time

from devices.receipt_printer.types import Outcome
from devices.status import DeviceState, Paper
from tests.devices.receipt_printer.slips import LONG, in_background, print_slip, stage, wait_until


def test_silence_is_unknown_at_first_and_gone_after_three_misses() -> None:
    with stage() as (emulator, driver):
        driver.open()
        emulator.do("silence", {})
        states = [driver.status() for _ in range(3)]
        assert [status.state for status in states] == [DeviceState.ONLINE, DeviceState.ONLINE, DeviceState.POWER_OFF]
        assert {status.paper for status in states} == {Paper.UNKNOWN}
        assert states[0].reason == "receipt_printer.silent"
        emulator.do("normal", {})
        assert driver.status().paper is Paper.FULL


def test_a_silent_printer_is_gone_at_the_first_opening_within_a_second() -> None:
    with stage() as (emulator, driver):
        emulator.do("silence", {})
        started = time.monotonic()
        assert driver.open().state is DeviceState.POWER_OFF
        assert time.monotonic() - started < 1.0


def test_nothing_is_sent_to_a_printer_that_does_not_answer() -> None:
    with stage() as (emulator, driver):
        driver.open()
        emulator.do("silence", {})
        result = print_slip(driver, "j-1")
        assert (result.outcome, result.reason) == (Outcome.NOT_PRINTED, "receipt_printer.silent")
        assert emulator.state()["receipts"] == 0
        assert emulator.state()["fragment"] is False


def test_a_printer_that_falls_silent_in_mid_slip_makes_the_outcome_unknown() -> None:
    with stage(paced=True, mm_per_s=60.0) as (emulator, driver):
        driver.open()
        with in_background(lambda: print_slip(driver, "j-1", LONG)) as result:
            wait_until(lambda: int(str(emulator.state()["lines"])) >= 2)
            emulator.do("silence", {})
            assert (result().outcome, result().reason) == (Outcome.UNKNOWN, "receipt_printer.silent")
        emulator.do("normal", {})
        assert driver.status().reason is None
        wait_until(lambda: emulator.state()["cuts_by_job"] == [1])
