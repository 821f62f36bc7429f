"""Reads the kernel's device tree: Linux sysfs (kernel Documentation/filesystems/sysfs.rst) and udev's links under /dev.

Works from the attributes themselves, since a container or a rescue system has no udev database; where there is one, pyudev
adds the names of its hardware table.
"""

from pathlib import Path

import msgspec

from devices.probing.findings import clean

_USB_DEPTH = 8


class UsbIdentity(msgspec.Struct, frozen=True):
    """A USB device: ids as four lower-case hex digits, and its name."""

    vendor: str
    product: str
    name: str


def attribute(folder: Path, name: str) -> str:
    """One attribute, cleaned; empty when there is none."""
    try:
        return clean((folder / name).read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""


def usb_identity(folder: Path) -> UsbIdentity | None:
    """The USB device that `folder` (of any of its interfaces) belongs to; ``None`` when it is on no USB."""
    try:
        place = folder.resolve()
    except OSError:
        return None
    for _ in range(_USB_DEPTH):
        vendor = attribute(place, "idVendor").lower()
        if vendor:
            told = f"{attribute(place, 'manufacturer')} {attribute(place, 'product')}".strip()
            product = attribute(place, "idProduct").lower()
            return UsbIdentity(vendor, product, told or hardware_name(place) or f"USB {vendor}:{product}")
        if place.parent == place:
            return None
        place = place.parent
    return None


def hardware_name(folder: Path) -> str:
    """The name in udev's hardware table; empty without libudev, its database, or outside the real /sys."""
    try:
        import pyudev

        device = pyudev.Devices.from_sys_path(pyudev.Context(), str(folder))
        words = [device.properties.get(f"ID_{part}_FROM_DATABASE", "") for part in ("VENDOR", "MODEL")]
    except Exception:  # noqa: BLE001 - a missing library raises ImportError, libudev whatever it likes: a name is not worth it
        return ""
    return clean(" ".join(words))


def stable_name(node: Path, links: Path) -> Path:
    """udev's link in folder `links` that leads to a device file and survives replugging; else the file itself."""
    try:
        wanted = node.resolve()
        found = sorted(link for link in links.iterdir() if link.resolve() == wanted)
    except OSError:
        return node
    return found[0] if found else node
