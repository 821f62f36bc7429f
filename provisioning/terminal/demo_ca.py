"""A throw-away certification authority for the demo: it makes three certificates and then its key is dropped.

The server's certificate is for this machine alone; the client's names the terminal, as enrolment will (subject by the server).
ECDSA P-256 throughout (NIST FIPS 186-5), a profile that every TLS library speaks; X.509 after RFC 5280.
"""

import ipaddress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFE = timedelta(days=730)


@dataclass(frozen=True)
class Issued:
    """PEM of a certificate and its private key (PKCS#8)."""

    certificate: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class DemoCertificates:
    """What the demo's TLS needs. The authority's own key is kept nowhere."""

    ca: bytes
    server: Issued
    client: Issued


def issue_demo_certificates(terminal_id: str, now: datetime) -> DemoCertificates:
    """Makes an authority, a server for 127.0.0.1, ::1 and localhost, and a client named `terminal_id`; about 5 ms."""
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca_name = _name("不打烊演示 CA (demo, trust nowhere else)")
    ca = (
        _builder(ca_name, ca_name, ca_key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    names = [
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
        x509.IPAddress(ipaddress.ip_address("::1")),
    ]

    def issue(subject: str, purpose: x509.ObjectIdentifier, alternatives: list[x509.GeneralName]) -> Issued:
        key = ec.generate_private_key(ec.SECP256R1())
        builder = (
            _builder(_name(subject), ca_name, key.public_key(), now)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        if alternatives:
            builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        certificate = builder.sign(ca_key, hashes.SHA256())
        return Issued(
            certificate.public_bytes(Encoding.PEM), key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )

    return DemoCertificates(
        ca.public_bytes(Encoding.PEM),
        issue("localhost", ExtendedKeyUsageOID.SERVER_AUTH, list(names)),
        issue(terminal_id, ExtendedKeyUsageOID.CLIENT_AUTH, []),
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    # a day back, since the clock of a fresh terminal may be behind
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
