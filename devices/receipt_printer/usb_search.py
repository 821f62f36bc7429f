"""Finds the character device of a USB printer by what the printer is, since ``lp0`` may be ``lp1`` after the next plug.

Source: Linux `usblp` (drivers/usb/class/usblp.c) makes ``/sys/class/usbmisc/lpN`` with a link to the printer's interface, whose parent is the
USB device with `idVendor`, `idProduct` and `serial` (Documentation/ABI/stable/sysfs-bus-usb).
"""

from dataclasses import dataclass
from pathlib import Path

from devices.receipt_printer.wires import WireLostError, WireSetupError

CLASS = Path("/sys/class/usbmisc")
BUS = Path("/sys/bus/usb/devices")
NODES = Path("/dev/usb")


@dataclass(frozen=True)
class UsbIdentity:
    """Ids as four hexadecimal digits, as `lsusb` shows them; `serial` None: any."""

    vendor: str
    product: str
    serial: str | None = None


@dataclass(frozen=True)
class UsbPlaces:
    """Where the kernel shows its devices; others in tests."""

    devices: Path = CLASS
    bus: Path = BUS
    nodes: Path = NODES


def find_node(wanted: UsbIdentity, places: UsbPlaces) -> Path:
    """The character device of that printer now.

    Raises:
        WireLostError: it is not plugged in.
        WireSetupError: there are two of them, or the kernel has no printer driver for it.
    """
    found = [
        places.nodes / entry.name
        for entry in _entries(places.devices)
        # lpN/device is the interface, the device is above it
        if entry.name.startswith("lp") and _matches(wanted, (entry / "device").resolve().parent)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise WireSetupError("receipt_printer.usb_ambiguous")
    if any(_matches(wanted, entry) for entry in _entries(places.bus)):
        raise WireSetupError("receipt_printer.usb_no_driver")
    raise WireLostError("no such printer is plugged in")


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _matches(wanted: UsbIdentity, device: Path) -> bool:
    is_it = (_read(device / "idVendor").lower(), _read(device / "idProduct").lower()) == (
        wanted.vendor.lower(),
        wanted.product.lower(),
    )
    return is_it and wanted.serial in (None, _read(device / "serial"))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
