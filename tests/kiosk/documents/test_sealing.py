"""A sheet is signed only as it stands on the paper."""

import pytest

from kiosk.documents import pdf_text, sealing
from kiosk.documents.page_words import PageWords
from kiosk.documents.sealing import SealedSheet, seal

WORDS = PageWords("头", ("甲",), "", (), "尾")
PAGE = "头第1页共1页甲尾"


class _Paper:
    """Stands for a layout whose document is the text of its pages; `said`: at each layout in turn."""

    def __init__(self, *said: list[str]) -> None:
        self._said = list(said)
        self.codes: list[str] = []

    def pdf(self, code: str) -> bytes:
        self.codes.append(code)
        return "\f".join(self._said.pop(0)).encode()

    def words(self) -> PageWords:
        return WORDS


@pytest.fixture(autouse=True)
def _read_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "page_texts", lambda pdf: pdf.decode().split("\f"))


def test_a_right_forecast_needs_one_layout() -> None:
    paper = _Paper([PAGE])
    assert seal(paper, [PAGE], "+".join) == SealedSheet(PAGE.encode(), 1)
    assert paper.codes == [PAGE]


def test_a_wrong_forecast_is_signed_again_as_it_was_read() -> None:
    paper = _Paper([PAGE], [PAGE])
    assert seal(paper, ["else"], "+".join) == SealedSheet(PAGE.encode(), 1)
    assert paper.codes == ["else", PAGE]


def test_without_a_code_nothing_needs_to_be_foretold() -> None:
    paper = _Paper([PAGE])
    assert seal(paper, [], None) == SealedSheet(PAGE.encode(), 1)
    assert paper.codes == [""]


def test_pages_that_say_something_else_are_not_handed_over() -> None:
    assert seal(_Paper([PAGE + "x"]), [PAGE], "+".join) is None
    assert seal(_Paper([]), [], None) is None


def test_a_sheet_that_never_comes_to_rest_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "pages_say", lambda words, pages: True)
    paper = _Paper(["a"], ["b"], ["c"], ["d"])
    assert seal(paper, ["x"], "+".join) is None
    assert paper.codes == ["x", "a", "b"]
