"""Versions, machine and USB: what the makers ask first. Each call is bounded; what cannot be learnt is left empty."""

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import devices
from devices.probing.sysfs import attribute

_ROOT = Path(devices.__file__).resolve().parent.parent
_TIMEOUT_S = 5.0
_PACKAGES = (
    "budayang", "PySide6", "pyserial", "python-escpos", "requests", "msgspec", "PyYAML", "cryptography", "typst", "segno", "Pillow",
    "pypdfium2", "zxing-cpp", "pyscard", "asn1crypto", "ecdsa", "opencv-python-headless", "pyudev",
)  # fmt: skip
_DEBIAN = (
    "cups", "cups-daemon", "pcscd", "libccid", "libpcsclite1", "nut-server", "nut-client", "libsane1", "sane-airscan", "alsa-utils",
    "udev", "libudev1", "fonts-noto-cjk",
)  # fmt: skip
_MEMORY = ("MemTotal", "MemAvailable", "SwapTotal", "SwapFree")


def versions() -> dict[str, Any]:
    """Of our program, Python, its packages, the kernel, the services. No host name."""
    return {
        "commit": _commit(),
        "python": sys.version.split()[0],
        "packages": {name: _package(name) for name in _PACKAGES},
        "kernel": f"{platform.system()} {platform.release()} {platform.machine()}",
        "system": _pretty_name(),
        "debian_packages": _debian_packages(),
    }


def machine(state_dir: Path | None) -> dict[str, Any]:
    """Memory in KiB, disk in bytes, load, uptime in seconds, processors."""
    folders = {"root": Path("/"), **({"state_dir": state_dir} if state_dir is not None else {})}
    return {
        "memory_kib": _memory(),
        "disk": {name: _disk(folder) for name, folder in folders.items()},
        "load": list(os.getloadavg()),
        "uptime_s": int(float((_read(Path("/proc/uptime")).split() or ["0"])[0])),
        "processors": os.cpu_count(),
    }


def usb(sys_folder: Path = Path("/sys")) -> list[dict[str, str]]:
    """Every USB device: numbers, maker, name, class. Serial numbers are left out."""
    folder = sys_folder / "bus" / "usb" / "devices"
    return [
        {
            "at": entry.name,
            "vendor": attribute(entry, "idVendor"),
            "product": attribute(entry, "idProduct"),
            "class": attribute(entry, "bDeviceClass"),
            "maker": attribute(entry, "manufacturer"),
            "name": attribute(entry, "product"),
        }
        for entry in (sorted(folder.iterdir()) if folder.is_dir() else ())
        if attribute(entry, "idVendor")
    ]


def _commit() -> str:
    if not (_ROOT / ".git").exists():
        return ""
    return _told_by("git", "-C", str(_ROOT), "rev-parse", "HEAD").strip()


def _package(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _pretty_name() -> str:
    for line in _read(Path("/etc/os-release")).splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.partition("=")[2].strip('"')
    return ""


def _debian_packages() -> dict[str, str]:
    told = _told_by("dpkg-query", "-W", "-f", "${Package} ${Version}\n", *_DEBIAN)
    return dict(line.split(" ", 1) for line in told.splitlines() if " " in line)


def _memory() -> dict[str, int]:
    found = {}
    for line in _read(Path("/proc/meminfo")).splitlines():
        name, _, rest = line.partition(":")
        if name in _MEMORY:
            found[name] = int(rest.split()[0])
    return found


def _disk(folder: Path) -> dict[str, int]:
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return {}
    return {"total": usage.total, "free": usage.free}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _told_by(*command: str) -> str:
    """A program's output; empty when there is none of that name or it takes too long. Its exit status does not matter."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_TIMEOUT_S, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return done.stdout
