"""``devices probe`` from the command line."""

import json
import stat
from pathlib import Path

import pytest

from devices.probing.command import main
from kiosk.base.config import load_config
from tests.devices.inspection.configurations import write_configuration
from tests.devices.probing.trees import Tree
from tests.devices.scenes import line_of


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    empty = tmp_path / "sane"
    empty.mkdir()
    (empty / "dll.conf").touch()
    monkeypatch.setenv("SANE_CONFIG_DIR", str(empty))
    return Tree(tmp_path)


def test_a_reader_that_answers_becomes_a_configuration_in_a_private_file(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "devices.yaml"
    with line_of() as emulator:
        assert main(["--talk", "--port", emulator.port, "--write", str(target)], tree.places) == 0
        told = capsys.readouterr().out
        assert "身份证阅读器" in told
        assert "apt install pcscd" in told or "PC/SC" in told
        assert "systemctl start cups" in told
        assert "systemctl start nut-server" in told
        assert "Traceback" not in told
        config = load_config(write_configuration(tmp_path, target.read_text(encoding="utf-8")), at_start=False)
        assert config.devices["id_card_reader"].settings["port"] == emulator.port
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_an_existing_file_is_never_touched(tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "devices.yaml"
    target.write_text("mine")
    assert main(["--write", str(target)], tree.places) == 2
    assert target.read_text() == "mine"
    assert "没有覆盖" in capsys.readouterr().err
    assert main(["--write", str(tmp_path / "none" / "x.yaml"), "--language", "en"], tree.places) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_findings_for_programs_are_json(tree: Tree, capsys: pytest.CaptureFixture[str]) -> None:
    adapter = tree.usb("1-2", "0403", "6001", "FTDI", "FT232R")
    tree.node("tty", "ttyUSB0", adapter)
    tree.usb("1-1", "04b8", "0e28", "EPSON", "TM-T82", number="07")
    assert main(["--json"], tree.places) == 0
    told = json.loads(capsys.readouterr().out)
    by_source = {source["source"]: source for source in told["sources"]}
    assert by_source["serial"]["findings"][0]["name"] == "FTDI FT232R (0403:6001)"
    assert by_source["nut"]["problem"]["key"] == "probe.nut_no_service"
    assert "usb_vendor" in told["proposal"]
