"""What findings propose is a configuration that the terminal accepts, whatever devices call themselves."""

from pathlib import Path

import pytest
import yaml

from devices.drivers import BUILT_IN, find
from devices.probing.findings import Finding, Reason, Scalar
from devices.probing.proposal import as_yaml, both, propose
from devices.status import DeviceClass
from kiosk.base.config import load_config
from kiosk.base.sentences import known_sentences, placeholders_of
from tests.devices.inspection.configurations import write_configuration


def finding(
    device: DeviceClass, driver: str, name: str = "X", /, *, is_certain: bool = False, **settings: Scalar
) -> Finding:
    return Finding("serial", name, "/dev/x", device, driver, settings, {}, is_certain=is_certain)


EVERYTHING = (
    finding(
        DeviceClass.ID_CARD_READER, "serial", port="/dev/ttyUSB0", baud_rate=115200, module_id="05.01-20160101-1-2"
    ),
    finding(DeviceClass.SMART_CARD, "pcsc", reader="ACS ACR39U ICC Reader"),
    finding(DeviceClass.RECEIPT_PRINTER, "escpos", transport="serial", port="/dev/ttyUSB1", baud_rate=9600),
    finding(DeviceClass.RECEIPT_PRINTER, "escpos", transport="usb", usb_vendor="04b8", usb_product="0000"),
    finding(DeviceClass.SHEET_PRINTER, "cups", queue="A4"),
    finding(DeviceClass.DOCUMENT_SCANNER, "sane", device="fujitsu:fi-7160:1234"),
    finding(DeviceClass.DOCUMENT_CAMERA, "v4l2", device="/dev/v4l/by-path/a"),
    finding(DeviceClass.DOCUMENT_CAMERA, "v4l2", device="/dev/v4l/by-path/b"),
    finding(DeviceClass.BARCODE_READER, "wedge", event_device="/dev/input/by-id/usb-scanner-event-kbd"),
    finding(DeviceClass.CABINET, "described", port="/dev/ttyUSB2", profile="io_board"),
    finding(DeviceClass.LOCKER, "described", port="/dev/ttyUSB3", profile="locker_12"),
    finding(DeviceClass.STAMP_UNIT, "described", port="/dev/ttyUSB4", profile="stamp_unit"),
    finding(DeviceClass.CARD_DISPENSER, "described", port="/dev/ttyUSB5", profile="card_dispenser"),
    finding(DeviceClass.UPS, "nut", ups="hall", host="127.0.0.1", tcp_port=3493),
    finding(DeviceClass.AUDIO, "alsa", output="plughw:CARD=PCH,DEV=0"),
)


def test_a_proposal_of_every_class_is_accepted_and_its_drivers_take_their_settings(tmp_path: Path) -> None:
    proposal = propose(EVERYTHING)
    config = load_config(write_configuration(tmp_path, as_yaml(proposal)), at_start=False)
    assert set(config.devices) == {device.value for device in proposal.chosen}
    for name, device in config.devices.items():
        kind = DeviceClass(name)
        if (kind, device.driver) in BUILT_IN:
            find(kind, device.driver)(dict(device.settings))
    assert config.devices["face_camera"].settings["device"] == "/dev/v4l/by-path/b"
    assert config.devices["receipt_printer"].settings["port"] == "/dev/ttyUSB1"


def test_others_stand_as_comments_and_are_accepted_once_chosen(tmp_path: Path) -> None:
    text = as_yaml(propose(EVERYTHING))
    start = text.index("  # receipt_printer:")
    lines = ["devices:", *(line.replace("  # ", "  ", 1) for line in text[start:].splitlines())]
    config = load_config(write_configuration(tmp_path, "\n".join(lines)), at_start=False)
    assert config.devices["receipt_printer"].settings["usb_product"] == "0000"


def test_every_line_has_its_reason() -> None:
    lines = as_yaml(propose(EVERYTHING)).splitlines()
    assert all("#" in line for line in lines if line != "devices:")


def test_what_has_answered_goes_before_what_only_looks_like_it() -> None:
    listed = finding(DeviceClass.ID_CARD_READER, "hid", port="/dev/hidraw0")
    answered = finding(DeviceClass.ID_CARD_READER, "serial", is_certain=True, port="/dev/ttyUSB0")
    proposal = propose([listed, answered])
    assert proposal.chosen == {DeviceClass.ID_CARD_READER: answered}
    assert proposal.others == (listed,)


def test_no_wire_is_used_twice(tmp_path: Path) -> None:
    camera = finding(DeviceClass.DOCUMENT_CAMERA, "v4l2", device="/dev/video0")
    proposal = propose([camera, camera])
    assert list(proposal.chosen) == [DeviceClass.DOCUMENT_CAMERA]
    assert proposal.others == (camera,)
    load_config(write_configuration(tmp_path, as_yaml(proposal)), at_start=False)


@pytest.mark.parametrize(
    "name",
    ["x: y", "#1", "a\nprofile: production", "'", '"', "{{}}", "- -", "%TAG", "读卡器 00 00", "\\", "yes", "0400"],
)
def test_a_device_s_own_words_cannot_change_the_file(name: str, tmp_path: Path) -> None:
    reader = finding(DeviceClass.SMART_CARD, "pcsc", name, reader=name.replace("\n", " "))
    text = as_yaml(propose([reader]))
    assert yaml.safe_load(text) == {"devices": {"smart_card": {"driver": "pcsc", "reader": name.replace("\n", " ")}}}
    config = load_config(write_configuration(tmp_path, text), at_start=False)
    assert config.profile == "demo"


def test_nothing_found_is_an_empty_section(tmp_path: Path) -> None:
    text = as_yaml(propose([]))
    assert yaml.safe_load(text) == {"devices": {}}
    assert not load_config(write_configuration(tmp_path, text), at_start=False).devices


def test_a_comment_is_one_line_in_two_languages() -> None:
    told = both(Reason("probe.answered_escpos", {"speed": "9600"}))
    assert "凭条打印机" in told
    assert "receipt printer" in told
    assert "\n" not in told


def test_placeholders_agree_between_the_languages() -> None:
    for key, texts in known_sentences().items():
        if key.startswith("probe."):
            assert len({placeholders_of(text) for text in texts}) == 1, key
