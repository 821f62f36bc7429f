"""Benches of the printers: the emulated slip printer, the emulated IPP printer, and a real cupsd."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.emulators.sheet_printer import SheetPrinterEmulator
from devices.receipt_printer.types import PRINT as PRINT_SLIP
from devices.receipt_printer.types import PrintReceipt
from devices.sheet_printer.types import PRINT as PRINT_SHEET
from devices.sheet_printer.types import PrintSheet
from devices.status import DeviceClass
from tests.devices.conformance.bench import Asked, Bench, Clause, Rig
from tests.devices.conformance.cable import cable_to
from tests.devices.receipt_printer.slips import LONG, SHORT, wait_until
from tests.devices.scenes import PATIENCE_S
from tests.devices.sheet_printer.cups_server import cups_server
from tests.devices.sheet_printer.sheets import pdf

SERVES_MANY = "a print server takes jobs of several programs by design"
_numbers = itertools.count(1)


def _job() -> str:
    return f"conformance-{next(_numbers)}"


def _slip(lines: tuple[object, ...]) -> bytes:
    return msgspec.msgpack.encode(PrintReceipt(_job(), lines))  # type: ignore[arg-type]


def _sheet(document: bytes) -> bytes:
    return msgspec.msgpack.encode(PrintSheet(_job(), "sheet", document))


@contextmanager
def _escpos(wire: str, _: Path) -> Iterator[Rig]:
    emulator = ReceiptPrinterEmulator(paced=True, mm_per_s=2000.0)
    emulator.start()
    begun = 0

    def lines() -> int:
        return int(str(emulator.state()["lines"]))

    def long() -> Asked:
        nonlocal begun
        begun = lines()
        emulator.do("slow", {"mm_per_s": 8.0})
        return PRINT_SLIP, _slip(LONG)

    @contextmanager
    def quick() -> Iterator[Asked]:
        yield PRINT_SLIP, _slip(SHORT)

    def mend() -> None:
        emulator.do("normal", {})
        emulator.do("plug", {})

    address: dict[str, object] = {"port": emulator.port}
    if wire == "tcp":
        address = {"host": "127.0.0.1", "tcp_port": emulator.tcp_port}
    elif wire == "usb":
        # a USB printer's file, as a pseudo-terminal, polls, takes what fits and hangs up
        address = {"path": emulator.port}
    try:
        yield Rig(
            {**address, "eject_at_start": False},
            long,
            lambda: wait_until(lambda: lines() > begun, PATIENCE_S),
            quick,
            {PRINT_SLIP: _slip(SHORT)},
            mend,
            unplug=lambda: emulator.do("unplug", {}),
            silence=lambda: emulator.do("silence", {}),
            garble=lambda: emulator.do("garbage", {}),
            slow=lambda: emulator.do("slow", {"mm_per_s": 150.0, "reply_delay_s": 0.05}),
            sample_s=PATIENCE_S,
        )
    finally:
        emulator.stop()


@contextmanager
def _file(folder: Path) -> Iterator[Rig]:
    emulator = SheetPrinterEmulator(folder / "sheets", page_s=0.0)
    emulator.start()
    begun = 0
    try:
        with cable_to(("127.0.0.1", emulator.tcp_port)) as cable:

            def pages() -> int:
                return int(str(emulator.state()["pages"]))

            def long() -> Asked:
                nonlocal begun
                begun = pages()
                emulator.do("slow", {"page_s": 0.2})
                return PRINT_SHEET, _sheet(pdf(100))

            @contextmanager
            def quick() -> Iterator[Asked]:
                yield PRINT_SHEET, _sheet(pdf(1))

            def mend() -> None:
                emulator.do("normal", {})
                cable.do("whole")

            yield Rig(
                {"tcp_port": cable.port},
                long,
                lambda: wait_until(lambda: pages() > begun, PATIENCE_S),
                quick,
                {PRINT_SHEET: _sheet(pdf(1))},
                mend,
                unplug=lambda: cable.do("cut"),
                lose=lambda: cable.do("cut"),
                silence=lambda: cable.do("silent"),
                garble=lambda: cable.do("garbage"),
                slow=lambda: cable.do("slow"),
                sample_s=PATIENCE_S,
            )
    finally:
        emulator.stop()


@contextmanager
def _cups(folder: Path) -> Iterator[Rig]:
    with cups_server() as server, cable_to(str(server.socket), folder / "s") as cable:
        begun = 0

        def titles() -> int:
            return len(server.titles()) if (server.folder / "out" / "titles").exists() else 0

        def long() -> Asked:
            nonlocal begun
            begun = titles()
            server.set_mode("slow")
            return PRINT_SHEET, _sheet(pdf(1))

        @contextmanager
        def quick() -> Iterator[Asked]:
            yield PRINT_SHEET, _sheet(pdf(1))

        def mend() -> None:
            server.set_mode("ok")
            cable.do("whole")

        yield Rig(
            {"queue": "sheets", "socket": str(folder / "s"), "server_settings": str(server.settings)},
            long,
            lambda: wait_until(lambda: titles() > begun, PATIENCE_S),
            quick,
            {PRINT_SHEET: _sheet(pdf(1))},
            mend,
            unplug=lambda: cable.do("cut"),
            lose=lambda: cable.do("cut"),
            silence=lambda: cable.do("silent"),
            garble=lambda: cable.do("garbage"),
            slow=lambda: cable.do("slow"),
            sample_s=PATIENCE_S,
        )


BENCHES = (
    Bench(
        DeviceClass.RECEIPT_PRINTER,
        "escpos",
        partial(_escpos, "serial"),
        ({"port": None}, {"host": "127.0.0.1"}, {"baudrate": "fast"}),
        wire="serial",
    ),
    Bench(
        DeviceClass.RECEIPT_PRINTER,
        "escpos",
        partial(_escpos, "tcp"),
        ({"host": None}, {"port": "/dev/ttyS0"}, {"tcp_port": "9100"}),
        wire="tcp",
        exempt={Clause.TWICE: "whether its port takes a second caller is the printer's own affair"},
    ),
    Bench(
        DeviceClass.RECEIPT_PRINTER,
        "escpos",
        partial(_escpos, "usb"),
        ({"path": None}, {"host": "127.0.0.1"}, {"usb_vendor": "04b8"}),
        wire="usb",
    ),
    Bench(
        DeviceClass.SHEET_PRINTER,
        "file",
        _file,
        ({"tcp_port": None}, {"tcp_port": "1"}, {"host": "10.0.0.1"}),
        exempt={Clause.TWICE: SERVES_MANY},
    ),
    Bench(
        DeviceClass.SHEET_PRINTER,
        "cups",
        _cups,
        ({"queue": None}, {"queue": "../x"}, {"socket": 1}),
        group="cups",
        exempt={Clause.TWICE: SERVES_MANY},
    ),
)
