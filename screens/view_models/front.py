"""This cabinet's front as a drawing needs it: which device sits where. Pure.

Places are words of the configuration: a side (``left``, ``middle``, ``right``) with a height (``above`` or ``below`` the
panel, or beside it), e.g. ``right_below``. Words that are not known are drawn below the panel, in the middle.
"""

from collections.abc import Mapping
from dataclasses import dataclass

READER = "id_card_reader"
SLIP = "receipt_printer"
SHEET = "sheet_printer"
DRAWN = (READER, SLIP, SHEET)

PLACES = (
    "left_above", "above", "right_above", "left", "right", "left_below", "below", "right_below",
)  # fmt: skip

_USUAL = {READER: "right_below", SLIP: "left_below", SHEET: "below"}


@dataclass(frozen=True)
class Bay:
    """A device on the front. `order` counts devices that share a place, of `of`."""

    device: str
    place: str
    order: int
    of: int


def place_of(front: Mapping[str, str], device: str) -> str:
    """The place of `device` on this cabinet; the usual one where the configuration is silent."""
    place = front.get(device) or _USUAL.get(device, "below")
    return place if place in PLACES else "below"


def bays(front: Mapping[str, str]) -> tuple[Bay, ...]:
    """Every drawn device with its place."""
    places = {device: place_of(front, device) for device in DRAWN}
    result = []
    for device in DRAWN:
        same = [other for other in DRAWN if places[other] == places[device]]
        result.append(Bay(device, places[device], same.index(device), len(same)))
    return tuple(result)


def as_maps(found: tuple[Bay, ...]) -> list[dict[str, object]]:
    """The bays as plain values for a drawing."""
    return [{"device": bay.device, "place": bay.place, "order": bay.order, "of": bay.of} for bay in found]
