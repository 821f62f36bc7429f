"""The frame's part of a description file."""

from devices.described import check_codec
from devices.described.description import Check, Escape, Length, Shape
from devices.described.reading_fields import read_bytes
from kiosk.base.yaml_reading import Section

PARTS = ("start", "address", "length", "code", "data", "check", "end")
_ORDER = ("big", "little")
_FORM = ("binary", "hex")


def read_shape(section: Section) -> Shape:
    """The shape of one direction's frames."""
    layout = _words(section, "layout", default="start length code data check end")
    shape = Shape(
        layout,
        start=_part_bytes(section, "start", layout),
        address=_part_bytes(section, "address", layout),
        end=_part_bytes(section, "end", layout),
        code_size=section.whole("code_bytes", 1, 16, default=1) if "code" in layout else 0,
        length=_read_length(section.section("length"), layout) if "length" in layout else None,
        check=_read_check(section.section("check"), layout) if "check" in layout else None,
        escape=_read_escape(section.section("escape")) if "escape" in section else None,
        longest=section.whole("longest", 1, 2048, default=256),
    )
    if section.is_there:
        _judge(section, shape)
    section.done()
    return shape


def _words(section: Section, key: str, default: str | None = None) -> tuple[str, ...]:
    text = section.text(key, pattern=r"[a-z ]{1,80}", example="start length code data check end", default=default)
    words = tuple(text.split())
    for word in words:
        if word not in PARTS:
            section.complain(key, "described.unknown_part", part=word, known=" ".join(PARTS))
    known = tuple(dict.fromkeys(word for word in words if word in PARTS))
    if len(set(words)) != len(words):
        section.complain(key, "described.part_twice")
    return known


def _part_bytes(section: Section, name: str, layout: tuple[str, ...]) -> bytes:
    return read_bytes(section, name, most=8) if name in layout else b""


def _read_length(section: Section, layout: tuple[str, ...]) -> Length:
    length = Length(
        size=section.whole("bytes", 1, 4, default=1),
        counts=_covered(section, "counts", layout),
        is_big=section.choice("order", _ORDER, default="big") == "big",
        is_hex=section.choice("form", _FORM, default="binary") == "hex",
    )
    section.done()
    return length


def _read_check(section: Section, layout: tuple[str, ...]) -> Check:
    check = Check(
        kind=section.choice("kind", check_codec.KINDS),
        covers=_covered(section, "covers", layout),
        is_big=section.choice("order", _ORDER, default="big") == "big",
        is_hex=section.choice("form", _FORM, default="binary") == "hex",
    )
    if "check" in check.covers:
        section.complain("covers", "described.covers_itself")
        return Check(check.kind, tuple(part for part in check.covers if part != "check"), check.is_big, check.is_hex)
    section.done()
    return check


def _covered(section: Section, key: str, layout: tuple[str, ...]) -> tuple[str, ...]:
    words = _words(section, key, default=None if section.is_there else "data")
    for word in words:
        if word not in layout:
            section.complain(key, "described.not_in_layout", part=word)
    return tuple(word for word in words if word in layout)


def _read_escape(section: Section) -> Escape:
    marker = read_bytes(section, "marker", most=1) or b"\x10"
    flip = read_bytes(section, "flip", most=1, required=False) or b"\x00"
    escape = Escape(marker[0], frozenset(read_bytes(section, "of", most=16)) | {marker[0]}, flip[0])
    section.done()
    return escape


def _judge(section: Section, shape: Shape) -> None:
    """Whether a reader can find the end of a frame, and the parts that it needs for that in time."""
    layout = shape.layout
    if "start" in layout and layout[0] != "start":
        section.complain("layout", "described.start_first")
    if "data" not in layout:
        section.complain("layout", "described.no_data")
        return
    at = layout.index("data")
    if shape.length is not None:
        if "length" in layout[at:]:
            section.complain("layout", "described.length_late")
        if "data" not in shape.length.counts:
            section.complain("length", "described.length_without_data")
    elif "end" in layout:
        if "data" in layout[layout.index("end") :]:
            section.complain("layout", "described.end_early")
    elif "code" not in layout[:at]:
        section.complain("layout", "described.no_end")
    if shape.check is not None and set(shape.check.covers) & {"check"}:
        section.complain("check", "described.covers_itself")
    if shape.escape is not None:
        if "end" in layout and layout[-1] != "end":
            section.complain("escape", "described.escape_after_end")
        if shape.escape.marker in shape.end:
            section.complain("escape", "described.escape_in_end")
        if shape.length is None and shape.end and not set(shape.end) & shape.escape.escaped:
            section.complain("escape", "described.end_not_escaped")
        flipped = {byte ^ shape.escape.flip for byte in shape.escape.escaped}
        if shape.escape.flip and flipped & set(shape.end):
            section.complain("escape", "described.escape_makes_end")
