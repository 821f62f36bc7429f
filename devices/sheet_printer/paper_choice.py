"""From a job's paper to the tray, size and sides that IPP asks for, and the refusal when the printer has none of them; pure.

Sources: PWG 5100.7 (`media-col`, `media-source`), PWG 5101.1 (names and sizes of media, hundredths of a millimetre), RFC 8011 5.2.8
(`sides`). A printer that does not say that it has a tray, a size or two sides is taken not to have it: a certificate on the wrong paper
is worse than none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from devices.sheet_printer.ipp_codec import Attribute, Attributes, Tag
from devices.sheet_printer.types import PrintSheet

WANTED = ["media-source-supported", "media-supported", "sides-supported"]
SIZES: Mapping[str, tuple[str, int, int]] = {
    "A3": ("iso_a3_297x420mm", 29700, 42000),
    "A4": ("iso_a4_210x297mm", 21000, 29700),
    "A5": ("iso_a5_148x210mm", 14800, 21000),
}
"""Name -> PWG name, width and height in hundredths of a millimetre."""

ONE_SIDED, TWO_SIDED = "one-sided", "two-sided-long-edge"
_KIND = re.compile(r"[a-z][a-z0-9_]{0,30}")
_TRAY = re.compile(r"([a-z0-9][a-z0-9.-]{0,60})(?: (A[345]))?")


@dataclass(frozen=True)
class Tray:
    """A `media-source` keyword of the printer and the size of paper in it."""

    source: str
    size: str = "A4"


@dataclass(frozen=True)
class Papers:
    """Attributes:
    trays: by paper kind; the first one is what a job gets that names none. Empty: the printer feeds what it likes.
    duplex: both sides, where a job does not say otherwise.
    """

    trays: Mapping[str, Tray] = field(default_factory=dict)
    duplex: bool = False

    @property
    def usual(self) -> str:
        """The paper kind of jobs that name none; empty when no trays are set."""
        return next(iter(self.trays), "")

    def tray_of(self, paper: str) -> Tray | None:
        """The tray of a paper kind, None when none is set."""
        return self.trays.get(paper or self.usual)

    def is_duplex(self, job: PrintSheet) -> bool:
        """Whether a job is printed on both sides."""
        return self.duplex if job.duplex is None else job.duplex


def read_trays(words: Mapping[str, str]) -> dict[str, Tray]:
    """The setting `trays`: paper kind -> ``tray-2`` or ``tray-2 A3``. Raises ValueError."""
    trays = {}
    for kind, word in words.items():
        match = _TRAY.fullmatch(word)
        if match is None or not _KIND.fullmatch(kind):
            raise ValueError("no tray")
        trays[kind] = Tray(match.group(1), match.group(2) or "A4")
    return trays


def refusal(job: PrintSheet, papers: Papers, printer: Attributes, queue: Attributes | None = None) -> str | None:
    """The message key of what this printer cannot do for this job, None when it can.

    Args:
        queue: of the print server before it. A raw queue takes `media-col` and drops it on the way (CUPS 2.4), so the tray has to be the
            queue's, too.
    """
    tray = papers.tray_of(job.paper)
    if job.paper and tray is None:
        return "sheet_printer.no_paper_kind"
    if tray is not None:
        if tray.source not in printer.get("media-source-supported", []):
            return "sheet_printer.no_tray"
        if SIZES[tray.size][0] not in printer.get("media-supported", []):
            return "sheet_printer.no_size"
        if queue is not None and tray.source not in queue.get("media-source-supported", []):
            return "sheet_printer.queue_without_trays"
    if papers.is_duplex(job) and TWO_SIDED not in printer.get("sides-supported", []):
        return "sheet_printer.no_duplex"
    return None


def wishes(job: PrintSheet, papers: Papers, printer: Attributes) -> list[Attribute]:
    """The job template attributes of a job that was not refused."""
    found = [Attribute(Tag.INTEGER, "copies", [1])]
    tray = papers.tray_of(job.paper)
    if tray is not None:
        _, width, height = SIZES[tray.size]
        size = (Attribute(Tag.INTEGER, "x-dimension", [width]), Attribute(Tag.INTEGER, "y-dimension", [height]))
        column = (
            Attribute(Tag.COLLECTION, "media-size", [size]),
            Attribute(Tag.KEYWORD, "media-source", [tray.source]),
        )
        found.append(Attribute(Tag.COLLECTION, "media-col", [column]))
    if papers.is_duplex(job):
        found.append(Attribute(Tag.KEYWORD, "sides", [TWO_SIDED]))
    elif ONE_SIDED in printer.get("sides-supported", []):
        found.append(Attribute(Tag.KEYWORD, "sides", [ONE_SIDED]))
    return found
