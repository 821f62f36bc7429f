"""The USB cable at the level of its character device: a pseudo-terminal for what it shares with /dev/usb/lpN, calls for what only that does."""

import errno
import os
import select
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.receipt_printer.escpos_driver import EscposDriver, make
from devices.receipt_printer.settings import Settings
from devices.receipt_printer.usb_codec import model_of
from devices.receipt_printer.usb_search import UsbIdentity, UsbPlaces, find_node
from devices.receipt_printer.usb_wire import DeviceCalls, UsbWire
from devices.receipt_printer.wires import WireLostError, WireSetupError
from devices.status import Action, DeviceState
from kiosk.base.sentences import LANGUAGES, sentence


class Calls:
    """An lp device as usblp's source says that it behaves: `said` are the reads to come, an errno is raised, b"" an empty packet."""

    def __init__(self, *said: bytes | int, takes: int | None = None, events: int = 0) -> None:
        self.said = list(said)
        self.takes = takes
        self.events = events

    def read(self, descriptor: int, size: int) -> bytes:
        del descriptor, size
        answer = self.said.pop(0)
        if isinstance(answer, int):
            raise OSError(answer, os.strerror(answer))
        return answer

    def write(self, descriptor: int, data: bytes) -> int:
        del descriptor
        if self.takes is None:
            raise OSError(errno.ENODEV, "no such device")
        if self.takes == 0:
            raise BlockingIOError
        return min(self.takes, len(data))

    def poll(self, descriptor: int, events: int, wait_s: float) -> int:
        del descriptor, wait_s
        readable = select.POLLIN if self.said else 0
        return events & (readable | select.POLLOUT) | self.events


@contextmanager
def wire(calls: DeviceCalls | None = None) -> Iterator[UsbWire]:
    opened = UsbWire(lambda: Path("/dev/null"), calls)
    try:
        yield opened
    finally:
        opened.close()
        opened.close()


def test_what_does_not_fit_is_not_taken_and_an_unplugged_printer_is_lost() -> None:
    with wire(Calls(takes=100)) as open_wire:
        assert open_wire.send_some(b"x" * 256, 0.01) == 100
    with wire(Calls(takes=0)) as open_wire:
        assert open_wire.send_some(b"x", 0.01) == 0
    with wire(Calls()) as open_wire, pytest.raises(WireLostError):
        open_wire.send_some(b"x", 0.01)
    with wire(Calls(takes=9, events=select.POLLHUP)) as open_wire, pytest.raises(WireLostError):
        open_wire.send_some(b"x", 0.01)


def test_an_empty_packet_is_no_end_and_an_error_is() -> None:
    with wire(Calls(b"", b"\x12", errno.EAGAIN, errno.ENODEV)) as open_wire:
        assert open_wire.receive(0.01) == b""
        assert open_wire.receive(0.01) == b"\x12"
        assert open_wire.receive(0.01) == b""
        with pytest.raises(WireLostError):
            open_wire.receive(0.01)


def test_what_a_printer_said_before_it_went_is_still_heard() -> None:
    with wire(Calls(b"\x12", events=select.POLLHUP)) as open_wire:
        assert open_wire.receive(0.01) == b"\x12"
        with pytest.raises(WireLostError):
            open_wire.receive(0.01)


def test_a_closed_cable_is_lost() -> None:
    with wire(Calls(takes=1)) as open_wire:
        open_wire.close()
        with pytest.raises(WireLostError):
            open_wire.send_some(b"x", 0.0)


def test_the_second_opener_of_a_device_is_refused() -> None:
    emulator = ReceiptPrinterEmulator(paced=False)
    emulator.start()
    try:
        first, second = make({"path": emulator.port}), make({"path": emulator.port})
        assert first.open().state is DeviceState.ONLINE
        assert second.open().state is DeviceState.POWER_OFF
        first.close()
        assert second.open().state is DeviceState.ONLINE
        second.close()
    finally:
        emulator.stop()


