"""The demo's printer: speaks IPP to the emulator, whose paper is a folder of PDF files.

Only loopback is taken: whoever answers here gets the citizens' sheets unprotected.
"""

import ipaddress
from dataclasses import dataclass

import msgspec

from devices.sheet_printer.ipp_driver import IppDriver
from devices.sheet_printer.ipp_wire import Address
from kiosk.base.errors import BudayangError


@dataclass(frozen=True)
class Settings:
    """Attributes:
    tcp_port: of the emulator.
    host: an address of this machine, as numbers.
    """

    tcp_port: int
    host: str = "127.0.0.1"


def make(settings: dict[str, object]) -> IppDriver:
    """Makes the driver from its part of the configuration; raises `BudayangError` for a wrong value."""
    try:
        checked = msgspec.convert(settings, type=Settings, strict=True)
        is_local = ipaddress.ip_address(checked.host).is_loopback
    except (msgspec.ValidationError, ValueError):
        raise BudayangError("sheet_printer.bad_settings") from None
    if not is_local or set(settings) - set(Settings.__dataclass_fields__):
        raise BudayangError("sheet_printer.bad_settings")
    return IppDriver(Address("/ipp/print", None, checked.host, checked.tcp_port), counts_pages=True)
