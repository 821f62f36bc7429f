"""Sheets and commands for tests of the sheet printer."""

import io

import msgspec
import pypdfium2

from devices.driver import Driver
from devices.messages import Command, Completion
from devices.receipt_printer.types import JobResult
from devices.sheet_printer.types import PRINT, PrintSheet
from tests.devices.receipt_printer.slips import Stage


def pdf(pages: int = 1) -> bytes:
    """A real PDF of empty A4 pages."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def pages_in(document: bytes) -> int:
    """Pages of a PDF."""
    opened = pypdfium2.PdfDocument(document)
    try:
        return len(opened)
    finally:
        opened.close()


def command(job_id: str, document: bytes, timeout_s: float = 8.0) -> Command:
    """The command of a sheet."""
    return Command("a-1", PRINT, timeout_s, msgspec.msgpack.encode(PrintSheet(job_id, "sheet", document)))


def result_of(completion: Completion) -> JobResult:
    """The payload."""
    return msgspec.msgpack.decode(completion.payload, type=JobResult)


def print_sheet(driver: Driver, job_id: str, document: bytes, timeout_s: float = 8.0) -> JobResult:
    """Prints and returns the result."""
    return result_of(driver.execute(command(job_id, document, timeout_s), Stage()))
