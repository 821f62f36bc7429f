"""Whether an item can be done now, as a pure function of the item and of what devices and platform say."""

from dataclasses import dataclass
from enum import Enum

from devices.status import STARTING, DeviceClass, DeviceState
from kiosk.base.errors import Problem
from kiosk.services.item import Item, OfflineClass
from kiosk.session.state import Availability, Document, Place, PlatformState


class Readiness(str, Enum):
    """可以办 · 可先填 · 暂停 · 本机只看指南."""

    READY = "ready"
    LATER = "later"
    STOPPED = "stopped"
    GUIDE_ONLY = "guideOnly"


@dataclass(frozen=True)
class ItemState:
    """What an item's button and page say now.

    Attributes:
        readiness: whether it may begin.
        problem: the reason in words; with READY it names what will be missing (a paper), None when nothing is.
        reaches: the last step that can be done now, None when not even the first.
    """

    readiness: Readiness
    problem: Problem | None = None
    reaches: Place | None = None


NO_REFERENCE = "reference.none"
_PRINTER_OF = {Document.SHEET: DeviceClass.SHEET_PRINTER, Document.SLIP: DeviceClass.RECEIPT_PRINTER}
_MISSING_PAPER = {
    frozenset({Document.SHEET}): "services.no_sheet",
    frozenset({Document.SLIP}): "services.no_slip",
    frozenset({Document.SHEET, Document.SLIP}): "services.no_paper",
}


_HANDED_IN = {
    (True, False): "",
    (True, True): "services.number_on_screen",
    (False, False): "services.hand_in_here",
    (False, True): "services.hand_in_here_without_slip",
}
"""By whether the platform is there and whether the slip's printer is lost: what is said of an item that may wait."""


def item_state(item: Item, availability: Availability) -> ItemState:
    """The item's state now. A dead printer stops nothing: the screen still serves, and that is said."""
    if item.is_guide_only:
        return ItemState(Readiness.GUIDE_ONLY, Problem("services.guide_only"))
    reaches: Place | None = None
    for step in item.steps:
        problem = _stops(step.place, step.offline, availability)
        if problem is not None:
            return ItemState(Readiness.STOPPED, problem, reaches)
        reaches = step.place
    is_online = availability.platform is PlatformState.ONLINE
    lost = frozenset(d for d in item.documents if not _is_usable(_PRINTER_OF[d], availability))
    if any(step.place is Place.SUBMIT for step in item.steps):
        key = _HANDED_IN[is_online, bool(lost)]
        return ItemState(Readiness.READY if is_online else Readiness.LATER, Problem(key) if key else None, reaches)
    if not is_online and any(step.offline is OfflineClass.DEGRADED for step in item.steps):
        return ItemState(Readiness.READY, Problem("services.only_from_here"), reaches)
    if not lost:
        return ItemState(Readiness.READY, None, reaches)
    problem = Problem(_MISSING_PAPER[lost] if len(item.documents) > 1 else "services.no_print")
    return ItemState(Readiness.READY, problem, reaches)


def _stops(place: Place, offline: OfflineClass, availability: Availability) -> Problem | None:
    if place is Place.SEARCH and availability.reference is not None and availability.reference.key == NO_REFERENCE:
        return availability.reference
    if place is Place.SUBMIT and availability.store is not None:
        return availability.store  # told before anybody begins, not after everything was filled in
    if place is Place.IDENTIFY and not _is_usable(DeviceClass.ID_CARD_READER, availability):
        status = availability.devices.get(DeviceClass.ID_CARD_READER, STARTING)
        return Problem("services.reader_starting" if status.state is DeviceState.STARTING else "services.reader_down")
    if place is Place.RATE or offline is not OfflineClass.NEVER or availability.platform is PlatformState.ONLINE:
        return None  # a rating is never forced, so it never stops an item
    if availability.platform is PlatformState.UNKNOWN:
        return Problem("services.platform_asking")
    return Problem("services.platform_down")


def _is_usable(device: DeviceClass, availability: Availability) -> bool:
    return availability.devices.get(device, STARTING).is_usable
