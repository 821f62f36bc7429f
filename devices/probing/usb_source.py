"""USB printers (class 07), ID-card readers on HID, and keyboard wedges; told from the kernel's tree, nothing is opened.

Sources: USB class codes (usb.org: 07 printer, 03 HID); Linux hidraw (`HID_ID` in uevent is bus:vendor:product); the vendor
and product of ID-card readers are known from practice (0400:C35A); one of another number is not recognised.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from devices.inspection.port_holders import holder_of
from devices.probing.findings import Finding, Places, Reason, Scalar, Trouble, clean
from devices.probing.sysfs import attribute, stable_name, usb_identity
from devices.status import DeviceClass

_PRINTER = "07"
_ID_CARD_READERS = {("0400", "c35a")}
_HID_ID = re.compile(r"^HID_ID=[0-9A-F]+:0*([0-9A-F]{4}):0*([0-9A-F]{4})$", re.MULTILINE | re.IGNORECASE)
_HID_NAME = re.compile(r"^HID_NAME=(.*)$", re.MULTILINE)
_SCANNER = re.compile(r"bar ?code|scan|honeywell|datalogic|newland|zebra|symbol", re.IGNORECASE)


def look(places: Places) -> Iterator[Finding | Trouble]:
    """Printers, readers, wedges, in this order."""
    yield from _printers(places)
    yield from _id_card_readers(places)
    yield from _wedges(places)


def _printers(places: Places) -> Iterator[Finding]:
    folder = Path(places.sys) / "bus" / "usb" / "devices"
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        if attribute(entry, "bInterfaceClass") != _PRINTER:
            continue
        usb = usb_identity(entry)
        if usb is None:
            continue
        ids: dict[str, Scalar] = {"usb_vendor": usb.vendor, "usb_product": usb.product}
        yield Finding(
            "usb",
            usb.name,
            f"usb {usb.vendor}:{usb.product}",
            DeviceClass.RECEIPT_PRINTER,
            "escpos",
            {"transport": "usb", **ids},
            {
                "driver": Reason("probe.usb_printer", {"name": usb.name}),
                "transport": Reason("probe.transport_usb"),
                **dict.fromkeys(ids, Reason("probe.usb_ids")),
            },
            (Reason("probe.usb_printer_note"),),
        )


def _id_card_readers(places: Places) -> Iterator[Finding]:
    folder = Path(places.sys) / "class" / "hidraw"
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            event = (entry / "device" / "uevent").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        found = _HID_ID.search(event)
        if found is None or (found[1].lower(), found[2].lower()) not in _ID_CARD_READERS:
            continue
        told = _HID_NAME.search(event)
        node = Path(places.dev) / entry.name
        held_by = holder_of(str(node))
        yield Finding(
            "usb",
            clean(told[1]) if told is not None else entry.name,
            str(node),
            DeviceClass.ID_CARD_READER,
            "hid",
            {"port": str(node)},
            {"driver": Reason("probe.hid_reader"), "port": Reason("probe.hid_port")},
            () if held_by is None else (Reason("probe.held", {"holder": held_by}),),
            held_by=held_by,
        )


def _wedges(places: Places) -> Iterator[Finding]:
    folder = Path(places.sys) / "class" / "input"
    for entry in sorted(folder.glob("event*")) if folder.is_dir() else ():
        name = attribute(entry / "device", "name")
        if not name or not _SCANNER.search(name):
            continue
        node = Path(places.dev) / "input" / entry.name
        place = str(stable_name(node, node.parent / "by-id"))
        is_stable = "/by-id/" in place
        yield Finding(
            "usb",
            name,
            place,
            DeviceClass.BARCODE_READER,
            "wedge",
            {"event_device": place},
            {
                "driver": Reason("probe.wedge", {"name": name}),
                "event_device": Reason("probe.port_stable" if is_stable else "probe.port_unstable"),
            },
        )
