"""Sessions for the tests of the inner pages: a specimen person in the middle of the query, and every state by a name."""

from collections.abc import Mapping

from devices.id_card_reader.types import CardText, Layout
from devices.receipt_printer.types import Outcome
from devices.status import DeviceClass, DeviceState, DeviceStatus
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.central.contract import FactorMethod, Period
from kiosk.session.state import (
    Availability,
    ConsentPage,
    Document,
    FactorPage,
    FactorStage,
    Flow,
    IdentifyPage,
    Language,
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
    TextSize,
    Visit,
)
from tests.screens.inner.statements import PERSON_NUMBER, statement

FLOW = Flow(
    item_code="provident-fund",
    steps=(
        Place.NOTICE, Place.IDENTIFY, Place.CONSENT, Place.FACTOR, Place.QUERY, Place.RESULT, Place.PRINT, Place.RATE,
    ),
    position=1,
    factor_methods=(FactorMethod.PASSWORD, FactorMethod.ONE_TIME_CODE),
    documents=(Document.SHEET, Document.SLIP),
)  # fmt: skip
BOTH = FLOW.factor_methods


def person(name: str = "王小二", layout: Layout = Layout.RESIDENT) -> CardText:
    return CardText(
        layout=layout,
        name=name,
        english_name="",
        sex="1",
        nation="01",
        birth="19491231",
        address="信和区",
        id_number=PERSON_NUMBER,
        issuer="信和区公安局",
        valid_from="20160101",
        valid_to="长期",
    )


def online(paper_printers: DeviceState = DeviceState.ONLINE) -> Availability:
    return Availability(
        devices={
            DeviceClass.ID_CARD_READER: DeviceStatus(DeviceState.ONLINE),
            DeviceClass.RECEIPT_PRINTER: DeviceStatus(paper_printers),
            DeviceClass.SHEET_PRINTER: DeviceStatus(paper_printers),
        },
        platform=PlatformState.ONLINE,
        trusted_time=True,
    )


def session(
    page: Page,
    *,
    language: Language = Language.ZH_CN,
    text_size: TextSize = TextSize.STANDARD,
    serial: int = 7,
    availability: Availability | None = None,
) -> Session:
    """A visit in the middle of the query, on `page`."""
    return Session(
        visit=Visit(
            visit_id="v-1",
            page=page,
            page_serial=serial,
            settings=Settings(language, text_size),
            flow=replace(FLOW, position=FLOW.steps.index(page.place)),
            person=person(),
        ),
        availability=availability or online(),
    )


def _job(document: Document, outcome: Outcome | None, problem: Problem | None = None) -> PrintJob:
    return PrintJob(document, f"job-of-{document.value}", outcome, problem)


UNREACHABLE = Problem("central.unreachable")
NOT_READ = Problem("central.slow")

STATES: Mapping[str, Page] = {
    "identify": IdentifyPage(),
    "identify-reading": IdentifyPage(reading=True),
    "identify-problem": IdentifyPage(problem=NOT_READ),
    "identify-stopped": IdentifyPage(problem=UNREACHABLE, stopped=True),
    "consent": ConsentPage(),
    "consent-unchecked": ConsentPage(expiry_unchecked=True),
    "factor-choose": FactorPage(FactorStage.CHOOSE, BOTH),
    "factor-sending": FactorPage(FactorStage.SENDING, BOTH, FactorMethod.ONE_TIME_CODE),
    "factor-enter-code": FactorPage(FactorStage.ENTER, BOTH, FactorMethod.ONE_TIME_CODE, phone_masked="138****1234"),
    "factor-enter-password": FactorPage(
        FactorStage.ENTER,
        BOTH,
        FactorMethod.PASSWORD,
        tries_left=2,
        problem=Problem("identity.factor_refused", {"tries": "2"}),
    ),
    "factor-checking": FactorPage(FactorStage.CHECKING, BOTH, FactorMethod.PASSWORD),
    "factor-blocked": FactorPage(
        FactorStage.BLOCKED, BOTH, FactorMethod.PASSWORD, problem=Problem("identity.blocked", {"minutes": "15"})
    ),
    "factor-failed": FactorPage(FactorStage.FAILED, BOTH, FactorMethod.ONE_TIME_CODE, problem=UNREACHABLE),
    "query": QueryPage(),
    "query-slow": QueryPage(slow=True),
    "query-failed": QueryPage(problem=UNREACHABLE),
    "result": ResultPage(statement(12), Period.YEAR),
    "result-all": ResultPage(statement(360, Period.ALL), Period.ALL),
    "result-loading": ResultPage(statement(6, Period.HALF_YEAR), Period.HALF_YEAR, loading=True),
    "result-problem": ResultPage(statement(6, Period.HALF_YEAR), Period.HALF_YEAR, problem=UNREACHABLE),
    "result-empty": ResultPage(statement(0), Period.YEAR),
    "result-none": ResultPage(None),
    "print-working": PrintPage((_job(Document.SHEET, None), _job(Document.SLIP, Outcome.PRINTED))),
    "print-done": PrintPage((_job(Document.SHEET, Outcome.PRINTED), _job(Document.SLIP, Outcome.PRINTED))),
    "print-missing": PrintPage(
        (_job(Document.SHEET, Outcome.NOT_PRINTED, UNREACHABLE), _job(Document.SLIP, Outcome.PRINTED))
    ),
    "print-asking": PrintPage((_job(Document.SHEET, Outcome.UNKNOWN), _job(Document.SLIP, Outcome.PRINTED))),
    "rate": RatePage(),
    "rate-sending": RatePage(sending=True),
    "rate-sent": RatePage(sent=5),
    "rate-failed": RatePage(problem=UNREACHABLE),
}
"""Every state of every inner page, by a name for pictures and parametrised tests."""
