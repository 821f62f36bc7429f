"""Which devices of a configuration hang on one and the same wire: two drivers on one port would each eat the other's answers.

Looks at what names resolve to on this machine now (links, device numbers); asks no name server and opens no device. A setting
is known by its name, so that third parties' drivers that use the same names are seen too.
"""

import ipaddress
import itertools
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

_URLS = ("url", "escl_url", "ipp_url")
_PORTS = {"http": 80, "https": 443, "ipp": 631, "ipps": 631}

_READER = "reader"

Wire = tuple[object, ...]
Place = tuple[str, str]
"""Device class and setting."""


def shared_wires(devices: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[Place, Place]]:
    """Every device after the first on a wire, with the one that has it already: the places of the two settings.

    Args:
        devices: by device class the settings as its driver takes them.
    """
    wires = {name: dict(_wires(settings)) for name, settings in devices.items()}
    taken: set[str] = set()
    for first, second in itertools.combinations(devices, 2):
        common = None if second in taken else _common(wires[first], wires[second])
        if common is not None:
            taken.add(second)
            yield (first, common[0]), (second, common[1])


def _common(first: Mapping[Wire, str], second: Mapping[Wire, str]) -> tuple[str, str] | None:
    for wire, setting in first.items():
        for other, other_setting in second.items():
            if wire == other or (wire[0] == other[0] == _READER and _may_be_one(str(wire[1]), str(other[1]))):
                return setting, other_setting
    return None


def _may_be_one(first: str, second: str) -> bool:
    """A PC/SC reader is named by a part of its name, empty for any: two such parts may mean one reader."""
    return first in second or second in first


def _wires(settings: Mapping[str, object]) -> Iterator[tuple[Wire, str]]:
    """Each wire with the setting that names it."""
    texts = {name: str(value) for name, value in settings.items() if isinstance(value, str | int)}
    for name in ("port", "device", "event_device", "path"):
        if texts.get(name, "").startswith("/dev/" if name == "path" else "/"):
            yield _node(texts[name]), name
        elif name == "device" and texts.get(name):
            yield ("sane", texts[name]), name
    for name in (_READER, "queue", "keyboard"):
        if name in texts:
            yield (name, texts[name]), name
    if "host" in texts:
        yield ("address", _host(texts["host"]), texts.get("tcp_port", "")), "host"
    if "usb_vendor" in texts and "usb_product" in texts:
        which = (texts["usb_vendor"].lower(), texts["usb_product"].lower(), texts.get("usb_serial", ""))
        yield ("usb", *which), "usb_product"
    yield from ((_url(texts[name]), name) for name in _URLS if name in texts)


def _node(path: str) -> Wire:
    """A device file by its device number, since it may have several names; by its path where there is none (yet)."""
    real = path
    try:
        real = os.path.realpath(path)
        status = Path(real).stat()
    except (OSError, ValueError):
        return ("path", real)
    return ("node", status.st_rdev) if stat.S_ISCHR(status.st_mode) else ("path", real)


def _url(text: str) -> Wire:
    try:
        url = urlsplit(text)
        port = url.port or _PORTS.get(url.scheme.lower(), 0)
    except ValueError:
        return ("url", text)
    return ("url", _host(url.hostname or ""), port, url.path.rstrip("/"), url.query)


def _host(text: str) -> str:
    name = text.strip("[]").rstrip(".").lower()
    if name == "localhost":
        return "127.0.0.1"
    try:
        return ipaddress.ip_address(name).compressed
    except ValueError:
        return name
