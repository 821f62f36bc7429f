"""The sheet, read back from its PDF."""

import re
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from kiosk.base.record import replace
from kiosk.documents import sheet, typesetting
from kiosk.documents.attestation import squeeze
from kiosk.documents.page_words import pages_say
from kiosk.documents.pdf_text import page_texts
from kiosk.documents.typesetting import render_sheet
from kiosk.documents.wire import RenderResult, SheetRequest
from tests.kiosk.documents.signing import build_house
from tests.kiosk.documents.specimens import sheet_request, statement

_MM = 72 / 25.4


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_house(tmp_path_factory.mktemp("keys")).key_file


def rendered(request: SheetRequest) -> RenderResult:
    result = render_sheet(request)
    assert result.problem is None
    return result


@pytest.mark.parametrize("rows", [0, 1, 17, 18, 19, 47, 48, 49, 360])
def test_each_row_stands_on_the_sheet_once_in_order_and_the_sum_is_right(rows: int, key_file: Path) -> None:
    data = statement(rows)
    result = rendered(sheet_request(data, key=key_file))
    pages = [squeeze(text) for text in page_texts(result.content)]
    assert result.pages == len(pages)
    body = "".join(page.split("单位账号单位名称", 1)[1] if "单位账号单位名称" in page else "" for page in pages)
    found = re.findall(r"(\d{4}-\d\d-\d\d)(?:汇缴正常汇缴|提取租房提取)(\d{6}|—)(-?[\d,]+\.\d\d)(-?[\d,]+\.\d\d)", body)
    assert [row[0] for row in found] == [entry.date for entry in data.entries]
    cents = [int(row[2].replace(",", "").replace(".", "")) for row in found]
    assert cents == [entry.amount_fen for entry in data.entries]
    total = re.search(r"发生金额合计\(元\)(-?[\d,]+\.\d\d)", pages[0])
    assert total is not None
    assert int(total[1].replace(",", "").replace(".", "")) == sum(cents)
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page
        assert ("发生日期业务类型" in page) == bool(rows)
    assert ("本时段没有资金变动" in pages[0]) == (rows == 0)


def test_the_first_page_takes_18_rows_and_the_others_30(key_file: Path) -> None:
    assert rendered(sheet_request(statement(18), key=key_file)).pages == 1
    assert rendered(sheet_request(statement(19), key=key_file)).pages == 2
    assert rendered(sheet_request(statement(48), key=key_file)).pages == 2
    assert rendered(sheet_request(statement(49), key=key_file)).pages == 3


def test_the_usual_page_breaks_are_guessed_so_that_one_layout_is_enough(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layouts: list[object] = []
    compile_pdf: Callable[..., bytes] = typesetting._Typesetter.pdf

    def counted(self: object, *arguments: object) -> bytes:
        layouts.append(arguments)
        return compile_pdf(self, *arguments)

    monkeypatch.setattr(typesetting._Typesetter, "pdf", counted)
    rendered(sheet_request(statement(100), key=key_file))
    assert len(layouts) == 1


def test_nothing_stands_outside_the_margins(key_file: Path) -> None:
    result = rendered(sheet_request(statement(60), key=key_file))
    document = pypdfium2.PdfDocument(result.content)
    for page in document:
        width, height = page.get_size()
        assert (round(width / _MM), round(height / _MM)) == (210, 297)
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if right - left > 0:
                assert left >= 13 * _MM
                assert right <= width - 13 * _MM
                assert bottom >= 10 * _MM
                assert top <= height - 10 * _MM
        text.close()
        page.close()
    document.close()


def test_a_very_long_employer_wraps_and_pushes_the_next_row_down(key_file: Path) -> None:
    long_name = "演示市高新技术产业开发区第一机械制造与自动化设备股份有限公司城东分公司（原演示市第一机械厂）综合服务部"
    data = statement(40, employer=long_name)
    short = statement(40)
    mixed = replace(data, entries=tuple(row if n % 3 else data.entries[n] for n, row in enumerate(short.entries)))
    result = rendered(sheet_request(mixed, key=key_file))
    pages = [squeeze(text) for text in page_texts(result.content)]
    assert "".join(pages).count(squeeze(long_name)) == 14 + 1
    document = pypdfium2.PdfDocument(result.content)
    page = document[0]
    text = page.get_textpage()
    heights = []
    for row in mixed.entries[:8]:
        place = text.search(row.date).get_next()
        assert place is not None
        heights.append(text.get_charbox(place[0])[3])
    text.close()
    page.close()
    document.close()
    gaps = [upper - lower for upper, lower in pairwise(heights)]
    assert all(gap > 7 * _MM for gap in gaps)
    assert max(gaps) > 10 * _MM


def test_the_header_has_all_its_fields_and_the_print_date_is_zero_padded(key_file: Path) -> None:
    result = rendered(sheet_request(statement(31), key=key_file))
    for text in page_texts(result.content):
        page = squeeze(text)
        for piece in (
            "个人住房公积金查询单",
            "渠道24小时自助终端",
            "网点城东街道便民服务中心",
            "打印日期2026-03-05",
            "公积金类型住房公积金",
            "查询时间段1996-03-15至2026-03-05",
            "*本查询仅做信息查询使用",
            "终端流水号T-GZ0012-WKP4-000128-K",
        ):
            assert piece in page


def test_the_fourteen_account_fields_stand_in_the_official_order(key_file: Path) -> None:
    names = [name for name, _ in sheet.account_fields(statement(0).account)]
    assert names == [
        "姓名", "证件号码", "开户日期", "销户日期", "缴存网点", "住房公积金账号", "账户状态", "余额", "累计缴存", "累计支取",
        "末次汇缴月份", "当前月缴额", "当前单位账号", "当前所在单位名称",
    ]  # fmt: skip
    page = squeeze(page_texts(rendered(sheet_request(statement(0), key=key_file)).content)[0])
    places = [page.index(name) for name in names]
    assert places == sorted(places)
    assert "姓名张𠮷三证件号码11010519491231002X" in page
    assert "销户日期—" in page
    assert "余额大写玖仟捌佰柒拾陆万伍仟肆佰叁拾贰元壹角" in page


def test_the_demo_is_marked_on_every_page_and_the_real_sheet_is_not(key_file: Path) -> None:
    for demo in (True, False):
        result = rendered(sheet_request(statement(60), key=key_file, demo=demo))
        for text in page_texts(result.content):
            assert ("演示单据不作凭据" in squeeze(text)) == demo


def test_a_rare_character_prints_and_one_that_no_font_has_becomes_a_geta_mark(key_file: Path) -> None:
    assert rendered(sheet_request(statement(1), key=key_file)).replaced_characters == 0
    result = rendered(sheet_request(statement(1, name="张\U0003134a三"), key=key_file))
    assert result.replaced_characters == 1
    assert "姓名张〓三证件号码" in squeeze(page_texts(result.content)[0])


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("张\x07三\n", "张三"),
        ("张\ufeff\u200b三", "张三"),
        ("葛\U000e0100三", "葛三"),
        ('"\\\U0001f600', '"\\〓'),
        ("㑇⼀一", "㑇一一"),
        ("\u0663 \u05e2\u05d1", "〓〓〓"),
        ("古丽·阿依 努尔", "古丽·阿依努尔"),
    ],
)
def test_odd_characters_never_cost_a_citizen_the_sheet(name: str, printed: str, key_file: Path) -> None:
    result = rendered(sheet_request(statement(1, name=name), key=key_file))
    assert f"姓名{printed}证件号码" in squeeze(page_texts(result.content)[0]).replace("\U000e0100", "")


