"""Commands and results of the class `sheet_printer` (XFS4IoT Printer terms)."""

import msgspec

from devices.receipt_printer.types import JobResult, Outcome
from devices.sheet_printer.paper_serials import SerialAccount, SerialRun


class PrintSheet(msgspec.Struct, frozen=True):
    """`printRawFile`: print a PDF that is already in the host's hands.

    The PDF's bytes come in `pdf`; `title` is neutral (never a name or number of a person).

    Attributes:
        pages: of the PDF; with it lost pages are seen. Needed on numbered paper.
        paper: a paper kind of the setting `trays`; empty: the first one, or what the printer feeds by itself.
        duplex: two-sided, bound on the long edge; None: as the setting `duplex` says.
        serials: the numbered sheets that lie in the tray now; the result says what became of them.
    """

    job_id: str
    title: str
    pdf: bytes
    pages: int | None = None
    paper: str = ""
    duplex: bool | None = None
    serials: SerialRun | None = None

    def __repr__(self) -> str:
        return f"PrintSheet(job_id={self.job_id!r}, ...)"


class SheetResult(JobResult, frozen=True):
    """The payload of the completion, whatever its code.

    Attributes:
        pages: as the command said.
        printed_pages: by the printer's own counter, None when it tells none.
        serials: what became of the numbered sheets, None when the command named none or was a repetition. A reprint on numbered
            paper is a new job that a person has asked for; the driver never begins one.
    """

    pages: int | None = None
    printed_pages: int | None = None
    serials: SerialAccount | None = None

    @property
    def lost_pages(self) -> int | None:
        """Pages that the printer has not counted; None when nobody knows."""
        if self.pages is None or self.printed_pages is None:
            return None
        return max(0, self.pages - self.printed_pages)


PRINT = "printRawFile"
NO_MEDIA = "noMedia"
"""Event: the job waits for paper (XFS4IoT Printer.NoMediaEvent)."""
MEDIA_INSERTED = "mediaInserted"
"""Event: paper is there, the job goes on."""
__all__ = [
    "MEDIA_INSERTED",
    "NO_MEDIA",
    "PRINT",
    "JobResult",
    "Outcome",
    "PrintSheet",
    "SerialAccount",
    "SerialRun",
    "SheetResult",
]
