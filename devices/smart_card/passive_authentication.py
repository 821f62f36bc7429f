"""Whether a chip's data is what the issuing state signed: EF.SOD, its signer, the state's own certificate (CSCA).

Source: ICAO Doc 9303 part 11 clause 5.1 (passive authentication), part 10 clause 4.7.13 (SOD), part 12 (certificates); RFC 5652
(signed data). What is told apart is told apart on purpose: altered data, a signature that does not fit, a signer nobody
vouches for, a signer or a CSCA outside its time. Revocation lists are not read here.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from asn1crypto import algos, cms, core  # type: ignore[import-untyped]  # no types
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from devices.smart_card.files_codec import File, content


class Authenticity(str, Enum):
    """The verdict; closed. Only `GENUINE` vouches for anything."""

    GENUINE = "genuine"
    NOT_CHECKED = "notChecked"  # no state's certificate is installed here
    ALTERED = "altered"  # a data group differs from the hash that was signed
    SIGNATURE_WRONG = "signatureWrong"
    SIGNER_UNKNOWN = "signerUnknown"  # none of the installed certificates issued the signer's
    SIGNER_EXPIRED = "signerExpired"  # outside its time; judged only when the time is known
    CSCA_EXPIRED = "cscaExpired"
    UNREADABLE = "unreadable"  # no signed data
    UNSUPPORTED = "unsupported"  # a kind of signature that we do not know


class _GroupHash(core.Sequence):  # type: ignore[misc]
    _fields = [("number", core.Integer), ("value", core.OctetString)]


class _GroupHashes(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _GroupHash


class _SecurityObject(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("version", core.Integer),
        ("hash_algorithm", algos.DigestAlgorithm),
        ("groups", _GroupHashes),
        ("lds_version", core.Any, {"optional": True}),
    ]


_SECURITY_OBJECT_TYPES = ("2.23.136.1.1.1", "1.3.27.1.1.1")
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - old documents are signed with it
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class _UnsupportedError(Exception):
    pass


@dataclass(frozen=True)
class TrustedStates:
    """The installed CSCA certificates."""

    certificates: tuple[x509.Certificate, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> "TrustedStates":
        """Reads every ``*.der``, ``*.cer``, ``*.crt`` and ``*.pem`` of a folder.

        Raises:
            ValueError, OSError: the folder or a certificate in it cannot be read.
        """
        found = []
        for path in sorted(folder.iterdir()):
            if path.suffix in (".der", ".cer", ".crt", ".pem"):
                raw = path.read_bytes()
                is_text = raw.startswith(b"-----")
                found.append(x509.load_pem_x509_certificate(raw) if is_text else x509.load_der_x509_certificate(raw))
        return cls(tuple(found))


def judge(sod: bytes, groups: Mapping[int, bytes], states: TrustedStates, now: datetime | None) -> Authenticity:
    """Judges the data groups that were read.

    Args:
        sod: EF.SOD, whole.
        groups: number of a data group to its whole file; each must be in the SOD.
        states: whom to believe.
        now: aware; ``None`` when the time is not trusted, then no certificate counts as expired.

    Never raises for what the card says.
    """
    try:
        return _judge(sod, groups, states, now)
    except (_UnsupportedError, UnsupportedAlgorithm):
        return Authenticity.UNSUPPORTED
    except Exception:  # noqa: BLE001 - two libraries parse bytes of strangers; whatever they raise vouches for nothing
        return Authenticity.UNREADABLE


def _judge(sod: bytes, groups: Mapping[int, bytes], states: TrustedStates, now: datetime | None) -> Authenticity:
    inside = content(File.SOD, sod)
    if inside is None:
        return Authenticity.UNREADABLE
    envelope = cms.ContentInfo.load(inside, strict=True)
    if envelope["content_type"].native != "signed_data":
        return Authenticity.UNREADABLE
    signed = envelope["content"]
    wrapped = signed["encap_content_info"]
    if wrapped["content_type"].dotted not in _SECURITY_OBJECT_TYPES or len(signed["signer_infos"]) != 1:
        return Authenticity.UNREADABLE
    signed_bytes = bytes(wrapped["content"].native if isinstance(wrapped["content"].native, bytes) else b"")
    security_object = _SecurityObject.load(signed_bytes, strict=True)
    signer = signed["signer_infos"][0]
    certificate = _signers_certificate(signed, signer)
    if certificate is None:
        return Authenticity.UNREADABLE
    if not _is_signed(signer, signed_bytes, certificate):
        return Authenticity.SIGNATURE_WRONG
    if not _hashes_fit(security_object, groups):
        return Authenticity.ALTERED
    if not states.certificates:
        return Authenticity.NOT_CHECKED
    return _judge_signer(certificate, states.certificates, now)


def _signers_certificate(signed: cms.SignedData, signer: cms.SignerInfo) -> x509.Certificate | None:
    wanted = signer["sid"]
    for choice in signed["certificates"]:
        if choice.name != "certificate":
            continue
        found = choice.chosen
        if wanted.name == "issuer_and_serial_number":
            name, serial = wanted.chosen["issuer"], wanted.chosen["serial_number"].native
            is_it = found.issuer == name and found.serial_number == serial
        else:
            is_it = found.key_identifier == wanted.native
        if is_it:
            return x509.load_der_x509_certificate(found.dump())
    return None


def _is_signed(signer: cms.SignerInfo, content_bytes: bytes, certificate: x509.Certificate) -> bool:
    digest_name = signer["digest_algorithm"]["algorithm"].native
    if digest_name not in _HASHES:
        raise _UnsupportedError
    attributes = signer["signed_attrs"]
    by_type = {attribute["type"].native: attribute["values"] for attribute in attributes}
    if "message_digest" not in by_type or "content_type" not in by_type:
        return False
    digest = hashlib.new(digest_name, content_bytes).digest()
    if not hmac.compare_digest(by_type["message_digest"][0].native, digest):
        return False
    if by_type["content_type"][0].dotted not in _SECURITY_OBJECT_TYPES:
        return False
    # what is signed is the SET itself, not the implicit tag it travels under (RFC 5652 clause 5.4)
    text = b"\x31" + attributes.dump()[1:]
    return _fits(certificate, signer["signature"].native, text, signer["signature_algorithm"], digest_name)


def _fits(
    certificate: x509.Certificate, signature: bytes, text: bytes, algorithm: algos.SignedDigestAlgorithm, digest: str
) -> bool:
    key = certificate.public_key()
    kind = algorithm.signature_algo
    try:
        if kind == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, text, ec.ECDSA(_HASHES[_digest_of(algorithm, digest)]))
        elif kind == "rsassa_pkcs1v15" and isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, text, padding.PKCS1v15(), _HASHES[_digest_of(algorithm, digest)])
        elif kind == "rsassa_pss" and isinstance(key, rsa.RSAPublicKey):
            settings = algorithm["parameters"]
            chosen = _HASHES[settings["hash_algorithm"]["algorithm"].native]
            mask = padding.MGF1(_HASHES[settings["mask_gen_algorithm"]["parameters"]["algorithm"].native])
            key.verify(signature, text, padding.PSS(mask, settings["salt_length"].native), chosen)
        else:
            raise _UnsupportedError
    except InvalidSignature:
        return False
    return True


def _digest_of(algorithm: algos.SignedDigestAlgorithm, digest: str) -> str:
    """The hash that the signature's own name states; the signer's where it states none."""
    try:
        return str(algorithm.hash_algo)
    except ValueError:
        return digest


def _hashes_fit(security_object: _SecurityObject, groups: Mapping[int, bytes]) -> bool:
    name = security_object["hash_algorithm"]["algorithm"].native
    if name not in _HASHES:
        raise _UnsupportedError
    signed = {entry["number"].native: entry["value"].native for entry in security_object["groups"]}
    return all(
        number in signed and hmac.compare_digest(hashlib.new(name, data).digest(), signed[number])
        for number, data in groups.items()
    )


def _judge_signer(
    certificate: x509.Certificate, states: Iterable[x509.Certificate], now: datetime | None
) -> Authenticity:
    verdict = Authenticity.SIGNER_UNKNOWN
    for state in states:
        if not _may_issue(state) or not _has_issued(state, certificate):
            continue
        if now is not None and not state.not_valid_before_utc <= now <= state.not_valid_after_utc:
            verdict = Authenticity.CSCA_EXPIRED  # another one of the same key may still be good
            continue
        if now is not None and not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            return Authenticity.SIGNER_EXPIRED
        return Authenticity.GENUINE
    return verdict


def _may_issue(state: x509.Certificate) -> bool:
    try:
        return state.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _has_issued(state: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(state)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
