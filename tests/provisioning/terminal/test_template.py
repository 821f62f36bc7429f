"""The configuration that `provision init` writes shows every device, and each comes to life by taking a sign away."""

import re
from pathlib import Path

import pytest
import yaml

from devices.drivers import BUILT_IN, find
from devices.status import DeviceClass
from kiosk.base.config import load_config
from kiosk.base.device_tables import DEVICES, TABLES
from provisioning.terminal import init_demo
from provisioning.terminal.cli import main
from tests.provisioning.terminal.test_init import PRODUCTION


def _switched_on(text: str) -> str:
    """The file with every setting that waits behind a # put to use."""
    return re.sub(r"(?m)^( *)#(?! )", r"\1", text)


@pytest.fixture(params=["production", "demo"])
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "demo":
        return init_demo(tmp_path / "hall")
    assert main(["init", "--dir", str(tmp_path / "hall"), *PRODUCTION]) == 0
    return tmp_path / "hall" / "terminal.yaml"


def test_every_device_can_be_switched_on_as_it_stands(written: Path) -> None:
    (written.parent / "csca").mkdir()
    before = load_config(written, at_start=False)
    written.write_text(_switched_on(written.read_text(encoding="utf-8")), encoding="utf-8")
    config = load_config(written, at_start=False)
    assert set(before.devices) == {"id_card_reader", "receipt_printer", "sheet_printer"}
    assert set(config.devices) == set(DEVICES)
    for name, device in config.devices.items():
        if (name, device.driver) in {(known.value, driver) for known, driver in BUILT_IN}:
            find(DeviceClass(name), device.driver)(dict(device.settings)).close()


def test_every_device_is_told_in_a_chinese_sentence_above_it(written: Path) -> None:
    lines = written.read_text(encoding="utf-8").splitlines()
    for name in set(DEVICES) - (
        {"id_card_reader", "receipt_printer", "sheet_printer"} if "demo" in lines[4] else set()
    ):
        (at,) = (number for number, line in enumerate(lines) if re.fullmatch(rf"  #?{name}:", line))
        above = []
        while lines[at - 1].startswith("  # "):
            at -= 1
            above.append(lines[at])
        assert re.search(r"[一-鿿]{4,}.*。", "".join(above)), name


def test_every_driver_is_named(tmp_path: Path) -> None:
    assert main(["init", "--dir", str(tmp_path / "hall"), *PRODUCTION]) == 0
    text = (tmp_path / "hall" / "terminal.yaml").read_text(encoding="utf-8")
    for drivers in TABLES.values():
        for driver in drivers:
            assert re.search(rf"(?<![a-z_]){driver}(?![a-z_])", text), driver


def test_the_file_is_yaml_as_it_stands_and_switched_on(written: Path) -> None:
    text = written.read_text(encoding="utf-8")
    assert yaml.safe_load(text)["devices"].keys() < yaml.safe_load(_switched_on(text))["devices"].keys()
