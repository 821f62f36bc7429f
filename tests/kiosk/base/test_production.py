"""A production profile refuses whatever could be an emulator, device by device, each with a remedy."""

import os
import pty
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import yaml

from kiosk.base.config import ConfigError, load_config
from kiosk.base.sentences import LANGUAGES
from kiosk.base.this_machine import is_own_address, is_this_machine
from kiosk.base.yaml_reading import Complaint
from tests.kiosk.base.test_config import PRODUCTION


def _complaints(folder: Path, device: str, settings: dict[str, object]) -> tuple[Complaint, ...]:
    document = yaml.safe_load(PRODUCTION)
    document["devices"][device] = settings
    path = folder / "terminal.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        load_config(path)
    except ConfigError as error:
        return error.complaints
    return ()


@pytest.mark.parametrize(
    ("device", "written", "setting", "problem"),
    [
        ("id_card_reader", "{driver: pcsc, reader: Virtual PCD 00 00}", "reader", "virtual_reader"),
        ("id_card_reader", "{driver: pcsc}", "reader", "reader_unnamed"),
        ("smart_card", "{driver: pcsc, reader: my vpcd}", "reader", "virtual_reader"),
        ("smart_card", "{driver: pcsc, reader: PCD}", "reader", "virtual_reader"),
        ("smart_card", "{driver: pcsc, reader: VIRTUAL}", "reader", "virtual_reader"),
        ("smart_card", "{driver: pcsc}", "reader", "reader_unnamed"),
        ("receipt_printer", "{driver: escpos, transport: tcp, host: '::1'}", "host", "device_here"),
        ("receipt_printer", "{driver: escpos, transport: lp, path: /dev/null}", "path", "port"),
        ("sheet_printer", "{driver: file, tcp_port: 8631}", "driver", "file_printer"),
        ("sheet_printer", "{driver: cups, queue: A4, ipp_url: 'ipp://localhost:8631/ipp'}", "ipp_url", "device_here"),
        ("document_scanner", "{driver: sane, device: test}", "device", "sane_backend"),
        ("document_scanner", "{driver: sane, device: 'test:0'}", "device", "sane_backend"),
        ("document_scanner", "{driver: sane, device: 'pnm:0'}", "device", "sane_backend"),
        ("document_scanner", "{driver: sane, device: 'net:203.0.113.7:test:0'}", "device", "sane_backend"),
        ("document_scanner", "{driver: sane, device: 'net:[2001:db8::7]:pnm:0'}", "device", "sane_backend"),
        ("document_scanner", "{driver: sane, device: 'net:localhost:fujitsu:1'}", "device", "device_here"),
        ("document_scanner", "{driver: sane, device: 'net:[::1]:fujitsu:1'}", "device", "device_here"),
        ("document_scanner", "{driver: sane, device: 'escl:http://127.0.0.1:9'}", "device", "device_here"),
        ("document_scanner", "{driver: sane, escl_url: 'http://[::1]:9/eSCL'}", "escl_url", "device_here"),
        (
            "document_scanner",
            "{driver: sane, device: 'airscan:e0:x', backend_config: '[devices]\n\nx = http://127.0.0.1:9/eSCL, eSCL'}",
            "backend_config",
            "device_here",
        ),
        ("document_camera", "{driver: file, path: film.avi}", "driver", "file_camera"),
        ("face_camera", "{driver: file, path: film.avi}", "driver", "file_camera"),
        ("face_camera", "{driver: mjpeg, url: 'http://localhost:8080/'}", "url", "device_here"),
        ("face_camera", "{driver: v4l2, device: /dev/null}", "device", "port"),
        ("cabinet", "{driver: described, port: /dev/null, profile: io_board}", "port", "port"),
        ("cabinet", "{driver: described, port: /tmp/cabinet, profile: io_board}", "port", "port"),
        (
            "barcode_reader",
            "{driver: wedge, display: ':0', keyboard: Virtual core XTEST keyboard}",
            "keyboard",
            "virtual_keyboard",
        ),
        ("barcode_reader", "{driver: wedge, event_device: /dev/null}", "event_device", "port"),
        ("audio", "{driver: alsa, output: 'null'}", "output", "silent_output"),
        ("audio", "{driver: alsa, output: 'file:/tmp/heard.wav'}", "output", "silent_output"),
        ("audio", "{driver: alsa, output: 'tee:default,/tmp/heard.wav'}", "output", "silent_output"),
    ],
)
def test_what_could_be_an_emulator_is_refused_with_a_remedy(
    folder: Path, device: str, written: str, setting: str, problem: str
) -> None:
    (complaint,) = _complaints(folder, device, yaml.safe_load(written))
    assert complaint.problem.key == f"config.production_{problem}"
    assert complaint.problem.placeholders["key"] == f"devices.{device}.{setting}"
    assert complaint.line > 0
    for language in LANGUAGES:
        assert "→" in complaint.text(language)


