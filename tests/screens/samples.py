"""Sample sessions of every page in the states that matter, for the gallery and the checks of layout."""

from dataclasses import replace

from devices.id_card_reader.types import CardText, Layout
from devices.receipt_printer.types import Outcome
from devices.status import Action, DeviceClass, DeviceState, DeviceStatus, Paper
from kiosk.base.errors import Problem
from kiosk.central.contract import FactorMethod, Period
from kiosk.services.flow import make_flow
from kiosk.services.item import Item
from kiosk.session.state import (
    AttractPage,
    Availability,
    CardCallPage,
    ConsentPage,
    CurtainPage,
    Document,
    Ending,
    FactorPage,
    FactorStage,
    GuidePage,
    HomePage,
    IdentifyPage,
    NoticePage,
    Overlay,
    Page,
    Place,
    PlatformState,
    PrintJob,
    PrintPage,
    QueryPage,
    RatePage,
    ResultPage,
    Session,
    Settings,
    Visit,
)
from tests.screens.fake_terminal import catalogue
from tests.screens.inner.statements import statement

GOOD = Availability(
    devices={
        DeviceClass.ID_CARD_READER: DeviceStatus(DeviceState.ONLINE),
        DeviceClass.RECEIPT_PRINTER: DeviceStatus(DeviceState.ONLINE, paper=Paper.FULL),
        DeviceClass.SHEET_PRINTER: DeviceStatus(DeviceState.ONLINE, paper=Paper.LOW),
    },
    platform=PlatformState.ONLINE,
    trusted_time=True,
)
BAD = Availability(
    devices={
        DeviceClass.ID_CARD_READER: DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.MAINTENANCE),
        DeviceClass.RECEIPT_PRINTER: DeviceStatus(DeviceState.ONLINE, paper=Paper.OUT, action=Action.CLEAR),
        DeviceClass.SHEET_PRINTER: DeviceStatus(DeviceState.ONLINE, cover_open=True),
    },
    platform=PlatformState.UNREACHABLE,
)
NO_PAPER = replace(GOOD, devices={**GOOD.devices, DeviceClass.SHEET_PRINTER: DeviceStatus(DeviceState.NO_DEVICE)})

PERSON = CardText(
    layout=Layout.RESIDENT,
    name="张小明",
    english_name="",
    sex="1",
    nation="01",
    birth="19990101",
    address="信和区人民路 1 号",
    id_number="440308199901101512",
    issuer="信和区公安分局",
    valid_from="20200101",
    valid_to="20400101",
)
METHODS = (FactorMethod.PASSWORD, FactorMethod.ONE_TIME_CODE)


def session_of(page: Page, settings: Settings | None = None, availability: Availability = GOOD) -> Session:
    """A session on `page`, in the middle of the provident fund query where the page belongs to an item."""
    outer = page.place in (Place.ATTRACT, Place.HOME, Place.GUIDE, Place.CURTAIN, Place.WIPE, Place.CARD_CALL)
    flow = None if outer else make_flow(fund())
    if flow is not None and page.place in flow.steps:
        flow = replace(flow, position=flow.steps.index(page.place))
    anonymous = outer or page.place in (Place.NOTICE, Place.IDENTIFY)
    visit = Visit(
        visit_id="visit-1",
        page=page,
        page_serial=7,
        settings=settings or Settings(),
        flow=flow,
        person=None if anonymous else PERSON,
        printed=page.place is Place.RATE,
        ending=Ending.DONE if page.place is Place.CARD_CALL else None,
        statement=statement() if page.place in (Place.RESULT, Place.PRINT) else None,
    )
    return Session(visit=visit, availability=availability)


def fund() -> Item:
    """The one item that is carried out here."""
    item = catalogue().find("provident-fund")
    assert item is not None
    return item


def _short(page: ResultPage, rows: int) -> Session:
    """The result with few entries."""
    assert page.statement is not None
    return session_of(replace(page, statement=replace(page.statement, entries=page.statement.entries[:rows])))


def _guide(name: str) -> GuidePage:
    item = catalogue().find(name)
    assert item is not None
    return GuidePage(item.item_code)


def samples() -> dict[str, Session]:
    """Name -> session in the default settings."""
    job = PrintJob(Document.SHEET, "job-1", Outcome.PRINTED)
    slip = PrintJob(Document.SLIP, "job-2")
    result = ResultPage(statement=statement(30))
    found = {
        "attract": session_of(AttractPage()),
        "attract-bad": session_of(AttractPage(), availability=BAD),
        "home": session_of(HomePage()),
        "home-bad": session_of(HomePage(), availability=BAD),
        "guide": session_of(_guide("provident-fund")),
        "guide-no-paper": session_of(_guide("provident-fund"), availability=NO_PAPER),
        "guide-stopped": session_of(_guide("provident-fund"), availability=BAD),
        "guide-only": session_of(_guide("sole-trader")),
        "notice": session_of(NoticePage()),
        "identify": session_of(IdentifyPage()),
        "identify-problem": session_of(IdentifyPage(problem=Problem("services.reader_down"))),
        "identify-stopped": session_of(IdentifyPage(problem=Problem("services.reader_down"), stopped=True)),
        "identify-reading": session_of(IdentifyPage(reading=True)),
        "consent": session_of(ConsentPage()),
        "factor-choose": session_of(FactorPage(FactorStage.CHOOSE, METHODS)),
        "factor-enter": session_of(
            FactorPage(FactorStage.ENTER, METHODS, FactorMethod.ONE_TIME_CODE, phone_masked="138****1234")
        ),
        "factor-wrong": session_of(
            FactorPage(
                FactorStage.ENTER,
                METHODS,
                FactorMethod.PASSWORD,
                tries_left=2,
                problem=Problem("services.platform_asking"),
            )
        ),
        "factor-blocked": session_of(
            FactorPage(FactorStage.BLOCKED, METHODS, FactorMethod.PASSWORD, problem=Problem("services.platform_asking"))
        ),
        "query": session_of(QueryPage()),
        "query-slow": session_of(QueryPage(slow=True)),
        "query-problem": session_of(QueryPage(problem=Problem("services.platform_down"))),
        "result": session_of(result),
        "result-loading": session_of(replace(result, loading=True, period=Period.ALL)),
        "result-short": _short(result, 3),
        "result-empty": _short(result, 0),
        "result-none": session_of(ResultPage(statement=None)),
        "print-working": session_of(PrintPage((job, slip))),
        "print-unknown": session_of(PrintPage((job, replace(slip, outcome=Outcome.UNKNOWN)))),
        "print-unknown-why": session_of(
            PrintPage((job, replace(slip, outcome=Outcome.UNKNOWN, problem=Problem("session.printer_silent"))))
        ),
        "print-missing": session_of(
            PrintPage((job, replace(slip, outcome=Outcome.NOT_PRINTED, problem=Problem("services.no_slip"))))
        ),
        "print-done": session_of(PrintPage((job, replace(slip, outcome=Outcome.PRINTED)))),
        "rate": session_of(RatePage()),
        "rate-sent": session_of(RatePage(sent=5)),
        "curtain": session_of(CurtainPage()),
        "card-call": session_of(CardCallPage(card_lies=True, papers=True)),
        "card-call-overdue": session_of(CardCallPage(card_lies=True, overdue=True)),
        "card-call-thanks": session_of(CardCallPage(card_lies=False)),
    }
    for overlay in (Overlay.COVER, Overlay.IDLE_WARNING, Overlay.TIME_WARNING, Overlay.CONFIRM_END):
        found[f"over-{overlay.value}"] = replace(found["result"], overlay=overlay)
    return found
