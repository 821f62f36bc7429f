"""The configured devices as a supervisor takes them, for a technician's look: nothing may move or print because of it."""

import urllib.parse
from collections.abc import Mapping
from typing import Any

from devices.status import DeviceClass
from kiosk.base.config import Config

_STILL: dict[tuple[DeviceClass, str], dict[str, Any]] = {
    # a fresh host feeds and cuts paper once
    (DeviceClass.RECEIPT_PRINTER, "escpos"): {"eject_at_start": False},
}
Settings = Mapping[DeviceClass, Mapping[str, Any]]


def devices_of(config: Config) -> dict[DeviceClass, dict[str, Any]]:
    """Per class ``driver`` and its settings, with what a look must not set off turned off."""
    found = {}
    for name, device in config.devices.items():
        kind = DeviceClass(name)
        found[kind] = {"driver": device.driver, **device.settings, **_STILL.get((kind, device.driver), {})}
    return found


def place_of(settings: Mapping[str, object]) -> str:
    """Where the device is, for people: port, address, queue or name. Without user names and passwords of addresses."""
    for key in ("port", "queue", "device", "reader", "output", "path"):
        if settings.get(key):
            return str(settings[key])
    for key in ("escl_url", "url"):
        if settings.get(key):
            return address_of(str(settings[key]))
    if settings.get("ups"):
        return f"{settings['ups']}@{settings.get('host', '127.0.0.1')}"
    if settings.get("host"):
        return f"{settings['host']}:{settings.get('tcp_port', '')}".rstrip(":")
    return "-"


def address_of(url: str) -> str:
    """Scheme, host and port of an address, nothing else of it."""
    try:
        parts = urllib.parse.urlsplit(url)
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return "-"
    return f"{parts.scheme}://{parts.hostname or '-'}{port}"


def device_file_of(settings: Mapping[str, object]) -> str | None:
    """The device file that its driver opens for itself alone, ``None`` when it has none."""
    for key in ("port", "device"):
        value = settings.get(key)
        if isinstance(value, str) and value.startswith("/"):
            return value
    return None
