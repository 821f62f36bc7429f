"""The sheet of a plain query, read back from its PDF."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kiosk.base.errors import Problem
from kiosk.documents import AnswerSheetRequest, RenderedDocument, pdf_text, render, typesetting
from kiosk.documents.answer_sheet import answer_words, grouped, page_words
from kiosk.documents.attestation import squeeze
from kiosk.documents.page_words import pages_say
from kiosk.documents.pdf_text import page_texts
from kiosk.documents.render_child import answer
from kiosk.documents.typesetting import render_answer_sheet
from kiosk.documents.wire import RenderResult
from tests.kiosk.documents.answer_specimens import CODE, COLUMNS, answer_request, paid_rows, query_request
from tests.kiosk.documents.signing import build_house

_MM = 72 / 25.4
_EMPTY_TABLE: dict[str, Any] = {"rows_title": None, "columns": (), "is_number": (), "rows": ()}


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_house(tmp_path_factory.mktemp("keys")).key_file


def rendered(request: AnswerSheetRequest) -> RenderResult:
    result = render_answer_sheet(request)
    assert result.problem is None
    return result


def pages_of(request: AnswerSheetRequest) -> list[str]:
    """The squeezed page texts of a sheet that was laid out."""
    return [squeeze(text) for text in page_texts(rendered(request).content)]


def codes_on(pdf: bytes) -> list[str]:
    """The texts of the codes on the first page."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=3, grayscale=True).to_pil()
    document.close()
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("rows", [0, 1, 17, 18, 47, 48, 360])
def test_each_row_stands_on_the_sheet_once_and_in_order(rows: int, key_file: Path) -> None:
    pages = pages_of(answer_request(rows, key=key_file))
    head = squeeze("".join(COLUMNS))
    body = "".join(page.split(head, 1)[1] for page in pages if head in page)
    assert re.findall(r"12,345\.00([\d,]+\.25)", body) == [f"{n:,}.25" for n in range(rows)]
    assert ("没有记录" in pages[0]) == (rows == 0)
    assert f"缴费明细共{rows}条" in pages[0]
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page
        assert (head in page) == bool(rows)


def test_a_certificate_without_a_code_is_refused_before_anything_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_Typesetter", None)
    for code in (None, ""):
        refused = render_answer_sheet(answer_request(verification_code=code))
        assert refused.problem == "documents.no_verification_code"


def test_the_terminal_gets_the_sheet_or_the_problem_from_the_child() -> None:
    made = render(answer_request(3))
    assert isinstance(made, RenderedDocument)
    assert (made.media_type, made.pages, made.is_attested) == ("application/pdf", 1, False)
    assert render(answer_request(verification_code=None)) == Problem("documents.no_verification_code")


def test_the_departments_code_stands_in_fours_with_where_to_check_it_as_text_and_as_a_code(key_file: Path) -> None:
    content = rendered(answer_request(key=key_file)).content
    text = page_texts(content)[0]
    assert "A1B2 C3D4 E5F6 G7H8" in text
    assert "请向出具部门核验" in text
    assert CODE in codes_on(content)
    content = rendered(answer_request(check_address="https://si.example.org/check?c={code}")).content
    assert "核验地址https://si.example.org/check" in squeeze(page_texts(content)[0])
    assert codes_on(content) == [f"https://si.example.org/check?c={CODE}"]
    content = rendered(answer_request(check_address="https://si.example.org/check")).content
    assert codes_on(content) == ["https://si.example.org/check"]


def test_no_code_is_ever_made_up(key_file: Path) -> None:
    content = rendered(query_request(key=key_file)).content
    assert "验证码" not in page_texts(content)[0]
    assert [code[:5] for code in codes_on(content)] == ["BDY1."]
    assert codes_on(rendered(query_request()).content) == []


