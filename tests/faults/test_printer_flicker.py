"""The slip printer vanishes for a moment and is there again: nothing is begun a second time."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.status import DeviceState
from tests.devices.receipt_printer.slips import LONG, in_background, print_slip, stage, wait_until


@pytest.mark.parametrize("wire", ["serial", "tcp", "usb"])
def test_a_flicker_in_mid_slip_never_prints_it_twice(wire: str) -> None:
    with stage(wire=wire, paced=True, mm_per_s=60.0) as (emulator, driver):
        driver.open()
        with in_background(lambda: print_slip(driver, "j-1", LONG)) as result:
            wait_until(lambda: int(str(emulator.state()["lines"])) >= 2)
            emulator.do("unplug", {})
            emulator.do("plug", {})
            assert result().outcome is Outcome.UNKNOWN
        assert driver.status().state is DeviceState.ONLINE
        wait_until(lambda: emulator.state()["fragment"] is False and emulator.state()["buffered"] == 0, 4.0)
        assert emulator.state()["cuts_by_job"] == [1]
        assert int(str(emulator.state()["lines"])) < len(LONG)
        again = print_slip(driver, "j-1", LONG)
        assert again.reason == "receipt_printer.repeated_job"
        assert emulator.state()["cuts_by_job"] == [1]


def test_a_flicker_between_slips_is_not_noticed_by_the_next_one() -> None:
    with stage() as (emulator, driver):
        driver.open()
        emulator.do("unplug", {})
        emulator.do("plug", {})
        driver.status()
        assert driver.status().reason is None
        assert print_slip(driver, "j-1").outcome is Outcome.PRINTED
        assert emulator.state()["cuts_by_job"] == [1]
