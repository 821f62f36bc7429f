"""Throw-away certificate authorities for platforms and terminals under test."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Authority:
    """A throw-away CA."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def issue(self, name: str, address: str = "127.0.0.1") -> tuple[Path, Path]:
        """Certificate and key file for `name` at `address`."""
        key = ec.generate_private_key(ec.SECP256R1())
        issued = _builder(name, self.certificate.subject, key.public_key())
        issued = issued.add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(address))]), False)
        for extension in _identifiers(key.public_key(), self.key.public_key()):
            issued = issued.add_extension(extension, False)
        return _write(self.folder, name, issued.sign(self.key, hashes.SHA256()), key)


def _identifiers(own: ec.EllipticCurvePublicKey, issuer: ec.EllipticCurvePublicKey) -> list[x509.ExtensionType]:
    return [
        x509.SubjectKeyIdentifier.from_public_key(own),
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer),
    ]


def _builder(name: str, issuer: x509.Name | None, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder(issuer or subject, subject, key, x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
    )


def _write(
    folder: Path, name: str, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey
) -> tuple[Path, Path]:
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    clear = serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, clear))
    return paths


def make_authority(folder: Path, name: str) -> Authority:
    """A CA of its own; its certificate lies at ``folder/name.pem``."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(name, None, key.public_key()).add_extension(x509.BasicConstraints(True, None), True)
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    builder = builder.add_extension(usage, True)
    for extension in _identifiers(key.public_key(), key.public_key())[:1]:
        builder = builder.add_extension(extension, False)
    certificate = builder.sign(key, hashes.SHA256())
    _write(folder, name, certificate, key)
    return Authority(folder, key, certificate)
