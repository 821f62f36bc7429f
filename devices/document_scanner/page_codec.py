"""Scanned pages as bytes of PNM and PNG files, and whether a page is blank; pure.

Sources: netpbm `pbm(5)`, `pgm(5)`, `ppm(5)`; PNG (ISO/IEC 15948) sections 5, 7 and 11; SANE standard 1.06 section 3.2 for the samples.
The height is known only when the page has ended (feeders say -1), so headers have a fixed length and are written again at the end.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL = 1  # a text page shrinks to a twentieth already, at a fifth of level 6's time
_NEGATIVE = bytes(range(255, -1, -1))
_SAMPLED_ROWS = 8  # every eighth row: four rows of a line of small print at 300 dpi
_SAMPLED_PIXELS = 4
_MARGIN = 0.04  # shadows of the sheet's edge lie there
_DARKER_BY = 48  # than the paper: ink, not the grain of recycled paper
_DARKEST_PAPER = 96
BLANK_SHARE = 0.0002
"""Below this share of dark samples a page counts as blank: 12 mm² of ink on A4, less than one printed line."""


@dataclass(frozen=True)
class Raster:
    """What a page's lines hold.

    Attributes:
        width: pixels of a line.
        channels: 1 (grey or, at depth 1, black and white) or 3 (red, green, blue).
        depth: bits of a sample, 1 or 8. At depth 1 a set bit is black (SANE).
        bytes_per_line: as they come, perhaps with padding at the end.
    """

    width: int
    channels: int
    depth: int
    bytes_per_line: int

    @property
    def row_bytes(self) -> int:
        """Bytes of a line without padding."""
        return (self.width * self.channels * self.depth + 7) // 8

    @property
    def is_sound(self) -> bool:
        """Whether such lines can be written at all."""
        return (
            self.width > 0
            and self.channels in (1, 3)
            and (self.depth == 8 or (self.depth == 1 and self.channels == 1))
            and self.bytes_per_line >= self.row_bytes
        )


class PnmPage:
    """One page as PBM, PGM or PPM."""

    def __init__(self, raster: Raster, dpi: int) -> None:
        del dpi  # the format has no place for it
        self._raster = raster
        self._kind = 4 if raster.depth == 1 else 5 if raster.channels == 1 else 6

    def header(self, height: int) -> bytes:
        """The file's first bytes; of the same length for every height below 10^9."""
        end = b"" if self._kind == 4 else b"255\n"
        return b"P%d\n%d %09d\n" % (self._kind, self._raster.width, height) + end

    def band(self, rows: memoryview) -> bytes | memoryview:
        """Whole lines as the scanner gave them, as the file wants them."""
        raster = self._raster
        if raster.row_bytes == raster.bytes_per_line:
            return rows
        return b"".join(_rows(rows, raster))

    def end(self) -> bytes:
        """The file's last bytes."""
        return b""


class PngPage:
    """One page as PNG; memory is that of one band."""

    def __init__(self, raster: Raster, dpi: int) -> None:
        self._raster = raster
        self._per_metre = round(dpi / 0.0254)
        self._packer = zlib.compressobj(_LEVEL)

    def header(self, height: int) -> bytes:
        """Signature, IHDR and pHYs; of the same length for every height."""
        colour = 2 if self._raster.channels == 3 else 0
        ihdr = struct.pack(">IIBBBBB", self._raster.width, height, self._raster.depth, colour, 0, 0, 0)
        phys = struct.pack(">IIB", self._per_metre, self._per_metre, 1)
        return _PNG_SIGNATURE + _chunk(b"IHDR", ihdr) + _chunk(b"pHYs", phys)

    def band(self, rows: memoryview) -> bytes:
        """Whole lines as IDAT chunks; empty while the packer still gathers."""
        raster = self._raster
        filtered = bytearray()
        for row in _rows(rows, raster):
            filtered.append(0)
            filtered += row.tobytes().translate(_NEGATIVE) if raster.depth == 1 else row
        packed = self._packer.compress(filtered)
        return _chunk(b"IDAT", packed) if packed else b""

    def end(self) -> bytes:
        """The last IDAT and IEND."""
        return _chunk(b"IDAT", self._packer.flush()) + _chunk(b"IEND", b"")


class InkGauge:
    """Says whether a page is blank, from a sample of its lines; some 3 ms a page, memory below 1 MB at 300 dpi.

    A page of coloured or of very dark paper never counts as blank: better one page too many than one lost.
    """

    def __init__(self, raster: Raster) -> None:
        self._raster = raster
        self._row = 0
        self._samples = [bytearray() for _ in range(raster.channels)]

    def band(self, rows: memoryview) -> None:
        """Takes whole lines."""
        raster = self._raster
        count = len(rows) // raster.bytes_per_line
        left = int(raster.width * _MARGIN)
        for row in range(-self._row % _SAMPLED_ROWS, count, _SAMPLED_ROWS):
            first = row * raster.bytes_per_line
            line = bytes(rows[first : first + raster.row_bytes])
            if raster.depth == 1:
                self._samples[0] += line[left // 8 : len(line) - left // 8]
                continue
            for channel, samples in enumerate(self._samples):
                first = left * raster.channels + channel
                samples.extend(
                    line[first : raster.row_bytes - left * raster.channels : raster.channels * _SAMPLED_PIXELS]
                )
        self._row += count

    def ink_share(self) -> float:
        """0.0 to 1.0: dark samples among all, those within `_MARGIN` of the upper and lower edge left out."""
        worst = 0.0
        for samples in self._samples:
            edge = int(len(samples) * _MARGIN)
            inner = bytes(samples[edge : len(samples) - edge])
            if not inner:
                return 1.0
            if self._raster.depth == 1:
                return int.from_bytes(inner, "big").bit_count() / (8 * len(inner))
            some = sorted(inner[:: max(len(inner) // 4096, 1)])
            paper = some[len(some) // 2]
            if paper < _DARKEST_PAPER:
                return 1.0
            pale = bytes(range(paper - _DARKER_BY, 256))
            worst = max(worst, len(inner.translate(None, pale)) / len(inner))
        return worst

    def is_blank(self) -> bool:
        """Whether there is less ink than `BLANK_SHARE`."""
        return self.ink_share() < BLANK_SHARE


def _rows(rows: memoryview, raster: Raster) -> Iterator[memoryview]:
    for start in range(0, len(rows), raster.bytes_per_line):
        yield rows[start : start + raster.row_bytes]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(body, zlib.crc32(kind)))
