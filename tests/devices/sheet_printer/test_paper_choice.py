"""Which tray, size and sides a job asks for, and when it is refused beforehand."""

import pytest

from devices.sheet_printer.ipp_codec import Attributes, Collection, Tag, decode, encode
from devices.sheet_printer.paper_choice import Papers, Tray, read_trays, refusal, wishes
from devices.sheet_printer.types import PrintSheet
from kiosk.base.sentences import LANGUAGES, sentence

PRINTER: Attributes = {
    "media-source-supported": ["tray-1", "tray-2"],
    "media-supported": ["iso_a4_210x297mm", "iso_a3_297x420mm"],
    "sides-supported": ["one-sided", "two-sided-long-edge"],
}
PAPERS = Papers(read_trays({"plain": "tray-1", "licence_a3": "tray-2 A3"}))


def job(paper: str = "", duplex: bool | None = None) -> PrintSheet:
    return PrintSheet("j", "sheet", b"", paper=paper, duplex=duplex)


def asked(papers: Papers, sheet: PrintSheet, printer: Attributes) -> Attributes:
    return decode(encode(0, 1, [(Tag.JOB, wishes(sheet, papers, printer))])).first(Tag.JOB)


def test_the_setting_says_tray_and_size() -> None:
    assert PAPERS.trays == {"plain": Tray("tray-1", "A4"), "licence_a3": Tray("tray-2", "A3")}
    assert PAPERS.usual == "plain"


@pytest.mark.parametrize("words", [{"plain": "Tray 1"}, {"Plain": "tray-1"}, {"plain": "tray-1 B5"}, {"plain": ""}])
def test_a_tray_that_cannot_be_is_refused(words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no tray"):
        read_trays(words)


@pytest.mark.parametrize(
    ("sheet", "printer", "key"),
    [
        (job(), PRINTER, None),
        (job("licence_a3", True), PRINTER, None),
        (job("licence_a5"), PRINTER, "sheet_printer.no_paper_kind"),
        (job("licence_a3"), {**PRINTER, "media-source-supported": ["tray-1"]}, "sheet_printer.no_tray"),
        (job(), {}, "sheet_printer.no_tray"),
        (job("licence_a3"), {**PRINTER, "media-supported": ["iso_a4_210x297mm"]}, "sheet_printer.no_size"),
        (job("plain", True), {**PRINTER, "sides-supported": ["one-sided"]}, "sheet_printer.no_duplex"),
    ],
)
def test_what_the_printer_does_not_have_is_refused_in_words(
    sheet: PrintSheet, printer: Attributes, key: str | None
) -> None:
    assert refusal(sheet, PAPERS, printer) == key
    if key is not None:
        assert all(sentence(key, language) for language in LANGUAGES)


def test_a_tray_is_asked_for_with_its_size() -> None:
    column = asked(PAPERS, job("licence_a3", True), PRINTER)["media-col"][0]
    assert isinstance(column, Collection)
    assert column.members["media-source"] == ["tray-2"]
    size = column.members["media-size"][0]
    assert isinstance(size, Collection)
    assert size.members == {"x-dimension": [29700], "y-dimension": [42000]}


def test_sides_go_by_the_job_before_the_setting() -> None:
    two = Papers(duplex=True)
    assert asked(two, job(), PRINTER)["sides"] == ["two-sided-long-edge"]
    assert asked(two, job(duplex=False), PRINTER)["sides"] == ["one-sided"]
    assert asked(Papers(), job(), {}) == {"copies": [1]}


def test_a_queue_that_would_drop_the_tray_is_refused() -> None:
    queue: Attributes = {"media-source-supported": ["tray-1"]}
    assert refusal(job(), PAPERS, PRINTER, queue) is None
    assert refusal(job("licence_a3"), PAPERS, PRINTER, queue) == "sheet_printer.queue_without_trays"
    assert refusal(job(), Papers(), PRINTER, {}) is None
    assert all(sentence("sheet_printer.queue_without_trays", language) for language in LANGUAGES)