@pytest.mark.parametrize(
    ("device", "written"),
    [
        ("id_card_reader", "{driver: pcsc, reader: 'ACS ACR1281'}"),
        ("smart_card", "{driver: pcsc, reader: 'Identiv uTrust 3700 F'}"),
        ("receipt_printer", "{driver: escpos, transport: usb, usb_vendor: 04b8, usb_product: 0e28}"),
        ("document_scanner", "{driver: sane, device: 'fujitsu:fi-7160:1'}"),
        ("document_scanner", "{driver: sane, device: 'net:203.0.113.7:fujitsu:1'}"),
        ("document_scanner", "{driver: sane, escl_url: 'https://203.0.113.8/eSCL'}"),
        ("face_camera", "{driver: v4l2, device: /dev/v4l/by-path/not-plugged-in-now}"),
        ("document_camera", "{driver: mjpeg, url: 'http://203.0.113.9/paper'}"),
        ("barcode_reader", "{driver: wedge, display: ':0', keyboard: Honeywell HF680}"),
        ("barcode_reader", "{driver: wedge, event_device: /dev/input/by-id/not-plugged-in-now}"),
        ("ups", "{driver: nut, ups: hall}"),  # upsd runs on the terminal
        ("audio", "{driver: alsa}"),
        ("audio", "{driver: alsa, output: 'plughw:0'}"),
        ("keypad", "{driver: acme, line: usb}"),
    ],
)
def test_real_hardware_may_serve(folder: Path, device: str, written: str) -> None:
    assert _complaints(folder, device, yaml.safe_load(written)) == ()


@pytest.fixture
def emulated(tmp_path: Path) -> Iterator[Path]:
    """A link with an innocent name to a pseudo-terminal."""
    controller, device = pty.openpty()
    link = tmp_path / "ttyUSB7"
    link.symlink_to(os.ttyname(device))
    yield link
    os.close(controller)
    os.close(device)


@pytest.mark.parametrize(
    ("device", "settings", "setting"),
    [
        ("permit_rewriter", {"driver": "serial"}, "port"),
        ("barcode_reader", {"driver": "serial"}, "port"),
        ("keypad", {"driver": "serial", "profile": "metal_16"}, "port"),
        ("signature_pad", {"driver": "serial"}, "port"),
        ("fingerprint_reader", {"driver": "serial"}, "port"),
        ("receipt_printer", {"driver": "escpos", "transport": "serial"}, "port"),
        ("locker", {"driver": "described", "profile": "locker_12"}, "port"),
        ("stamp_unit", {"driver": "acme"}, "tty"),  # a third party's own word
    ],
)
def test_a_pseudo_terminal_is_refused_in_every_device(
    folder: Path, emulated: Path, device: str, settings: dict[str, object], setting: str
) -> None:
    (complaint,) = _complaints(folder, device, {**settings, setting: str(emulated)})
    assert complaint.problem.key == "config.production_port"
    assert complaint.problem.placeholders["key"] == f"devices.{device}.{setting}"
    assert complaint.problem.placeholders["port"].startswith("/dev/pts/")


def test_an_address_of_an_own_interface_is_this_machine() -> None:
    own = {found.address for some in psutil.net_if_addrs().values() for found in some if found.family == socket.AF_INET}
    assert "127.0.0.1" in own
    for address in own:
        assert is_own_address(address)
        assert is_this_machine(address)
    assert is_this_machine("::1")
    for strange in ("203.0.113.7", "2001:db8::7", "no address"):
        assert not is_own_address(strange)
        assert not is_this_machine(strange)


@pytest.mark.parametrize(
    "name", ["localhost", "LOCALHOST.", "a.localhost", "[::1]", "::ffff:127.0.0.1", "0.0.0.0", socket.gethostname()]
)
def test_a_name_of_this_machine_is_known(name: str) -> None:
    assert is_this_machine(name)


def test_a_key_that_cannot_even_be_looked_at_is_missing_in_words(folder: Path) -> None:
    document = yaml.safe_load(PRODUCTION)
    document["keys"]["key_list"] = "keys/" + "x" * 300
    path = folder / "terminal.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_config(path)
    assert [one.problem.key for one in refused.value.complaints] == ["config.production_file_missing"]
