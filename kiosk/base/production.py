"""What a production profile refuses: the emulators are perfect impersonators, so nothing that could be one may stay.

Looks at what names resolve to on this machine now (links, modes), so it is asked at every start.
"""

import ipaddress
import os
import socket
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.base.config import Config
from kiosk.base.errors import Problem
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
        port = device.settings.get("port")
        if isinstance(port, str) and (real := _not_hardware(port)):
            yield f"devices.{name}.port", "config.production_port", {"port": real}
        host = device.settings.get("host")
        if isinstance(host, str) and _is_this_machine(host):
            yield f"devices.{name}.host", "config.production_printer_here", {"host": host}
        if device.driver == "file":
            yield f"devices.{name}.driver", "config.production_file_printer", {}
    reader = config.devices.get("id_card_reader")
    if reader is None:
        yield "devices.id_card_reader", "config.production_no_reader", {}
    elif not reader.settings.get("module_id"):
        yield "devices.id_card_reader.module_id", "config.production_module_id", {}
    yield from _platform_findings(config)
    yield from _file_findings(config)


def _platform_findings(config: Config) -> Iterator[Finding]:
    url = urlsplit(config.platform.url)
    if url.scheme != "https":
        yield "platform.url", "config.production_no_tls", {}
    if _is_this_machine(url.hostname or "localhost"):
        yield "platform.url", "config.production_platform_here", {}


def _file_findings(config: Config) -> Iterator[Finding]:
    files = {
        "platform.ca_bundle": config.platform.ca_bundle,
        "platform.client_certificate": config.platform.client_certificate,
        "platform.client_key": config.platform.client_key,
        "keys.attestation_private": config.keys.attestation_private,
        "keys.key_list": config.keys.key_list,
        "keys.key_list_public": config.keys.key_list_public,
    }
    for where, path in files.items():
        if path is None:
            continue  # the missing TLS files are told with the URL
        if not path.is_file():
            yield where, "config.production_file_missing", {"path": str(path)}
        elif where in ("platform.client_key", "keys.attestation_private") and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield where, "config.production_key_open", {"path": str(path)}


def _not_hardware(port: str) -> str | None:
    """What `port` leads to when that is no serial line of real hardware: a pseudo-terminal, or nothing under /dev."""
    real = os.path.realpath(port)
    if real.startswith("/dev/pts/") or real == "/dev/ptmx" or not real.startswith("/dev/"):
        return real
    return None


def _is_this_machine(host: str) -> bool:
    name = host.strip("[]").rstrip(".").lower()
    own = {"localhost", "ip6-localhost", "ip6-loopback", "localhost.localdomain", socket.gethostname().lower()}
    if name in own or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return _hosts_file_loops(name)
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)


def _hosts_file_loops(name: str, hosts: Path = Path("/etc/hosts")) -> bool:
    """Whether the machine's own table sends this name to a loopback address; asks no name server."""
    try:
        lines = hosts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    for line in lines:
        address, *names = line.partition("#")[0].split() or [""]
        if name in (known.lower() for known in names):
            try:
                if ipaddress.ip_address(address).is_loopback:
                    return True
            except ValueError:
                continue
    return False