def test_a_code_that_brings_its_own_groups_keeps_them() -> None:
    assert grouped("12-345 6") == "12-345 6"
    assert grouped("123456789") == "1234 5678 9"
    assert grouped("") == ""


def test_the_head_and_the_foot_stand_on_every_page() -> None:
    for page in pages_of(answer_request(60)):
        for piece in (
            "社会保险参保缴费证明演示单据不作凭据演示市24小时政务服务大厅",
            "渠道24小时自助终端网点城东街道便民服务中心打印日期2026-03-05数据时间2026-03-0508:00:00查询范围最近12个月",
        ):
            assert piece in page
        assert page.startswith("演示演示演示")
        assert page.endswith("仅反映截至数据时间的参保缴费情况。终端流水号T-GZ0012-WKP4-000128-K·本单未附终端打印证明")


def test_a_real_sheet_bears_no_mark_of_a_demo_and_an_item_without_choices_names_none() -> None:
    for page in pages_of(answer_request(60, demo=False, choice_label="")):
        assert "演示单据" not in page
        assert "演示演示" not in page
        assert "查询范围" not in page


def test_the_fields_stand_in_their_order_each_beside_its_label(key_file: Path) -> None:
    fields = tuple((f"名目{n}。", "很长的内容" * n if n % 4 == 3 else f"值{n}。") for n in range(24))
    for request in (
        query_request(key=key_file, fields=fields),
        answer_request(fields=fields),
        query_request(fields=()),
    ):
        said = "".join(label + text for label, text in request.fields).replace("。", "")
        assert said in "".join(pages_of(request)).replace("。", "").replace("终端打印证明", "")


def test_figures_stand_at_the_right_with_figures_of_one_width() -> None:
    document = pypdfium2.PdfDocument(rendered(answer_request(14, rows=_amounts(14))).content)
    page = document[0]
    text = page.get_textpage()
    rights, widths = set(), set()
    search = text.search(".25")
    while (found := search.get_next()) is not None:
        rights.add(round(text.get_charbox(found[0] + 2, loose=True)[2], 1))
        for place in (found[0] + 1, found[0] + 2):
            left, _, right, _ = text.get_charbox(place, loose=True)
            widths.add(round(right - left, 1))
    text.close()
    page.close()
    document.close()
    assert len(rights) == 1
    assert len(widths) == 1


def _amounts(count: int) -> tuple[tuple[str, ...], ...]:
    return tuple((*row[:4], f"{7 ** (n % 12):,}.25", row[5]) for n, row in enumerate(paid_rows(count)))


@pytest.mark.parametrize("count", [2, 3, 5, 7, 9])
def test_columns_of_very_different_widths_stay_within_the_margins_and_apart(count: int) -> None:
    columns = ("序", "单位名称", "金额（元）", "说明", "年月", "账号", "状态", "日期", "经办机构名称")[:count]
    long = "演示市高新技术产业开发区第一机械制造与自动化设备股份有限公司城东分公司"
    row = (
        "1",
        long,
        "-90,071,992,547,409.91",
        "X" * 60,
        "202601",
        "6222020200112233445",
        "正常",
        "2026-01-15",
        long * 2,
    )[:count]
    request = query_request(columns=columns, is_number=(False, False, *(True,) * (count - 2)), rows=(row,) * 9)
    document = pypdfium2.PdfDocument(rendered(request).content)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if right - left > 0:
                assert left >= 13 * _MM
                assert right <= width - 13 * _MM
                assert bottom >= 8 * _MM
                assert top <= height - 8 * _MM
        text.close()
        page.close()
    document.close()


@pytest.mark.parametrize("length", [0, 1, 40, 200])
def test_every_text_may_be_empty_or_long(length: int, key_file: Path) -> None:
    for one in ("长", "W", "9"):
        text = one * length
        request = answer_request(
            title=text or "单", note=text, fields=((text, text), ("a", text), (text, "b")), rows_title=text, hall=text,
            columns=(text, "数", text), is_number=(False, True, False), rows=((text, text, "短"),) * 20, choice_label=text,
            site=text, key=key_file, check_address=text,
        )  # fmt: skip
        assert "".join(pages_of(request)).count(text or "短") >= 20


