"""The stamp unit's port is opened again, as after a lost host: its line has parity, which a pseudo-terminal takes but once."""

from devices.described.driver import make_stamp_unit
from devices.described.reading import profile_path
from tests.devices.described.scenes import emulated


def test_a_line_with_parity_is_opened_as_often_as_needed() -> None:
    with emulated(profile_path("stamp_unit")) as emulator:
        emulator.do("set", {"key": "ink", "word": "full"})
        driver = make_stamp_unit({"port": emulator.port, "profile": "stamp_unit"})
        try:
            for _ in range(3):
                assert driver.open().is_usable  # the very first question is answered
                driver.close()
        finally:
            driver.close()
