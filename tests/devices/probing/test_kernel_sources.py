"""Sources that read the kernel's tree, on trees of real files."""

import struct
from pathlib import Path

import pytest

from devices.probing import alsa_source, serial_source, usb_source, v4l2_source
from devices.probing.findings import Trouble, clean
from devices.probing.sysfs import hardware_name, usb_identity
from devices.status import DeviceClass
from tests.devices.probing.trees import Tree, findings_of


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def capabilities(card: bytes, all_caps: int, device_caps: int) -> bytes:
    return struct.pack("=16s32s32sIII12x", b"uvcvideo", card, b"usb-0000:00", 0x060100, all_caps, device_caps)


def test_a_serial_port_is_named_by_its_usb_device_and_its_lasting_link(tree: Tree) -> None:
    adapter = tree.usb("1-2", "0403", "6001", "FTDI", "FT232R USB UART")
    tree.node("tty", "ttyUSB0", adapter, "serial/by-id/usb-FTDI_FT232R-if00-port0")
    tree.usb("1-3", "1a86", "7523")
    (found,) = findings_of(serial_source.look(tree.places))
    assert found.name == "FTDI FT232R USB UART (0403:6001)"
    assert found.place == f"{tree.root}/dev/serial/by-id/usb-FTDI_FT232R-if00-port0"
    assert found.device is None
    assert [note.key for note in found.notes] == ["probe.serial_unasked"]


def test_ports_of_chips_that_are_not_there_are_left_out(tree: Tree) -> None:
    board = tree.root / "sys/devices/platform/serial8250"
    tree.node("tty", "ttyS0", board / "0", type="4")
    tree.node("tty", "ttyS1", board / "1", type="0")
    (tree.root / "sys/class/tty/tty1").mkdir()
    assert [found.place for found in findings_of(serial_source.look(tree.places))] == [f"{tree.root}/dev/ttyS0"]


def test_the_system_s_console_is_never_spoken_to(tree: Tree) -> None:
    (tree.root / "proc/consoles").write_text(
        "ttyS0                -W- (EC   a)    4:64\ntty0                 -WU (E    )    4:1\n"
    )
    tree.node("tty", "ttyS0", tree.root / "sys/devices/platform/serial8250", type="4")
    (found,) = findings_of(serial_source.look(tree.with_places(talks=True)))
    assert [note.key for note in found.notes] == ["probe.serial_console"]


def test_a_usb_printer_is_proposed_by_its_numbers(tree: Tree) -> None:
    tree.usb("1-1", "04b8", "0e28", "EPSON", "TM-T82", number="07")
    tree.usb("1-4", "046d", "c31c", "Logitech", "Keyboard", number="03")
    (found,) = findings_of(usb_source.look(tree.places))
    assert (found.device, found.driver) == (DeviceClass.RECEIPT_PRINTER, "escpos")
    assert found.settings == {"transport": "usb", "usb_vendor": "04b8", "usb_product": "0e28"}
    assert found.name == "EPSON TM-T82"


def test_an_id_card_reader_on_hid_is_known_by_its_numbers_and_others_are_not(tree: Tree) -> None:
    for number, ids in enumerate(("00000400:0000C35A", "0000046D:0000C31C")):
        device = tree.root / f"sys/devices/hid{number}"
        tree.node("hidraw", f"hidraw{number}", device)
        (device / "uevent").write_text(f"DRIVER=hid-generic\nHID_ID=0003:{ids}\nHID_NAME=HX IDCard\x01 Reader\n")
    (found,) = findings_of(usb_source.look(tree.places))
    assert (found.device, found.driver) == (DeviceClass.ID_CARD_READER, "hid")
    assert found.settings == {"port": f"{tree.root}/dev/hidraw0"}
    assert found.name == "HX IDCard Reader"


