"""Commands and results of the class `sheet_printer` (XFS4IoT Printer terms)."""

import msgspec

from devices.receipt_printer.types import JobResult, Outcome


class PrintSheet(msgspec.Struct, frozen=True):
    """`printRawFile`: print a PDF that is already in the host's hands.

    The PDF's bytes come in `pdf`; `title` is neutral (never a name or number of a person).
    """

    job_id: str
    title: str
    pdf: bytes

    def __repr__(self) -> str:
        return f"PrintSheet(job_id={self.job_id!r}, ...)"


PRINT = "printRawFile"
__all__ = ["PRINT", "JobResult", "Outcome", "PrintSheet"]
