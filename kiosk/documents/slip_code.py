"""The signed code on a slip, read back at a terminal: whose number it is, or a sentence that helps.

The signature is checked against the signed list of all terminals' keys, so a slip of any terminal of the fleet is taken and a code
that somebody made or changed is not. What is refused can still be typed: the platform then goes by number and card.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.base.errors import Problem
from kiosk.documents.attestation import parse_attestation
from kiosk.documents.terminal_number import parse_terminal_number
from kiosk.documents.verification import verify

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_DAMAGED = Problem("slip_code.damaged")
_NOT_JUDGED = Problem("slip_code.not_judged")
_REFUSED = {
    "attestation.code_unreadable": _DAMAGED,
    "attestation.signature_wrong": _DAMAGED,
    "attestation.key_unknown": Problem("slip_code.other_fleet"),
    "attestation.list_unreadable": _NOT_JUDGED,
    "attestation.list_forged": _NOT_JUDGED,
    "attestation.list_expired": _NOT_JUDGED,
}


def number_of_code(text: str, key_list: bytes, list_key: "Ed25519PublicKey", now: datetime) -> str | Problem:
    """The slip's number.

    Problems: ``slip_code.damaged`` (cut, or not what was signed), ``slip_code.a_sheet`` (of a query sheet),
    ``slip_code.other_fleet``, ``slip_code.not_valid`` (a key that is revoked or was not valid then), ``slip_code.not_judged`` (our
    own list of keys is of no use).
    """
    if parse_attestation(text) is None:
        return _DAMAGED
    verdict = verify(text, key_list, list_key, now)
    said = verdict.attestation
    if not verdict.is_genuine or said is None:
        problem = verdict.problems[0] if verdict.problems else _DAMAGED
        return _REFUSED.get(problem.key, Problem("slip_code.not_valid"))
    if said.pages != 1 or said.page_digests:
        return Problem("slip_code.a_sheet")
    number = parse_terminal_number(said.terminal_number)
    return _DAMAGED if number is None else number.text
