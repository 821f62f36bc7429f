"""The store's settings as the terminal's configuration has them."""

from kiosk.base.config import Config
from offline_cache.process.settings import StoreSettings
from offline_cache.store.space import Bounds

PACE_ITEMS_S = 10.0
"""Of a drain beside screens: a day's items in a minute or two, and a citizen feels nothing of it."""


_STRENGTHS = {"auto": "auto", "tpm": "tpm", "systemd_creds": "credentials", "file": "file"}


def store_settings(
    config: Config, software_version: str = "0", pace_items_s: float | None = PACE_ITEMS_S
) -> StoreSettings:
    """Everything that the store process must know."""
    platform, offline = config.platform, config.offline
    return StoreSettings(
        folder=str(offline.folder),
        terminal_id=config.terminal_id,
        software_version=software_version,
        bounds=Bounds(offline.most_items, offline.most_mib << 20, offline.oldest_days * 86_400, offline.free_mib << 20),
        suite=offline.suite,
        # a demo leaves the machine's chip alone
        vault="file" if config.is_demo and offline.vault.kind == "auto" else _STRENGTHS[offline.vault.kind],
        pcrs=offline.vault.pcrs,
        log_folder=str(config.state_dir / "log"),
        pace_items_s=pace_items_s,
        base_url=platform.url,
        ca_bundle=str(platform.ca_bundle or ""),
        client_certificate=str(platform.client_certificate or ""),
        client_key=str(platform.client_key or ""),
    )
