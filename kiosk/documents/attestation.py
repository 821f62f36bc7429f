"""The terminal's print attestation: a signed word on the sheet that this terminal printed just this, readable with no network.

Text: ``BDY1.`` and base32 (RFC 4648, no padding) of a msgpack array (`Attestation`, in the order of its fields) followed by
64 bytes of Ed25519 signature (RFC 8032) over a fixed prefix and the array. Base32 keeps to the alphanumeric mode of QR
codes (ISO/IEC 18004) and survives being copied by hand. It is not the platform's verification code and never replaces it.
"""

import base64
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

TEXT_PREFIX = "BDY1."
VERSION = 1
_DOMAIN = b"budayang print attestation\x00"
_SIGNATURE_BYTES = 64
_PAGE_DIGEST_BYTES = 4
_MOST_PAGE_DIGESTS = 24
_TEXT_LIMIT = 4096


class Attestation(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What is signed.

    Attributes:
        version: 1.
        key_id, terminal_id: who signs.
        printed_at: seconds since 1970 (UTC).
        terminal_number: 终端流水号 of the paper.
        item_code: code of the service item.
        pages: number of pages.
        name_masked, id_masked: whose sheet, masked.
        date_from, date_to: period, ``YYYY-MM-DD``. The sheet of a plain query has no period: date_from is "", date_to the day of
            its data.
        rows: number of entries.
        balance_fen, sum_fen: balance of the account and sum of 发生金额; None on the sheet of a plain query.
        digest: SHA-256 over the visible text of all pages (`content_digest`).
        page_digests: first 4 bytes of each page's SHA-256 in turn, empty beyond 24 pages; they tell which page differs.
    """

    version: int
    key_id: str
    terminal_id: str
    printed_at: int
    terminal_number: str
    item_code: str
    pages: int
    name_masked: str
    id_masked: str
    date_from: str
    date_to: str
    rows: int
    balance_fen: int | None
    sum_fen: int | None
    digest: bytes
    page_digests: bytes

    def __repr__(self) -> str:
        return f"<Attestation {self.terminal_number}>"


class AttestationText(msgspec.Struct, frozen=True):
    """An attestation as read from a QR, not yet judged: the parsed array, the bytes that were signed, the signature."""

    attestation: Attestation
    body: bytes
    signature: bytes

    def __repr__(self) -> str:
        return f"<AttestationText {self.attestation.terminal_number}>"


def squeeze(text: str) -> str:
    """Visible text as digested and compared: NFKC, no white space, no control characters.

    PDFium writes a hyphen at the end of a line as U+FFFE or U+0002.
    """
    folded = unicodedata.normalize("NFKC", text.replace("\ufffe", "-").replace("\x02", "-"))
    return "".join(character for character in folded if unicodedata.category(character)[0] not in "ZC")


def _sha256(content: bytes) -> bytes:
    import hashlib  # brings libcrypto along, which the terminal's own process has no use for

    return hashlib.sha256(content).digest()


def content_digest(pages: list[str]) -> bytes:
    """SHA-256 over the squeezed texts of all pages in reading order, a form feed after each."""
    return _sha256("".join(f"{page}\f" for page in pages).encode())


def page_digests(pages: list[str]) -> bytes:
    """Four bytes for each page's squeezed text; empty where there are more pages than a QR has room for."""
    if len(pages) > _MOST_PAGE_DIGESTS:
        return b""
    return b"".join(_sha256(page.encode())[:_PAGE_DIGEST_BYTES] for page in pages)


def differing_pages(attestation: Attestation, pages: list[str]) -> list[int]:
    """Numbers (from 1) of the pages whose text is not what was signed; empty if the attestation holds no page digests."""
    signed = attestation.page_digests
    found = page_digests(pages)
    size = _PAGE_DIGEST_BYTES
    count = min(len(signed), len(found)) // size
    return [n + 1 for n in range(count) if signed[n * size : (n + 1) * size] != found[n * size : (n + 1) * size]]


def sign_attestation(attestation: Attestation, key: "Ed25519PrivateKey") -> str:
    """The text for the QR code."""
    body = msgspec.msgpack.encode(attestation)
    raw = body + key.sign(_DOMAIN + body)
    return TEXT_PREFIX + base64.b32encode(raw).decode().rstrip("=")


def parse_attestation(text: str) -> AttestationText | None:
    """Takes a QR's text apart; None if it is no attestation of this version. Spaces and line ends within are dropped."""
    text = "".join(text.split()).upper()
    if not text.startswith(TEXT_PREFIX) or len(text) > _TEXT_LIMIT:
        return None
    code = text[len(TEXT_PREFIX) :]
    try:
        raw = base64.b32decode(code + "=" * (-len(code) % 8))
        body, signature = raw[:-_SIGNATURE_BYTES], raw[-_SIGNATURE_BYTES:]
        attestation = msgspec.msgpack.decode(body, type=Attestation)
    except (ValueError, msgspec.MsgspecError):
        return None
    if attestation.version != VERSION:
        return None
    return AttestationText(attestation, body, signature)


def is_signed_by(read: AttestationText, public_key: "Ed25519PublicKey") -> bool:
    """Whether `public_key` signed exactly these bytes."""
    from cryptography.exceptions import InvalidSignature

    try:
        public_key.verify(read.signature, _DOMAIN + read.body)
    except InvalidSignature:
        return False
    return True


def load_private_key(path: Path) -> "Ed25519PrivateKey":
    """Reads PKCS #8 PEM without password, or 32 raw bytes.

    Raises:
        OSError: the file cannot be read.
        ValueError, TypeError: it holds no Ed25519 key.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    raw = path.read_bytes()
    if len(raw) == 32:
        return Ed25519PrivateKey.from_private_bytes(raw)
    key = load_pem_private_key(raw, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("not an Ed25519 key")
    return key
