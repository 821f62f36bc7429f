"""The slip as lines and as a picture."""

import io

import pytest
import zxingcpp
from PIL import Image

from kiosk.base.record import replace
from kiosk.base.sentences import LANGUAGES, Language
from kiosk.documents import (
    PaperOutcome,
    RenderedDocument,
    SlipData,
    SlipRequest,
    SlipStyle,
    render,
    slip_lines,
    statement_slip,
)
from kiosk.documents.slip import display_width, lay_out_slip, wrap
from kiosk.documents.typesetting import render_slip


def slip(
    language: Language = "zh_CN", paper: PaperOutcome | None = PaperOutcome.PRINTED, *, demo: bool = True
) -> SlipData:
    return statement_slip(
        language=language,
        hall="演示市24小时政务服务大厅",
        site="城东街道便民服务中心",
        name_masked="张*三",
        done_at="2026-03-05 09:08:07",
        terminal_number="T-GZ0012-1I6LUC-000128-K",
        paper=paper,
        pages=13,
        demo=demo,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [32, 48])
def test_no_line_is_wider_than_the_paper(language: Language, columns: int) -> None:
    for line in slip_lines(slip(language), columns):
        limit = columns // 2 if line.style is SlipStyle.TITLE else columns
        assert display_width(line.text) <= limit


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_say_what_when_where_and_what_next(language: Language) -> None:
    data = slip(language)
    text = "".join(line.text for line in slip_lines(data)).replace(" ", "")
    layout = lay_out_slip(data)
    for piece in (
        data.item,
        "张*三",
        data.done_at,
        data.site,
        data.terminal_number,
        *data.next_steps,
        *layout.papers[0],
    ):
        assert piece.replace(" ", "") in text


def test_a_name_is_not_in_the_repr() -> None:
    assert "张" not in repr(slip())
    assert "张" not in repr(slip_lines(slip()))


def test_an_unknown_outcome_sends_the_citizen_to_a_person() -> None:
    text = "".join(line.text for line in slip_lines(slip(paper=PaperOutcome.UNKNOWN)))
    assert "待工作人员确认" in text
    assert "请带上凭条找工作人员核对" in text.replace("   ", "")
    assert "已打印" not in text


def test_a_visit_without_paper_says_so() -> None:
    text = "".join(line.text for line in slip_lines(slip(paper=None)))
    assert "没有打印查询单" in text
    assert "取走" not in text


def test_the_demo_is_marked_at_both_ends_and_the_real_one_is_not() -> None:
    lines = slip_lines(slip())
    assert lines[0].text == lines[-1].text == "演示单据 不作凭据"
    assert not any("演示单据" in line.text for line in slip_lines(slip(demo=False)))


def test_wrapping_loses_no_character_and_keeps_words_whole() -> None:
    text = "请从出纸口取走查询单，take the sheet from the outlet，点一点页数。"
    lines = wrap(text, 20, "  ")
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(display_width(line) <= 20 for line in lines)
    assert not any(line.strip().startswith(("，", "。")) for line in lines)
    assert any("outlet" in line for line in lines)
    assert wrap("", 10) == [""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_is_576_dots_wide_and_nothing_touches_its_edges(language: Language) -> None:
    document = render(SlipRequest(slip(language)))
    assert isinstance(document, RenderedDocument)
    assert document.replaced_characters == 0
    picture = Image.open(io.BytesIO(document.content)).convert("L")
    assert picture.width == 576
    ink = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    assert ink[0] >= 12
    assert ink[2] <= 576 - 12
    assert ink[1] >= 12
    assert ink[3] <= picture.height - 12


def test_a_code_on_the_slip_can_be_scanned_and_stands_before_the_foot() -> None:
    data = replace(slip(), qr="https://example.org/guide")
    result = render_slip(SlipRequest(data))
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(result.content)).convert("L"))
    assert [code.text for code in codes] == ["https://example.org/guide"]
    styles = [line.style for line in slip_lines(data)]
    assert styles.count(SlipStyle.QR) == 1
    assert styles.index(SlipStyle.QR) < styles.index(SlipStyle.SMALL)


def test_a_word_longer_than_the_paper_is_broken_and_complete() -> None:
    lines = wrap("T-" + "A" * 50, 20)
    assert [len(line) for line in lines] == [20, 20, 12]
    assert "".join(lines) == "T-" + "A" * 50


def test_only_an_attested_sheet_is_said_to_be_verifiable() -> None:
    without = statement_slip(
        language="zh_CN",
        hall="演示市24小时政务服务大厅",
        site="城东街道便民服务中心",
        name_masked="张*三",
        done_at="2026-03-05 09:08:07",
        terminal_number="T-GZ0012-1I6LUC-000128-K",
        paper=PaperOutcome.PRINTED,
        pages=1,
        demo=False,
        is_attested=False,
    )
    assert not any("二维码" in step for step in without.next_steps)
    assert any("二维码" in step for step in slip().next_steps)
