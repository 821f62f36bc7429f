"""A production terminal and the demo keep out of each other's way: emulators are refused, and so is the demo, in words."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from provisioning.demo import cli, production
from provisioning.demo.world import ROOT
from tests.faults.visits import FaultyHall


def start(config: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), "--config", str(config)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, cwd=ROOT, check=False)


def test_a_production_profile_on_emulators_does_not_start_and_says_why(hall: FaultyHall, tmp_path: Path) -> None:
    config = yaml.safe_load(hall.world.config.read_text(encoding="utf-8"))
    config["profile"] = "production"
    config["state_dir"] = str(tmp_path / "state")
    for name, path in config["keys"].items():
        if name != "attestation_key_id":
            config["keys"][name] = str(hall.world.config.parent / path)
    file = tmp_path / "terminal.yaml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    refused = start(file)
    assert refused.returncode == 2
    assert refused.stdout == ""
    for where in ("devices.id_card_reader.port", "devices.receipt_printer.port", "sheet_printer", "platform.url"):
        assert where in refused.stderr
    assert "/dev/pts/" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "state").exists()


def test_the_demo_refuses_a_production_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = tmp_path / "terminal.yaml"
    terminal.write_text("profile: 'production'\n", encoding="utf-8")
    monkeypatch.setattr(production, "PRODUCTION_CONFIG", terminal)
    assert cli.main([], lambda _: pytest.fail("the demo began")) == 2
    said = capsys.readouterr().err
    assert str(terminal) in said
    assert "demo.production" not in said
