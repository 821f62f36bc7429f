"""Whether an item can be done now: what stops it, what is only missing, and what is said."""

import pytest

from devices.status import STARTING, DeviceClass, DeviceState, DeviceStatus
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.services.catalogue import load_catalogue
from kiosk.services.item import Item, OfflineClass, Step
from kiosk.services.readiness import ItemState, Readiness, item_state
from kiosk.session.state import Availability, Document, Place, PlatformState

ONLINE = DeviceStatus(DeviceState.ONLINE)
DEAD = DeviceStatus(DeviceState.NO_DEVICE)
PLAIN = [item for item in load_catalogue().items if item.query is not None]
READER, SLIPS, SHEETS = DeviceClass.ID_CARD_READER, DeviceClass.RECEIPT_PRINTER, DeviceClass.SHEET_PRINTER


def fund() -> Item:
    item = load_catalogue().find("provident-fund")
    assert item is not None
    return item


def hall(platform: PlatformState = PlatformState.ONLINE, **dead: DeviceStatus) -> Availability:
    return Availability({one: dead.get(one.value, ONLINE) for one in DeviceClass}, platform, True, None)


def item_called(key: str) -> Item:
    item = load_catalogue().find(key)
    assert item is not None
    return item


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


@pytest.mark.parametrize("document", Document)
def test_an_item_with_one_paper_speaks_of_no_other(document: Document) -> None:
    item = replace(item_called("social-insurance"), documents=(document,))
    dead = hall(sheet_printer=DEAD) if document is Document.SHEET else hall(receipt_printer=DEAD)
    alive = hall(receipt_printer=DEAD) if document is Document.SHEET else hall(sheet_printer=DEAD)
    assert item_state(item, dead).problem == Problem("services.no_print")
    assert item_state(item, alive).problem is None


@pytest.mark.parametrize("item", PLAIN, ids=lambda item: item.key)
def test_a_plain_query_stops_without_platform_and_reader_and_goes_on_without_printers(item: Item) -> None:
    assert item_state(item, hall()) == ItemState(Readiness.READY, None, Place.RATE)
    assert item_state(item, hall(sheet_printer=DEAD, receipt_printer=DEAD)).readiness is Readiness.READY
    for availability in (hall(PlatformState.UNREACHABLE), hall(id_card_reader=DEAD)):
        state = item_state(item, availability)
        assert (state.readiness, state.reaches in (Place.NOTICE, Place.CONSENT)) == (Readiness.STOPPED, True)


def test_a_guide_is_a_guide_whatever_works() -> None:
    guide = load_catalogue().find("invoice")
    assert guide is not None
    assert item_state(guide, Availability()).readiness is Readiness.GUIDE_ONLY


@pytest.mark.parametrize(
    ("availability", "readiness", "key"),
    [
        (hall(), Readiness.READY, None),
        (hall(receipt_printer=DEAD), Readiness.READY, "services.number_on_screen"),
        (hall(PlatformState.UNREACHABLE), Readiness.LATER, "services.hand_in_here"),
        (hall(PlatformState.UNKNOWN), Readiness.LATER, "services.hand_in_here"),
        (hall(PlatformState.UNREACHABLE, receipt_printer=DEAD), Readiness.LATER, "services.hand_in_here_without_slip"),
    ],
)
def test_an_item_that_may_wait_is_handed_in_here_without_the_platform_and_that_is_said(
    availability: Availability, readiness: Readiness, key: str | None
) -> None:
    state = item_state(item_called("consultation"), availability)
    assert (state.readiness, state.problem and state.problem.key, state.reaches) == (readiness, key, Place.RATE)


@pytest.mark.parametrize("platform", PlatformState)
def test_a_store_that_refuses_stops_what_would_wait_there_before_anybody_begins(platform: PlatformState) -> None:
    full = replace(hall(platform), store=Problem("offline.full"))
    state = item_state(item_called("consultation"), full)
    assert (state.readiness, state.problem, state.reaches) == (
        Readiness.STOPPED, Problem("offline.full"), Place.REVIEW,
    )  # fmt: skip
    assert item_state(item_called("consultation"), Availability()).readiness is Readiness.STOPPED


def test_what_was_handed_in_here_can_be_looked_up_without_the_platform_and_that_is_said() -> None:
    item = item_called("case-progress")
    assert item_state(item, hall()) == ItemState(Readiness.READY, None, Place.PROGRESS)
    state = item_state(item, hall(PlatformState.UNREACHABLE))
    assert state == ItemState(Readiness.READY, Problem("services.only_from_here"), Place.PROGRESS)


def test_the_rating_never_stops_an_item() -> None:
    steps = (Step(Place.NOTICE, OfflineClass.LOCAL), Step(Place.RATE, OfflineClass.NEVER))
    only = replace(fund(), steps=steps, documents=())
    assert item_state(only, hall(PlatformState.UNREACHABLE)).readiness is Readiness.READY
