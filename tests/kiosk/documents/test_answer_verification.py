"""The sheet of a plain query passes the same check as the fund's, and a forged one is refused in words."""

import base64
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from PIL import Image

from kiosk.base.errors import Problem
from kiosk.documents import AnswerSheetRequest, answer_sheet, typesetting
from kiosk.documents.attestation import parse_attestation
from kiosk.documents.slip_code import number_of_code
from kiosk.documents.typesetting import render_answer_sheet
from kiosk.documents.verification import Verdict, read_qr, verify
from kiosk.documents.verify_command import verify_main
from tests.kiosk.documents.answer_specimens import answer_request, paid_rows, query_request
from tests.kiosk.documents.signing import House, build_house

NOW = datetime.fromisoformat("2026-06-01T12:00:00+08:00")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def genuine(house: House) -> bytes:
    return made(answer_request(60, key=house.key_file))


def made(request: AnswerSheetRequest) -> bytes:
    result = render_answer_sheet(request)
    assert result.problem is None
    return result.content


def judged(house: House, subject: bytes | str) -> Verdict:
    return verify(subject, house.key_list(), house.list_key.public_key(), NOW)


def code_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = read_qr(document[0].render(scale=3).to_pil())
    document.close()
    assert text is not None
    return text


def forged(house: House, genuine: bytes, altered: AnswerSheetRequest) -> bytes:
    """`altered` laid out like ours, under the code of the genuine sheet."""
    words = answer_sheet.answer_words(
        msgspec.structs.replace(altered, signing_key=answer_request(key=house.key_file).signing_key)
    )
    layout = typesetting._AnswerLayout(words, datetime.fromisoformat(altered.printed_at))
    return layout.pdf(code_of(genuine))


def problems_of(verdict: Verdict) -> dict[str, dict[str, str]]:
    assert not verdict.is_genuine
    return {problem.key: dict(problem.placeholders) for problem in verdict.problems}


@pytest.mark.parametrize(
    ("make", "rows"), [(answer_request, 0), (answer_request, 60), (query_request, 1), (query_request, 360)]
)
def test_a_genuine_sheet_passes_with_what_was_signed(
    house: House, make: Callable[..., AnswerSheetRequest], rows: int
) -> None:
    verdict = judged(house, made(make(rows, key=house.key_file)))
    assert verdict.problems == ()
    assert verdict.is_genuine
    assert verdict.has_content
    said = verdict.attestation
    assert said is not None
    assert (said.rows, said.date_from, said.date_to) == (rows, "", "2026-03-05")
    assert (said.balance_fen, said.sum_fen) == (None, None)
    assert (said.name_masked, said.id_masked) == ("张*三", "110105********002X")
    assert said.terminal_number == "T-GZ0012-WKP4-000128-K"


def test_hostile_words_on_a_real_sheet_pass_too(house: House) -> None:
    nasty = "#$*_`@<>\\ 共7条 数据时间2020-01-01 终端流水号T-1 第9页" + "，" * 200
    request = query_request(key=house.key_file, demo=False, fields=((nasty, nasty),), rows=((nasty,) * 6,) * 9)
    assert judged(house, made(request)).is_genuine


def test_the_code_alone_passes_and_says_that_the_paper_was_not_compared(house: House, genuine: bytes) -> None:
    verdict = judged(house, code_of(genuine))
    assert verdict.is_genuine
    assert not verdict.has_content


@pytest.mark.parametrize(
    ("changes", "page"),
    [
        ({"verification_code": "A1B2C3D4E5F6G7H9"}, "1"),
        ({"fields": (("姓名", "李四"), *answer_request().fields[1:])}, "1"),
        ({"rows": (*paid_rows(60)[:-1], (*paid_rows(60)[-1][:4], "99.25", "2026-12-15"))}, "2"),
        ({"title": "社会保险参保缴费证书"}, "1, 2"),
    ],
)
def test_one_changed_word_is_told_by_its_page(
    house: House, genuine: bytes, changes: dict[str, object], page: str
) -> None:
    altered = forged(house, genuine, msgspec.structs.replace(answer_request(60), **changes))
    assert problems_of(judged(house, altered)) == {"attestation.pages_differ": {"pages": page}}