def test_a_text_that_no_page_can_hold_is_refused_and_not_cut(key_file: Path) -> None:
    huge = "长" * 1000
    nine: dict[str, Any] = {"columns": ("一",) * 9, "is_number": (False,) * 9}
    for request in (
        query_request(**nine, rows=((huge,) * 9,) * 2, key=key_file),
        query_request(**nine, rows=((huge,) * 9,) * 2),
        query_request(columns=(huge,) * 9, is_number=(False,) * 9, rows=(("1",) * 9,)),
        query_request(fields=((huge, "值"),)),
    ):
        assert render_answer_sheet(request).problem == "documents.text_too_long"
    assert render_answer_sheet(query_request(fields=(("备注", huge),))).problem is None


@pytest.mark.parametrize(
    "nasty", ['#panic("x")', "*a* _b_ `c` $x$ <d> @e \\ // [f] = g", '"] #import "@preview/a:1.0.0"']
)
def test_markup_in_the_data_stays_text(nasty: str) -> None:
    request = answer_request(fields=((nasty, nasty),), rows=((nasty,) * 6,) * 20, columns=(nasty,) * 6, note=nasty)
    assert "".join(pages_of(request)).count(squeeze(nasty)) >= 2 + 20 * 6 + 6


@pytest.mark.parametrize(
    ("text", "printed", "replaced"),
    [
        ("张𠮷三", "张𠮷三", 0),
        ("㑇⼀䶮𠀋", "㑇一䶮𠀋", 0),
        ("古丽·阿依 努尔", "古丽·阿依努尔", 0),
        ("张\U0003134a三", "张〓三", 1),
        ("张\x07三\u200b\ufeff\u202e", "张三", 0),
        ("葛\U000e0100三", "葛三", 0),
        ("e\u0301 が", "éが", 0),
        ("\u0301a\u0663\u05e2😀", "〓a〓〓〓", 4),
        ("a\u2010b\u2011c", "a-b-c", 0),
        ("".join(map(chr, range(0x31350, 0x31370))) + "张三", "〓" * 32 + "张三", 32),
        ("\u3000", "—", 0),
    ],
)
def test_rare_characters_print_and_what_cannot_becomes_a_geta_mark(
    text: str, printed: str, replaced: int, key_file: Path
) -> None:
    result = rendered(query_request(fields=(("姓名", text), ("末", "尾")), **_EMPTY_TABLE, key=key_file))
    assert f"姓名{printed}末尾" in squeeze(page_texts(result.content)[0])
    assert result.replaced_characters == replaced


