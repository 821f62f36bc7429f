"""A scanner that types: over a real X server and xdotool; the event device by its bytes.

A kernel's event device cannot be made in a container without uinput: grabbing one (EVIOCGRAB) is left to the laboratory.
"""

import os
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.barcode_reader.event_device import EventDevice
from devices.barcode_reader.reader import BarcodeReader
from devices.barcode_reader.types import BarcodeRead, Symbology
from devices.barcode_reader.wedge_codec import ENTER
from devices.barcode_reader.wedge_driver import WedgeScanner, WedgeSettings, make
from devices.barcode_reader.x11_keyboard import X11Keyboard, character_of
from devices.messages import Command
from devices.serial_port import PortGoneError
from devices.status import CompletionCode, DeviceClass, DeviceState
from devices.supervisor import Supervisor
from kiosk.base.errors import BudayangError, Problem
from tests.devices.barcode_reader.virtual_display import KEYBOARD, VirtualDisplay, virtual_display
from tests.devices.scenes import PATIENCE_S, Attempt, Heard

SCANNER = DeviceClass.BARCODE_READER


@pytest.fixture(scope="module")
def display() -> Iterator[VirtualDisplay]:
    with virtual_display() as one:
        yield one


class Wedge:
    """A host with the wedge driver on a display."""

    def __init__(self, supervisor: Supervisor, statuses: Heard) -> None:
        self.supervisor = supervisor
        self.statuses = statuses
        self.reader = BarcodeReader(supervisor)
        self._next = 0

    def scan(self, timeout_s: float) -> Attempt:
        self._next += 1
        attempt = Attempt()
        self.reader.read(f"action-{self._next}", timeout_s, attempt.events.add, attempt.outcomes.add)
        return attempt


@contextmanager
def wedge_on(display: VirtualDisplay, **settings: object) -> Iterator[Wedge]:
    statuses = Heard()
    config = {"driver": "wedge", "display": display.name, "keyboard": KEYBOARD, "retry_s": 0.05, **settings}
    supervisor = Supervisor({SCANNER: config}, lambda _, status: statuses.add(status))
    supervisor.start()
    try:
        statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
        yield Wedge(supervisor, statuses)
    finally:
        supervisor.stop()


def shown_until_read(display: VirtualDisplay, attempt: Attempt, text: str) -> object:
    """Scans as a citizen does, again when it did not work: a busy machine may tear a row of keys apart."""
    for _ in range(40):
        display.scan(text)
        if attempt.outcomes.items:
            break
    return attempt.outcome()


def test_a_scanner_s_keys_are_a_code_and_a_person_s_are_not(display: VirtualDisplay) -> None:
    with wedge_on(display) as wedge:
        attempt = wedge.scan(PATIENCE_S)
        display.type("AB12\n", every_ms=80)
        assert attempt.outcomes.items == []
        found = shown_until_read(display, attempt, "SZ-2026_aB!/17")
        assert found == BarcodeRead(Symbology.UNKNOWN, "SZ-2026_aB!/17")


def test_the_keys_reach_no_window(display: VirtualDisplay) -> None:
    """Two cannot have the keyboard: while the host holds it nobody else gets a key, afterwards everybody does."""
    with wedge_on(display):
        assert not X11Keyboard(display.name, KEYBOARD).open()
    other = X11Keyboard(display.name, KEYBOARD)
    try:
        assert other.open()
    finally:
        other.close()


def test_what_is_typed_while_nobody_waits_is_dropped(display: VirtualDisplay) -> None:
    with wedge_on(display) as wedge:
        display.scan("BEFORE-1234")
        assert wedge.scan(0.3).outcome() == Problem("barcode.none_read")


def test_a_prefix_is_taken_off(display: VirtualDisplay) -> None:
    with wedge_on(display, prefix="~~") as wedge:
        assert shown_until_read(display, wedge.scan(PATIENCE_S), "~~7788") == BarcodeRead(Symbology.UNKNOWN, "7788")


def test_a_keyboard_that_is_not_there_is_no_scanner(display: VirtualDisplay) -> None:
    assert not X11Keyboard(display.name, "No such keyboard").open()


