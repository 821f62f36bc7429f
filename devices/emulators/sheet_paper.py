"""Paper and jobs of the sheet printer's emulator: trays, numbered sheets, pages that have come out."""

from dataclasses import dataclass

from devices.sheet_printer.ipp_codec import Attribute, JobState, Tag

FULL_TRAY, _LOW_TRAY = 250, 20
_KEPT_SERIALS = 1000


@dataclass
class Tray:
    """`left`: sheets, None: as many as it takes. `next_serial`: number of the top sheet, None for plain paper."""

    name: str
    size: str
    width: int
    height: int
    left: int | None = None
    is_low: bool = False
    next_serial: int | None = None

    def word(self) -> str:
        """The tray's paper in XFS4IoT's words."""
        return "out" if self.left == 0 else "low" if self.is_low else "full"

    def level(self) -> int:
        """Sheets as the printer tells them."""
        return 0 if self.left == 0 else _LOW_TRAY if self.is_low else min(self.left or FULL_TRAY, FULL_TRAY)

    def feed(self, fate: list[int]) -> None:
        """One sheet leaves; its number goes where it belongs."""
        if self.left is not None:
            self.left -= 1
        if self.next_serial is not None:
            fate.append(self.next_serial)
            del fate[:-_KEPT_SERIALS]
            self.next_serial += 1


@dataclass(repr=False)
class Job:
    """One job of the printer's. `pages` it has, `done` are out, `lost` were fed and never came out."""

    number: int
    state: JobState = JobState.PENDING
    name: str = ""
    pdf: bytes = b""
    pages: int = 0
    done: int = 0
    lost: int = 0
    tray: str = "tray-1"
    is_duplex: bool = False

    @property
    def begins_sheet(self) -> bool:
        """Whether the next page needs a new sheet."""
        return not self.is_duplex or (self.done + self.lost) % 2 == 0


def job_attributes(job: Job) -> list[Attribute]:
    """What Get-Job-Attributes answers."""
    return [
        Attribute(Tag.INTEGER, "job-id", [job.number]),
        Attribute(Tag.ENUM, "job-state", [job.state]),
        Attribute(Tag.INTEGER, "job-impressions-completed", [job.done]),
    ]
