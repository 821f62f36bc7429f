"""What an ESC/POS receipt printer does with the bytes of its buffer: commands carried out, paper drawn.

Pure of wires and clocks: `EscposMachine.step` takes one command off the head of a buffer. Source: EPSON ESC/POS Application Programming
Guide; Chinese mode FS & / FS . with GB18030 as on printers sold in China (known from practice). Anything outside Chinese mode above
ASCII prints as `?`, as a printer's code page would print rubbish: a driver's mistake is to be seen.
"""

import io
from dataclasses import dataclass, field

import segno
from PIL import Image, ImageDraw, ImageFont

DOTS = 576
_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
_MONO_SC = 7
_CELL = 24
_DEFAULT_SPACING = 34
_TO_CUTTER = 96  # dots between head and blade
_LONGEST_PIECE = 16_000
_THRESHOLD = 150
_HAN_BASELINE, _ASCII_BASELINE = 0.88, 0.82  # of the cell; descenders have to stay inside
_BLACK_AND_WHITE = [0 if value < 255 - _THRESHOLD else 255 for value in range(256)]


@dataclass
class Piece:
    """A piece of paper that was cut off. `job` counts ESC @ since the start; `picture` is mode "1", 576 wide."""

    job: int
    picture: Image.Image

    def png(self) -> bytes:
        """The piece as PNG."""
        out = io.BytesIO()
        self.picture.save(out, "PNG")
        return out.getvalue()


@dataclass
class Style:
    """What ESC and GS commands have set; ESC @ makes it new."""

    width: int = 1
    height: int = 1
    bold: bool = False
    align: int = 0
    spacing: int = _DEFAULT_SPACING
    chinese: bool = False
    smooth: bool = False


@dataclass
class Counters:
    """All that was done since the start."""

    lines: int = 0
    receipts: int = 0
    cuts: int = 0
    blank_cuts: int = 0
    unknown: int = 0
    cuts_by_job: dict[int, int] = field(default_factory=dict)


