"""Commands and results of the class `receipt_printer` (XFS4IoT Printer terms)."""

from enum import Enum

import msgspec


class Style(str, Enum):
    """How a line of a receipt is set."""

    TITLE = "title"  # double size, bold
    STRONG = "strong"
    BODY = "body"
    SMALL = "small"
    RULE = "rule"  # a line across the paper, text unused
    QR = "qr"  # text is the code's content
    SPACE = "space"  # an empty line


class Align(str, Enum):
    """Where a line stands."""

    LEFT = "left"
    CENTRE = "centre"


class Line(msgspec.Struct, frozen=True):
    """One line of a receipt; `right` is set flush right on the same line (amounts)."""

    text: str
    style: Style = Style.BODY
    align: Align = Align.LEFT
    right: str = ""

    def __repr__(self) -> str:
        return f"Line(style={self.style.value!r}, ...)"


class PrintReceipt(msgspec.Struct, frozen=True):
    """`printForm`: print `lines` and cut once. `job_id` is printed nowhere and never used twice."""

    job_id: str
    lines: tuple[Line, ...]

    def __repr__(self) -> str:
        return f"PrintReceipt(job_id={self.job_id!r}, ...)"


class Outcome(str, Enum):
    """What became of a print job. `UNKNOWN` asks a person; it is never turned into a reprint by software."""

    PRINTED = "printed"
    NOT_PRINTED = "notPrinted"
    UNKNOWN = "unknown"


class JobResult(msgspec.Struct, frozen=True):
    """The payload of the completion, whatever its code."""

    job_id: str
    outcome: Outcome
    reason: str | None = None


PRINT = "printForm"
