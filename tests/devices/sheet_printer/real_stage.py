"""The CUPS driver before a real cupsd whose queue prints on a real IPP printer; made in a tenth of a second, so each test has its own."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from devices.messages import Command, Completion
from devices.sheet_printer.cups_driver import CupsDriver, make
from devices.sheet_printer.ipp_codec import Attribute, Collection, Operation, Tag
from devices.sheet_printer.ipp_wire import IppWire, address_of
from devices.sheet_printer.types import PRINT, PrintSheet, SerialRun, SheetResult
from tests.devices.receipt_printer.slips import Stage
from tests.devices.sheet_printer.cups_server import CupsServer, cups_server
from tests.devices.sheet_printer.real_printer import RealPrinter, real_printer
from tests.devices.sheet_printer.sheets import pdf

TRAYS = {"plain": "tray-1", "licence_a3": "tray-2 A3"}


@dataclass
class TellingStage(Stage):
    """A command's execution that remembers the events it was told."""

    def __post_init__(self) -> None:
        self.events: list[str] = []

    def emit(self, name: str, payload: bytes = b"") -> None:
        del payload
        self.events.append(name)


@dataclass
class RealStage:
    """All three, and the settings that made the driver."""

    printer: RealPrinter
    server: CupsServer
    driver: CupsDriver
    settings: dict[str, object]

    def run(
        self,
        job_id: str,
        pages: int = 1,
        *,
        paper: str = "",
        duplex: bool | None = None,
        serials: SerialRun | None = None,
        timeout_s: float = 20.0,
        stage: Stage | None = None,
    ) -> tuple[Completion, SheetResult]:
        """Prints a document of so many pages."""
        self.printer.set_pages(pages)
        job = PrintSheet(job_id, "sheet", pdf(pages), pages, paper, duplex, serials)
        command = Command(f"a-{job_id}", PRINT, timeout_s, msgspec.msgpack.encode(job))
        completion = self.driver.execute(command, TellingStage() if stage is None else stage)
        return completion, msgspec.msgpack.decode(completion.payload, type=SheetResult)

    def tray_and_width(self, number: int) -> tuple[object, object]:
        """What a job asked of the printer when it got there: `media-source`, and the width in hundredths of a millimetre."""
        address = address_of(self.printer.url)
        assert address is not None
        asked = [
            Attribute(Tag.INTEGER, "job-id", [number]),
            Attribute(Tag.KEYWORD, "requested-attributes", ["media-col"]),
        ]
        answer = IppWire(address, 2.0).ask(Operation.GET_JOB_ATTRIBUTES, asked)
        column = answer.first(Tag.JOB)["media-col"][0]
        assert isinstance(column, Collection)
        size = column.members["media-size"][0]
        assert isinstance(size, Collection)
        return column.members["media-source"][0], size.members["x-dimension"][0]

    def print(self, job_id: str, pages: int = 1, **how: object) -> SheetResult:
        """The result alone."""
        return self.run(job_id, pages, **how)[1]  # type: ignore[arg-type]


@contextlib.contextmanager
def real_stage(**settings: object) -> Iterator[RealStage]:
    """Everything on, trays and cartridges full."""
    with real_printer() as printer, cups_server(device=printer.url) as server:
        printer.make_well()
        chosen: dict[str, object] = {
            "queue": "sheets",
            "socket": str(server.socket),
            "server_settings": str(server.settings),
            "trays": TRAYS,
            **settings,
        }
        driver = make(chosen)
        assert driver.open().reason is None
        yield RealStage(printer, server, driver, chosen)
        driver.close()
