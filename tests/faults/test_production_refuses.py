"""A production terminal and the demo keep out of each other's way: emulators are refused, and so is the demo, in words."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from provisioning.demo import cli, production
from provisioning.demo.world import ROOT
from provisioning.terminal import init_demo
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
    for name in config["devices"].keys() - {"ups"}:  # a dummy-ups is not to be told from a real supply through upsd
        assert f"devices.{name}." in refused.stderr
    assert "/dev/pts/" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "state").exists()


EMULATED: dict[str, dict[str, object]] = {
    "id_card_reader": {"driver": "pcsc", "reader": "Virtual PCD 00 00"},
    "sheet_printer": {"driver": "file", "tcp_port": 8631},
    "document_scanner": {"driver": "sane", "device": "test:0"},
    "document_camera": {"driver": "mjpeg", "url": "http://127.0.0.1:8080/"},
    "face_camera": {"driver": "file", "path": "film.avi"},
    "audio": {"driver": "alsa", "output": "null"},
}
"""Beside them every serial device, on a pseudo-terminal of its own."""
ON_A_PORT: dict[str, dict[str, object]] = {
    "receipt_printer": {"driver": "escpos", "transport": "serial"},
    "permit_rewriter": {"driver": "serial"},
    "barcode_reader": {"driver": "serial"},
    "keypad": {"driver": "serial", "profile": "metal_16"},
    "signature_pad": {"driver": "serial"},
    "fingerprint_reader": {"driver": "serial"},
    "cabinet": {"driver": "described", "profile": "io_board"},
    "locker": {"driver": "described", "profile": "locker_12"},
    "stamp_unit": {"driver": "described", "profile": "stamp_unit"},
    "card_dispenser": {"driver": "described", "profile": "card_dispenser"},
}


def test_every_emulated_device_is_named_at_the_refusal(tmp_path: Path) -> None:
    config = yaml.safe_load(init_demo(tmp_path / "demo").read_text(encoding="utf-8"))
    pairs = [os.openpty() for _ in ON_A_PORT]
    config["profile"] = "production"
    config["devices"] = EMULATED | {
        name: {**settings, "port": os.ttyname(pair[1])}
        for (name, settings), pair in zip(ON_A_PORT.items(), pairs, strict=True)
    }
    file = tmp_path / "demo" / "production.yaml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    try:
        refused = start(file)
    finally:
        for descriptor in itertools.chain(*pairs):
            os.close(descriptor)
    assert refused.returncode == 2
    for name in config["devices"]:
        assert f" devices.{name}." in refused.stderr, name
    assert refused.stderr.count(" devices.") == len(config["devices"])
    assert "Traceback" not in refused.stderr


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
