"""What a production profile refuses: the emulators are perfect impersonators, so nothing that could be one may stay.

Looks at what names resolve to on this machine now (links, modes), so it is asked at every start.
"""

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.base.config import Config
from kiosk.base.errors import Problem
from kiosk.base.production_devices import device_findings
from kiosk.base.staff_config import DEMO_PIN_HASH
from kiosk.base.this_machine import is_this_machine
from kiosk.base.yaml_reading import Complaint


def production_complaints(config: Config) -> tuple[Complaint, ...]:
    """Every reason why this configuration may not serve citizens; empty when it may. Never raises."""
    return tuple(
        Complaint(str(config.file), _line(config.lines, where), Problem(key, {"key": where, **placeholders}))
        for where, key, placeholders in _findings(config)
    )


def _line(lines: Mapping[str, int], where: str) -> int:
    """The line of `where`, or of the nearest section around it."""
    while where not in lines and "." in where:
        where = where.rpartition(".")[0]
    return lines.get(where, 0)


Finding = tuple[str, str, dict[str, str]]


def _findings(config: Config) -> Iterator[Finding]:
    for name, device in config.devices.items():
        for setting, key, placeholders in device_findings(device.driver, device.settings):
            yield f"devices.{name}.{setting}", key, placeholders
    reader = config.devices.get("id_card_reader")
    if reader is None:
        yield "devices.id_card_reader", "config.production_no_reader", {}
    elif reader.driver != "pcsc" and not reader.settings.get("module_id"):  # in PC/SC mode no module tells its id
        yield "devices.id_card_reader.module_id", "config.production_module_id", {}
    if config.staff.pin_hash == DEMO_PIN_HASH:
        yield "staff.pin_hash", "config.production_demo_pin", {}
    yield from _platform_findings(config)
    yield from _file_findings(config)


def _platform_findings(config: Config) -> Iterator[Finding]:
    url = urlsplit(config.platform.url)
    if url.scheme != "https":
        yield "platform.url", "config.production_no_tls", {}
    if is_this_machine(url.hostname or "localhost"):
        yield "platform.url", "config.production_platform_here", {}


def _file_findings(config: Config) -> Iterator[Finding]:
    files = {
        "platform.ca_bundle": config.platform.ca_bundle,
        "platform.client_certificate": config.platform.client_certificate,
        "platform.client_key": config.platform.client_key,
        "keys.attestation_private": config.keys.attestation_private,
        "keys.key_list": config.keys.key_list,
        "keys.key_list_public": config.keys.key_list_public,
        "reference.key": config.reference.key if config.reference else None,
    }
    for where, path in files.items():
        if path is None:
            continue  # the missing TLS files are told with the URL
        mode = _mode(path)
        if mode is None or not stat.S_ISREG(mode):
            yield where, "config.production_file_missing", {"path": str(path)}
        elif where in ("platform.client_key", "keys.attestation_private") and stat.S_IMODE(mode) & 0o077:
            yield where, "config.production_key_open", {"path": str(path)}
        elif where == "reference.key" and not _is_public_key(path):
            yield where, "config.production_public_key", {"path": str(path)}


def _mode(path: Path) -> int | None:
    """None where it is not there, or in a folder that this user may not enter."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


def _is_public_key(path: Path) -> bool:
    try:
        return path.read_bytes()[:4096].lstrip().startswith(b"-----BEGIN PUBLIC KEY-----")
    except OSError:
        return False