@pytest.mark.parametrize(
    ("keysym", "character"),
    [(0x41, "A"), (0xE9, "é"), (0xFF0D, ENTER), (0xFF0A, ENTER), (0xFFE1, ""), (0xFF1B, None), (0x01004E2D, "中")],
)
def test_key_symbols_are_characters(keysym: int, character: str | None) -> None:
    assert character_of(keysym) == character


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"display": ":0"},
        {"event_device": "/dev/input/event0", "display": ":0", "keyboard": "x"},
        {"event_device": 3},
        {"display": "elsewhere:0", "keyboard": "x"},
        {"port": "/dev/ttyS0"},
    ],
)
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"device\.configuration"):
        make(wrong)


# -- the event device -------------------------------------------------------------------------------------------------


class Reading:
    """The execution of a read; `scan` happens once the driver has begun to listen, and the read ends by itself."""

    action_id = "a"

    def __init__(self, scan: Callable[[], object]) -> None:
        self._scan = scan
        self._looks = 0
        self._ends = time.monotonic() + PATIENCE_S

    def is_cancelled(self) -> bool:
        self._looks += 1
        if self._looks == 2:
            self._scan()
        return time.monotonic() > self._ends

    def emit(self, name: str, payload: bytes = b"") -> None:
        """Nobody listens."""


def event(code: int, value: int, at_ms: int, kind: int = 1) -> bytes:
    return struct.pack("=qqHHi", at_ms // 1000, at_ms % 1000 * 1000, kind, code, value)


def keys(*codes: int, every_ms: int = 4, at_ms: int = 1000) -> bytes:
    return b"".join(
        event(code, 1, at_ms + place * every_ms) + event(code, 0, at_ms + place * every_ms + 1)
        for place, code in enumerate(codes)
    )


@contextmanager
def event_fifo(tmp_path: Path) -> Iterator[tuple[EventDevice, int]]:
    """A device of bytes without the kernel's grab, and its other end."""
    path = tmp_path / "event7"
    os.mkfifo(path)
    writing = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    device = EventDevice(str(path), lambda _: None)
    try:
        yield device, writing
    finally:
        device.close()
        os.close(writing)


def test_an_event_device_s_keys_are_a_code(tmp_path: Path) -> None:
    with event_fifo(tmp_path) as (device, writing):
        driver = WedgeScanner(WedgeSettings(event_device="-"), device)
        assert driver.open().state is DeviceState.ONLINE
        os.write(writing, keys(30, 31, 32, 33, 28))  # before the read
        driver.status()
        shifted = event(42, 1, 2000) + keys(30, 2, at_ms=2001) + event(42, 0, 2010)
        code = shifted + event(4, 2, 2011) + keys(30, 2, 12, 28, at_ms=2012)
        completion = driver.execute(Command("a", "read", 5), Reading(lambda: os.write(writing, code)))
        assert completion.code is CompletionCode.SUCCESS
        assert b"A!a1-" in completion.payload
        driver.close()


def test_events_that_were_lost_make_the_code_unreadable(tmp_path: Path) -> None:
    with event_fifo(tmp_path) as (device, writing):
        assert device.open()
        whole = keys(30, 31) + event(3, 0, 1008, kind=0) + keys(32, 33, 28, at_ms=1010)
        os.write(writing, whole[:30])
        found = device.keys(1)
        os.write(writing, whole[30:])
        found += device.keys(1)
        assert [character for character, _ in found] == ["a", "s", None, "d", "f", ENTER]
        assert device.is_there()


def test_an_event_device_that_is_none_or_is_gone_is_told(tmp_path: Path) -> None:
    ordinary = tmp_path / "event8"
    ordinary.write_bytes(b"")
    device = EventDevice(str(ordinary))
    assert not device.open()  # the kernel refuses the grab
    assert not EventDevice(str(tmp_path / "missing")).open()
    with pytest.raises(PortGoneError):
        device.keys(0)
    with pytest.raises(PortGoneError):
        device.is_there()
    ungrabbed = EventDevice(str(ordinary), lambda _: None)
    assert ungrabbed.open()
    with pytest.raises(PortGoneError):
        ungrabbed.keys(0.1)  # end of file, as after a pulled plug
