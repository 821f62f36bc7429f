"""A conversation is recorded between a driver and a device, and then answers the driver alone."""

import threading
from pathlib import Path

import pytest

from devices.cabinet.cabinet import read_status
from devices.cabinet.types import Door
from devices.described.driver import make_cabinet
from devices.described.reading import load_description, profile_path
from devices.driver import Driver
from devices.messages import Command
from devices.recorder.command import main
from devices.recorder.player import Player
from devices.recorder.recorder import record
from devices.recorder.recording_codec import DEVICE, HEADER, HOST, Piece, parse_recording
from devices.status import CompletionCode, DeviceState
from tests.devices.described.scenes import emulated

_LAMP = Command("lamp", "setAuxiliaries", 2.0, b"\x81\xacaudibleAlarm\xa2on")


class _Running:
    action_id = "lamp"

    def is_cancelled(self) -> bool:
        return False

    def emit(self, name: str, payload: bytes = b"") -> None:
        raise AssertionError(name)


def _driver(port: str) -> Driver:
    return make_cabinet({"port": port, "profile": "io_board"})


def test_what_was_recorded_answers_the_driver_again(tmp_path: Path) -> None:
    path = profile_path("io_board")
    file = tmp_path / "recording.txt"
    with emulated(path) as emulator, record(emulator.port, file, load_description(path)) as recorder:
        emulator.do("set", {"key": "doors.front", "word": "open"})
        driver = _driver(recorder.driver_port)
        assert driver.open().state is DeviceState.ONLINE
        assert driver.execute(_LAMP, _Running()).code is CompletionCode.SUCCESS
        driver.close()
    text = file.read_text(encoding="utf-8")
    assert text.startswith(HEADER)
    assert "> AA 55 01 10 11  # inputs\n" in text
    assert "# inputs: inputs=1 fault=0\n" in text
    assert "# setAuxiliaries: audibleAlarm=1\n" in text
    assert file.stat().st_mode & 0o777 == 0o600
    player = Player(parse_recording(text))
    player.start()
    try:
        driver = _driver(player.port)
        status = driver.open()
        assert read_status(status).doors["front"] is Door.OPEN
        assert driver.execute(_LAMP, _Running()).code is CompletionCode.SUCCESS
        off = Command("lamp", "setAuxiliaries", 2.0, b"\x81\xacaudibleAlarm\xa3off")
        assert driver.execute(off, _Running()).reason == "described.no_answer"  # this was never recorded
        driver.close()
        assert player.counters["requests"] >= 4
    finally:
        player.stop()
        player.stop()


def test_a_recorded_pause_is_kept_and_does_not_hold_the_end() -> None:
    pieces = [Piece(0.0, DEVICE, b"hello"), Piece(1.0, HOST, b"a"), Piece(61.0, DEVICE, b"late")]
    player = Player(pieces, pace=1.0)
    player.start()
    with Path(player.port).open("r+b", buffering=0) as end:
        assert end.read(5) == b"hello"
        end.write(b"a")
        player.stop()  # bounded: the fixture of the house fails on a thread that is left


def test_a_device_that_goes_ends_the_recording(tmp_path: Path) -> None:
    file = tmp_path / "recording.txt"
    with emulated(profile_path("io_board")) as emulator, record(emulator.port, file) as recorder:
        emulator.do("unplug", {})
        assert recorder.wait(5)


def test_the_command_records_until_it_is_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    over = threading.Event()
    over.set()
    file = tmp_path / "recording.txt"
    with emulated(profile_path("io_board")) as emulator:
        assert main(["record", emulator.port, str(file), str(profile_path("io_board"))], over) == 0
    assert "个人信息" in capsys.readouterr().out
    assert main(["play", str(file)], over) == 0
    assert main(["record", str(tmp_path / "no-port"), str(file)], over) == 1
    assert main(["record", "p", "f", str(tmp_path / "none.yaml")], over) == 2
    file.write_text("nonsense\n", encoding="utf-8")
    assert main(["play", str(file)], over) == 1
    assert ":1: " in capsys.readouterr().err
    assert main([], over) == 2
