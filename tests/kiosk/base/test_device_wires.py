"""Two devices on one wire would each eat the other's answers: told once, with both lines, in every profile."""

import os
import pty
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kiosk.base.config import ConfigError, load_config
from kiosk.base.sentences import LANGUAGES
from kiosk.base.yaml_reading import Complaint
from tests.kiosk.base.test_config import GOOD

READER = "id_card_reader: {driver: serial, port: /dev/ttyS90}"
RECEIPTS = "receipt_printer: {driver: escpos, transport: tcp, host: 203.0.113.7}"


def _complaints(folder: Path, *devices: str) -> tuple[Complaint, ...]:
    """What is found wrong when each of `devices` stands in a line of its own, from line 2 on."""
    document = yaml.safe_load(GOOD)
    del document["devices"]
    path = folder / "terminal.yaml"
    lines = "".join(f"  {device}\n" for device in devices)
    path.write_text(f"devices:\n{lines}{yaml.safe_dump(document, allow_unicode=True)}", encoding="utf-8")
    try:
        load_config(path)
    except ConfigError as error:
        return error.complaints
    return ()


@pytest.mark.parametrize(
    ("one", "other", "setting"),
    [
        (READER, "cabinet: {driver: described, port: /dev/ttyS90, profile: io_board}", "port"),
        (READER, "cabinet: {driver: described, port: /dev/../dev/ttyS90, profile: io_board}", "port"),
        (READER, "barcode_reader: {driver: serial, port: /dev/ttyS90}", "port"),
        (READER, "locker: {driver: acme, port: /dev/ttyS90}", "port"),
        ("id_card_reader: {driver: pcsc, reader: ACS}", "smart_card: {driver: pcsc, reader: ACS}", "reader"),
        ("id_card_reader: {driver: pcsc, reader: ACS ACR39U}", "smart_card: {driver: pcsc, reader: ACS}", "reader"),
        ("id_card_reader: {driver: pcsc, reader: ACS}", "smart_card: {driver: pcsc}", ""),
        (
            "document_camera: {driver: v4l2, device: /dev/video90}",
            "face_camera: {driver: v4l2, device: /dev/video90}",
            "device",
        ),
        (
            "document_camera: {driver: mjpeg, url: 'http://203.0.113.7/film/'}",
            "face_camera: {driver: mjpeg, url: 'http://203.0.113.7:80/film'}",
            "url",
        ),
        ("document_scanner: {driver: sane, escl_url: 'http://203.0.113.7/a'}",
         "document_camera: {driver: mjpeg, url: 'http://203.0.113.7:80/a'}", "escl_url"),
        (RECEIPTS, "locker: {driver: acme, host: 203.0.113.7, tcp_port: 9100}", "host"),
        ("sheet_printer: {driver: file, tcp_port: 3493}", "ups: {driver: nut, ups: hall}", ""),
        ("sheet_printer: {driver: cups, queue: A4}", "stamp_unit: {driver: acme, queue: A4}", "queue"),
        (
            "receipt_printer: {driver: escpos, transport: lp, path: /dev/usb/lp0}",
            "stamp_unit: {driver: acme, port: /dev/usb/../usb/lp0}",
            "path",
        ),
        ("barcode_reader: {driver: wedge, display: ':0', keyboard: HF680}", "keypad: {driver: acme, keyboard: HF680}", "keyboard"),
        ("receipt_printer: {driver: escpos, transport: usb, usb_vendor: 04b8, usb_product: 0E28}",
         "stamp_unit: {driver: acme, usb_vendor: 04B8, usb_product: 0e28}", "usb_product"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_turned", [False, True])
def test_two_devices_on_one_wire_are_told_once_with_both_lines(
    tmp_path: Path, one: str, other: str, setting: str, is_turned: bool
) -> None:
    first, second = (other, one) if is_turned else (one, other)
    (complaint,) = _complaints(tmp_path, first, second)
    assert (complaint.line, complaint.problem.key) == (3, "config.shared_wire")
    told = complaint.problem.placeholders
    assert told["line"] == "2"
    assert told["other"].startswith(f"devices.{first.partition(':')[0]}")
    assert told["key"].startswith(f"devices.{second.partition(':')[0]}")
    if setting and not is_turned:
        assert told["other"].endswith(f".{setting}")
    for language in LANGUAGES:
        text = complaint.text(language)
        assert told["other"] in text
        assert "→" in text


@pytest.fixture
def line(tmp_path: Path) -> Iterator[str]:
    """A serial line of this machine; a pseudo-terminal is one as far as its names go."""
    controller, device = pty.openpty()
    yield os.ttyname(device)
    os.close(controller)
    os.close(device)


def test_two_links_to_one_line_are_one_wire(tmp_path: Path, line: str) -> None:
    for name in ("reader", "printer"):
        (tmp_path / name).symlink_to(line)
    (complaint,) = _complaints(
        tmp_path,
        f"id_card_reader: {{driver: serial, port: {tmp_path}/reader}}",
        f"receipt_printer: {{driver: escpos, transport: serial, port: {tmp_path}/printer}}",
    )
    assert complaint.problem.key == "config.shared_wire"
    assert complaint.problem.placeholders["key"] == "devices.receipt_printer.port"


def test_three_devices_on_one_wire_are_told_twice(tmp_path: Path) -> None:
    devices = [
        f"{name}: {{driver: serial, port: /dev/ttyS90}}"
        for name in ("permit_rewriter", "id_card_reader", "barcode_reader")
    ]
    complaints = _complaints(tmp_path, *devices)
    assert [(complaint.line, complaint.problem.key) for complaint in complaints] == [
        (3, "config.shared_wire"),
        (4, "config.shared_wire"),
    ]


def test_devices_that_only_resemble_each_other_are_let_through(tmp_path: Path) -> None:
    assert not _complaints(
        tmp_path,
        READER,
        "receipt_printer: {driver: escpos, transport: serial, port: /dev/ttyS91}",
        "smart_card: {driver: pcsc, reader: ACS}",
        "document_camera: {driver: mjpeg, url: 'http://203.0.113.7/paper'}",
        "face_camera: {driver: mjpeg, url: 'http://203.0.113.7/face'}",
        "document_scanner: {driver: sane, device: 'fujitsu:fi-7160:1'}",
        "sheet_printer: {driver: cups, queue: A4}",
        "ups: {driver: nut, ups: hall}",
        "audio: {driver: alsa}",
    )
