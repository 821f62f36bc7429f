"""The slip printer's USB plug is pulled: while idle, in the middle of a slip, and when it hangs."""

from devices.receipt_printer.types import Outcome
from devices.status import DeviceState
from tests.devices.receipt_printer.slips import LONG, in_background, print_slip, stage, wait_until


def test_pulled_while_idle_it_is_silent_and_then_off_and_comes_back() -> None:
    with stage(wire="usb") as (emulator, driver):
        driver.open()
        emulator.do("unplug", {})
        reasons = [driver.status().reason for _ in range(3)]
        assert reasons == ["receipt_printer.silent", "receipt_printer.silent", "receipt_printer.power_off"]
        assert print_slip(driver, "j-1").outcome is Outcome.NOT_PRINTED
        emulator.do("plug", {})
        assert driver.status().state is DeviceState.ONLINE


def test_pulled_in_mid_slip_nobody_knows_and_the_fragment_is_cut_off() -> None:
    with stage(wire="usb", mm_per_s=60.0) as (emulator, driver):
        driver.open()
        with in_background(lambda: print_slip(driver, "j-1", LONG)) as result:
            wait_until(lambda: int(str(emulator.state()["lines"])) >= 2)
            emulator.do("unplug", {})
            assert (result().outcome, result().reason) == (Outcome.UNKNOWN, "receipt_printer.unplugged")
        emulator.do("plug", {})
        wait_until(lambda: driver.status().reason is None)
        wait_until(lambda: emulator.state()["cuts_by_job"] == [1], 4.0)
        assert print_slip(driver, "j-2").outcome is Outcome.PRINTED
