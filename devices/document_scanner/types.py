"""Commands, events and results of the class `document_scanner` (XFS4IoT ReadImage terms; it has no class of its own)."""

from enum import Enum

import msgspec


class Source(str, Enum):
    """Where the sheets lie."""

    FLATBED = "flatbed"
    FEEDER = "feeder"  # front sides
    DUPLEX = "duplex"  # front and back of every sheet, in this order


class ColorFormat(str, Enum):
    """XFS4IoT ReadImage `colorFormat`."""

    BINARY = "binary"
    GRAY_SCALE = "grayScale"
    FULL = "full"


class PageFormat(str, Enum):
    """How a page lies on the disk."""

    PNM = "pnm"  # 26 MB for A4 in colour at 300 dpi
    PNG = "png"


class Side(str, Enum):
    """Of the sheet."""

    FRONT = "front"
    BACK = "back"


class ScanError(str, Enum):
    """Why a scan ended before the feeder was empty."""

    MEDIA_JAMMED = "mediaJammed"
    MEDIA_REJECTED = "mediaRejected"  # two sheets at once
    MEDIA_SIZE = "mediaSize"  # an image with fewer lines than it was said to have
    NO_MEDIA = "noMedia"  # nothing in the feeder
    COVER_OPEN = "coverOpen"
    DEVICE_BUSY = "deviceBusy"  # another program holds it
    READ_ERROR = "readError"  # lost in the middle, silent, refused
    NO_SPACE = "noSpace"  # the disk is full


class ReadImage(msgspec.Struct, frozen=True):
    """`readImage`: scan until the feeder is empty (flatbed: one page) into `folder`.

    Attributes:
        folder: absolute path of an existing folder of this user, mode 0700; pages fall there as ``page-0001.png`` (0600).
        source: a source that the scanner does not have is refused.
        resolution_dpi: 50 to 1200; a scanner without just this resolution takes its nearest.
        width_mm, height_mm: from the upper left corner; cut to what the scanner can.
        max_pages: no more than these, 0 = until the feeder is empty.
        first_number: number of the first page, for a second pile into the same folder.
    """

    folder: str
    source: Source = Source.FEEDER
    color_format: ColorFormat = ColorFormat.FULL
    resolution_dpi: int = 300
    width_mm: float = 210.0
    height_mm: float = 297.0
    page_format: PageFormat = PageFormat.PNG
    max_pages: int = 0
    first_number: int = 1


class PageScanned(msgspec.Struct, frozen=True):
    """Payload of the event `pageScanned`: a page is whole on the disk.

    Attributes:
        number: 1, 2, ... in the order of the sheets.
        file: name within the folder.
        is_blank: there is no ink beyond dust; nothing is left out by itself.
    """

    number: int
    file: str
    side: Side
    width_px: int
    height_px: int
    size_bytes: int
    is_blank: bool


class ScanResult(msgspec.Struct, frozen=True):
    """Payload of every completion of `readImage`, whatever its code: pages that are whole on the disk stay there."""

    pages: int = 0
    blank_pages: int = 0
    error: ScanError | None = None


READ = "readImage"
EVENT_PAGE_SCANNED = "pageScanned"
