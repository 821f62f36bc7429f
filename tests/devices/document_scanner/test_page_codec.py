"""Page files and blank pages, as bytes."""

import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from devices.document_scanner.page_codec import InkGauge, PngPage, PnmPage, Raster

GREY = Raster(31, 1, 8, 31)
COLOUR = Raster(31, 3, 8, 93)
PADDED = Raster(31, 3, 8, 96)
BINARY = Raster(31, 1, 1, 4)


def written(kind: type[PngPage] | type[PnmPage], raster: Raster, rows: bytes, bands: int) -> Image.Image:
    """The file as it comes to lie on the disk, read by Pillow."""
    page = kind(raster, 200)
    height = len(rows) // raster.bytes_per_line
    body = bytearray(page.header(0))
    cuts = [height * band // bands * raster.bytes_per_line for band in range(bands + 1)]
    for start, end in itertools.pairwise(cuts):
        body += page.band(memoryview(rows)[start:end])
    body += page.end()
    header = page.header(height)
    body[: len(header)] = header
    picture = Image.open(io.BytesIO(bytes(body)))
    picture.load()
    return picture


@pytest.mark.parametrize("kind", [PngPage, PnmPage])
@pytest.mark.parametrize("bands", [1, 3])
@pytest.mark.parametrize(("raster", "mode"), [(GREY, "L"), (COLOUR, "RGB"), (PADDED, "RGB")])
def test_a_page_in_bands_is_the_same_picture(
    kind: type[PngPage] | type[PnmPage], raster: Raster, mode: str, bands: int
) -> None:
    rows = bytes((n * 7) % 256 for n in range(raster.bytes_per_line * 12))
    picture = written(kind, raster, rows, bands)
    wanted = b"".join(rows[n : n + raster.row_bytes] for n in range(0, len(rows), raster.bytes_per_line))
    assert (picture.size, picture.mode) == ((31, 12), mode)
    assert picture.tobytes() == wanted


@pytest.mark.parametrize("kind", [PngPage, PnmPage])
def test_a_set_bit_of_a_binary_page_is_black(kind: type[PngPage] | type[PnmPage]) -> None:
    picture = written(kind, BINARY, bytes([0x80, 0, 0, 0] * 8), 2).convert("L")
    assert (picture.getpixel((0, 0)), picture.getpixel((1, 0))) == (0, 255)


def test_headers_keep_their_length_whatever_the_height() -> None:
    for page in (PngPage(GREY, 300), PnmPage(GREY, 300), PnmPage(BINARY, 300)):
        assert len(page.header(0)) == len(page.header(3508)) == len(page.header(999_999_999))


def test_a_png_knows_its_resolution() -> None:
    assert round(written(PngPage, GREY, bytes(31 * 3), 1).info["dpi"][0]) == 200


@pytest.mark.parametrize(
    ("raster", "is_sound"),
    [
        (GREY, True),
        (COLOUR, True),
        (PADDED, True),
        (BINARY, True),
        (Raster(0, 1, 8, 0), False),
        (Raster(31, 0, 8, 31), False),
        (Raster(31, 1, 16, 62), False),
        (Raster(31, 3, 1, 12), False),
        (Raster(31, 3, 8, 92), False),
    ],
)
def test_only_lines_that_can_be_written_are_sound(raster: Raster, is_sound: bool) -> None:
    assert raster.is_sound is is_sound


A4 = Raster(620, 3, 8, 1860)
A4_GREY = Raster(620, 1, 8, 620)
A4_BINARY = Raster(620, 1, 1, 78)


def gauge(raster: Raster, picture: Image.Image, band_rows: int = 100) -> InkGauge:
    """The gauge after a picture of 877 lines."""
    ink = InkGauge(raster)
    data = picture.tobytes()
    step = raster.bytes_per_line * band_rows
    for start in range(0, len(data), step):
        ink.band(memoryview(data)[start : start + step])
    return ink


Colour = int | tuple[int, int, int]


def sheet(
    mode: str, paper: Colour, ink: Colour | None = None, box: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> Image.Image:
    picture = Image.new(mode, (620, 877), paper)
    if ink is not None:
        picture.paste(ink, box)
    return picture


def test_an_empty_sheet_is_blank_even_with_a_dark_edge() -> None:
    assert gauge(A4, sheet("RGB", (250, 250, 248))).is_blank()
    assert gauge(A4, sheet("RGB", (250, 250, 248), (10, 10, 10), (0, 0, 15, 877))).is_blank()
    assert gauge(A4_GREY, sheet("L", 190)).is_blank()
    assert gauge(A4_BINARY, sheet("1", 0)).is_blank()


def test_one_printed_line_is_no_blank_page() -> None:
    assert not gauge(A4, sheet("RGB", (250, 250, 248), (40, 40, 40), (100, 300, 400, 308))).is_blank()
    assert not gauge(A4_GREY, sheet("L", 190, 60, (100, 300, 400, 308))).is_blank()
    assert not gauge(A4_BINARY, sheet("1", 0, 1, (100, 300, 400, 308))).is_blank()


def test_a_red_stamp_is_ink() -> None:
    assert not gauge(A4, sheet("RGB", (250, 250, 250), (230, 60, 60), (200, 200, 300, 300))).is_blank()


def test_a_dark_page_is_never_blank() -> None:
    assert gauge(A4, sheet("RGB", (5, 5, 5))).ink_share() == 1.0


def test_a_page_without_lines_is_not_judged_blank() -> None:
    assert InkGauge(A4).ink_share() == 1.0


@given(st.integers(1, 300))
def test_the_gauge_does_not_depend_on_the_bands(band_rows: int) -> None:
    picture = sheet("L", 200, 20, (100, 300, 400, 308))
    assert gauge(A4_GREY, picture, band_rows).ink_share() == gauge(A4_GREY, picture, 877).ink_share()