def test_a_device_that_may_not_be_used_says_who_mends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lp0").touch()
    driver = make({"path": str(tmp_path / "lp0")})
    status = driver.open()
    assert (status.action, status.reason) == (Action.CONFIGURATION, "receipt_printer.usb_no_driver")
    assert make({"path": str(tmp_path / "none")}).open().state is DeviceState.POWER_OFF

    def forbidden(*_: object, **__: object) -> int:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr("devices.receipt_printer.usb_wire.os.open", forbidden)
        status = driver.open()
    assert (status.action, status.reason) == (Action.CONFIGURATION, "receipt_printer.usb_no_rights")
    for key in ("usb_no_driver", "usb_no_rights", "usb_ambiguous"):
        assert all(sentence(f"receipt_printer.{key}", language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("answer", "model"),
    [
        (b"\x00\x2aMFG:EPSON;CMD:ESCPOS;MDL:TM-T88V;CLS:PRINTER;SN:12345;", "EPSON TM-T88V"),
        (b"\x00\x10MANUFACTURER:Acme;MODEL:Acme 80;", "Acme 80"),
        (b"\x00\x10MDL:P80;", "P80"),
        (b"\x00\x10MFG:Only;", "Only"),
        (b"\x00\x02", None),
        (b"", None),
        (b"\xff\xff\x00\x01garbage", None),
        (b"\x00\x00MDL:" + b"x" * 200 + b";", "x" * 60),
    ],
)
def test_a_device_id_names_maker_and_model_and_never_the_serial(answer: bytes, model: str | None) -> None:
    assert model_of(answer) == model


class Tree:
    """A made-up /sys and /dev with USB printers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.places = UsbPlaces(folder / "class", folder / "bus", folder / "dev")
        for path in (self.places.devices, self.places.bus, self.places.nodes):
            path.mkdir()

    def plug(self, name: str, serial: str, node: str | None, product: str = "0E28") -> None:
        device = self.folder / "devices" / name
        (device / "interface").mkdir(parents=True)
        for key, value in (("idVendor", "04b8"), ("idProduct", product), ("serial", serial)):
            (device / key).write_text(value + "\n")
        (self.places.bus / name).symlink_to(device)
        if node is not None:
            (self.places.devices / node).mkdir()
            (self.places.devices / node / "device").symlink_to(device / "interface")


def test_a_printer_is_found_by_what_it_is(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    wanted = UsbIdentity("04B8", "0e28")
    with pytest.raises(WireLostError):
        find_node(wanted, tree.places)
    tree.plug("1-1", "A", "lp3")
    tree.plug("1-2", "B", "lp0", product="0001")
    (tree.places.devices / "hiddev0").mkdir()
    assert find_node(wanted, tree.places) == tree.places.nodes / "lp3"
    tree.plug("1-3", "C", "lp1")
    with pytest.raises(WireSetupError, match="usb_ambiguous"):
        find_node(wanted, tree.places)
    assert find_node(UsbIdentity("04b8", "0e28", "C"), tree.places) == tree.places.nodes / "lp1"


def test_a_printer_without_its_kernel_driver_is_told_from_one_that_is_not_there(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    tree.plug("1-1", "A", None)
    with pytest.raises(WireSetupError, match="usb_no_driver"):
        find_node(UsbIdentity("04b8", "0e28"), tree.places)
    with pytest.raises(WireLostError):
        find_node(UsbIdentity("04b8", "0e29"), UsbPlaces(tmp_path / "x", tmp_path / "y", tmp_path / "z"))


def test_a_printer_plugged_into_another_socket_is_found_again(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    emulator = ReceiptPrinterEmulator(paced=False)
    emulator.start()
    try:
        tree.plug("1-1", "A", "lp0")
        (tree.places.nodes / "lp0").symlink_to(emulator.port)
        driver = EscposDriver(Settings(usb_vendor="04b8", usb_product="0e28"), places=tree.places)
        assert driver.open().state is DeviceState.ONLINE
        emulator.do("unplug", {})
        driver.status()
        (tree.places.devices / "lp0").rename(tree.places.devices / "lp1")
        (tree.places.nodes / "lp0").rename(tree.places.nodes / "lp1")
        emulator.do("plug", {})
        assert driver.status().state is DeviceState.ONLINE
        assert driver.status().reason is None
        driver.close()
    finally:
        emulator.stop()
