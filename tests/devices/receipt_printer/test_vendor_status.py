"""Printers that answer a maker's own status, and no DLE EOT: the driver with a profile against the emulator."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.status import DeviceState, Paper
from tests.devices.receipt_printer.slips import LONG, in_background, print_slip, stage, wait_until

DIALECTS = ["full6", "asb4"]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("wire", ["serial", "tcp", "usb"])
def test_a_slip_is_printed_once_on_the_makers_own_word(dialect: str, wire: str) -> None:
    with stage(wire=wire, dialect=dialect, vendor_status=dialect) as (emulator, driver):
        status = driver.open()
        assert (status.state, status.paper, status.cover_open) == (DeviceState.ONLINE, Paper.FULL, False)
        assert print_slip(driver, "j-1", LONG).outcome is Outcome.PRINTED
        assert print_slip(driver, "j-2").outcome is Outcome.PRINTED
        assert emulator.state()["cuts_by_job"] == [1, 1]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("action", "remedy", "key"),
    [
        ("paper_out", "refill", "paper_out"),
        ("open_cover", "close_cover", "cover_open"),
        ("cutter_jam", "clear_jam", "cutter_jammed"),
    ],
)
def test_a_trouble_while_idle_is_told_and_its_end_is(dialect: str, action: str, remedy: str, key: str) -> None:
    with stage(dialect=dialect, vendor_status=dialect) as (emulator, driver):
        driver.open()
        emulator.do(action, {})
        wait_until(lambda: driver.status().reason == f"receipt_printer.{key}")
        assert driver.status().reason == f"receipt_printer.{key}"  # also from one that says a thing only once
        assert print_slip(driver, "j-1").outcome is Outcome.NOT_PRINTED
        emulator.do(remedy, {})
        wait_until(lambda: driver.status().reason is None)
        assert print_slip(driver, "j-2").outcome is Outcome.PRINTED


@pytest.mark.parametrize("dialect", DIALECTS)
def test_little_paper_is_told_and_prints_on(dialect: str) -> None:
    with stage(dialect=dialect, vendor_status=dialect) as (emulator, driver):
        emulator.do("paper_low", {})
        driver.open()
        assert (driver.status().paper, driver.status().reason) == (Paper.LOW, None)
        assert print_slip(driver, "j-1").outcome is Outcome.PRINTED


@pytest.mark.parametrize("dialect", DIALECTS)
def test_paper_that_ends_in_mid_slip_is_known_by_the_makers_word(dialect: str) -> None:
    with stage(dialect=dialect, vendor_status=dialect, mm_per_s=80.0) as (emulator, driver):
        driver.open()
        emulator.do("paper_out_after", {"lines": 4})
        result = print_slip(driver, "j-1", LONG)
        assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "receipt_printer.paper_out")
        emulator.do("refill", {})
        wait_until(lambda: driver.status().reason is None)
        wait_until(lambda: emulator.state()["fragment"] is False and emulator.state()["buffered"] == 0)
        assert emulator.state()["cuts_by_job"] == [1]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_silent_printer_is_unknown_and_then_off(dialect: str) -> None:
    with stage(dialect=dialect, vendor_status=dialect) as (emulator, driver):
        driver.open()
        # the blank strip of the start is cut and what was said of it is heard
        wait_until(lambda: emulator.state()["blank_cuts"] == 1 and emulator.state()["buffered"] == 0)
        driver.status()
        driver.status()
        emulator.do("silence", {})
        states = [driver.status() for _ in range(3)]
        assert [status.paper for status in states] == [Paper.UNKNOWN] * 3
        assert states[-1].state is DeviceState.POWER_OFF
        emulator.do("normal", {})
        assert driver.status().reason is None


@pytest.mark.parametrize("dialect", DIALECTS)
def test_without_its_profile_such_a_printer_is_taken_for_silent(dialect: str) -> None:
    with stage(dialect=dialect) as (_, driver):
        assert driver.open().state is DeviceState.POWER_OFF


@pytest.mark.parametrize("dialect", DIALECTS)
def test_noise_is_no_status(dialect: str) -> None:
    with stage(dialect=dialect, vendor_status=dialect) as (emulator, driver):
        driver.open()
        emulator.do("garbage", {})
        for _ in range(6):
            status = driver.status()
            assert isinstance(status.state, DeviceState)
        with in_background(lambda: print_slip(driver, "j-1", timeout_s=3.0)) as result:
            assert result().outcome in (Outcome.NOT_PRINTED, Outcome.UNKNOWN)
        emulator.do("normal", {})
        wait_until(lambda: driver.status().reason is None, 4.0)
