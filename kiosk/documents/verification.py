"""Judges a sheet offline: is its print attestation signed by a terminal of ours, and does the sheet say what was signed.

A PDF is read back and compared whole. Of a QR code alone only the signature can be judged; its figures are then for a
person to compare with the paper. What a PDF shows as a picture over its text is refused, not read.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.base.errors import Problem
from kiosk.documents import formats
from kiosk.documents.attestation import (
    TEXT_PREFIX,
    Attestation,
    AttestationText,
    content_digest,
    differing_pages,
    is_signed_by,
    parse_attestation,
    squeeze,
)
from kiosk.documents.key_list import KeyList, read_key_list
from kiosk.documents.pdf_text import read_pdf
from kiosk.documents.sheet_reading import SheetFigures, read_figures

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_CLOCK_TOLERANCE = timedelta(minutes=10)
_QR_SCALE = 3.0
_LONGEST_PICTURE = 4000.0
"""Pixels: an A4 page takes 2,526. A page may say that it is 200 inches long, and its picture would fill the memory."""
_MOST_PAGES = 60


@dataclass(frozen=True)
class Verdict:
    """The outcome.

    Attributes:
        is_genuine: signed by a valid key, and a PDF's content is what was signed.
        is_readable: False if there was nothing to judge (no PDF, no list).
        problems: what speaks against it, in the order of the checks; empty if genuine.
        attestation: what was signed; None unless its signature is right.
        has_content: a whole document was compared, not a QR alone.
    """

    is_genuine: bool
    is_readable: bool
    problems: tuple[Problem, ...]
    attestation: Attestation | None = field(repr=False)
    has_content: bool


def verify(subject: bytes | str, key_list: bytes, list_key: "Ed25519PublicKey", now: datetime) -> Verdict:
    """Judges a PDF's bytes or a QR's text.

    Args:
        subject: PDF bytes, or the text of a scanned code.
        key_list: bytes of the signed key list.
        list_key: the operator's public key.
        now: aware time, for the end of the list.
    """
    keys = read_key_list(key_list, list_key)
    if isinstance(keys, Problem):
        return _unreadable(keys)
    if now > keys.expires_at:
        return _unreadable(Problem("attestation.list_expired", {"expires_at": formats.moment(keys.expires_at)}))
    if isinstance(subject, str):
        return _verify_text(subject, keys, now)
    return _verify_pdf(subject, keys, now)


def read_qr(picture: object) -> str | None:
    """The text of the first attestation code on a picture (Pillow image); None if there is none."""
    import zxingcpp

    for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        if code.text.startswith(TEXT_PREFIX):
            return str(code.text)
    return None


def _unreadable(problem: Problem) -> Verdict:
    return Verdict(False, False, (problem,), None, False)


def _verify_text(text: str, keys: KeyList, now: datetime) -> Verdict:
    read = parse_attestation(text)
    if read is None:
        return _unreadable(Problem("attestation.code_unreadable"))
    problem = _judge_signature(read, keys, now)
    if problem is not None:
        return Verdict(False, True, (problem,), None, False)
    return Verdict(True, True, (), read.attestation, False)


def _verify_pdf(pdf: bytes, keys: KeyList, now: datetime) -> Verdict:
    reading = read_pdf(pdf)
    if reading is None:
        return _unreadable(Problem("attestation.pdf_unreadable"))
    text = _qr_of_pdf(pdf)
    if text is None:
        return Verdict(False, True, (Problem("attestation.code_missing"),), None, True)
    read = parse_attestation(text)
    if read is None:
        return Verdict(False, True, (Problem("attestation.code_unreadable"),), None, True)
    problem = _judge_signature(read, keys, now)
    if problem is not None:
        return Verdict(False, True, (problem,), None, True)
    pages = [squeeze(page) for page in reading.pages]
    problems = _judge_content(read.attestation, pages)
    if reading.has_foreign_objects:
        problems.append(Problem("attestation.foreign_objects"))
    return Verdict(not problems, True, tuple(problems), read.attestation, True)


def _qr_of_pdf(pdf: bytes) -> str | None:
    """The code stands on the first page; the others are looked at so that a missing first page can be told."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            scale = min(_QR_SCALE, _LONGEST_PICTURE / max(1.0, *page.get_size()))
            text = read_qr(page.render(scale=scale, grayscale=True).to_pil())
            page.close()
            if text is not None:
                return text
    finally:
        document.close()
    return None


def _judge_signature(read: AttestationText, keys: KeyList, now: datetime) -> Problem | None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    said = read.attestation
    key = keys.keys.get(said.key_id)
    if key is None:
        return Problem("attestation.key_unknown")
    if not is_signed_by(read, Ed25519PublicKey.from_public_bytes(key.public_key)):
        return Problem("attestation.signature_wrong")
    if key.is_revoked:
        return Problem("attestation.key_revoked", {"terminal": key.terminal_id})
    if key.terminal_id != said.terminal_id:
        return Problem("attestation.terminal_differs", {"terminal": key.terminal_id})
    try:
        printed_at = datetime.fromtimestamp(said.printed_at, UTC)
    except (ValueError, OverflowError, OSError):
        return Problem("attestation.code_unreadable")
    if not key.not_before <= printed_at <= key.not_after:
        return Problem("attestation.key_expired", {"terminal": key.terminal_id})
    if printed_at > now + _CLOCK_TOLERANCE:
        return Problem("attestation.printed_in_future")
    return None


def _judge_content(said: Attestation, pages: list[str]) -> list[Problem]:
    problems: list[Problem] = []
    if len(pages) != said.pages:
        problems.append(_differs("pages", str(said.pages), str(len(pages))))
    if content_digest(pages) == said.digest:
        return problems
    problems += _differing_figures(said, read_figures(pages))
    places = differing_pages(said, pages) if len(pages) == said.pages else []
    if places:
        problems.append(Problem("attestation.pages_differ", {"pages": ", ".join(str(number) for number in places)}))
    else:
        problems.append(Problem("attestation.content_differs"))
    return problems


def _differing_figures(said: Attestation, paper: SheetFigures) -> list[Problem]:
    pairs: tuple[tuple[str, str, str | None], ...] = (("terminal_number", said.terminal_number, paper.terminal_number),)
    if said.balance_fen is None or said.sum_fen is None:  # of a plain query, whose labels are its item's own
        pairs += (("data_day", said.date_to, paper.data_day), ("rows", str(said.rows), str(paper.counted_rows or 0)))
    else:
        pairs += (
            ("name", said.name_masked, paper.name_masked),
            ("id_number", said.id_masked, paper.id_masked),
            ("period", f"{said.date_from} - {said.date_to}", f"{paper.date_from} - {paper.date_to}"),
            ("rows", str(said.rows), str(paper.rows)),
            (
                "balance",
                formats.yuan(said.balance_fen),
                None if paper.balance_fen is None else formats.yuan(paper.balance_fen),
            ),
            ("sum", formats.yuan(said.sum_fen), formats.yuan(paper.sum_fen)),
        )
    return [_differs(what, signed, found or formats.EMPTY) for what, signed, found in pairs if signed != found]


def _differs(what: str, signed: str, paper: str) -> Problem:
    return Problem(f"attestation.differs_{what}", {"signed": signed, "paper": paper})
