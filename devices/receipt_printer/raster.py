"""Rows drawn as dots, for characters that no printer's font holds (rare names) and for printers without Chinese.

576 dots across, one bit a dot, black = 1. Cells are those of the text mode: 24 x 24 for Han, 12 x 24 for ASCII, doubled in titles.
"""

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from devices.receipt_printer.layout import Row
from devices.receipt_printer.types import Style

DOTS = 576
CELL = 24
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
"""Debian's fonts-noto-cjk."""

_MONO_SC = 7  # face "Noto Sans Mono CJK SC" of the collection: ASCII is exactly half a Han cell
_HAN_BASELINE, _ASCII_BASELINE = 0.88, 0.82  # of the cell; descenders have to stay inside
_THRESHOLD = 150
_NO_CHARACTER = "\U0010ffff"


@lru_cache(maxsize=4)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, index=_MONO_SC)


@lru_cache(maxsize=4)
def _missing_glyph(path: Path) -> bytes:
    return bytes(_font(path, CELL).getmask(_NO_CHARACTER))


def can_draw(text: str, path: Path = FONT) -> bool:
    """Whether the font has a picture for every character."""
    missing = _missing_glyph(path)
    return all(c.isascii() or bytes(_font(path, CELL).getmask(c)) != missing for c in text)


def draw(row: Row, height: int, path: Path = FONT) -> bytes:
    """Draws a row; returns `height` x 72 bytes, most significant bit on the left."""
    scale = 2 if row.style is Style.TITLE else 1
    is_bold = row.style in (Style.TITLE, Style.STRONG)
    image = Image.new("L", (DOTS, height), 0)
    pen = ImageDraw.Draw(image)
    font = _font(path, CELL * scale)
    half = CELL * scale // 2
    right_start = DOTS - half * sum(1 if c.isascii() else 2 for c in row.right)
    for text, start in ((row.text, row.indent * half), (row.right, right_start)):
        x = start
        for character in text:
            for shift in range(2 if is_bold else 1):
                baseline = round(CELL * scale * (_ASCII_BASELINE if character.isascii() else _HAN_BASELINE))
                pen.text((x + shift, baseline), character, fill=255, font=font, anchor="ls")
            x += half if character.isascii() else 2 * half
    dots = image.point([255 if value >= _THRESHOLD else 0 for value in range(256)]).convert("1")
    return dots.tobytes()
