"""Unknown devices on serial ports are asked what they are; on pseudo-terminals with the emulators behind them."""

import os
import pty
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.described.reading import PROFILES
from devices.emulators.described import DescribedEmulator
from devices.emulators.permit_rewriter import PermitRewriterEmulator
from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.id_card_reader.serial_link import SerialLink
from devices.probing import serial_source
from devices.probing.talk import Answer, Talk, identify
from devices.status import DeviceClass
from tests.devices.probing.trees import Tree, findings_of
from tests.devices.scenes import line_of

MODULE_ID = "05.01-20160101-000012345-012345678"
MOVED = ("media", "card", "working", "bin")
QUICK_S = 0.08
PROFILE_NAMES = sorted(path.stem for path in PROFILES.glob("*.yaml"))


@contextmanager
def silent_port() -> Iterator[str]:
    """A pseudo-terminal with nobody behind it."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    try:
        yield os.ttyname(slave)
    finally:
        os.close(master)
        os.close(slave)


def test_an_id_card_reader_answers_with_its_module_id() -> None:
    with line_of() as emulator:
        answer = identify(emulator.port, reply_s=QUICK_S)
        assert isinstance(answer, Answer)
        assert (answer.device, answer.driver) == (DeviceClass.ID_CARD_READER, "serial")
        assert answer.settings == {"baud_rate": 115200, "module_id": MODULE_ID}


def test_a_receipt_printer_answers_and_prints_nothing_of_the_questions() -> None:
    printer = ReceiptPrinterEmulator()
    printer.start()
    try:
        answer = identify(printer.port, reply_s=QUICK_S)
        assert isinstance(answer, Answer)
        assert (answer.device, answer.driver) == (DeviceClass.RECEIPT_PRINTER, "escpos")
        assert answer.settings == {"transport": "serial", "baud_rate": 115200}
        state = printer.state()
        assert (state["lines"], state["buffered"], state["cuts"], state["unknown"]) == (0, 0, 0, 0)
    finally:
        printer.stop()


def test_a_permit_rewriter_answers_its_greeting_and_nothing_moves() -> None:
    emulator = PermitRewriterEmulator(is_paced=False, act_s=0.0)
    emulator.start()
    try:
        before = {key: value for key, value in emulator.state().items() if key in MOVED}
        assert before
        answer = identify(emulator.port, reply_s=QUICK_S)
        assert isinstance(answer, Answer)
        assert (answer.device, answer.driver, answer.settings) == (DeviceClass.PERMIT_REWRITER, "serial", {})
        assert {key: value for key, value in emulator.state().items() if key in MOVED} == before
    finally:
        emulator.stop()


@pytest.mark.parametrize("name", PROFILE_NAMES)
def test_a_described_device_is_known_by_its_description(name: str) -> None:
    emulator = DescribedEmulator(PROFILES / f"{name}.yaml")
    emulator.start()
    try:
        answer = identify(emulator.port, reply_s=QUICK_S)
        assert isinstance(answer, Answer)
        assert (answer.driver, answer.settings) == ("described", {"profile": name})
    finally:
        emulator.stop()


def test_a_description_of_the_technician_s_own_goes_before_those_that_come_along(tmp_path: Path) -> None:
    own = tmp_path / "board.yaml"
    own.write_text((PROFILES / "io_board.yaml").read_text(encoding="utf-8").replace("IO-16", "IO-99"), encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("device: cabinet\n")
    emulator = DescribedEmulator(own)
    emulator.start()
    try:
        answer = identify(emulator.port, [str(wrong), str(own)], QUICK_S)
        assert isinstance(answer, Answer)
        assert (answer.settings, answer.name) == ({"file": str(own)}, "IO-99")
    finally:
        emulator.stop()


def test_a_silent_port_and_a_missing_one_are_told_apart(tmp_path: Path) -> None:
    with silent_port() as port:
        assert identify(port, reply_s=QUICK_S) is Talk.SILENT
    assert identify(str(tmp_path / "ttyUSB9")) is Talk.NOT_OPENED


def test_a_configured_pseudo_terminal_is_accepted_though_no_kernel_lists_it(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    with line_of() as emulator:
        places = tree.with_places(ports=(emulator.port,), talks=True)
        (found,) = findings_of(serial_source.look(places))
        assert found.device is DeviceClass.ID_CARD_READER
        assert found.settings["port"] == emulator.port
        assert found.is_certain


def test_a_port_that_is_in_use_is_never_spoken_to(tmp_path: Path) -> None:
    with line_of() as emulator:
        link = SerialLink(emulator.port, 115200, 0.5, 0.25)
        assert link.open()
        holder = os.fork()
        if holder == 0:
            os.read(os.pipe()[0], 1)  # keeps the lock until it is killed
            os._exit(0)
        try:
            link.close()
            places = Tree(tmp_path).with_places(ports=(emulator.port,), talks=True)
            before = emulator.requests
            (found,) = findings_of(serial_source.look(places))
            assert found.held_by is not None
            assert f"({holder})" in found.held_by
            assert [note.key for note in found.notes] == ["probe.held"]
            assert found.device is None
            assert emulator.requests == before
        finally:
            os.kill(holder, 9)
            os.waitpid(holder, 0)
