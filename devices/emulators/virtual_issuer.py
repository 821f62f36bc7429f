"""A made-up state that issues travel documents: its CSCA, a document signer, EF.SOD. Nothing here stands for a real one.

Source of the formats: ICAO Doc 9303 part 10 and 12, RFC 5652. Made apart from `devices.smart_card.passive_authentication` on
purpose, so that a mistake there is not mirrored.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from asn1crypto import cms, core  # type: ignore[import-untyped]  # no types
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)
"""When the state's certificates begin."""

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def _name(text: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "XX"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Demo State"),
            x509.NameAttribute(NameOID.COMMON_NAME, text),
        ]
    )


def _certificate(
    subject: str, key: PrivateKey, issuer: str, issuer_key: PrivateKey, ends: datetime, *, is_authority: bool
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MADE_AT)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


class VirtualState:
    """A CSCA and one document signer, with new keys at each making.

    Args:
        signer_ends, csca_ends: end of the certificates.
        kind: ``ecdsa``, ``rsa`` or ``pss``: the signer's key and scheme.
    """

    def __init__(
        self,
        signer_ends: datetime = MADE_AT + timedelta(days=3650),
        csca_ends: datetime = MADE_AT + timedelta(days=7300),
        kind: str = "ecdsa",
    ) -> None:
        csca_key = ec.generate_private_key(ec.SECP256R1())
        self._kind = kind
        self._key: PrivateKey = (
            ec.generate_private_key(ec.SECP256R1())
            if kind == "ecdsa"
            else rsa.generate_private_key(public_exponent=65537, key_size=2048)
        )
        self.csca = _certificate("Demo CSCA", csca_key, "Demo CSCA", csca_key, csca_ends, is_authority=True)
        self.signer = _certificate("Demo Signer", self._key, "Demo CSCA", csca_key, signer_ends, is_authority=False)

    @property
    def csca_der(self) -> bytes:
        """The certificate as a terminal installs it."""
        return self.csca.public_bytes(serialization.Encoding.DER)

    def security_object(self, groups: Mapping[int, bytes], digest: str = "sha256") -> bytes:
        """EF.SOD over the data groups, by number."""
        content = _Lds(
            {
                "version": 0,
                "hash": {"algorithm": digest},
                "groups": [
                    {"number": number, "digest": hashlib.new(digest, data).digest()}
                    for number, data in sorted(groups.items())
                ],
            }
        ).dump()
        signer = asn1_x509.Certificate.load(self.signer.public_bytes(serialization.Encoding.DER))
        attributes = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": [cms.ContentType("2.23.136.1.1.1")]}),
                cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(content).digest()]}),
            ]
        )
        info = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {
                        "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                            {"issuer": signer.issuer, "serial_number": signer.serial_number}
                        )
                    }
                ),
                "digest_algorithm": {"algorithm": "sha256"},
                "signed_attrs": attributes,
                "signature_algorithm": self._algorithm(),
                "signature": self._sign(attributes.untag().dump(force=True)),
            }
        )
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {
                    "content_type": "2.23.136.1.1.1",
                    "content": core.ParsableOctetString(content),
                },
                "certificates": [signer],
                "signer_infos": [info],
            }
        )
        envelope = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
        return wrap(0x77, bytes(envelope))

    def _algorithm(self) -> dict[str, object]:
        if self._kind == "pss":
            return {
                "algorithm": "rsassa_pss",
                "parameters": {
                    "hash_algorithm": {"algorithm": "sha256"},
                    "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": "sha256"}},
                    "salt_length": 32,
                },
            }
        return {"algorithm": "sha256_ecdsa" if self._kind == "ecdsa" else "sha256_rsa"}

    def _sign(self, text: bytes) -> bytes:
        key = self._key
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key.sign(text, ec.ECDSA(hashes.SHA256()))
        if self._kind == "pss":
            return key.sign(text, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
        return key.sign(text, padding.PKCS1v15(), hashes.SHA256())


class _LdsHash(core.Sequence):  # type: ignore[misc]
    _fields = [("number", core.Integer), ("digest", core.OctetString)]


class _LdsHashes(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _LdsHash


class _Lds(core.Sequence):  # type: ignore[misc]
    _fields = [("version", core.Integer), ("hash", cms.DigestAlgorithm), ("groups", _LdsHashes)]


def wrap(tag: int, value: bytes) -> bytes:
    """One TLV, lengths up to 16 bits."""
    name = tag.to_bytes(2 if tag > 0xFF else 1, "big")
    if len(value) < 0x80:
        size = bytes((len(value),))
    elif len(value) < 0x100:
        size = bytes((0x81, len(value)))
    else:
        size = b"\x82" + len(value).to_bytes(2, "big")
    return name + size + value
