"""A sheet that was forged or altered is refused, in words that say what differs."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium_raw
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from PIL import Image

from kiosk.base.record import replace
from kiosk.central.contract import FundStatement
from kiosk.documents import sheet, typesetting, verification
from kiosk.documents.attestation import (
    Attestation,
    content_digest,
    is_signed_by,
    load_private_key,
    page_digests,
    parse_attestation,
    sign_attestation,
)
from kiosk.documents.key_list import load_public_key
from kiosk.documents.typesetting import render_sheet
from kiosk.documents.verification import Verdict, read_qr, verify
from tests.kiosk.documents.signing import House, build_house
from tests.kiosk.documents.specimens import sheet_request, statement

NOW = datetime.fromisoformat("2026-06-01T12:00:00+08:00")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def genuine(house: House) -> bytes:
    return made(house, statement(60))


def made(house: House, data: FundStatement) -> bytes:
    result = render_sheet(sheet_request(data, key=house.key_file))
    assert result.problem is None
    return result.content


def judged(house: House, subject: bytes | str, key_list: bytes | None = None, now: datetime = NOW) -> Verdict:
    return verify(subject, key_list or house.key_list(), house.list_key.public_key(), now)


def keys_of(verdict: Verdict) -> list[str]:
    return [problem.key for problem in verdict.problems]


def code_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = read_qr(document[0].render(scale=3).to_pil())
    document.close()
    assert text is not None
    return text


def forged(house: House, altered: FundStatement) -> bytes:
    """`altered` laid out like ours, under the code of the genuine sheet of 60 rows."""
    code = code_of(made(house, statement(60)))
    words = sheet.sheet_words(sheet_request(altered, key=house.key_file))
    typesetter = typesetting._Typesetter("sheet.typ")
    return typesetter.pdf(replace(words, qr=typesetting._qr_svg(code)))


def edited(pdf: bytes, edit: Callable[[pypdfium2.PdfDocument], None]) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    edit(document)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize("rows", [0, 18, 60, 360])
def test_a_genuine_sheet_passes_with_its_figures(house: House, rows: int) -> None:
    data = statement(rows)
    verdict = judged(house, made(house, data))
    assert verdict.problems == ()
    assert verdict.is_genuine
    assert verdict.has_content
    said = verdict.attestation
    assert said is not None
    assert (said.rows, said.sum_fen) == (rows, sum(entry.amount_fen for entry in data.entries))
    assert (said.name_masked, said.id_masked) == ("张*三", "110105********002X")


def test_a_sheet_printed_without_the_demo_mark_passes_too(house: House) -> None:
    result = render_sheet(sheet_request(statement(5), key=house.key_file, demo=False))
    assert judged(house, result.content).is_genuine


def test_a_code_alone_passes_and_says_that_the_paper_was_not_compared(house: House, genuine: bytes) -> None:
    verdict = judged(house, code_of(genuine))
    assert verdict.is_genuine
    assert not verdict.has_content
    assert verdict.attestation is not None
    assert verdict.attestation.pages == 3


def test_a_changed_digit_in_an_amount_is_named(house: House) -> None:
    data = statement(60)
    entries = list(data.entries)
    entries[30] = replace(entries[30], amount_fen=entries[30].amount_fen + 900_000)
    verdict = judged(house, forged(house, replace(data, entries=tuple(entries))))
    assert not verdict.is_genuine
    by_key = {problem.key: problem.placeholders for problem in verdict.problems}
    assert set(by_key) == {"attestation.differs_sum", "attestation.pages_differ"}
    # The sum stands on page 1, the row on page 2.
    assert by_key["attestation.pages_differ"] == {"pages": "1, 2"}


def test_a_changed_balance_name_and_period_are_named(house: House) -> None:
    data = statement(60)
    account = replace(data.account, balance_fen=1, name="李𠮷四")
    verdict = judged(house, forged(house, replace(data, account=account, date_to="2026-03-04")))
    assert {"attestation.differs_balance", "attestation.differs_name", "attestation.differs_period"} <= set(
        keys_of(verdict)
    )
    assert "李𠮷四" not in str(verdict.problems)


def test_a_changed_word_is_found_though_no_figure_changes(house: House) -> None:
    data = statement(60)
    account = replace(data.account, state="封存")
    verdict = judged(house, forged(house, replace(data, account=account)))
    assert keys_of(verdict) == ["attestation.pages_differ"]
    assert verdict.problems[0].placeholders == {"pages": "1"}


def test_a_removed_page_is_named(house: House, genuine: bytes) -> None:
    verdict = judged(house, edited(genuine, lambda document: document.__delitem__(1)))
    assert not verdict.is_genuine
    by_key = {problem.key: problem.placeholders for problem in verdict.problems}
    assert by_key["attestation.differs_pages"] == {"signed": "3", "paper": "2"}
    assert by_key["attestation.differs_rows"] == {"signed": "60", "paper": "30"}


def test_rows_of_another_sheet_are_named_by_their_page(house: House, genuine: bytes) -> None:
    data = statement(60)
    other = made(house, replace(data, entries=tuple(replace(row, interest_fen=77) for row in data.entries)))

    def swap(document: pypdfium2.PdfDocument) -> None:
        document.__delitem__(1)
        source = pypdfium2.PdfDocument(other)
        document.import_pages(source, pages=[1], index=1)
        source.close()

    verdict = judged(house, edited(genuine, swap))
    assert keys_of(verdict) == ["attestation.pages_differ"]
    assert verdict.problems[0].placeholders == {"pages": "2"}


def test_a_picture_laid_over_the_text_is_refused(house: House, genuine: bytes) -> None:
    def cover(document: pypdfium2.PdfDocument) -> None:
        image = pypdfium2.PdfImage.new(document)
        image.set_bitmap(pypdfium2.PdfBitmap.from_pil(Image.new("RGB", (40, 10), "white")))
        image.set_matrix(pypdfium2.PdfMatrix().scale(80, 12).translate(200, 300))
        page = document[0]
        page.insert_obj(image)
        page.gen_content()

    assert keys_of(judged(house, edited(genuine, cover))) == ["attestation.foreign_objects"]


def test_a_white_patch_over_a_row_is_refused_and_one_beside_all_text_does_no_harm(house: House, genuine: bytes) -> None:
    def patch(bottom: float) -> bytes:
        def cover(document: pypdfium2.PdfDocument) -> None:
            page = document[1]
            rectangle = pdfium_raw.FPDFPageObj_CreateNewRect(100, bottom, 300, 8)
            pdfium_raw.FPDFPageObj_SetFillColor(rectangle, 255, 255, 255, 255)
            pdfium_raw.FPDFPath_SetDrawMode(rectangle, pdfium_raw.FPDF_FILLMODE_WINDING, False)
            pdfium_raw.FPDFPage_InsertObject(page, rectangle)
            page.gen_content()

        return edited(genuine, cover)

    assert keys_of(judged(house, patch(600))) == ["attestation.foreign_objects"]
    assert judged(house, patch(15)).is_genuine


def test_a_note_on_the_page_is_refused(house: House, genuine: bytes) -> None:
    def annotate(document: pypdfium2.PdfDocument) -> None:
        note = pdfium_raw.FPDFPage_CreateAnnot(document[0], pdfium_raw.FPDF_ANNOT_SQUARE)
        pdfium_raw.FPDFPage_CloseAnnot(note)

    assert keys_of(judged(house, edited(genuine, annotate))) == ["attestation.foreign_objects"]


def test_a_forger_with_a_key_of_his_own_is_refused(house: House, tmp_path: Path) -> None:
    forger = build_house(tmp_path)
    pdf = made(forger, statement(5))
    assert keys_of(judged(house, pdf)) == ["attestation.signature_wrong"]
    assert keys_of(judged(house, pdf, house.key_list(key_id="k2"))) == ["attestation.key_unknown"]


def test_a_sheet_without_a_code_is_refused(house: House) -> None:
    verdict = judged(house, render_sheet(sheet_request(statement(5))).content)
    assert keys_of(verdict) == ["attestation.code_missing"]
    assert verdict.is_readable


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"revoked": True}, "attestation.key_revoked"),
        ({"revoked": "2026-05-01"}, "attestation.key_revoked"),
        ({"not_after": "2026-03-01T00:00:00+08:00"}, "attestation.key_expired"),
        ({"not_before": "2026-04-01T00:00:00+08:00"}, "attestation.key_expired"),
        ({"terminal_id": "GZ0013"}, "attestation.terminal_differs"),
    ],
)
def test_a_key_that_does_not_stand_for_the_paper_is_refused(
    house: House, genuine: bytes, changes: dict[str, Any], key: str
) -> None:
    verdict = judged(house, genuine, house.key_list(**changes))
    assert keys_of(verdict) == [key]
    assert verdict.attestation is None


def test_a_print_of_tomorrow_is_refused(house: House, genuine: bytes) -> None:
    verdict = judged(house, genuine, now=datetime.fromisoformat("2026-03-04T12:00:00+08:00"))
    assert keys_of(verdict) == ["attestation.printed_in_future"]


@pytest.mark.parametrize(
    ("mend", "key"),
    [
        (lambda raw: raw.replace(b"GZ0012", b"GZ0013"), "attestation.list_forged"),
        (lambda raw: b"{}", "attestation.list_unreadable"),
        (lambda raw: b"[]", "attestation.list_unreadable"),
        (lambda raw: b"[" * 100_000, "attestation.list_unreadable"),
        (lambda raw: raw[:-5], "attestation.list_unreadable"),
    ],
)
def test_a_list_that_is_not_the_operators_judges_nothing(
    house: House, genuine: bytes, mend: Callable[[bytes], bytes], key: str
) -> None:
    verdict = judged(house, genuine, mend(house.key_list()))
    assert keys_of(verdict) == [key]
    assert not verdict.is_readable


def test_a_list_beyond_its_end_judges_nothing(house: House, genuine: bytes) -> None:
    verdict = judged(house, genuine, house.key_list(expires_at="2026-05-01T00:00:00+08:00"))
    assert keys_of(verdict) == ["attestation.list_expired"]
    assert not verdict.is_readable


def test_what_is_no_pdf_and_no_code_is_unreadable(house: House) -> None:
    assert keys_of(judged(house, b"%PDF-1.7 nonsense")) == ["attestation.pdf_unreadable"]
    for text in ("", "https://example.org", "BDY1.", "BDY1.AAAA", "BDY1.ÄÖ", "BDY1." + "A" * 300):
        assert keys_of(judged(house, text)) == ["attestation.code_unreadable"]


def test_no_single_changed_character_of_a_code_passes(house: House, genuine: bytes) -> None:
    text = code_of(genuine)
    for place in range(5, len(text), 7):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        assert not judged(house, changed).is_genuine


def test_an_attestation_can_be_read_back_and_hides_its_figures_in_repr(house: House) -> None:
    pages = ["第一页", "第二页"]
    said = Attestation(
        1, "k1", "GZ0012", 1_772_672_887, "T-GZ0012-1-000001-A", "11", 2, "张*三", "110105********002X", "2026-01-01",
        "2026-03-05", 3, 100, -5, content_digest(pages), page_digests(pages),
    )  # fmt: skip
    text = sign_attestation(said, house.terminal_key)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.")
    read = parse_attestation(f" {text[:40]}\n{text[40:]} ".lower())
    assert read is not None
    assert read.attestation == said
    assert is_signed_by(read, house.terminal_key.public_key())
    assert "张" not in repr(read) + repr(said)
    assert page_digests(pages * 13) == b""


def test_a_key_file_may_hold_raw_bytes_but_no_other_kind_of_key(house: House, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(house.terminal_key.private_bytes_raw())
    assert load_private_key(path).public_key() == house.terminal_key.public_key()
    other = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(TypeError):
        load_private_key(path)
    path.write_bytes(other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(TypeError):
        load_public_key(path)


@pytest.mark.parametrize("changes", [{"public_key": "AAAA"}, {"not_before": "2026-01-01T00:00:00"}, {"not_after": 7}])
def test_a_list_with_a_wrong_entry_judges_nothing_though_it_is_signed(
    house: House, genuine: bytes, changes: dict[str, Any]
) -> None:
    assert keys_of(judged(house, genuine, house.key_list(**changes))) == ["attestation.list_unreadable"]


def test_a_key_listed_twice_judges_nothing_for_one_of_them_may_be_revoked(house: House, genuine: bytes) -> None:
    listed = house.key_list(revoked=True, again={"revoked": False})
    assert keys_of(judged(house, genuine, listed)) == ["attestation.list_unreadable"]


def test_an_attestation_of_another_version_is_not_guessed_at(house: House, genuine: bytes) -> None:
    read = parse_attestation(code_of(genuine))
    assert read is not None
    later = sign_attestation(msgspec.structs.replace(read.attestation, version=2), house.terminal_key)
    assert keys_of(judged(house, later)) == ["attestation.code_unreadable"]


def test_hidden_text_is_refused(house: House, genuine: bytes) -> None:
    def hide(document: pypdfium2.PdfDocument) -> None:
        page = document[2]
        text = next(item for item in page.get_objects() if item.type == 1)
        pdfium_raw.FPDFTextObj_SetTextRenderMode(text, pdfium_raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        page.gen_content()

    assert keys_of(judged(house, edited(genuine, hide))) == ["attestation.foreign_objects"]


def test_a_page_of_fifty_feet_or_a_thousand_pages_fill_no_memory(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def measured(picture: Image.Image) -> None:
        looked_at.append(max(picture.size))

    def enlarge(document: pypdfium2.PdfDocument) -> None:
        for _ in range(80):
            document.new_page(14_400, 14_400)

    monkeypatch.setattr(verification, "read_qr", measured)
    empty = pypdfium2.PdfDocument.new()
    enlarge(empty)
    out = io.BytesIO()
    empty.save(out)
    empty.close()
    monkeypatch.setattr(verification, "_LONGEST_PICTURE", 400.0)
    assert keys_of(judged(house, out.getvalue())) == ["attestation.code_missing"]
    assert max(looked_at) <= 401
    assert len(looked_at) == verification._MOST_PAGES
