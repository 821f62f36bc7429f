"""What a host says of its own end reaches the log."""

import pytest

from devices.log_events import log
from devices.status import DeviceClass


@pytest.mark.allow_log("host_error")
@pytest.mark.parametrize("where", ["x11_keyboard.py:71", "v4l2_driver.py:9", "_helper.py:3", "__init__.py:12"])
@pytest.mark.parametrize("error", ["OSError", "_LostError", "error", "Empty", "TimeoutExpired"])
def test_type_and_place_of_a_driver_s_error_are_logged(
    error: str, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    log.event("host_error", device=DeviceClass.BARCODE_READER, error=error, where=where)
    assert f"error={error} where={where}" in caplog.text


@pytest.mark.allow_log("host_error")
@pytest.mark.parametrize("error", ["张三", "440308199901101512", "zhang", "E12345678"])
def test_nothing_else_gets_through_as_a_type(error: str, caplog: pytest.LogCaptureFixture) -> None:
    log.event("host_error", device=DeviceClass.BARCODE_READER, error=error, where=error)
    assert error not in caplog.text