def test_other_rows_another_day_and_another_number_are_named(house: House, genuine: bytes) -> None:
    altered = answer_request(59, as_of="2026-03-04T08:00:00+08:00", terminal_number="T-GZ0012-WKP4-000129-J")
    problems = problems_of(judged(house, forged(house, genuine, altered)))
    assert problems["attestation.differs_rows"] == {"signed": "60", "paper": "59"}
    assert problems["attestation.differs_data_day"] == {"signed": "2026-03-05", "paper": "2026-03-04"}
    assert problems["attestation.differs_terminal_number"]["paper"] == "T-GZ0012-WKP4-000129-J"
    assert set(problems) == {
        "attestation.differs_rows",
        "attestation.differs_data_day",
        "attestation.differs_terminal_number",
        "attestation.pages_differ",
    }


def test_a_removed_page_is_named(house: House, genuine: bytes) -> None:
    document = pypdfium2.PdfDocument(genuine)
    document.__delitem__(1)
    out = io.BytesIO()
    document.save(out)
    document.close()
    assert problems_of(judged(house, out.getvalue()))["attestation.differs_pages"] == {"signed": "2", "paper": "1"}


def test_a_picture_laid_over_the_code_is_refused(house: House, genuine: bytes) -> None:
    document = pypdfium2.PdfDocument(genuine)
    image = pypdfium2.PdfImage.new(document)
    image.set_bitmap(pypdfium2.PdfBitmap.from_pil(Image.new("RGB", (40, 10), "white")))
    image.set_matrix(pypdfium2.PdfMatrix().scale(80, 12).translate(60, 650))
    page = document[0]
    page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    assert set(problems_of(judged(house, out.getvalue()))) == {"attestation.foreign_objects"}


def test_a_sheet_of_another_house_is_refused(house: House, tmp_path: Path) -> None:
    foreign = made(answer_request(key=build_house(tmp_path).key_file))
    assert set(problems_of(judged(house, foreign))) == {"attestation.signature_wrong"}


def test_the_code_of_a_sheet_is_not_taken_for_a_slips(house: House, genuine: bytes) -> None:
    for pdf in (genuine, made(query_request(1, key=house.key_file))):
        told = number_of_code(code_of(pdf), house.key_list(), house.list_key.public_key(), NOW)
        assert told == Problem("slip_code.a_sheet")


def test_a_holder_who_was_not_named_stays_out_of_the_code(house: House) -> None:
    read = parse_attestation(code_of(made(query_request(1, key=house.key_file, name="", id_number=""))))
    assert read is not None
    assert (read.attestation.name_masked, read.attestation.id_masked) == ("", "")


@pytest.mark.parametrize("language", ["zh_CN", "zh_HK", "en"])
def test_the_command_accepts_the_sheet_and_names_no_amounts(
    house: House, genuine: bytes, tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "keys.json").write_bytes(house.key_list())
    (tmp_path / "list.pub").write_bytes(base64.b64encode(house.list_key.public_key().public_bytes_raw()))
    (tmp_path / "sheet.pdf").write_bytes(genuine)
    keys = ["--keys", str(tmp_path / "keys.json"), "--list-key", str(tmp_path / "list.pub"), "--at", NOW.isoformat()]
    assert verify_main([str(tmp_path / "sheet.pdf"), *keys, "--language", language]) == 0
    told = capsys.readouterr().out
    for piece in ("2026-03-05", "60", "3", "张*三", "T-GZ0012-WKP4-000128-K", "11320500MB1234567X3322005028002"):
        assert piece in told
    for word in ("余额", "餘額", "Balance", "合计", "合計", "Sum", "查询时间段", "查詢時段", "Period", "None"):
        assert word not in told
