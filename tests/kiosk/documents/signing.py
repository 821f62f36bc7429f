"""Keys made for a test, and a signed list that holds them."""

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.documents.key_list import canonical_json


@dataclass(frozen=True)
class House:
    """The operator's list key and one terminal's key `k1`, whose file is `key_file`."""

    list_key: Ed25519PrivateKey
    terminal_key: Ed25519PrivateKey
    key_file: Path

    def key_list(
        self, *, expires_at: str = "2027-01-01T00:00:00+08:00", again: dict[str, Any] | None = None, **changes: Any
    ) -> bytes:
        """A list with the terminal's key; `changes` to its entry; `again`: a second entry that differs by this."""
        entry = {
            "key_id": "k1",
            "terminal_id": "GZ0012",
            "public_key": base64.b64encode(self.terminal_key.public_key().public_bytes_raw()).decode(),
            "not_before": "2026-01-01T00:00:00+08:00",
            "not_after": "2026-12-31T23:59:59+08:00",
            "revoked": False,
        }
        content: dict[str, Any] = {
            "keys": [entry | changes] + ([] if again is None else [entry | again]),
            "issued_at": "2026-01-01T00:00:00+08:00",
            "expires_at": expires_at,
        }
        signature = base64.b64encode(self.list_key.sign(canonical_json(content))).decode()
        return canonical_json(content | {"signature": signature})


def build_house(folder: Path) -> House:
    """Fresh keys; the terminal's key file is PKCS #8 PEM."""
    key = Ed25519PrivateKey.generate()
    path = folder / "terminal.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return House(Ed25519PrivateKey.generate(), key, path)
