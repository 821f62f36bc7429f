"""The text protocol of upsd, one line each way (RFC 9271, Uninterruptible Power Supply Management Protocol). Pure.

``GET VAR <ups> <name>`` is answered by ``VAR <ups> <name> "<value>"`` or ``ERR <code> [...]``; in a value a backslash
precedes quotes and backslashes. ``ups.status`` holds words (section 6.2.5): OL on line, OB on battery, LB battery low,
RB replace it, CHRG charging, BYPASS, OFF, FSD forced shut-down. Other words are ignored.
"""

import re
from dataclasses import dataclass

from devices.status import Action, DeviceState, DeviceStatus, Part
from devices.ups.types import ENGAGED, LOW, POWERING, RECOVERED

LONGEST_LINE = 1024
_VAR = re.compile(r'VAR (\S{1,80}) (\S{1,80}) "((?:[^"\\]|\\.)*)"')
_ERROR = re.compile(r"ERR ([A-Z-]{1,40})( .*)?")


@dataclass(frozen=True)
class Variable:
    """One value of one supply."""

    ups: str
    name: str
    value: str


@dataclass(frozen=True)
class Refusal:
    """``ERR``; `code` such as ``DATA-STALE``, ``UNKNOWN-UPS``, ``VAR-NOT-SUPPORTED``."""

    code: str


class LineReader:
    """Bytes to lines; a line without end is dropped after `LONGEST_LINE`."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[str]:
        """The lines that `data` completes."""
        self._buffer += data
        *lines, rest = bytes(self._buffer).split(b"\n")
        self._buffer[:] = rest[-LONGEST_LINE:]
        return [line[-LONGEST_LINE:].decode("utf-8", "replace").strip() for line in lines]

    def clear(self) -> None:
        """Forgets a line that has begun."""
        self._buffer.clear()


def ask(ups: str, name: str) -> bytes:
    """The question for one variable."""
    return f"GET VAR {ups} {name}\n".encode("ascii")


def parse_line(line: str) -> Variable | Refusal | None:
    """One answer; ``None`` for a line that is neither."""
    found = _VAR.fullmatch(line)
    if found is not None:
        return Variable(found[1], found[2], re.sub(r"\\(.)", r"\1", found[3]))
    refused = _ERROR.fullmatch(line)
    return Refusal(refused[1]) if refused is not None else None


def whole_number(text: str, most: int) -> int | None:
    """``"87"`` and ``"87.5"`` as 87; ``None`` for anything else or beyond 0 to `most`."""
    found = re.fullmatch(r"(\d{1,9})(\.\d{1,9})?", text)
    number = int(found[1]) if found is not None else None
    return number if number is not None and number <= most else None


def status_of(words: str, was_powering: bool, was_recovered: bool) -> DeviceStatus:
    """The status that the words of ``ups.status`` mean.

    Args:
        words: separated by spaces.
        was_powering, was_recovered: what the status before said.
    """
    said = set(words.split())
    powering = "OB" in said
    low = bool(said & {"LB", "FSD"})
    recovered = "OL" in said and (was_powering or (was_recovered and "CHRG" in said))
    engaged = not said & {"OFF", "BYPASS"}
    parts = tuple(
        Part(name, "on" if is_on else "off")
        for name, is_on in ((ENGAGED, engaged), (LOW, low), (POWERING, powering), (RECOVERED, recovered))
    )
    state, action, reason = DeviceState.ONLINE, None, None
    if "FSD" in said or (powering and low):
        action, reason = Action.SUSPEND, "ups.battery_low"
    elif powering:
        action, reason = Action.SUSPEND, "ups.on_battery"
    elif "OFF" in said or not said & {"OL", "BYPASS"}:
        state, action, reason = DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, "ups.failed"
    elif said & {"RB", "BYPASS"} or low:
        action, reason = Action.MAINTENANCE, "ups.failed"
    return DeviceStatus(state, action=action, reason=reason, parts=parts)
