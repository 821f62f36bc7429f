"""``devices list`` against emulators, through real hosts."""

import itertools
import json
import time
from pathlib import Path

import pytest

from devices.command import main
from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.inspection.configured import address_of, place_of
from devices.inspection.words import name_of, sentences_of, words_of
from devices.status import Action, DeviceClass, DeviceState, DeviceStatus, Media, Part
from kiosk.base.sentences import LANGUAGES
from tests.devices.inspection.configurations import write_configuration
from tests.devices.scenes import line_of, reader_scene


def reader_settings(port: str) -> dict[str, dict[str, object]]:
    return {"id_card_reader": {"driver": "serial", "port": port, "baud_rate": 115200}}


def test_a_usable_reader_is_listed_with_words_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with line_of() as emulator:
        path = write_configuration(tmp_path, reader_settings(emulator.port), language="zh_HK")
        assert main(["list", "--config", str(path)]) == 0
        said = capsys.readouterr()
        assert "[可用] 身份證閱讀器 id_card_reader" in said.out
        assert emulator.port in said.out
        assert "device=online media=unknown" in said.out
        assert "運作正常" in said.out
        assert said.err == ""


@pytest.mark.allow_log("device_lost")  # told to nobody but the log; the answer says it
def test_a_missing_reader_is_told_by_exit_status_word_and_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_configuration(tmp_path, reader_settings(str(tmp_path / "ttyUSB9")), language="en")
    began = time.monotonic()
    assert main(["list", "--config", str(path), "--json"]) == 1
    assert time.monotonic() - began < 10
    said = capsys.readouterr()
    (entry,) = json.loads(said.out)
    assert (entry["class"], entry["driver"], entry["usable"]) == ("id_card_reader", "serial", False)
    assert (entry["status"]["state"], entry["status"]["action"]) == ("powerOff", "maintenance")
    assert entry["sentences"][0].startswith("The card reader is not connected")
    assert entry["sentences"][1] == "It takes a technician."
    assert said.err == ""


def test_a_port_that_another_program_holds_is_not_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with reader_scene() as scene:
        host = scene.supervisor.pids()[DeviceClass.ID_CARD_READER]
        path = write_configuration(tmp_path, reader_settings(scene.emulator.port), language="en")
        before = time.monotonic()
        assert main(["list", "--config", str(path), "--json"]) == 1
        assert time.monotonic() - before < 4
        (entry,) = json.loads(capsys.readouterr().out)
        assert f"devices.host ({host})" in entry["held_by"]
        assert entry["status"]["state"] == "deviceBusy"
        assert entry["sentences"][0].startswith("in use by ")
        scene.reads_a_card()


def test_a_look_prints_nothing_and_cuts_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printer = ReceiptPrinterEmulator()
    printer.start()
    try:
        settings: dict[str, object] = {"driver": "escpos", "transport": "serial", "port": printer.port}
        path = write_configuration(tmp_path, {"receipt_printer": settings})
        assert main(["list", "--config", str(path)]) == 0
        assert "paper=full" in capsys.readouterr().out
        assert printer.receipt_pngs() == []
        assert printer.state()["cuts"] == 0
    finally:
        printer.stop()


def test_an_empty_list_names_the_command_that_finds_devices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_configuration(tmp_path, "devices: {}")
    assert main(["list", "--config", str(path)]) == 0
    assert "devices probe" in capsys.readouterr().out


def test_a_wrong_configuration_is_told_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_configuration(tmp_path, {"id_card_reader": {"driver": "serial"}})
    assert main(["list", "--config", str(path)]) == 2
    assert "devices.id_card_reader.port" in capsys.readouterr().err


def test_every_state_and_action_has_a_sentence_in_every_language() -> None:
    for language, state, action in itertools.product(LANGUAGES, DeviceState, [None, *Action]):
        told = sentences_of(DeviceStatus(state, action=action), language)
        assert len(told) == (1 if action is None else 2)
        assert all(told)


def test_a_sentence_ends_before_the_next_begins() -> None:
    status = DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.CONFIGURATION, reason="device.no_driver")
    assert [said[-1] for said in sentences_of(status, "zh_CN")] == ["。", "。"]
    assert [said[-2:] for said in sentences_of(status, "en")] == ["n.", "d."]


@pytest.mark.parametrize("device", DeviceClass)
def test_every_class_has_a_name(device: DeviceClass) -> None:
    assert all(name_of(device, language) for language in LANGUAGES)


def test_words_tell_all_that_is_reported() -> None:
    status = DeviceStatus(
        DeviceState.ONLINE,
        media=Media.UNKNOWN,
        cover_open=False,
        module_id="05.01",
        parts=(Part("doors.front", "closed"),),
    )
    words = ["device=online", "media=unknown", "cover=closed", "doors.front=closed", "module=05.01"]
    assert words_of(status) == words


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"port": "/dev/ttyUSB0"}, "/dev/ttyUSB0"),
        ({"host": "192.0.2.7", "tcp_port": 9100}, "192.0.2.7:9100"),
        ({"ups": "hall", "host": "127.0.0.1"}, "hall@127.0.0.1"),
        ({"url": "http://staff:secret@192.0.2.8:8080/stream?token=1"}, "http://192.0.2.8:8080"),
        ({}, "-"),
    ],
)
def test_a_place_is_told_without_passwords(settings: dict[str, object], place: str) -> None:
    assert place_of(settings) == place


def test_an_address_that_is_none_is_a_dash() -> None:
    assert address_of("http://[") == "-"
