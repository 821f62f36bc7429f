"""A kernel's tree as files: what the kernel shows under /sys and /dev, laid out by a test."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from devices.probing.findings import Finding, Places, Trouble


class Tree:
    """`places` looks into it; device files are plain files, so nothing can be opened by mistake."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("sys", "dev", "proc"):
            (root / name).mkdir()
        self.places = Places(
            sys=str(root / "sys"),
            dev=str(root / "dev"),
            proc=str(root / "proc"),
            cups_socket=str(root / "none.sock"),
            cups_host="127.0.0.1",
            cups_port=1,
            nut_port=1,
        )

    def with_places(self, **changes: object) -> Places:
        return msgspec.structs.replace(self.places, **changes)

    def usb(self, socket: str, vendor: str, product: str, maker: str = "", name: str = "", number: str = "00") -> Path:
        """A USB device with one interface of this class; returns the interface's folder."""
        device = self.root / "sys/devices/pci0/usb1" / socket
        interface = device / f"{socket}:1.0"
        interface.mkdir(parents=True)
        for key, value in {"idVendor": vendor, "idProduct": product, "manufacturer": maker, "product": name}.items():
            if value:
                (device / key).write_text(value + "\n")
        (interface / "bInterfaceClass").write_text(number + "\n")
        bus = self.root / "sys/bus/usb/devices"
        bus.mkdir(parents=True, exist_ok=True)
        (bus / device.name).symlink_to(device)
        (bus / interface.name).symlink_to(interface)
        return interface

    def node(self, kind: str, name: str, device: Path, link: str | None = None, /, **attributes: str) -> Path:
        """An entry of /sys/class/`kind` on `device`, its device file, and udev's link to that."""
        entry = device / kind / name
        entry.mkdir(parents=True)
        (entry / "device").symlink_to(device)
        for key, value in attributes.items():
            (entry / key).write_text(value + "\n")
        listed = self.root / "sys/class" / kind
        listed.mkdir(parents=True, exist_ok=True)
        (listed / name).symlink_to(entry)
        file = self.root / "dev" / name
        file.touch()
        if link is not None:
            path = self.root / "dev" / link
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(file)
        return file


def findings_of(told: Iterator[Finding | Trouble]) -> list[Finding]:
    """Only what was found; a trouble fails the test."""
    items = list(told)
    found = [item for item in items if isinstance(item, Finding)]
    assert found == items, items
    return found
