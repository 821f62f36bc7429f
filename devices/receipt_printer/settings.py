"""Settings of the driver `escpos`, and the cable that they mean."""

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from devices.receipt_printer import raster
from devices.receipt_printer.usb_search import UsbIdentity, UsbPlaces, find_node
from devices.receipt_printer.usb_wire import UsbWire
from devices.receipt_printer.vendor_profile import VendorProfile, load_profile, profile_path
from devices.receipt_printer.wires import SerialWire, TcpWire, Wire
from kiosk.base.errors import BudayangError
from kiosk.base.yaml_reading import ConfigError

_USB_ID = re.compile(r"[0-9A-Fa-f]{4}")


@dataclass(frozen=True)
class Settings:
    """Attributes:
    port: path of the serial line; or `host` and `tcp_port`; or `usb_vendor`, `usb_product` (four hexadecimal digits, as `lsusb` shows
        them) and, where there are two of a kind, `usb_serial`; or `path`, a USB printer's character device. One of the four.
    vendor_status: a profile of a maker's own status reply by name or path; None: DLE EOT.
    chinese_font: whether the printer sets GB18030 by itself; otherwise such rows are sent as dots.
    in_order_reply: whether the printer answers GS r 1. Without it "printed" rests on a clean status for `settle_s` alone.
    clear_buffer: whether it knows DLE DC4 fn 8.
    eject_at_start: whether a fresh process feeds and cuts once, since paper may hang there from before a crash.
    reply_s, write_s, settle_s: seconds.
    """

    port: str | None = None
    baudrate: int = 115200
    host: str | None = None
    tcp_port: int = 9100
    usb_vendor: str | None = None
    usb_product: str | None = None
    usb_serial: str | None = None
    path: str | None = None
    vendor_status: str | None = None
    chinese_font: bool = True
    in_order_reply: bool = True
    clear_buffer: bool = True
    eject_at_start: bool = True
    reply_s: float = 0.15
    write_s: float = 1.0
    settle_s: float = 1.0
    font: str = str(raster.FONT)


def read_settings(settings: dict[str, object]) -> tuple[Settings, VendorProfile | None]:
    """The checked settings, and the profile that they name. Raises `BudayangError`."""
    try:
        checked = msgspec.convert(settings, type=Settings, strict=True)
    except msgspec.ValidationError:
        raise BudayangError("receipt_printer.bad_settings") from None
    is_known = not set(settings) - set(Settings.__dataclass_fields__)
    is_usb = checked.usb_vendor is not None and checked.usb_product is not None
    has_usb = (checked.usb_vendor, checked.usb_product, checked.usb_serial) != (None, None, None)
    ways = [checked.port is not None, checked.host is not None, has_usb, checked.path is not None]
    ids = [number for number in (checked.usb_vendor, checked.usb_product) if number is not None]
    are_ids = all(_USB_ID.fullmatch(number) for number in ids)
    if not is_known or sum(ways) != 1 or has_usb != is_usb or not are_ids:
        raise BudayangError("receipt_printer.bad_settings")
    profile = None
    if checked.vendor_status is not None:
        try:
            profile = load_profile(profile_path(checked.vendor_status))
        except ConfigError:
            raise BudayangError("receipt_printer.bad_status_profile") from None
    return checked, profile


def plug_in(settings: Settings, places: UsbPlaces) -> Wire:
    """Opens the cable. Raises `WireLostError` or `WireSetupError`."""
    if settings.port is not None:
        return SerialWire(settings.port, settings.baudrate)
    if settings.host is not None:
        return TcpWire(settings.host, settings.tcp_port)
    if settings.path is not None:
        node = Path(settings.path)
        return UsbWire(lambda: node)
    wanted = UsbIdentity(settings.usb_vendor or "", settings.usb_product or "", settings.usb_serial)
    return UsbWire(lambda: find_node(wanted, places))
