"""The configuration's section ``offline``: where the store lies, how much it takes in, how it seals."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.base.yaml_reading import Section

SUITES = ("aes", "sm4")
VAULTS = ("auto", "tpm", "systemd_creds", "file")
_LAST_PCR = 23
_RESETTABLE = (16, 23)
"""PC Client Platform TPM Profile: 16 (debug) and 23 (application support) can be reset by any program."""


@dataclass(frozen=True)
class VaultConfig:
    """Who holds the key over the keys.

    Attributes:
        kind: ``auto``: the strongest that this machine has; or the one way to take.
        pcrs: with ``tpm``: the key is given out only while these registers are as they were when it was sealed.
    """

    kind: str = "auto"
    pcrs: tuple[int, ...] = ()


@dataclass(frozen=True)
class OfflineConfig:
    """The store of this terminal.

    Attributes:
        folder: of the store alone, on a disk that survives a loss of power.
        most_items: that have not ended.
        most_mib: of them and their attachments.
        oldest_days: older than that, and nothing new is taken in.
        free_mib: of the disk, left for everybody else.
        suite: ``aes`` (AES-256-GCM) or ``sm4`` (SM4-GCM), for new records; older ones stay readable.
        vault: who holds the key over the keys.
        platform_key: PEM of the platform's public key, to which dead letters are sealed when they are exported.
    """

    folder: Path
    most_items: int
    most_mib: int
    oldest_days: float
    free_mib: int
    suite: str
    vault: VaultConfig
    platform_key: Path | None


def read_offline(section: Section, base: Path, state_dir: Path) -> OfflineConfig:
    """Every value has a default; a missing section means all of them. Relative paths count from `base`."""
    read = OfflineConfig(
        folder=section.path("folder", base, required=False) or state_dir / "store",
        most_items=section.whole("most_items", 100, 1_000_000, default=20_000),
        most_mib=section.whole("most_mib", 16, 1 << 20, default=2048),
        oldest_days=section.number("oldest_days", 1, 365, default=7),
        free_mib=section.whole("free_mib", 64, 1 << 20, default=256),
        suite=section.choice("suite", SUITES, default="aes"),
        vault=_read_vault(section.section("vault", required=False)),
        platform_key=section.path("platform_key", base, required=False),
    )
    section.done()
    return read


def _read_vault(section: Section) -> VaultConfig:
    kind = section.choice("kind", VAULTS, default="auto")
    pcrs = section.wholes("pcrs", 0, _LAST_PCR)
    for pcr in pcrs:
        if pcr in _RESETTABLE:
            section.complain("pcrs", "config.vault_pcr_resettable", value=str(pcr))
    if pcrs and kind != "tpm":
        section.complain("pcrs", "config.vault_pcrs_without_tpm")
    section.done()
    return VaultConfig(kind, pcrs)