def test_a_keyboard_named_like_a_scanner_is_proposed_as_wedge(tree: Tree) -> None:
    for number, name in enumerate(("AT Translated Set 2 keyboard", "Honeywell Scanning HF680")):
        device = tree.root / f"sys/devices/input{number}"
        tree.node("input", f"event{number}", device)
        (device / "name").write_text(name + "\n")
    (found,) = findings_of(usb_source.look(tree.places))
    assert (found.device, found.driver) == (DeviceClass.BARCODE_READER, "wedge")
    assert found.settings == {"event_device": f"{tree.root}/dev/input/event1"}


def test_of_a_camera_s_files_the_one_that_captures_is_told(tree: Tree) -> None:
    camera = tree.usb("1-5", "05a3", "9331", "HD", "Doc Camera")
    video = tree.node("video4linux", "video0", camera, "v4l/by-path/pci-0-usb-5-video-index0", name="HD Camera")
    tree.node("video4linux", "video1", camera, name="HD Camera")
    face = tree.usb("1-6", "05a3", "9332")
    tree.node("video4linux", "video2", face, name="Face Camera IR")
    answers = {
        video: capabilities(b"HD Camera: HD\0junk"[:13], 0x84A00001, 0x04200001),
        tree.root / "dev/video1": capabilities(b"HD Camera", 0x84A00001, 0x04A00000),
        tree.root / "dev/video2": capabilities(b"Face Camera IR", 0x1, 0),
    }
    first, second = findings_of(v4l2_source.look(tree.places, lambda node: answers[node]))
    assert (first.device, first.name) == (DeviceClass.DOCUMENT_CAMERA, "HD Camera: HD (05a3:9331)")
    assert first.settings == {"device": f"{tree.root}/dev/v4l/by-path/pci-0-usb-5-video-index0"}
    assert (second.device, second.driver) == (DeviceClass.FACE_CAMERA, "v4l2")


def test_a_camera_without_right_to_it_names_the_group(tree: Tree) -> None:
    tree.node("video4linux", "video0", tree.usb("1-5", "05a3", "9331"), name="HD Camera")

    def refuse(_node: Path) -> bytes | None:
        raise PermissionError

    (found,) = findings_of(v4l2_source.look(tree.places, refuse))
    assert found.device is None
    assert [note.key for note in found.notes] == ["probe.camera_no_access"]


def test_what_is_no_camera_gives_no_capabilities(tmp_path: Path) -> None:
    (tmp_path / "video0").touch()
    assert v4l2_source.query(tmp_path / "video0") is None
    assert v4l2_source.query(tmp_path / "video9") is None
    assert v4l2_source.query(Path("/dev/null")) is None


def test_outputs_that_play_are_told_by_the_card_s_name(tree: Tree) -> None:
    folder = tree.root / "proc/asound"
    folder.mkdir()
    (folder / "cards").write_text(
        " 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n                      HDA Intel PCH at 0xf7f10000\n"
        " 1 [Cam            ]: USB-Audio - HD Camera\n"
    )
    (folder / "pcm").write_text(
        "00-00: ALC887 Analog : ALC887 Analog : playback 1 : capture 1\n01-00: USB Audio : USB Audio : capture 1\n"
    )
    (found,) = findings_of(alsa_source.look(tree.places))
    assert found.settings == {"output": "plughw:CARD=PCH,DEV=0"}
    assert found.name == "ALC887 Analog"


def test_a_machine_without_sound_says_what_to_check(tree: Tree) -> None:
    (told,) = alsa_source.look(tree.places)
    assert isinstance(told, Trouble)
    assert told.problem.key == "probe.alsa_no_card"


def test_a_device_s_own_words_become_one_printable_line() -> None:
    assert clean("A\x1b[31m\n  B\u202e\x00" + "x" * 200, 12) == "A [31m B xxx"


def test_the_real_tree_of_this_machine_can_be_read_with_and_without_udev(tmp_path: Path) -> None:
    ports = [entry for entry in Path("/sys/class/tty").iterdir() if (entry / "device").exists()]
    assert ports
    for entry in ports:
        assert isinstance(hardware_name(entry), str)
    assert hardware_name(tmp_path) == ""
    assert usb_identity(tmp_path) is None
