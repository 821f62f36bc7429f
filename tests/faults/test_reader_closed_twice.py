"""A driver is closed twice, in the middle of nothing or after its plug was pulled."""

import pytest

from devices.id_card_reader.serial_driver import make
from devices.status import DeviceState
from tests.devices.scenes import QUICK, line_of


@pytest.mark.parametrize("is_cut", [False, True])
def test_the_second_close_does_nothing(is_cut: bool) -> None:
    with line_of() as emulator:
        driver = make({"port": emulator.port, "times": QUICK})
        assert driver.open().state is DeviceState.ONLINE
        if is_cut:
            emulator.do("cut", {})
        driver.close()
        driver.close()
        emulator.do("reconnect", {})
        assert driver.open().state is DeviceState.ONLINE
        driver.close()
