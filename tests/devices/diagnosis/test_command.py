"""``devices diagnose``: whole, private, and without anything of a citizen whose card was read before."""

import io
import json
import stat
import tarfile
from pathlib import Path

import pytest

from devices.diagnosis import command
from devices.diagnosis.bundle import FOLDER, pack
from devices.diagnosis.command import main
from devices.probing.sources import ask_all
from devices.status import DeviceClass
from kiosk.base.clock import ManualClock
from kiosk.base.logs import start_logging
from tests.devices.inspection.configurations import write_configuration
from tests.devices.probing.trees import Tree
from tests.devices.scenes import line_of, reader_scene

ENCODINGS = ("utf-8", "utf-16-le", "gb18030")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    empty = tmp_path / "sane"
    empty.mkdir()
    (empty / "dll.conf").touch()
    monkeypatch.setenv("SANE_CONFIG_DIR", str(empty))
    return Tree(tmp_path)


@pytest.fixture
def few_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """One source instead of all of them: for tests that look at something else."""
    monkeypatch.setattr(command, "ask_all", lambda places: ask_all(places, ["usb"]))


def members_of(path: Path) -> dict[str, bytes]:
    with tarfile.open(path, "r:gz") as tar:
        found = {}
        for info in tar.getmembers():
            assert (info.mode, info.uid, info.gid, info.uname, info.mtime) == (0o600, 0, 0, "", 0)
            file = tar.extractfile(info)
            assert file is not None
            found[info.name.removeprefix(f"{FOLDER}/")] = file.read()
        return found


def test_nothing_of_a_citizen_whose_card_was_read_is_in_the_bundle(tree: Tree, tmp_path: Path) -> None:
    logs = tmp_path / "state" / "log"
    out = tmp_path / "bundle.tar.gz"
    with reader_scene() as scene:
        settings: dict[str, object] = {"driver": "serial", "port": scene.emulator.port, "baud_rate": 115200}
        config = write_configuration(tmp_path, {"id_card_reader": settings}, language="en")
        with start_logging("terminal", logs, stderr=False, level=10):
            text = scene.reads_a_card("resident").text
            attempt = scene.read()
            scene.reader.cancel("action-2")
            attempt.outcome()
        assert (text.name, text.id_number, text.address) != ("", "", "")
        planted = [text.name, text.id_number, f"{text.address} {text.name}", json.dumps({"name": text.name})]
        with (logs / "terminal.log").open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in planted)
        (logs / "terminal.crash").write_text(f"{text.name}\nFatal Python error: Aborted\n", encoding="utf-8")
        assert main(["--config", str(config), "--out", str(out)], config, tree.places) == 0
    members = members_of(out)
    needles = {word.encode(encoding) for word in (text.name, text.id_number, text.address) for encoding in ENCODINGS}
    found = [(name, needle) for name, data in members.items() for needle in needles if needle in data]
    assert [name for name, _ in found] == []
    told = members["log/terminal.log"].decode()
    assert '"event": "command_ended"' in told
    assert "4 line(s)" in told
    assert members["log/terminal.crash"] == b"Fatal Python error: Aborted\n"


def test_the_bundle_says_what_is_in_it_and_is_its_owner_s_alone(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bundle.tar.gz"
    tree.usb("1-1", "04b8", "0e28", "EPSON", "TM-T82", number="07")
    with line_of() as emulator:
        settings: dict[str, object] = {"driver": "serial", "port": emulator.port, "baud_rate": 115200}
        config = write_configuration(tmp_path, {"id_card_reader": settings})
        assert main(["--config", str(config), "--out", str(out)], config, tree.places, ManualClock()) == 0
    assert "README.txt" in capsys.readouterr().out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    members = members_of(out)
    readme = members["README.txt"].decode()
    assert "2026-11-21T23:04:00+08:00" in readme
    assert all(name in readme for name in members)
    (reader,) = json.loads(members["devices.json"])
    assert (reader["class"], reader["usable"]) == (DeviceClass.ID_CARD_READER.value, True)
    versions = json.loads(members["versions.json"])
    assert versions["packages"]["msgspec"]
    assert versions["python"].startswith("3.11")
    assert json.loads(members["usb.json"])[0]["name"] == "TM-T82"
    assert json.loads(members["machine.json"])["memory_kib"]["MemTotal"] > 0
    keys = {source["problem"]["key"] for source in json.loads(members["found.json"]) if source["problem"]}
    assert "probe.cups_no_service" in keys


@pytest.mark.usefixtures("few_sources")
@pytest.mark.allow_log("device_lost")  # neither is there
def test_secrets_of_the_configuration_are_left_out(tree: Tree, tmp_path: Path) -> None:
    out = tmp_path / "bundle.tar.gz"
    camera: dict[str, object] = {"driver": "mjpeg", "url": "http://192.0.2.9:8080/geheim?token=geheim"}
    foreign: dict[str, object] = {"driver": "acme", "port": "/dev/ttyS9", "password": "geheim"}
    config = write_configuration(tmp_path, {"face_camera": camera, "keypad": foreign})
    key = tmp_path / "keys" / "attestation.pem"
    key.parent.mkdir()
    key.write_text("geheim")
    assert main(["--config", str(config), "--out", str(out), "--lines", "1"], config, tree.places) == 0
    members = members_of(out)
    shown = json.loads(members["configuration.json"])
    assert shown["devices"]["face_camera"]["url"] == "http://192.0.2.9:8080"
    assert shown["devices"]["keypad"] == {"driver": "acme", "port": "<left out>", "password": "<left out>"}
    assert shown["keys"]["attestation_private"]["is_there"]
    assert not [name for name, data in members.items() if b"geheim" in data]


@pytest.mark.usefixtures("few_sources")
def test_a_wrong_configuration_gives_a_bundle_without_what_stands_in_it(
    tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bundle.tar.gz"
    config = write_configuration(tmp_path, {"id_card_reader": {"driver": "serial", "port": "geheim"}})
    assert main(["--config", str(config), "--out", str(out)], config, tree.places) == 0
    assert "devices.id_card_reader.port" in capsys.readouterr().err
    members = members_of(out)
    complaints = json.loads(members["configuration.json"])["complaints"]
    assert [one["problem"] for one in complaints] == ["config.text_form"]
    assert not [name for name, data in members.items() if b"geheim" in data]


def test_nothing_is_overwritten(tree: Tree, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "bundle.tar.gz"
    out.write_text("mine")
    config = write_configuration(tmp_path, "devices: {}")
    assert main(["--config", str(config), "--out", str(out)], config, tree.places) == 2
    assert out.read_text() == "mine"
    assert main(["--config", str(config), "--out", str(tmp_path / "none" / "b.tar.gz")], config, tree.places) == 2
    assert "没有覆盖" in capsys.readouterr().err


def test_the_same_contents_are_the_same_bytes() -> None:
    first = pack({"b": b"2", "log/a": b"1"})
    assert first == pack({"log/a": b"1", "b": b"2"})
    with tarfile.open(fileobj=io.BytesIO(first), mode="r:gz") as tar:
        assert tar.getnames() == [f"{FOLDER}/b", f"{FOLDER}/log/a"]
