"""The store's settings as the terminal's configuration has them."""

from pathlib import Path

from kiosk.base.config import Config
from offline_cache.process.settings import StoreSettings


def store_folder(config: Config) -> Path:
    """Where this terminal's store lies."""
    return config.state_dir / "store"


def store_settings(config: Config, software_version: str = "0") -> StoreSettings:
    """Everything that the store process must know."""
    platform = config.platform
    return StoreSettings(
        folder=str(store_folder(config)),
        terminal_id=config.terminal_id,
        software_version=software_version,
        log_folder=str(config.state_dir / "log"),
        base_url=platform.url,
        ca_bundle=str(platform.ca_bundle or ""),
        client_certificate=str(platform.client_certificate or ""),
        client_key=str(platform.client_key or ""),
        connect_timeout_s=platform.connect_timeout_s,
        read_timeout_s=platform.read_timeout_s,
    )
