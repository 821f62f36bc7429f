"""The document scanner as the terminal sees it."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from devices.document_scanner.types import EVENT_PAGE_SCANNED, READ, PageScanned, ReadImage, ScanError, ScanResult
from devices.messages import Acknowledge, Command, Completion, Event
from devices.status import CompletionCode, DeviceClass, DeviceStatus
from devices.supervisor import Supervisor
from kiosk.base.errors import Problem

__all__ = ["DocumentScanner", "PageScanned", "ReadImage", "ScanFailed", "Scanned", "ScannerCancelled"]


@dataclass(frozen=True)
class Scanned:
    """The pile (or the flatbed's page) is on the disk."""

    pages: int
    blank_pages: int


@dataclass(frozen=True)
class ScannerCancelled:
    """Given up; `pages` are whole on the disk."""

    pages: int


@dataclass(frozen=True)
class ScanFailed:
    """Ended early; `pages` are whole on the disk and a later command may go on with `first_number`.

    Attributes:
        error: ``None`` when the command itself was refused or the host was lost.
    """

    problem: Problem
    pages: int
    error: ScanError | None = None


Outcome = Scanned | ScannerCancelled | ScanFailed


class DocumentScanner:
    """Typed commands of the class `document_scanner`; any thread, never blocks."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor

    def scan(
        self,
        action_id: str,
        wish: ReadImage,
        timeout_s: float,
        on_page: Callable[[PageScanned], None],
        on_outcome: Callable[[Outcome], None],
    ) -> None:
        """Scans into a folder. Both receivers are called on the supervisor's thread and must not block.

        `on_page` is called for each page in the order of the sheets, when it is whole on the disk; `on_outcome` exactly once.
        `timeout_s` is for the whole pile, 0 = none.
        """
        pages = 0

        def take(message: Acknowledge | Event | Completion) -> None:
            nonlocal pages
            if isinstance(message, Completion):
                on_outcome(_outcome(message, pages))
            elif isinstance(message, Event) and message.name == EVENT_PAGE_SCANNED:
                page = msgspec.msgpack.decode(message.payload, type=PageScanned)
                pages += 1
                on_page(page)

        command = Command(action_id, READ, timeout_s, msgspec.msgpack.encode(wish))
        self._supervisor.submit(DeviceClass.DOCUMENT_SCANNER, command, take)

    def cancel(self, action_id: str) -> None:
        """Gives a scan up; its outcome still comes."""
        self._supervisor.cancel(DeviceClass.DOCUMENT_SCANNER, action_id)

    def status(self) -> DeviceStatus:
        """The last status told."""
        return self._supervisor.status(DeviceClass.DOCUMENT_SCANNER)


def _outcome(completion: Completion, pages: int) -> Outcome:
    """`pages` are those that were told: the supervisor's own completions, of a lost host, have no payload."""
    try:
        result = msgspec.msgpack.decode(completion.payload, type=ScanResult)
    except msgspec.MsgspecError:
        result = ScanResult(pages)
    if completion.code is CompletionCode.SUCCESS:
        return Scanned(result.pages, result.blank_pages)
    if completion.code is CompletionCode.CANCELED:
        return ScannerCancelled(result.pages)
    return ScanFailed(Problem(completion.reason or "device.software_error"), result.pages, result.error)
