"""A terminal for soaks: the reader's pauses are short, since only memory counts and a thousand cards are to be laid."""

from types import MappingProxyType

from kiosk.base.config import Config, DeviceConfig
from kiosk.base.record import replace

PAUSES = {"find_interval": 0.01, "removal_interval": 0.01}
"""Seconds between two finds; the driver's setting, which no configuration file may change."""


def quickened(config: Config) -> Config:
    """The configuration with these pauses."""
    reader = config.devices["id_card_reader"]
    quick = DeviceConfig(reader.driver, MappingProxyType({**reader.settings, "times": PAUSES}))
    return replace(config, devices=MappingProxyType({**config.devices, "id_card_reader": quick}))
