"""What a production profile refuses of one device: whatever could be an emulator, which impersonates the real one perfectly.

Known by what names resolve to on this machine, by the kernel's own word for a device (sysfs: what hangs on no bus is
``virtual``: pseudo-terminals, uhid, v4l2loopback), and by the names of the emulating parts of PC/SC, SANE, ALSA and X. What lies behind
another machine's address, or behind the upsd of this one (a dummy-ups is not to be told from a real supply), is not seen here:
there the operator answers for it.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.base.this_machine import is_this_machine

Finding = tuple[str, str, dict[str, str]]
"""Setting, message key, placeholders."""

VIRTUAL_READERS = ("Virtual PCD 00 00", "Virtual PCD 00 01")
"""What vpcd calls its two slots."""

_SYSFS = Path("/sys/dev/char")
_NODES = ("port", "device", "event_device")
_URLS = ("url", "escl_url", "ipp_url")
_SANE_EMULATORS = ("test", "pnm")
_SANE_NET = re.compile(
    r"net:(\[[^\]]*\]|[^:]*):?(.*)", re.DOTALL
)  # net:<host>:<that machine's own name of the scanner>
_SILENT_OUTPUTS = re.compile(r"(null|file|tee)\b")
_URL_IN_TEXT = re.compile(r"https?://[^\s,\"']+")


def device_findings(driver: str, settings: Mapping[str, object]) -> Iterator[Finding]:
    """Every reason why this device may not serve citizens. Never raises.

    Args:
        settings: as its driver takes them.
    """
    texts = {name: value for name, value in settings.items() if isinstance(value, str)}
    if driver == "file":
        yield "driver", "config.production_file_camera" if "path" in texts else "config.production_file_printer", {}
    for name, value in texts.items():
        if value.startswith("/") and (name in _NODES or (name == "path" and driver != "file")):
            real = _not_hardware(value)
        else:
            real = _pseudo_terminal(value) if value.startswith("/") else None
        if real is not None:
            yield name, "config.production_port", {"port": real}
    host = texts.get("host", "")
    if host and is_this_machine(host) and driver not in ("nut", "file"):  # upsd runs on the terminal itself
        yield "host", "config.production_device_here", {"host": host}
    for name in _URLS:
        if name in texts and (here := _loops_back(texts[name])):
            yield name, "config.production_device_here", {"host": here}
    if driver == "pcsc":
        yield from _reader_findings(texts.get("reader", ""))
    if driver == "sane":
        yield from _scanner_findings(texts)
    if "XTEST" in texts.get("keyboard", "").upper():
        yield "keyboard", "config.production_virtual_keyboard", {"keyboard": texts["keyboard"]}
    if driver == "alsa" and _SILENT_OUTPUTS.match(texts.get("output", "")):
        yield "output", "config.production_silent_output", {"output": texts["output"]}


def _reader_findings(reader: str) -> Iterator[Finding]:
    if not reader:
        yield "reader", "config.production_reader_unnamed", {}
    elif re.search("virtual|vpcd", reader, re.IGNORECASE) or any(reader in name for name in VIRTUAL_READERS):
        yield "reader", "config.production_virtual_reader", {"reader": reader}


def _scanner_findings(texts: Mapping[str, str]) -> Iterator[Finding]:
    device = texts.get("device", "")
    if far := _SANE_NET.match(device):
        host, device = far.groups()
        if is_this_machine(host or "localhost"):
            yield "device", "config.production_device_here", {"host": host}
    backend = device.partition(":")[0]
    if backend in _SANE_EMULATORS:
        yield "device", "config.production_sane_backend", {"backend": backend}
    for name in ("device", "backend_config"):
        for found in _URL_IN_TEXT.findall(texts.get(name, "")):
            if here := _loops_back(found):
                yield name, "config.production_device_here", {"host": here}


def _loops_back(url: str) -> str | None:
    """The URL's host when it is this machine."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return host if host and is_this_machine(host) else None


def _pseudo_terminal(path: str) -> str | None:
    try:
        real = os.path.realpath(path)
    except ValueError:
        return None
    return real if real.startswith("/dev/pts/") or real == "/dev/ptmx" else None


def _not_hardware(path: str) -> str | None:
    """What `path` leads to when that is no device of real hardware; a device that is not plugged in now is let through."""
    try:
        real = os.path.realpath(path)
    except ValueError:
        return path
    if real.startswith("/dev/pts/") or real == "/dev/ptmx" or not real.startswith("/dev/"):
        return real
    try:
        number = Path(real).stat().st_rdev
        place = os.path.realpath(_SYSFS / f"{os.major(number)}:{os.minor(number)}", strict=True)
    except OSError:
        return None
    return real if place.startswith("/sys/devices/virtual/") else None
