"""The slip printer's cable is pulled, or its power cut, in the middle of a slip."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.status import DeviceState, Paper
from tests.devices.receipt_printer.slips import LONG, SHORT, in_background, print_slip, stage, wait_until


@pytest.mark.parametrize("wire", ["serial", "tcp"])
@pytest.mark.parametrize("after", [60, 300, 900, 1500])
def test_the_outcome_is_unknown_and_the_slip_is_cut_once_at_most(wire: str, after: int) -> None:
    with stage(wire=wire) as (emulator, driver):
        driver.open()
        emulator.do("unplug_after", {"bytes": after})
        result = print_slip(driver, "j-1", LONG)
        assert result.outcome in (Outcome.UNKNOWN, Outcome.NOT_PRINTED)
        assert result.outcome is Outcome.UNKNOWN or emulator.state()["fragment"] is False
        gone = [driver.status() for _ in range(3)][-1]
        assert (gone.state, gone.paper) == (DeviceState.POWER_OFF, Paper.UNKNOWN)

        emulator.do("plug", {})
        assert driver.open().state is DeviceState.ONLINE
        wait_until(lambda: emulator.state()["fragment"] is False)
        receipts = int(str(emulator.state()["receipts"]))
        assert receipts <= (1 if result.outcome is Outcome.UNKNOWN else 0)
        assert receipts == 1 or after < 200
        assert print_slip(driver, "j-2", SHORT).outcome is Outcome.PRINTED
        cuts = emulator.state()["cuts_by_job"]
        assert isinstance(cuts, list)
        assert max(cuts) == 1


def test_three_misses_make_it_gone_and_not_one() -> None:
    with stage() as (emulator, driver):
        assert driver.open().state is DeviceState.ONLINE
        emulator.do("unplug", {})
        states = [driver.status() for _ in range(3)]
        assert [status.state for status in states] == [DeviceState.ONLINE, DeviceState.ONLINE, DeviceState.POWER_OFF]
        assert all(status.paper is Paper.UNKNOWN and status.reason is not None for status in states)


def test_a_printer_that_lost_its_power_forgets_and_the_next_slip_is_whole() -> None:
    with stage(wire="tcp", paced=True, mm_per_s=80.0) as (emulator, driver):
        driver.open()
        with in_background(lambda: print_slip(driver, "j-1", LONG)) as result:
            wait_until(lambda: int(str(emulator.state()["lines"])) >= 2)
            emulator.do("power_cut", {})
            assert (result().outcome, result().reason) == (Outcome.UNKNOWN, "receipt_printer.unplugged")
        emulator.do("plug", {})
        assert print_slip(driver, "j-2", SHORT).outcome is Outcome.PRINTED
        assert emulator.state()["cuts_by_job"] == [1, 1]
