"""What is in a printer's trays and cartridges, read from its IPP attributes; pure.

Sources: PWG 5100.13 (`printer-input-tray`, `printer-supply`: "name=value;" texts as in the Printer MIB, RFC 3805), and the older
`marker-levels`, `marker-low-levels`, `marker-types` that CUPS made common. A level below zero means that the printer cannot tell
(-2), tells nothing (-1), or knows only that something is left (-3).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from devices.sheet_printer.ipp_codec import Attributes, Value
from devices.status import Paper, Toner

WANTED = [
    "media-source-supported",
    "printer-input-tray",
    "printer-supply",
    "marker-levels",
    "marker-low-levels",
    "marker-types",
]
_LOW_SHARE = 0.1  # where the printer states no limit of its own
_SOME_LEFT = -3
_INKS = ("toner", "ink")
_WASTE = "waste"


@dataclass(frozen=True)
class Supplies:
    """Attributes:
    trays: paper by `media-source`; a tray of which the printer tells nothing is not in it.
    toner: of the emptiest cartridge, None when the printer tells nothing.
    """

    trays: Mapping[str, Paper] = field(default_factory=dict)
    toner: Toner | None = None


def read_supplies(printer: Attributes) -> Supplies:
    """Reads the attributes of `WANTED`, as far as they are there."""
    return Supplies(_trays(printer), _toner(printer))


def _trays(printer: Attributes) -> dict[str, Paper]:
    described = [_pairs(value) for value in printer.get("printer-input-tray", [])]
    sources = [value for value in printer.get("media-source-supported", []) if isinstance(value, str)]
    trays = {}
    for at, pairs in enumerate(described):
        # the two lists run side by side; where they do not, the tray's own name has to do
        source = sources[at] if len(sources) == len(described) else pairs.get("name", "")
        level, capacity = _whole(pairs.get("level")), _whole(pairs.get("maxcapacity"))
        if source and level is not None and (level >= 0 or level == _SOME_LEFT):
            trays[source] = _paper(level, capacity)
    return trays


def _paper(level: int, capacity: int | None) -> Paper:
    if level == 0:
        return Paper.OUT
    if level > 0 and capacity is not None and level <= capacity * _LOW_SHARE:
        return Paper.LOW
    return Paper.FULL


def _toner(printer: Attributes) -> Toner | None:
    found = [*_supplies(printer), *_markers(printer)]
    order = (Toner.OUT, Toner.LOW, Toner.FULL)
    return min(found, key=order.index) if found else None


def _supplies(printer: Attributes) -> list[Toner]:
    found = []
    for value in printer.get("printer-supply", []):
        pairs = _pairs(value)
        level, capacity = _whole(pairs.get("level")), _whole(pairs.get("maxcapacity"))
        is_ink = any(ink in pairs.get("type", "").lower() for ink in _INKS)
        is_waste = _WASTE in pairs.get("type", "").lower() or pairs.get("class") == "receptacleThatIsFilled"
        if is_ink and not is_waste and level is not None and (level >= 0 or level == _SOME_LEFT):
            limit = None if capacity is None or capacity <= 0 else capacity * _LOW_SHARE
            found.append(_ink(level, limit))
    return found


def _markers(printer: Attributes) -> list[Toner]:
    levels = printer.get("marker-levels", [])
    types = printer.get("marker-types", [])
    limits = printer.get("marker-low-levels", [])
    found = []
    for at, level in enumerate(levels):
        kind = types[at] if at < len(types) else "toner"
        if not isinstance(kind, str) or _WASTE in kind.lower() or not any(ink in kind.lower() for ink in _INKS):
            continue
        limit = limits[at] if at < len(limits) else None
        if isinstance(level, int) and (level >= 0 or level == _SOME_LEFT):
            stated = isinstance(limit, int) and not isinstance(limit, bool) and limit > 0
            found.append(_ink(level, float(limit) if stated and isinstance(limit, int) else 100 * _LOW_SHARE))
    return found


def _ink(level: int, limit: float | None) -> Toner:
    if level == 0:
        return Toner.OUT
    if level > 0 and limit is not None and level <= limit:
        return Toner.LOW
    return Toner.FULL


def _pairs(value: Value) -> dict[str, str]:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else value if isinstance(value, str) else ""
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name.strip().lower(): word.strip() for name, _, word in pairs}


def _whole(text: str | None) -> int | None:
    try:
        return int(text) if text is not None and len(text) <= 10 else None
    except ValueError:
        return None
