"""Finding a driver by its name."""

import sys
from pathlib import Path

import pytest

from devices import drivers
from devices.status import DeviceClass
from kiosk.base.errors import BudayangError


@pytest.mark.parametrize("fault", ["import vendors_package", "import ctypes\nctypes.CDLL('libvendor.so')", "other = 1"])
def test_a_driver_that_cannot_be_loaded_is_told(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vendors_driver.py").write_text(fault)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "vendors_driver", raising=False)
    monkeypatch.setitem(drivers.BUILT_IN, (DeviceClass.KEYPAD, "vendors"), "vendors_driver:make")
    with pytest.raises(BudayangError, match=r"device\.no_driver"):
        drivers.find(DeviceClass.KEYPAD, "vendors")
