"""Whether an item can be done now: what stops it, what is only missing, and what is said."""

from dataclasses import replace

import pytest

from devices.status import STARTING, DeviceClass, DeviceState, DeviceStatus
from kiosk.services.catalogue import load_catalogue
from kiosk.services.item import Item, OfflineClass, Step
from kiosk.services.readiness import Readiness, item_state
from kiosk.session.state import Availability, Place, PlatformState

ONLINE = DeviceStatus(DeviceState.ONLINE)
DEAD = DeviceStatus(DeviceState.NO_DEVICE)
READER, SLIPS, SHEETS = DeviceClass.ID_CARD_READER, DeviceClass.RECEIPT_PRINTER, DeviceClass.SHEET_PRINTER


def fund() -> Item:
    item = load_catalogue().find("provident-fund")
    assert item is not None
    return item


def hall(platform: PlatformState = PlatformState.ONLINE, **dead: DeviceStatus) -> Availability:
    return Availability({one: dead.get(one.value, ONLINE) for one in DeviceClass}, platform, True)


def test_with_everything_there_it_is_ready() -> None:
    state = item_state(fund(), hall())
    assert (state.readiness, state.problem, state.reaches) == (Readiness.READY, None, Place.RATE)


@pytest.mark.parametrize(
    ("availability", "key", "reaches"),
    [
        (hall(id_card_reader=DEAD), "services.reader_down", Place.NOTICE),
        (hall(id_card_reader=STARTING), "services.reader_starting", Place.NOTICE),
        (Availability(platform=PlatformState.ONLINE), "services.reader_starting", Place.NOTICE),
        (hall(PlatformState.UNKNOWN), "services.platform_asking", Place.CONSENT),
        (hall(PlatformState.UNREACHABLE), "services.platform_down", Place.CONSENT),
    ],
)
def test_a_dead_reader_or_platform_stops_it_and_says_how_far_one_gets(
    availability: Availability, key: str, reaches: Place
) -> None:
    state = item_state(fund(), availability)
    assert state.readiness is Readiness.STOPPED
    assert state.problem is not None
    assert state.problem.key == key
    assert state.reaches is reaches


@pytest.mark.parametrize(
    ("availability", "key"),
    [
        (hall(sheet_printer=DEAD), "services.no_sheet"),
        (hall(receipt_printer=DEAD), "services.no_slip"),
        (hall(sheet_printer=DEAD, receipt_printer=DEAD), "services.no_paper"),
    ],
)
def test_a_dead_printer_does_not_stop_a_query_but_is_told(availability: Availability, key: str) -> None:
    state = item_state(fund(), availability)
    assert state.readiness is Readiness.READY
    assert state.problem is not None
    assert state.problem.key == key


def test_a_guide_is_a_guide_whatever_works() -> None:
    guide = load_catalogue().find("invoice")
    assert guide is not None
    assert item_state(guide, Availability()).readiness is Readiness.GUIDE_ONLY


def test_an_item_that_may_wait_can_be_filled_in_first_without_the_platform() -> None:
    steps = (Step(Place.NOTICE, OfflineClass.LOCAL), Step(Place.RATE, OfflineClass.QUEUEABLE))
    waiting = replace(fund(), steps=steps, documents=())
    assert item_state(waiting, hall(PlatformState.UNREACHABLE)).readiness is Readiness.LATER
    assert item_state(waiting, hall()).readiness is Readiness.READY


def test_the_rating_never_stops_an_item() -> None:
    steps = (Step(Place.NOTICE, OfflineClass.LOCAL), Step(Place.RATE, OfflineClass.NEVER))
    only = replace(fund(), steps=steps, documents=())
    assert item_state(only, hall(PlatformState.UNREACHABLE)).readiness is Readiness.READY
