"""The slip printer is slow, or so slow that the time is up."""

import time

from devices.receipt_printer.status_codec import is_clean
from devices.receipt_printer.types import Outcome
from devices.status import CompletionCode
from tests.devices.receipt_printer.slips import LONG, Stage, command, print_slip, result_of, stage, wait_until


def test_a_slow_printer_is_waited_for() -> None:
    with stage(paced=True) as (emulator, driver):
        driver.open()
        emulator.do("slow", {"mm_per_s": 100})
        assert print_slip(driver, "j-1").outcome is Outcome.PRINTED


def test_a_slip_that_is_not_ready_in_time_ends_as_unknown_and_stops() -> None:
    with stage(paced=True, eject_at_start=False) as (emulator, driver):
        driver.open()
        emulator.do("slow", {"mm_per_s": 20})
        started = time.monotonic()
        completion = driver.execute(command("j-1", LONG, 0.6), Stage())
        assert time.monotonic() - started < 1.6
        assert completion.code is CompletionCode.TIME_OUT
        assert result_of(completion).outcome is Outcome.UNKNOWN
        emulator.do("normal", {})
        driver.status()
        wait_until(lambda: emulator.state()["cuts_by_job"] == [1])
        assert int(str(emulator.state()["lines"])) < len(LONG)


def test_a_late_good_answer_never_makes_an_empty_printer_look_well() -> None:
    with stage() as (emulator, driver):
        driver.open()
        emulator.do("slow", {"mm_per_s": 250, "reply_delay_s": 0.4})
        driver.status()  # its answer is still on the way, and good
        emulator.do("paper_out", {})
        assert all(not is_clean(driver.status()) for _ in range(4))
        emulator.do("normal", {})
        emulator.do("refill", {})
        wait_until(lambda: is_clean(driver.status()))
        assert print_slip(driver, "j-1").outcome is Outcome.PRINTED
