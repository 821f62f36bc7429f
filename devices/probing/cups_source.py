"""CUPS queues, by IPP. Source: CUPS-Get-Printers (0x4002), `CUPS Implementation of IPP`, an operation of CUPS's own."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from devices.probing.findings import Finding, Places, Reason, Scalar, Trouble, clean
from devices.sheet_printer.ipp_codec import STATUS_OK_LIMIT, Attribute, Operation, Tag
from devices.sheet_printer.ipp_wire import Address, IppWire, PrinterSilentError, PrinterUnreachableError
from devices.status import DeviceClass

_GET_PRINTERS = cast("Operation", 0x4002)
_NO_PRINTERS = 0x0406
_WANTED = ["printer-name", "printer-info", "printer-make-and-model", "device-uri"]
_NAME = re.compile(r"[A-Za-z0-9_-]{1,127}")
_IPP = re.compile(r"ipps?://[A-Za-z0-9.:\[\]-]+(/[\w./-]*)?", re.ASCII)
_TIMEOUT_S = 2.0
_OWN_SOCKET = "/run/cups/cups.sock"


def look(places: Places) -> Iterator[Finding | Trouble]:
    """One finding a queue."""
    has_socket = Path(places.cups_socket).exists()
    address = Address("/", places.cups_socket if has_socket else None, places.cups_host, places.cups_port)
    try:
        wanted = Attribute(Tag.KEYWORD, "requested-attributes", _WANTED)
        answer = IppWire(address, _TIMEOUT_S).ask(_GET_PRINTERS, [wanted])
    except PrinterUnreachableError:
        yield Trouble(Reason("probe.cups_no_service"))
        return
    except PrinterSilentError:
        yield Trouble(Reason("probe.cups_silent"))
        return
    if answer.code >= STATUS_OK_LIMIT and answer.code != _NO_PRINTERS:
        yield Trouble(Reason("probe.cups_silent"))
        return
    queues = answer.all(Tag.PRINTER)
    if not queues:
        yield Trouble(Reason("probe.cups_no_queue"))
    for queue in queues:
        texts = {name: clean(str(values[0])) for name, values in queue.items() if values}
        name = texts.get("printer-name", "")
        model = texts.get("printer-make-and-model") or texts.get("printer-info") or name
        if not _NAME.fullmatch(name):
            yield Finding("cups", model, name, notes=(Reason("probe.cups_odd_name"),))
            continue
        settings: dict[str, Scalar] = {"queue": name}
        why = {"driver": Reason("probe.cups_queue", {"name": model}), "queue": Reason("probe.cups_name")}
        if _IPP.fullmatch(texts.get("device-uri", "")):
            settings["ipp_url"] = texts["device-uri"]
            why["ipp_url"] = Reason("probe.cups_ipp")
        if has_socket and places.cups_socket != _OWN_SOCKET:
            settings["socket"] = places.cups_socket
            why["socket"] = Reason("probe.cups_socket")
        yield Finding("cups", model, name, DeviceClass.SHEET_PRINTER, "cups", settings, why)
