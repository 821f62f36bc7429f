"""The slip of something handed in: what it says in each language, and a code that another terminal can check."""

from datetime import datetime
from pathlib import Path

import pytest

from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.base.sentences import LANGUAGES, Language
from kiosk.documents import (
    RenderedDocument,
    SigningKey,
    SlipCodeRequest,
    SlipStyle,
    render,
    slip_lines,
    submission_slip,
)
from kiosk.documents.attestation import is_signed_by, parse_attestation
from kiosk.documents.slip import SlipData
from kiosk.documents.verification import verify
from tests.kiosk.documents.signing import build_house

NUMBER = "T-GZ0012-7-000042-V"
NOW = datetime.fromisoformat("2026-11-22T23:05:00+08:00")


def slip(language: Language = "zh_CN", receipt: str | None = None, *, is_verified: bool = False) -> SlipData:
    return submission_slip(
        language=language,
        hall="样本大厅",
        site="样本大厅 GZ0012",
        item="咨询建言",
        name_masked="样*本",
        done_at="2026-11-22 23:04:05",
        terminal_number=NUMBER,
        receipt=receipt,
        is_verified=is_verified,
        phone="12345",
        demo=True,
        qr=None,
    )


def said(data: SlipData) -> str:
    return "".join(line.text for line in slip_lines(data)).replace(" ", "")


@pytest.mark.parametrize(
    ("language", "pending"),
    [("zh_CN", "已提交，尚未受理"), ("zh_HK", "已提交，尚未受理"), ("en", "Submitted,notyetaccepted")],
)
def test_without_a_receipt_it_says_submitted_and_not_accepted(language: Language, pending: str) -> None:
    text = said(slip(language))
    assert pending in text
    assert NUMBER in text
    assert "2026-11-2223:04:05" in text
    assert "12345" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_a_receipt_it_gives_that_and_no_longer_says_not_accepted(language: Language) -> None:
    text = said(slip(language, "ZX2026112200000042", is_verified=True))
    assert "ZX2026112200000042" in text
    assert "尚未受理" not in text
    assert "notyetaccepted" not in text


def test_an_identity_that_waits_is_told_with_its_remedy() -> None:
    assert "身份待核验" in said(slip())
    assert "身份待核验" not in said(slip(is_verified=True))
    assert len(slip().next_steps) == len(slip(is_verified=True).next_steps) + 1


def test_its_code_is_signed_by_the_terminal_and_can_be_checked_by_another(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    request = SlipCodeRequest(
        slip=slip(),
        terminal_id="GZ0012",
        item_code="11320600MB9990055M3322016001001",
        id_masked="440308********1512",
        printed_at="2026-11-22T23:04:06+08:00",
        signing_key=SigningKey("k1", str(house.key_file)),
    )
    code = render(request)
    assert isinstance(code, RenderedDocument)
    text = code.content.decode()
    read = parse_attestation(text)
    assert read is not None
    assert is_signed_by(read, house.terminal_key.public_key())
    assert (read.attestation.terminal_number, read.attestation.pages) == (NUMBER, 1)
    assert verify(text, house.key_list(), house.list_key.public_key(), NOW).is_genuine
    lines = slip_lines(replace(slip(), qr=text))
    assert [line.text for line in lines if line.style is SlipStyle.QR] == [text]
    gone = replace_key(request, str(tmp_path / "gone.pem"))
    assert render(gone) == Problem("documents.signing_key_unreadable")


def replace_key(request: SlipCodeRequest, path: str) -> SlipCodeRequest:
    import msgspec

    return msgspec.structs.replace(request, signing_key=SigningKey("k1", path))
