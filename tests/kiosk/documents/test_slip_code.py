"""The code on a slip read back: a number that a terminal of the fleet has signed, or a sentence that helps."""

import base64
import json
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kiosk.base.clock import HALL_TIME
from kiosk.base.errors import Problem
from kiosk.base.sentences import known_sentences
from kiosk.documents import code_child
from kiosk.documents.attestation import Attestation, sign_attestation
from kiosk.documents.key_list import canonical_json
from kiosk.documents.slip_code import number_of_code
from kiosk.documents.terminal_number import TerminalNumber

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=HALL_TIME)
OWN, OTHER = "XH-01", "NT-07"
NUMBER = TerminalNumber(OTHER, 7, 42).text


class Fleet:
    """Two terminals with keys in a signed list."""

    def __init__(self) -> None:
        self.signer = Ed25519PrivateKey.generate()
        self.keys = {OWN: Ed25519PrivateKey.generate(), OTHER: Ed25519PrivateKey.generate()}

    def key_list(self, *, revoked: str = "", expires: datetime = NOW + timedelta(days=30)) -> bytes:
        entries = [
            {
                "key_id": f"{name}-1",
                "terminal_id": name,
                "public_key": base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode(),
                "not_before": (NOW - timedelta(days=30)).isoformat(),
                "not_after": (NOW + timedelta(days=30)).isoformat(),
                "revoked": name == revoked,
            }
            for name, key in self.keys.items()
        ]
        content = {"issued_at": NOW.isoformat(), "expires_at": expires.isoformat(), "keys": entries}
        signature = base64.b64encode(self.signer.sign(canonical_json(content))).decode()
        return canonical_json({**content, "signature": signature})

    def code(self, terminal: str = OTHER, key: Ed25519PrivateKey | None = None, **changes: object) -> str:
        said = Attestation(
            version=1,
            key_id=f"{terminal}-1",
            terminal_id=terminal,
            printed_at=int((NOW - timedelta(hours=1)).timestamp()),
            terminal_number=TerminalNumber(terminal, 7, 42).text,
            item_code="11320600MB9990055M3322016001001",
            pages=1,
            name_masked="样*",
            id_masked="4403**********1512",
            date_from="2026-11-22",
            date_to="2026-11-22",
            rows=0,
            balance_fen=0,
            sum_fen=0,
            digest=bytes(32),
            page_digests=b"",
        )
        return sign_attestation(msgspec.structs.replace(said, **changes), key or self.keys[terminal])

    def read(self, code: str, key_list: bytes | None = None, now: datetime = NOW) -> str | Problem:
        return number_of_code(code, key_list or self.key_list(), self.signer.public_key(), now)


@pytest.fixture(scope="module")
def fleet() -> Fleet:
    return Fleet()


def test_a_slip_of_any_terminal_of_the_fleet_gives_its_number(fleet: Fleet) -> None:
    assert fleet.read(fleet.code()) == NUMBER
    assert fleet.read(fleet.code(OWN)) == TerminalNumber(OWN, 7, 42).text


def test_a_scanner_that_breaks_lines_or_writes_small_letters_changes_nothing(fleet: Fleet) -> None:
    code = fleet.code().lower()
    assert fleet.read(f"{code[:40]}\r\n{code[40:]} ") == NUMBER


def test_a_code_that_was_cut_or_changed_is_damaged(fleet: Fleet) -> None:
    code = fleet.code()
    changed = code[:60] + ("A" if code[60] != "A" else "B") + code[61:]
    for one in (code[:-30], changed, "BDY1.", "BDY1.%%"):
        assert fleet.read(one) == Problem("slip_code.damaged")


def test_a_number_that_somebody_else_has_signed_is_refused(fleet: Fleet) -> None:
    forged = fleet.code(key=Ed25519PrivateKey.generate())
    assert fleet.read(forged) == Problem("slip_code.damaged")
    unknown = fleet.code(key_id="ZZ-99-1", key=Ed25519PrivateKey.generate())
    assert fleet.read(unknown) == Problem("slip_code.other_fleet")
    borrowed = fleet.code(OWN, key_id=f"{OTHER}-1", key=fleet.keys[OTHER])
    assert fleet.read(borrowed) == Problem("slip_code.not_valid")


def test_a_revoked_terminal_and_an_old_list_are_told_apart(fleet: Fleet) -> None:
    assert fleet.read(fleet.code(), fleet.key_list(revoked=OTHER)) == Problem("slip_code.not_valid")
    assert fleet.read(fleet.code(), fleet.key_list(), NOW + timedelta(days=31)) == Problem("slip_code.not_judged")
    assert fleet.read(fleet.code(), b"{}") == Problem("slip_code.not_judged")


def test_the_code_of_a_query_sheet_is_not_taken_for_a_slip(fleet: Fleet) -> None:
    assert fleet.read(fleet.code(page_digests=bytes(4))) == Problem("slip_code.a_sheet")
    assert fleet.read(fleet.code(pages=30)) == Problem("slip_code.a_sheet")


def test_a_signed_number_with_a_wrong_check_is_no_number(fleet: Fleet) -> None:
    assert fleet.read(fleet.code(terminal_number=NUMBER[:-1] + "0")) == Problem("slip_code.damaged")


def test_the_child_answers_in_words_that_are_known_and_never_raises(fleet: Fleet, tmp_path: Path) -> None:
    key_list, list_key = tmp_path / "list.json", tmp_path / "list.pem"
    key_list.write_bytes(fleet.key_list())
    list_key.write_bytes(fleet.signer.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    asked = {"key_list": str(key_list), "list_key": str(list_key), "now": NOW.isoformat(), "text": fleet.code()}
    assert code_child.answer(json.dumps(asked)) == {"number": NUMBER}
    for raw in ("", "[]", json.dumps({**asked, "key_list": "/nowhere"}), json.dumps({**asked, "now": "soon"})):
        assert code_child.answer(raw) == {"problem": "slip_code.not_judged"}
    assert code_child.answer(json.dumps({**asked, "text": "x"})) == {"problem": "slip_code.damaged"}
    assert {"slip_code.not_judged", "slip_code.damaged", "slip_code.not_a_slip"} <= known_sentences().keys()