_HOSTILE = st.one_of(
    st.text(st.sampled_from("#$*_`@<>\\/=-~[](){}\"' \n\t:;.,0123456789AZaz"), max_size=60),
    st.text(st.sampled_from("张三𠮷㑇，。、；：」「（）—…！？·　“”"), max_size=60),
    st.text(max_size=40),
    st.sampled_from(
        ["第1页共9页", "共3条", "终端流水号T-1", "A" * 200, "，" * 200, "𠮷" * 120, "\u202e\u0301" * 20, ""]
    ),
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Each layout takes a tenth of a second: what fails is shrunk, but not explained for minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
@given(
    fields=st.lists(st.tuples(_HOSTILE, _HOSTILE), max_size=7),
    row=st.lists(_HOSTILE, min_size=1, max_size=9),
    times=st.sampled_from([0, 1, 19]),
    code=st.sampled_from([None, CODE]),
    is_signed=st.booleans(),
)
def test_no_text_costs_a_citizen_the_sheet_or_says_anything_but_itself(
    key_file: Path, fields: list[tuple[str, str]], row: list[str], times: int, code: str | None, is_signed: bool
) -> None:
    request = query_request(
        fields=tuple((_without_surrogates(label), _without_surrogates(text)) for label, text in fields),
        columns=tuple(_without_surrogates(text)[:20] for text in reversed(row)),
        is_number=tuple(number % 2 == 1 for number in range(len(row))),
        rows=(tuple(map(_without_surrogates, row)),) * times,
        verification_code=code,
        key=key_file if is_signed else None,
    )
    result = rendered(request)
    assert result.is_attested == is_signed
    # Of what is not rare the very words stand there, however often they are asked for.
    text = "".join(squeeze(page) for page in page_texts(result.content))
    for cell in row:
        if times and cell.isascii() and cell.isprintable() and cell.strip():
            assert text.count(squeeze(cell)) >= times


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()


def test_a_sheet_that_lost_or_repeated_a_word_is_not_handed_over(key_file: Path) -> None:
    words = page_words(answer_words(answer_request(3, key=key_file)))
    page = words.pages([1] * (len(words.lead) + 3))[0]
    assert pages_say(words, [page])
    for piece in (words.rows[1], words.lead[0], words.lead[1], words.columns, words.foot, words.head):
        assert not pages_say(words, [page.replace(squeeze(piece), "")])
        assert not pages_say(words, [page.replace(squeeze(piece), squeeze(piece) * 2)])
    assert not pages_say(words, [page.replace("98,", "99,")])
    assert not pages_say(words, [page, page])


def test_what_was_read_back_otherwise_than_meant_is_a_problem(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = pdf_text.page_texts
    monkeypatch.setattr(pdf_text, "page_texts", lambda pdf: [text.replace("张", "李") for text in read(pdf)])
    for key in (key_file, None):
        assert render_answer_sheet(answer_request(key=key)).problem == "documents.sheet_check_failed"


def test_one_layout_with_the_code_is_enough(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layouts: list[object] = []
    compile_pdf: Callable[..., bytes] = typesetting._Typesetter.pdf

    def counted(self: object, *arguments: object) -> bytes:
        layouts.append(arguments)
        return compile_pdf(self, *arguments)

    monkeypatch.setattr(typesetting._Typesetter, "pdf", counted)
    rendered(query_request(100, key=key_file))
    assert len(layouts) == 1


def test_the_pdf_is_tagged_and_named_after_the_paper_alone(key_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(rendered(answer_request(20, key=key_file)).content)
    facts = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, text=True).stdout
    assert re.search(r"^Tagged: +yes$", facts, re.MULTILINE)
    assert re.search(r"^Title: +社会保险参保缴费证明$", facts, re.MULTILINE)
    assert "张" not in facts


def test_a_key_that_cannot_be_read_stops_the_paper(tmp_path: Path) -> None:
    unreadable = answer_request(key=tmp_path / "absent")
    assert render_answer_sheet(unreadable).problem == "documents.signing_key_unreadable"


def test_rows_and_columns_that_do_not_fit_together_are_a_failure_without_their_words() -> None:
    for request in (
        answer_request(rows=(("a", "b"),)),
        answer_request(is_number=(True,)),
        answer_request(as_of="gestern"),
    ):
        assert answer(msgspec.json.encode(request)) == RenderResult(problem="documents.render_failed")
        with pytest.raises(ValueError, match=r"."):
            answer_words(request)


def test_requests_and_words_hide_the_citizen_in_their_repr() -> None:
    request = query_request(
        fields=(("姓名", "张𠮷三"), ("证件号码", "11010519491231002X")), rows=(("11010519491231002X",) * 6,)
    )
    words = answer_words(request)
    for text in (repr(request), repr(words), repr(page_words(words)), repr(words.fields)):
        assert "张" not in text
        assert "11010519491231002X" not in text
    assert CODE not in repr(answer_words(answer_request())) + repr(page_words(answer_words(answer_request())))
