"""The pages of one command as they are counted, and what a page's lines look like."""

from devices.document_scanner.page_codec import Raster
from devices.document_scanner.page_files import PageFile
from devices.document_scanner.sane_library import FRAME_GRAY, FRAME_RGB, Parameters
from devices.document_scanner.scan_setup import SetupError
from devices.document_scanner.types import PageScanned, ReadImage, Side, Source

_LONGEST_LINE = 4 * 1024 * 1024


class Job:
    """The pages of one command; `is_complete` once nothing of the pile is left."""

    def __init__(self, wish: ReadImage) -> None:
        self.wish = wish
        self.pages = 0
        self.blank_pages = 0
        self.is_complete = False

    @property
    def next_number(self) -> int:
        """Of the page that comes next."""
        return self.wish.first_number + self.pages

    def scanned(self, page: PageFile, size_bytes: int) -> PageScanned:
        """Counts a whole page; returns what is told of it."""
        is_blank = page.ink.is_blank()
        is_back = self.wish.source is Source.DUPLEX and self.pages % 2 == 1
        self.pages += 1
        self.blank_pages += is_blank
        side = Side.BACK if is_back else Side.FRONT
        return PageScanned(page.number, page.name, side, page.raster.width, page.lines, size_bytes, is_blank)


def raster_of(parameters: Parameters) -> Raster:
    """Raises `SetupError` for what this driver does not write: three passes, 16 bits."""
    channels = {FRAME_GRAY: 1, FRAME_RGB: 3}.get(parameters.format, 0)
    raster = Raster(parameters.pixels_per_line, channels, parameters.depth, parameters.bytes_per_line)
    if not raster.is_sound or raster.bytes_per_line > _LONGEST_LINE:
        raise SetupError
    return raster
