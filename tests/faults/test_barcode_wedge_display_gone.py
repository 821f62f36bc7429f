"""The X server on which the scanner types ends in mid-read, and comes back."""

import pytest

from devices.barcode_reader.types import BarcodeRead
from devices.status import DeviceState
from kiosk.base.errors import Problem
from tests.devices.barcode_reader.test_wedge_driver import shown_until_read, wedge_on
from tests.devices.barcode_reader.virtual_display import virtual_display
from tests.devices.scenes import PATIENCE_S


@pytest.mark.allow_log("device_lost")
def test_the_read_ends_and_the_keyboard_is_taken_again_later() -> None:
    with virtual_display() as display, wedge_on(display) as wedge:
        attempt = wedge.scan(0)
        display.kill()
        assert attempt.outcome() == Problem("barcode.gone")
        wedge.statuses.wait_for(lambda status: status.state is DeviceState.POWER_OFF)
        wedge.statuses.items.clear()
        display.start()
        wedge.statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
        assert isinstance(shown_until_read(display, wedge.scan(PATIENCE_S), "SZ2026-17"), BarcodeRead)
