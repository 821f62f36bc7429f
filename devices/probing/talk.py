"""Asks an unknown device on a serial port what it is, in the languages that our drivers speak.

Order, so that as little as possible is set off: first DLE EOT at every speed (EPSON ESC/POS, real-time status: never printed
at the right speed, noise to others), then the status of a SAM-V module, the greeting of a permit rewriter, the polls of described devices. An
ESC/POS printer would print the later questions as text, so it must be known by then. At a wrong speed any byte may mean
anything to a device: that is why the technician must allow it. The port is opened for us alone each time.
"""

import contextlib
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

import msgspec

from devices.described.driver import DescribedDevice
from devices.described.reading import PROFILES, load_description
from devices.id_card_reader.codec import Reply, Request, module_id
from devices.id_card_reader.serial_link import SerialLink
from devices.permit_rewriter import serial_driver as permit_rewriter
from devices.ports import is_pseudo_terminal
from devices.probing.findings import Reason, Scalar, clean
from devices.receipt_printer.link import Link, StalledError
from devices.receipt_printer.wires import SerialWire, WireLostError
from devices.status import DeviceClass, DeviceState
from kiosk.base.yaml_reading import ConfigError

_ESCPOS_SPEEDS = (115200, 38400, 19200, 9600)
_SAM_V_SPEED = 115200
_ODD_SPEED = 2400
_REPLY_S = 0.25
_WRITE_S = 0.5
_GAP_S = 0.25
_DONE = 0x90
_UNKNOWN_YET = (DeviceState.STARTING, DeviceState.POWER_OFF)


class Talk(Enum):
    """Why there is no answer."""

    NOT_OPENED = "notOpened"  # no such port, no right to it, or another program's
    SILENT = "silent"


class Answer(msgspec.Struct, frozen=True):
    """What a device has said it is; `settings` without the port, in the configuration's words."""

    device: DeviceClass
    driver: str
    settings: dict[str, Scalar]
    why: dict[str, Reason]
    name: str = ""


def identify(port: str, descriptions: Sequence[str] = (), reply_s: float = _REPLY_S) -> Answer | Talk:
    """Asks; blocks for some four seconds at most on a silent port. Never raises for a fault of the port.

    Args:
        descriptions: files of described devices, tried before those that come along.
        reply_s: how long a printer or a reader may take for an answer.
    """
    try:
        SerialWire(port, _ESCPOS_SPEEDS[0]).close()
    except WireLostError:
        return Talk.NOT_OPENED
    return (
        _receipt_printer(port, reply_s)
        or _id_card_reader(port, reply_s)
        or _permit_rewriter(port)
        or _described(port, descriptions)
        or Talk.SILENT
    )


def _receipt_printer(port: str, reply_s: float) -> Answer | None:
    for speed in _ESCPOS_SPEEDS:
        try:
            wire = SerialWire(port, speed)
        except WireLostError:
            return None
        try:
            link = Link(wire, bytes_per_s=speed / 10, reply_s=reply_s, write_s=_WRITE_S)
            replies = link.ask_all()
        except (WireLostError, StalledError):
            continue
        finally:
            wire.close()
        # two answers of the right form: one such byte may be noise
        if replies.printer is not None and replies.paper_sensor is not None:
            words = {"speed": str(speed)}
            return Answer(
                DeviceClass.RECEIPT_PRINTER,
                "escpos",
                {"transport": "serial", "baud_rate": speed},
                {
                    "driver": Reason("probe.answered_escpos", words),
                    "transport": Reason("probe.transport_serial"),
                    "baud_rate": Reason("probe.speed_found", words),
                },
            )
    return None


def _id_card_reader(port: str, reply_s: float) -> Answer | None:
    link = SerialLink(port, _SAM_V_SPEED, _WRITE_S, _GAP_S)
    if not link.open():
        return None
    try:
        status = link.exchange(Request.STATUS, reply_s, lambda: False)
        if not isinstance(status, Reply):
            return None
        reply = link.exchange(Request.MODULE_ID, reply_s, lambda: False)
        name = module_id(reply.data) if isinstance(reply, Reply) and reply.sw3 == _DONE else None
    finally:
        link.close()
    settings: dict[str, Scalar] = {"baud_rate": _SAM_V_SPEED}
    why = {
        "driver": Reason("probe.answered_sam_v"),
        "baud_rate": Reason("probe.speed_found", {"speed": str(_SAM_V_SPEED)}),
    }
    if name is not None:
        settings["module_id"] = name
        why["module_id"] = Reason("probe.module_pinned")
    return Answer(DeviceClass.ID_CARD_READER, "serial", settings, why, f"SAM-V {name or ''}".strip())


def _permit_rewriter(port: str) -> Answer | None:
    """Greets and asks the status, as its driver does at each opening; nothing moves."""
    device = permit_rewriter.make({"port": port})
    try:
        status = device.open()
    finally:
        device.close()
    if status.state in _UNKNOWN_YET:
        return None
    return Answer(
        DeviceClass.PERMIT_REWRITER,
        "serial",
        {},
        {"driver": Reason("probe.answered_rewriter")},
        clean(status.module_id or ""),
    )


def _described(port: str, descriptions: Sequence[str]) -> Answer | None:
    own: list[tuple[str, Path]] = [("file", Path(file)) for file in descriptions]
    shipped = [("profile", path) for path in sorted(PROFILES.glob("*.yaml"))]
    for setting, path in [*own, *shipped]:
        try:
            model = load_description(path).model
            device = DescribedDevice(port, path)
        except ConfigError:
            continue  # `devices check` tells what is wrong in it
        _unsettle(port)
        try:
            status = device.open()
        finally:
            device.close()
        if status.state not in _UNKNOWN_YET:
            value = path.stem if setting == "profile" else str(path.absolute())
            why = {
                "driver": Reason("probe.answered_described", {"model": clean(model)}),
                setting: Reason("probe.description_fits"),
            }
            return Answer(DeviceClass(device.device), "described", {setting: value}, why, clean(model))
    return None


def _unsettle(port: str) -> None:
    """A pseudo-terminal refuses a change of parity alone (glibc's tcsetattr: EINVAL when nothing of it was applied)."""
    if is_pseudo_terminal(port):
        with contextlib.suppress(WireLostError):
            SerialWire(port, _ODD_SPEED).close()
