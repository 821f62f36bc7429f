"""Whether a name or address leads back to this machine; asks no name server."""

import ipaddress
import socket
from pathlib import Path


def is_this_machine(host: str) -> bool:
    """By the name itself, the address, or the machine's own table of hosts."""
    name = host.strip("[]").rstrip(".").lower()
    own = {"localhost", "ip6-localhost", "ip6-loopback", "localhost.localdomain", socket.gethostname().lower()}
    if name in own or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return _hosts_file_loops(name)
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified or is_own_address(str(mapped)))


def is_own_address(address: str) -> bool:
    """Whether an address is one of this machine's interfaces: only such a one can be bound. Sends nothing."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except (OSError, ValueError):
        return False
    return True


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
