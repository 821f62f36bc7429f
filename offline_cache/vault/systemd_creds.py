"""Keeps the key as a credential of systemd, encrypted with the machine's own key.

Source: systemd-creds(1). That key lies in ``/var/lib/systemd/credential.secret`` and only root reads it, so the store process must run
as root for this one; elsewhere it is not available and the next weaker way is taken.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from offline_cache.vault.holders import KEY_BYTES, Strength, VaultClosedError

NAME = "budayang-vault"
_PATIENCE_S = 20.0


class CredentialsHolder:
    """Fulfils `Holder`.

    Args:
        program: systemd-creds; found in PATH unless given.
        environment: of the program; None for ours.
    """

    strength = Strength.CREDENTIALS

    def __init__(self, program: Path | None = None, environment: Mapping[str, str] | None = None) -> None:
        self._program = str(program) if program is not None else shutil.which("systemd-creds")
        self._environment = None if environment is None else dict(environment)

    def is_available(self) -> bool:
        return self._program is not None and os.geteuid() == 0

    def protect(self, key: bytes) -> bytes:
        return self._run(["encrypt", "--with-key=host", f"--name={NAME}", "-", "-"], key)

    def recover(self, protected: bytes) -> bytes:
        key = self._run(["decrypt", f"--name={NAME}", "-", "-"], protected)
        if len(key) != KEY_BYTES:
            raise VaultClosedError("vault.credentials_failed")
        return key

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