class EscposMachine:
    """Carries out commands and draws paper.

    Attributes:
        pieces: cut pieces with print on, oldest first, at most `keep`.
        counters: what was done.
        replies: bytes to send to the host, taken by the owner.
        dots_moved: paper moved since the owner last set it to 0, for the speed of printing.
        lines_left: paper ends after so many lines; None = a full roll.
        asb, asb_is_new: what GS a has switched on, and whether it has just done so; ESC @ switches it off.
    """

    def __init__(self, keep: int = 8) -> None:
        self.pieces: list[Piece] = []
        self.counters = Counters()
        self.replies = bytearray()
        self.dots_moved = 0
        self.lines_left: int | None = None
        self.paper_sensor = 0
        self.cutter_jammed = False
        self.asb = 0
        self.asb_is_new = False
        self._keep = keep
        self._style = Style()
        self._line: list[tuple[str, Style]] = []
        self._code = b""
        self._code_size = 3
        self._code_level = "l"
        self._job = 0
        self._paper = Image.new("L", (DOTS, 1024), 255)
        self._y = _TO_CUTTER  # from the blade: what lies between blade and head is the head of the next slip
        self._has_print = False

    # -- the buffer

    def step(self, buffer: bytearray) -> bool:
        """Carries out the command at the head and takes it off; False when it is not complete, or cannot be done now."""
        if not buffer:
            return False
        count = self._carry_out(buffer)
        del buffer[:count]
        return count > 0

    def drop_line(self) -> None:
        """Forgets a line that was begun."""
        self._line.clear()

    @property
    def fragment_dots(self) -> int:
        """Dots of printed paper that hang there uncut."""
        return self._y if self._has_print else 0

    def _carry_out(self, data: bytearray) -> int:
        first = data[0]
        if first == 0x0A:
            self._print_line()
            return 1
        if first in (0x10, 0x1B, 0x1C, 0x1D):
            if len(data) < 2:
                return 0
            return {0x10: self._dle, 0x1B: self._esc, 0x1C: self._fs, 0x1D: self._gs}[first](data)
        if first < 0x20 or first == 0x7F:
            if first != 0x0D:
                self.counters.unknown += 1
            return 1
        return self._character(data)

    def _character(self, data: bytearray) -> int:
        if data[0] < 0x80:
            return self._put(chr(data[0]), 1)
        if not self._style.chinese:
            return self._put("?", 1)
        if len(data) < 2:
            return 0
        count = 4 if 0x30 <= data[1] <= 0x39 else 2
        if len(data) < count:
            return 0
        try:
            # the font of such printers ends with GBK: four-byte characters are blanks on paper
            return self._put(bytes(data[:count]).decode("gb18030") if count == 2 else "　", count)
        except UnicodeDecodeError:
            return self._put("?", 1)

    def _put(self, character: str, count: int) -> int:
        style = Style(**vars(self._style))
        advance = (12 if character.isascii() else 24) * style.width
        if self._line_width() + advance > DOTS:
            self._print_line()
        self._line.append((character, style))
        return count

    # -- commands

    def _dle(self, data: bytearray) -> int:
        # carried out in real time when they came in; here they are only passed over
        if data[1] == 0x04:
            return 3 if len(data) >= 3 else 0
        if data[1] == 0x14:
            if len(data) < 3:
                return 0
            count = 10 if data[2] == 8 else 5
            return count if len(data) >= count else 0
        self.counters.unknown += 1
        return 2

    def _esc(self, data: bytearray) -> int:
        kind = chr(data[1])
        if kind == "@":
            self._style = Style()
            self._line.clear()
            self.asb = 0
            if not self._has_print:
                self._job += 1
            return 2
        if kind not in "!Ead3JM{-":
            self.counters.unknown += 1
            return 2
        if len(data) < 3:
            return 0
        value = data[2]
        match kind:
            case "!":
                self._style.height, self._style.width = 1 + (value >> 4 & 1), 1 + (value >> 5 & 1)
                self._style.bold = bool(value & 8)
            case "E":
                self._style.bold = bool(value & 1)
            case "a":
                self._style.align = value % 48
            case "3":
                self._style.spacing = value
            case "J":
                self._print_line(feed=value)
            case "d":
                self._print_line(feed=value * self._style.spacing)
            case _:
                pass
        return 3

    def _fs(self, data: bytearray) -> int:
        if data[1] in (0x26, 0x2E):
            self._style.chinese = data[1] == 0x26
        else:
            self.counters.unknown += 1
        return 2

    def _gs(self, data: bytearray) -> int:
        kind = chr(data[1])
        if kind == "(" or kind == "v":
            return self._function(data) if kind == "(" else self._raster(data)
        if kind == "V":
            return self._cut(data)
        if kind not in "!abrB":
            self.counters.unknown += 1
            return 2
        if len(data) < 3:
            return 0
        value = data[2]
        match kind:
            case "!":
                self._style.width, self._style.height = 1 + (value >> 4 & 7), 1 + (value & 7)
            case "b":
                self._style.smooth = bool(value & 1)
            case "a":
                self.asb, self.asb_is_new = value, value != 0
            case "r":
                self.replies.append(self.paper_sensor)
            case _:
                pass
        return 3

    def _function(self, data: bytearray) -> int:
        if len(data) < 5:
            return 0
        length = 5 + int.from_bytes(data[3:5], "little")
        if len(data) < length:
            return 0
        body = bytes(data[5:length])
        if data[2] != ord("k") or len(body) < 2 or body[0] != 49:
            self.counters.unknown += 1
            return length
        match body[1]:
            case 67:
                self._code_size = body[2]
            case 69:
                self._code_level = "lmqh"[body[2] - 48]
            case 80:
                self._code = body[3:]
            case 81:
                self._print_code()
            case 65:
                pass
            case _:
                self.counters.unknown += 1
        return length

    def _raster(self, data: bytearray) -> int:
        if len(data) < 8:
            return 0
        across, down = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
        length = 8 + across * down
        if len(data) < length:
            return 0
        if across and down:
            picture = Image.frombytes("1", (across * 8, down), bytes(value ^ 0xFF for value in data[8:length]))
            self._paste(picture.convert("L"), down)
        return length

    def _cut(self, data: bytearray) -> int:
        if len(data) < 3 or (data[2] >= 65 and len(data) < 4):
            return 0
        if self.cutter_jammed:
            return 0
        if data[2] >= 65:
            self._move(_TO_CUTTER + data[3])
        if self._has_print:
            self.pieces.append(
                Piece(self._job, self._paper.crop((0, 0, DOTS, max(1, self._y))).convert("1", dither=Image.Dither.NONE))
            )
            del self.pieces[: -self._keep]
            self.counters.receipts += 1
            self.counters.cuts += 1
            self.counters.cuts_by_job[self._job] = self.counters.cuts_by_job.get(self._job, 0) + 1
        else:
            self.counters.blank_cuts += 1
        self._paper.paste(255, (0, 0, *self._paper.size))
        self._y = _TO_CUTTER
        self._has_print = False
        return 3 if data[2] < 65 else 4

    # -- the paper

    def _line_width(self) -> int:
        return sum((12 if c.isascii() else 24) * style.width for c, style in self._line)

    def _print_line(self, feed: int | None = None) -> None:
        tall = max((style.height * _CELL for _, style in self._line), default=0)
        self._need(tall)
        x = self._start(self._line_width())
        for character, style in self._line:
            self._draw(character, style, x, self._y + tall - style.height * _CELL)
            x += (12 if character.isascii() else 24) * style.width
        had_text = bool(self._line)
        self._line.clear()
        self._move(max(tall, self._style.spacing if feed is None else feed))
        if had_text or feed is None:
            self._count_line()

    def _draw(self, character: str, style: Style, x: int, y: int) -> None:
        if character == " " or character == "　":
            return
        self._has_print = True
        scale = style.height if style.smooth and style.width == style.height else 1
        size = _CELL * scale
        cell = Image.new("L", ((size // 2 if character.isascii() else size) + 1, size), 255)
        pen = ImageDraw.Draw(cell)
        font = _font(size)
        for shift in range(2 if style.bold else 1):
            baseline = _ASCII_BASELINE if character.isascii() else _HAN_BASELINE
            pen.text((shift, round(size * baseline)), character, fill=0, font=font, anchor="ls")
        target = ((12 if character.isascii() else 24) * style.width, _CELL * style.height)
        cell = cell.crop((0, 0, cell.width - 1, size)).point(_BLACK_AND_WHITE).resize(target, Image.Resampling.NEAREST)
        self._paper.paste(cell, (x, y))

    def _print_code(self) -> None:
        if not self._code:
            return
        code = segno.make_qr(self._code.decode("utf-8", "replace"), error=self._code_level, boost_error=False)
        rows = [bytes(row) for row in code.matrix_iter(scale=self._code_size, border=0)]
        picture = Image.frombytes(
            "L", (len(rows[0]), len(rows)), bytes(0 if dot else 255 for row in rows for dot in row)
        )
        self._paste(picture, picture.height)

    def _paste(self, picture: Image.Image, down: int) -> None:
        self._need(down)
        self._paper.paste(picture, (self._start(picture.width), self._y))
        self._has_print = True
        self._move(down)
        self._count_line()

    def _start(self, width: int) -> int:
        return max(0, (DOTS - width) * self._style.align // 2)

    def _move(self, dots: int) -> None:
        self._need(dots)
        self._y += dots
        self.dots_moved += dots

    def _count_line(self) -> None:
        self.counters.lines += 1
        if self.lines_left is not None and self.lines_left > 0:
            self.lines_left -= 1

    def _need(self, dots: int) -> None:
        """Makes the canvas longer; paper that nobody cuts does not grow without end."""
        if self._y + dots > _LONGEST_PIECE:
            self._paper.paste(255, (0, 0, *self._paper.size))
            self._y = _TO_CUTTER
        if self._y + dots > self._paper.height:
            longer = Image.new("L", (DOTS, self._y + dots + 1024), 255)
            longer.paste(self._paper, (0, 0))
            self._paper = longer


_fonts: dict[int, ImageFont.FreeTypeFont] = {}


def _font(size: int) -> ImageFont.FreeTypeFont:
    if size not in _fonts:
        _fonts[size] = ImageFont.truetype(_FONT, size, index=_MONO_SC)
    return _fonts[size]
