"""The demo's printer: speaks IPP to the emulator, whose paper is a folder of PDF files.

Only loopback is taken: whoever answers here gets the citizens' sheets unprotected.
"""

import ipaddress
from dataclasses import dataclass, field

import msgspec

from devices.sheet_printer.ipp_driver import IppDriver
from devices.sheet_printer.ipp_wire import Address
from devices.sheet_printer.job_account import JobRules
from devices.sheet_printer.paper_choice import Papers, read_trays
from kiosk.base.errors import BudayangError


@dataclass(frozen=True)
class Settings:
    """Attributes:
    tcp_port: of the emulator.
    host: an address of this machine, as numbers.
    trays, duplex, paper_wait_s, sheets_in_path: as of the driver `cups`.
    """

    tcp_port: int
    host: str = "127.0.0.1"
    trays: dict[str, str] = field(default_factory=dict)
    duplex: bool = False
    paper_wait_s: float = 0.0
    sheets_in_path: int = 1


def make(settings: dict[str, object]) -> IppDriver:
    """Makes the driver from its part of the configuration; raises `BudayangError` for a wrong value."""
    try:
        checked = msgspec.convert(settings, type=Settings, strict=True)
        is_local = ipaddress.ip_address(checked.host).is_loopback
        papers = Papers(read_trays(checked.trays), checked.duplex)
    except (msgspec.ValidationError, ValueError):
        raise BudayangError("sheet_printer.bad_settings") from None
    is_sound = checked.paper_wait_s >= 0 and checked.sheets_in_path >= 0
    if not is_local or not is_sound or set(settings) - set(Settings.__dataclass_fields__):
        raise BudayangError("sheet_printer.bad_settings")
    address = Address("/ipp/print", None, checked.host, checked.tcp_port)
    rules = JobRules(checked.paper_wait_s, checked.sheets_in_path)
    return IppDriver(address, counts_pages=True, papers=papers, rules=rules)
