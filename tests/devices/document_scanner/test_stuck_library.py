"""A call into SANE that does not come back costs the host, after a while: a new process gets the scanner back."""

import threading
import time

import pytest

from devices.document_scanner import sane_driver
from devices.document_scanner.sane_driver import StuckError, make
from devices.status import DeviceState
from tests.devices.document_scanner.scanning import TEST_CONF


def test_the_library_is_given_time_and_then_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = make({"device": "test:0", "backend_config": TEST_CONF})
    comes_back = threading.Event()
    inside = threading.Thread(target=comes_back.wait, name="scan")
    inside.start()
    try:
        monkeypatch.setattr(driver, "_left", inside)
        monkeypatch.setattr(driver, "_left_at", time.monotonic())
        status = driver.status()
        assert (status.state, status.reason) == (DeviceState.HARDWARE_ERROR, "scanner.silent")
        monkeypatch.setattr(driver, "_left_at", time.monotonic() - sane_driver.STUCK_S)
        with pytest.raises(StuckError):
            driver.status()
    finally:
        comes_back.set()
        inside.join(5)
