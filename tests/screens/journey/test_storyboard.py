"""The storyboard: one page that shows every picture, names it, and needs nothing from elsewhere."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from screens.journey.storyboard import Picture, pdf_to_png, write

PICTURES = [
    Picture("01-attract.png", "夜里，也有人为您办", "轻触屏幕开始"),
    Picture("02-<home>.png", "您想办什么？ & 更多", '"事项"、星级'),
]
FILES = (("查询单全文", "sheet.pdf"),)


class _Reader(HTMLParser):
    """What a browser would load and what it would show."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.links: list[str] = []
        self.alternatives: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "img":
            self.sources.append(values["src"] or "")
            self.alternatives.append(values["alt"] or "")
        elif tag == "a":
            self.links.append(values["href"] or "")
        assert tag not in {"script", "link", "iframe"}, "readable without a network"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _read(page: Path) -> _Reader:
    reader = _Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    return reader


def test_every_picture_is_shown_once_in_its_order_with_its_words(tmp_path: Path) -> None:
    read = _read(write(tmp_path, "一次办理", "演示数据", PICTURES, FILES, landscape=False))
    assert read.sources == [picture.file for picture in PICTURES]
    assert read.alternatives == [picture.heading for picture in PICTURES]
    shown = "".join(read.words)
    for picture in PICTURES:
        assert picture.heading in shown
        assert picture.words in shown


def test_what_else_lies_there_is_linked(tmp_path: Path) -> None:
    read = _read(write(tmp_path, "一次办理", "演示数据", PICTURES, FILES, landscape=False))
    assert "sheet.pdf" in read.links


def test_screens_that_lie_across_get_wider_columns(tmp_path: Path) -> None:
    upright = write(tmp_path, "t", "l", PICTURES, FILES, landscape=False).read_text(encoding="utf-8")
    across = write(tmp_path, "t", "l", PICTURES, FILES, landscape=True).read_text(encoding="utf-8")
    assert upright != across


@pytest.mark.parametrize(("pages", "limit", "drawn"), [(1, 2, 1), (3, 2, 2)])
def test_a_sheet_is_drawn_up_to_a_number_of_pages(tmp_path: Path, pages: int, limit: int, drawn: int) -> None:
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 300)
    document.save(str(tmp_path / "sheet.pdf"))
    document.close()
    names = pdf_to_png(tmp_path / "sheet.pdf", tmp_path, "sheet", limit)
    assert names == [f"sheet-{number + 1}.png" for number in range(drawn)]
    with Image.open(tmp_path / names[0]) as picture:
        assert picture.size == (320, 480)
