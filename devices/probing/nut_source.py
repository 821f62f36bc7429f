"""Supplies that upsd knows. Source: RFC 9271, ``LIST UPS``."""

import re
import socket
import time
from collections.abc import Iterator

from devices.probing.findings import Finding, Places, Reason, Scalar, Trouble, clean
from devices.status import DeviceClass
from devices.ups.nut_codec import LineReader

_TIMEOUT_S = 2.0
_UPS = re.compile(r'UPS ([!-~]{1,80}) "((?:[^"\\]|\\.)*)"')
_MOST_LINES = 1000
_END = "END LIST UPS"


def look(places: Places) -> Iterator[Finding | Trouble]:
    """One finding a supply."""
    try:
        lines = _list(places.nut_host, places.nut_port)
    except OSError:
        yield Trouble(Reason("probe.nut_no_service"))
        return
    supplies = [found for line in lines if (found := _UPS.fullmatch(line)) is not None]
    if _END not in lines:
        yield Trouble(Reason("probe.nut_silent"))
    elif not supplies:
        yield Trouble(Reason("probe.nut_no_supply"))
    for found in supplies:
        settings: dict[str, Scalar] = {"ups": found[1], "host": places.nut_host, "tcp_port": places.nut_port}
        yield Finding(
            "nut",
            clean(found[2]),
            f"{found[1]}@{places.nut_host}",
            DeviceClass.UPS,
            "nut",
            settings,
            {
                "driver": Reason("probe.nut_supply"),
                "ups": Reason("probe.nut_name"),
                **dict.fromkeys(("host", "tcp_port"), Reason("probe.nut_address")),
            },
            is_certain=True,
        )


def _list(host: str, port: int) -> list[str]:
    """The answer's lines; what came until the time was over. Raises OSError without a connection."""
    reader = LineReader()
    lines: list[str] = []
    ends = time.monotonic() + _TIMEOUT_S
    with socket.create_connection((host, port), _TIMEOUT_S) as end:
        end.sendall(b"LIST UPS\n")
        while (left := ends - time.monotonic()) > 0 and _END not in lines and len(lines) < _MOST_LINES:
            end.settimeout(left)
            try:
                data = end.recv(4096)
            except TimeoutError:
                break
            if not data:
                break
            lines += reader.feed(data)
            if lines and lines[0].startswith("ERR"):
                break
    return lines
