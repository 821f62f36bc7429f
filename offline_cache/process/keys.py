"""The vault and the data keys of a running store, as its settings choose them."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.base.clock import Clock
from kiosk.base.errors import Problem
from offline_cache.outbox.kept_keys import DatabaseKeys
from offline_cache.process.settings import StoreSettings
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.sealing.suites import SuiteId
from offline_cache.vault.holders import Strength, VaultClosedError
from offline_cache.vault.log_events import log
from offline_cache.vault.opening import VaultChoice, finish_rotation, open_vault, rotate, stronger
from offline_cache.vault.tpm import pcrs_of
from offline_cache.vault.tpm_device import DEVICE
from offline_cache.vault.vault import Vault

SUITES = {"aes": SuiteId.AES_256_GCM, "sm4": SuiteId.SM4_GCM}


@dataclass(frozen=True)
class VaultStanding:
    """How the key over the keys is kept.

    Attributes:
        strength: a word of `offline_cache.vault.holders.Strength`.
        pcrs: what a key in a TPM is bound to.
        problem: why it is kept otherwise than the settings say, with what must be done; None when it is not.
    """

    strength: str
    pcrs: tuple[int, ...] = ()
    problem: Problem | None = None


def choice_of(settings: StoreSettings) -> VaultChoice:
    """The vault that the settings name."""
    strength = None if settings.vault == "auto" else Strength(settings.vault)
    return VaultChoice(strength, settings.tpm or DEVICE, settings.pcrs)


def open_keys(settings: StoreSettings, table: DatabaseKeys, clock: Clock) -> tuple[VaultStanding, EpochKeys]:
    """Opens the vault and the data keys, finishes a rotation that was cut off, and takes a stronger vault, or the chosen one, if
    there is one now. Raises VaultClosedError.
    """
    choice = choice_of(settings)
    vault = open_vault(Path(settings.folder), choice, table.wrapped_keys().values())
    keys = EpochKeys(vault, table, clock, SUITES[settings.suite])
    finish_rotation(vault, keys)
    problem: Problem | None = None
    try:
        holder = stronger(vault, choice)
        if holder is not None:
            rotate(vault, keys, holder)
    except VaultClosedError as error:
        # it is there and does not work: all is as it was, and said so
        strength = Strength.TPM if choice.strength is None else choice.strength
        log.event("vault_way_failed", strength=strength, reason=error.remedy.key)
        problem = error.remedy
    return _standing(vault, choice, problem), keys


def _standing(vault: Vault, choice: VaultChoice, problem: Problem | None) -> VaultStanding:
    if problem is None and choice.strength not in (None, vault.strength):
        problem = Problem("vault.not_as_chosen")
    pcrs = pcrs_of(vault.protected) if vault.strength is Strength.TPM else ()
    return VaultStanding(vault.strength.value, pcrs, problem)
