"""The state of each device and of the network in words: XFS4IoT's terms as a person says them."""

from collections.abc import Callable

from devices.status import STARTING, DeviceClass, DeviceState, DeviceStatus, Paper
from kiosk.session.state import Availability, PlatformState

_SHOWN = (DeviceClass.ID_CARD_READER, DeviceClass.RECEIPT_PRINTER, DeviceClass.SHEET_PRINTER)


def state_of(status: DeviceStatus) -> tuple[str, str]:
    """(word, kind) of a status: the word is the end of the key ``screens.state.<word>``, kind is ready, later, stopped."""
    if status.state is DeviceState.STARTING:
        return "starting", "later"
    if status.paper is Paper.OUT:
        return "paper_out", "stopped"
    if status.paper is Paper.JAMMED:
        return "jammed", "stopped"
    if status.cover_open:
        return "cover_open", "stopped"
    if not status.is_usable:
        return "stopped", "stopped"
    if status.paper is Paper.LOW:
        return "paper_low", "later"
    return "ready", "ready"


def device_lines(availability: Availability, say: Callable[..., str]) -> list[dict[str, str]]:
    """One ``{"name", "text", "kind"}`` for each device of the terminal and for the network."""
    lines = []
    for device in _SHOWN:
        status = availability.devices.get(device, STARTING)
        word, kind = state_of(status)
        lines.append(_line(device.value, word, kind, say))
    word, kind = {
        PlatformState.UNKNOWN: ("connecting", "later"),
        PlatformState.ONLINE: ("ready", "ready"),
        PlatformState.UNREACHABLE: ("disconnected", "stopped"),
    }[availability.platform]
    lines.append(_line("network", word, kind, say))
    return lines


def _line(device: str, word: str, kind: str, say: Callable[..., str]) -> dict[str, str]:
    text = f"{say(f'screens.device.{device}')} {say(f'screens.state.{word}')}"
    return {"name": device, "text": text, "kind": kind}