def test_markup_in_the_data_stays_text(key_file: Path) -> None:
    nasty = '#panic("x") *a* $x$ <b> \\ #import "@preview/a:1.0.0" 第1页共9页'
    result = rendered(sheet_request(statement(20, employer=nasty), key=key_file))
    assert "".join(squeeze(text) for text in page_texts(result.content)).count(squeeze(nasty)) == 21


def test_the_pdf_is_tagged_and_its_title_is_neutral(key_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(rendered(sheet_request(statement(20), key=key_file)).content)
    facts = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, text=True).stdout
    assert re.search(r"^Tagged: +yes$", facts, re.MULTILINE)
    assert re.search(r"^Title: +个人住房公积金查询单$", facts, re.MULTILINE)
    assert "张" not in facts


def test_a_sheet_that_lost_or_repeated_a_row_is_not_handed_over() -> None:
    words = sheet.page_words(sheet.sheet_words(sheet_request(statement(60))))
    pages = words.pages(sheet.usual_breaks(sheet.sheet_words(sheet_request(statement(60)))))
    assert pages_say(words, pages)
    row = squeeze(words.rows[5])
    assert not pages_say(words, [pages[0].replace(row, ""), *pages[1:]])
    assert not pages_say(words, [pages[0].replace(row, row * 2), *pages[1:]])
    assert not pages_say(words, [pages[0], pages[2], pages[1]])
    assert not pages_say(words, pages[:-1])
    assert not pages_say(words, [*pages[:-1], pages[-1].replace("98,", "99,")])
    assert not pages_say(words, ["", *pages[1:]])


def test_a_sheet_without_a_key_says_that_it_is_not_attested() -> None:
    result = rendered(sheet_request(statement(3)))
    assert not result.is_attested
    page = squeeze(page_texts(result.content)[0])
    assert "本单未附终端打印证明" in page


def test_a_key_that_cannot_be_read_stops_the_paper(tmp_path: Path) -> None:
    path = tmp_path / "key"
    assert render_sheet(sheet_request(statement(1), key=path)).problem == "documents.signing_key_unreadable"
    path.write_bytes(b"no key")
    assert render_sheet(sheet_request(statement(1), key=path)).problem == "documents.signing_key_unreadable"


def test_requests_and_words_hide_the_citizen_in_their_repr(key_file: Path) -> None:
    request = sheet_request(statement(1), key=key_file)
    for text in (repr(request), repr(request.statement), repr(sheet.sheet_words(request))):
        assert "张" not in text
        assert "11010519491231002X" not in text
