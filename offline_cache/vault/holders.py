"""Who holds a key-encryption key for us, and how strongly."""

from enum import Enum
from typing import Protocol

from kiosk.base.errors import BudayangError, Problem

KEY_BYTES = 32


class Strength(str, Enum):
    """How a vault keeps its key, the strongest first; staff and platform are told."""

    TPM = "tpm"
    """Sealed in the security chip: a disk taken out opens nothing."""
    CREDENTIALS = "credentials"
    """Encrypted by systemd with the machine's own key, which root alone can read: a whole disk taken out opens."""
    FILE = "file"
    """In a file of mode 0600: whoever reads the store's folder opens it."""

    @property
    def is_strong(self) -> bool:
        """Whether the key withstands somebody who takes the disk away."""
        return self is Strength.TPM

    @property
    def sentence_key(self) -> str:
        """What a technician is told of it."""
        return f"vault.strength_{self.value}"


class VaultClosedError(BudayangError):
    """The vault cannot be opened: ``store.vault_closed``. Nothing was changed and nothing is lost.

    Attributes:
        remedy: what a technician must do.
    """

    def __init__(self, remedy: str, **placeholders: str) -> None:
        super().__init__("store.vault_closed")
        self.remedy = Problem(remedy, placeholders)


class Holder(Protocol):
    """One way to keep a key of 32 bytes. May block for some seconds; one thread."""

    strength: Strength

    def is_available(self) -> bool:
        """Whether it may be expected to work on this machine; cheap, asks no chip."""

    def protect(self, key: bytes) -> bytes:
        """The key as it may lie in the vault's file. Raises VaultClosedError."""

    def recover(self, protected: bytes) -> bytes:
        """The key again. Raises VaultClosedError."""

    def fits(self, protected: bytes) -> bool:
        """Whether it is kept as this holder would keep it now. Raises VaultClosedError: it is damaged."""


class FileHolder:
    """Keeps the key as it is: the file's mode is all that guards it."""

    strength = Strength.FILE

    def is_available(self) -> bool:
        return True

    def fits(self, protected: bytes) -> bool:  # noqa: ARG002  # there is one way to lie in a file
        return True

    def protect(self, key: bytes) -> bytes:
        return key

    def recover(self, protected: bytes) -> bytes:
        if len(protected) != KEY_BYTES:
            raise VaultClosedError("vault.file_damaged")
        return protected
