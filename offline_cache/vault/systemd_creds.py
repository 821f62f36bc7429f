"""Keeps the key as a credential of systemd, encrypted with the machine's own key.

Source: systemd-creds(1), systemd.exec(5), "Credentials". Two ways, the first that is there:

* the service manager gives a secret with the unit (``LoadCredentialEncrypted=budayang-vault``, at least 32 random bytes, made once by
  ``systemd-creds encrypt``), in the folder ``$CREDENTIALS_DIRECTORY``: the store needs no rights. The key is wrapped (AES key wrap,
  RFC 3394) under a key derived from it;
* the store runs as root and asks systemd-creds itself; the machine's key lies in ``/var/lib/systemd/credential.secret``.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives import hashes, keywrap
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from offline_cache.vault.holders import KEY_BYTES, Strength, VaultClosedError

NAME = "budayang-vault"
_PATIENCE_S = 20.0
_GIVEN = b"given:"
_SHORTEST = 32


class CredentialsHolder:
    """Fulfils `Holder`.

    Args:
        program: systemd-creds; found in PATH unless given.
        environment: of the program, and where ``CREDENTIALS_DIRECTORY`` is looked up; None for ours.
    """

    strength = Strength.CREDENTIALS

    def __init__(self, program: Path | None = None, environment: Mapping[str, str] | None = None) -> None:
        self._program = str(program) if program is not None else shutil.which("systemd-creds")
        self._environment = None if environment is None else dict(environment)
        folder = (os.environ if environment is None else environment).get("CREDENTIALS_DIRECTORY")
        self._given = Path(folder) / NAME if folder else None

    def is_available(self) -> bool:
        if self._given is not None and self._given.is_file():
            return True
        return self._program is not None and os.geteuid() == 0

    def fits(self, protected: bytes) -> bool:  # noqa: ARG002  # given or asked for: neither is stronger
        return True

    def protect(self, key: bytes) -> bytes:
        if self._given is not None and self._given.is_file():
            return _GIVEN + keywrap.aes_key_wrap(self._derived(), key)
        return self._run(["encrypt", "--with-key=host", f"--name={NAME}", "-", "-"], key)

    def recover(self, protected: bytes) -> bytes:
        if protected.startswith(_GIVEN):
            try:
                return keywrap.aes_key_unwrap(self._derived(), protected[len(_GIVEN) :])
            except (keywrap.InvalidUnwrap, ValueError):
                raise VaultClosedError("vault.credential_not_given") from None
        key = self._run(["decrypt", f"--name={NAME}", "-", "-"], protected)
        if len(key) != KEY_BYTES:
            raise VaultClosedError("vault.credentials_failed")
        return key

    def _derived(self) -> bytes:
        try:
            secret = self._given.read_bytes() if self._given is not None else b""
        except OSError:
            secret = b""
        if len(secret) < _SHORTEST:
            raise VaultClosedError("vault.credential_not_given")
        return HKDF(hashes.SHA256(), KEY_BYTES, None, b"budayang vault").derive(secret)

    def _run(self, words: list[str], given: bytes) -> bytes:
        if self._program is None:
            raise VaultClosedError("vault.credentials_failed")
        try:
            done = subprocess.run(
                [self._program, *words],
                input=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE_S,
                check=True,
                env=self._environment,
            )
        except (OSError, subprocess.SubprocessError):
            # not chained: the error holds what was given
            raise VaultClosedError("vault.credentials_failed") from None
        return done.stdout
