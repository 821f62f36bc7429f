"""The slip printer's line carries noise."""

from devices.receipt_printer.types import Outcome
from tests.devices.receipt_printer.slips import LONG, in_background, print_slip, stage, wait_until


def test_noise_never_passes_for_a_clean_printer_for_long() -> None:
    with stage() as (emulator, driver):
        driver.open()
        emulator.do("garbage", {})
        reasons = [driver.status().reason for _ in range(6)]
        # a random byte has the form of a reply once in sixteen: four right ones in a row are a rare accident
        assert sum(reason is not None for reason in reasons) >= 5
        emulator.do("normal", {})
        driver.status()
        assert driver.status().reason is None


def test_noise_in_mid_slip_makes_the_outcome_unknown_and_one_cut_at_most() -> None:
    with stage(paced=True, mm_per_s=60.0) as (emulator, driver):
        driver.open()
        with in_background(lambda: print_slip(driver, "j-1", LONG)) as result:
            wait_until(lambda: int(str(emulator.state()["lines"])) >= 2)
            emulator.do("garbage", {})
            assert result().outcome is Outcome.UNKNOWN
        emulator.do("normal", {})
        driver.status()
        assert print_slip(driver, "j-2").outcome is Outcome.PRINTED
        cuts = emulator.state()["cuts_by_job"]
        assert isinstance(cuts, list)
        assert max(cuts) == 1
