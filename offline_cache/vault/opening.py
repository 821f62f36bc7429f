"""Which vault this terminal has: found at the start, made at the first one, strengthened when the machine got a chip.

The order, unless the choice names one: TPM 2.0, systemd's credentials, a file. Whatever is taken is reported with its strength.
A vault that cannot be opened stops the store and changes nothing: its keys are sealed, its rows stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kiosk.base.errors import BudayangError
from offline_cache.log_events import log
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.store.files import Files
from offline_cache.vault import vault
from offline_cache.vault.holders import FileHolder, Holder, Strength, VaultClosedError
from offline_cache.vault.log_events import log as failures
from offline_cache.vault.systemd_creds import CredentialsHolder
from offline_cache.vault.tpm import TpmHolder
from offline_cache.vault.tpm_device import DEVICE
from offline_cache.vault.vault import Vault


@dataclass(frozen=True)
class VaultChoice:
    """The settings of a vault.

    Attributes:
        strength: the one way to take, also if a stronger one is there; None: the strongest there is.
        tpm: address of the chip, see `tpm_device`.
        pcrs: see `TpmHolder`.
    """

    strength: Strength | None = None
    tpm: str = DEVICE
    pcrs: tuple[int, ...] = ()

    def holders(self) -> dict[Strength, Holder]:
        """All ways, the strongest first."""
        return {
            Strength.TPM: TpmHolder(self.tpm, self.pcrs),
            Strength.CREDENTIALS: CredentialsHolder(),
            Strength.FILE: FileHolder(),
        }


def open_vault(
    folder: Path,
    choice: VaultChoice | None = None,
    wrapped: Iterable[bytes] = (),
    *,
    holders: dict[Strength, Holder] | None = None,
    files: Files | None = None,
) -> Vault:
    """Opens the vault in `folder`, or makes one if the store has no keys yet. May block for some seconds.

    Args:
        wrapped: the store's wrapped data keys: each must be of this vault.
        holders: in place of the machine's, for tests.

    Raises:
        VaultClosedError: ``store.vault_closed`` with its remedy; nothing was changed.
    """
    choice = choice or VaultChoice()
    ways = holders if holders is not None else choice.holders()
    path, kept = folder / vault.FILE, list(wrapped)
    try:
        found = vault.unlock(path, ways, files)
    except FileNotFoundError:
        if kept:
            raise VaultClosedError("vault.file_missing") from None
        found = _make(path, choice, ways, files)
    for one in kept:
        try:
            found.unwrap(one)
        except VaultClosedError:
            raise
        except BudayangError:
            continue  # one damaged row closes no vault; what lies under it cannot be opened
    log.event("vault_opened", strength=found.strength)
    return found


def stronger(found: Vault, choice: VaultChoice, holders: dict[Strength, Holder] | None = None) -> Holder | None:
    """A stronger way, or the chosen one, that the machine has now and the vault does not use; None when there is none.

    Also the chosen one with other PCRs than those that the key is bound to. Raises VaultClosedError: the vault is damaged.
    """
    for strength, holder in (holders if holders is not None else choice.holders()).items():
        if choice.strength is not None:
            if strength is choice.strength and holder.is_available():
                is_other = strength is not found.strength or not holder.fits(found.protected)
                return holder if is_other else None
        elif strength is found.strength:
            return None
        elif holder.is_available():
            return holder
    return None


def rotate(found: Vault, keys: EpochKeys, holder: Holder) -> int:
    """A fresh key-encryption key with this holder, every data key wrapped under it, the older ones dropped.

    Also moves a vault to a stronger holder. New records get a new data key, since the older ones have been within reach of the
    older holder. Cut off at any moment, it is finished by `finish_rotation`. Returns how many data keys were wrapped anew.

    Raises:
        VaultClosedError: the holder did not take it: all is as it was.
        BudayangError: of the store's disk: to be finished later; nothing is lost.
    """
    found.add_key(holder)
    keys.rotate()
    count = finish_rotation(found, keys)
    log.event("vault_rotated", strength=found.strength, keys=count)
    return count


def finish_rotation(found: Vault, keys: EpochKeys) -> int:
    """Brings a rotation to its end that was cut off; does nothing when there is none. Raises as `rotate` does."""
    if not found.is_rotating:
        return 0
    count = keys.rewrap_all()
    found.drop_older()
    return count


def _make(path: Path, choice: VaultChoice, ways: dict[Strength, Holder], files: Files | None) -> Vault:
    if choice.strength is not None:
        return vault.make(path, ways[choice.strength], files)
    for holder in ways.values():
        if holder.is_available():
            try:
                return vault.make(path, holder, files)
            except VaultClosedError as error:
                # there and does not work: not the end, the next one is weaker and is reported as such
                failures.event("vault_way_failed", strength=holder.strength, reason=error.remedy.key)
    raise VaultClosedError("vault.not_kept")
