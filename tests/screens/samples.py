"""Sample sessions of every page in the states that matter, for the gallery and the checks of layout."""

import io
from functools import cache

from devices.id_card_reader.types import CardText, Layout
from devices.receipt_printer.types import Outcome
from devices.status import Action, DeviceClass, DeviceState, DeviceStatus, Paper
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.central.contract import FactorMethod, Period
from kiosk.services.flow import make_flow
from kiosk.services.item import Item
from kiosk.session.lookup import Lookup
from kiosk.session.staff import StaffBoard, StaffLetter
from kiosk.session.state import (
    AnswerPage,
    AttachPage,
    AttachStage,
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
    NumberPage,
    Overlay,
    Page,
    Place,
    PlatformState,
    PrintJob,
    PrintPage,
    ProgressPage,
    QueryPage,
    RatePage,
    ResultPage,
    ReviewPage,
    SearchPage,
    Session,
    Settings,
    StaffPage,
    StaffStage,
    SubmitPage,
    SubmitStage,
    Visit,
    WritePage,
    WriteStage,
)
from kiosk.session.submission import Attachment, Category, Draft, HandedIn, SlipStanding, SlipState
from tests.screens.answers import catalogue, insurance, marriage, property_of
from tests.screens.found import lookups
from tests.screens.inner.statements import statement

GOOD = Availability(
    devices={
        DeviceClass.ID_CARD_READER: DeviceStatus(DeviceState.ONLINE),
        DeviceClass.RECEIPT_PRINTER: DeviceStatus(DeviceState.ONLINE, paper=Paper.FULL),
        DeviceClass.SHEET_PRINTER: DeviceStatus(DeviceState.ONLINE, paper=Paper.LOW),
    },
    platform=PlatformState.ONLINE,
    trusted_time=True,
    store=None,
)
OFFLINE = replace(GOOD, platform=PlatformState.UNREACHABLE)
BAD = Availability(
    devices={
        DeviceClass.ID_CARD_READER: DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.MAINTENANCE),
        DeviceClass.RECEIPT_PRINTER: DeviceStatus(DeviceState.ONLINE, paper=Paper.OUT, action=Action.CLEAR),
        DeviceClass.SHEET_PRINTER: DeviceStatus(DeviceState.ONLINE, cover_open=True),
    },
    platform=PlatformState.UNREACHABLE,
    reference=Problem("reference.none"),
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


NUMBER = "T-XH-01-1B2C3D-000042-K"
TEXT = "小区门口的路灯坏了两个星期，晚上老人走路看不清。请问归哪个部门修，大概什么时候能修好？如果要登记，需要我们提供什么？"


def session_of(
    page: Page, settings: Settings | None = None, availability: Availability = GOOD, item: str = "provident-fund"
) -> Session:
    """A session on `page`, in the middle of the item where the page belongs to one."""
    outer = page.place in (
        Place.ATTRACT,
        Place.HOME,
        Place.SEARCH,
        Place.GUIDE,
        Place.CURTAIN,
        Place.WIPE,
        Place.CARD_CALL,
        Place.STAFF,
    )
    served = catalogue().find(item)
    assert served is not None
    flow = None if outer else make_flow(served)
    if flow is not None and page.place in flow.steps:
        flow = replace(flow, position=flow.steps.index(page.place))
    anonymous = outer or page.place in (Place.NOTICE, Place.IDENTIFY, Place.NUMBER)
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
        draft=Draft("f" * 32, served.item_code, Category.COMPLAINT, TEXT, Attachment("a1", picture()))
        if item == "consultation"
        else None,
        handed_in=HandedIn(NUMBER, "2026-11-22 23:04:05", None, False) if page.place is Place.SUBMIT else None,
        slip_number=NUMBER if page.place is Place.PROGRESS else "",
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


@cache
def picture() -> bytes:
    """A page of paper as a small JPEG."""
    from PIL import Image, ImageDraw

    page = Image.new("RGB", (420, 594), "#E9E4D8")
    pen = ImageDraw.Draw(page)
    for line in range(18):
        pen.rectangle((40, 60 + 28 * line, 380 - 90 * (line % 4 == 3), 70 + 28 * line), fill="#5C5A55")
    out = io.BytesIO()
    page.save(out, "JPEG", quality=70)
    return out.getvalue()


def asking(page: Page, availability: Availability = OFFLINE) -> Session:
    """In the middle of a consultation."""
    return session_of(page, availability=availability, item="consultation")


def _long_text() -> Session:
    """As much as there is room for."""
    session = asking(ReviewPage())
    draft = session.visit.draft
    assert draft is not None
    return replace(session, visit=replace(session.visit, draft=replace(draft, text=(TEXT * 10)[:500])))


def _received() -> Session:
    session = asking(SubmitPage(SubmitStage.DONE), GOOD)
    handed_in = HandedIn(NUMBER, "2026-11-22 23:04:05", "ZX2026112200000042", True)
    return replace(session, visit=replace(session.visit, handed_in=handed_in))


def _recovered(page: CardCallPage) -> Session:
    """The terminal came back after it was killed, and the store has what was being handed in."""
    session = session_of(page)
    return replace(session, visit=replace(session.visit, ending=Ending.RECOVERED, kept=True))


STAFF_BOARD = StaffBoard(
    "23:04:05",
    queued=3,
    dead=0,
    bytes=7 << 20,
    days_late=0.2,
    vault="tpm",
    free_bytes=41 << 30,
    clock_s=0.4,
    circuit="closed",
    answered_s=12.0,
)
STAFF_RED = replace(
    STAFF_BOARD,
    queued=1204,
    dead=5,
    days_late=2.6,
    light="red",
    vault="file",
    free_bytes=300 << 20,
    clock_s=-340.0,
    circuit="open",
    held_kinds=("rating",),
    answered_s=9000.0,
    salvaged=12,
    lost=1,
    missing_year="2027",
    letters=tuple(
        StaffLetter(f"{number:032x}", 100 + number, "consultation", reason, 3, "2026-11-19 09:15")
        for number, reason in enumerate(("rejected", "too_large", "attachment_damaged", "expired", "other"), 1)
    ),
)


def consultation_samples() -> dict[str, Session]:
    """Of what may wait, and of asking what became of it."""
    found = {
        "guide-later": session_of(_guide("consultation"), availability=OFFLINE),
        "guide-refused": session_of(
            _guide("consultation"), availability=replace(OFFLINE, store=Problem("offline.full"))
        ),
        "home-full": session_of(HomePage(), availability=replace(OFFLINE, store=Problem("offline.full"))),
        "home-disk-full": session_of(HomePage(), availability=replace(GOOD, store=Problem("offline.disk_full"))),
        "consent-consultation": asking(ConsentPage()),
        "factor-without": asking(
            FactorPage(FactorStage.FAILED, METHODS, FactorMethod.PASSWORD, problem=Problem("central.unreachable"))
        ),
        "factor-optional": asking(FactorPage(FactorStage.CHOOSE, METHODS), GOOD),
        "write-category": asking(WritePage(WriteStage.CATEGORY)),
        "write-text": asking(WritePage(WriteStage.TEXT)),
        "write-wanting": asking(WritePage(WriteStage.TEXT, problem=Problem("session.text_wanting"))),
        "attach": asking(AttachPage(AttachStage.ASK, live=True)),
        "attach-away": asking(AttachPage(AttachStage.ASK, problem=Problem("session.camera_away"))),
        "attach-problem": asking(AttachPage(AttachStage.ASK, problem=Problem("session.camera_silent"), live=True)),
        "attach-taking": asking(AttachPage(AttachStage.TAKING)),
        "attach-show": asking(AttachPage(AttachStage.SHOW)),
        "review": asking(ReviewPage()),
        "review-long": _long_text(),
        "submit": asking(SubmitPage(SubmitStage.SENDING)),
        "submit-failed": asking(SubmitPage(SubmitStage.FAILED, Problem("store.slow"))),
        "submit-done": asking(SubmitPage(SubmitStage.DONE)),
        "submit-received": _received(),
        "print-slip": asking(PrintPage((PrintJob(Document.SLIP, "job-1", Outcome.PRINTED),))),
        "number": session_of(NumberPage(), item="case-progress"),
        "number-wrong": session_of(NumberPage(Problem("session.number_wrong")), item="case-progress"),
        "number-scan": session_of(NumberPage(scans=True), item="case-progress"),
        "number-checking": session_of(NumberPage(scans=True, checking=True), item="case-progress"),
        "number-damaged": session_of(NumberPage(Problem("slip_code.damaged"), scans=True), item="case-progress"),
        "progress": session_of(ProgressPage(), item="case-progress"),
        "progress-failed": session_of(ProgressPage(problem=Problem("session.no_answer")), item="case-progress"),
    }
    for state in SlipState:
        standing = SlipStanding(state, "XH-01", "ZX2026112200000042" if state is SlipState.ANSWERED else None)
        if state is SlipState.RECEIVED:
            standing = replace(standing, is_unverified=True)
        if state is SlipState.ANSWERED:
            read = ProgressPage(replace(standing, answer=TEXT * 3))
            found["progress-answer"] = session_of(read, item="case-progress")
        found[f"progress-{state.value}"] = session_of(ProgressPage(standing), item="case-progress")
    return found


def answer_samples() -> dict[str, Session]:
    """Of plain queries, by definitions that are the tests' own."""
    shown = AnswerPage(insurance(), "12")
    bare, rows = AnswerPage(marriage()), AnswerPage(property_of(60))
    return {
        "answer": session_of(shown, item="sample-insurance"),
        "answer-loading": session_of(replace(shown, choice="36", loading=True), item="sample-insurance"),
        "answer_problem": session_of(
            replace(shown, problem=Problem("central.unreachable")), item="sample-insurance", availability=OFFLINE
        ),
        "answer_nobody": session_of(AnswerPage(None, "12"), item="sample-insurance"),
        "answer_certificate": session_of(AnswerPage(insurance(3, code=None), "12"), item="sample-insurance"),
        "answer-empty": session_of(AnswerPage(insurance(0), "12"), item="sample-insurance"),
        "answer-no-printer": session_of(rows, item="sample-property", availability=BAD),
        "answer_rows": session_of(rows, item="sample-property"),
        "answer-fields": session_of(bare, item="sample-marriage"),
    }


def searching(lookup: Lookup) -> Session:
    """On the search page."""
    session = session_of(SearchPage())
    return replace(session, visit=replace(session.visit, lookup=lookup))


def samples() -> dict[str, Session]:
    """Name -> session in the default settings."""
    job = PrintJob(Document.SHEET, "job-1", Outcome.PRINTED)
    slip = PrintJob(Document.SLIP, "job-2")
    result = ResultPage(statement=statement(30))
    found = {
        **consultation_samples(),
        **answer_samples(),
        **{name: searching(lookup) for name, lookup in lookups().items()},
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
        "card-call-kept": _recovered(CardCallPage(card_lies=True, papers=True)),
        "card-call-kept-overdue": _recovered(CardCallPage(card_lies=True, papers=True, overdue=True)),
        "staff-pin": session_of(StaffPage(StaffStage.PIN)),
        "staff-pin-wrong": session_of(StaffPage(StaffStage.PIN, Problem("staff.pin_wrong_wait", {"seconds": "30"}))),
        "staff-asking": session_of(StaffPage(StaffStage.OPEN)),
        "staff": session_of(StaffPage(StaffStage.OPEN, board=STAFF_BOARD)),
        "staff-red": session_of(
            StaffPage(StaffStage.OPEN, board=STAFF_RED, told=Problem("staff.drain_begun")), availability=BAD
        ),
        "card-call-overdue": session_of(CardCallPage(card_lies=True, overdue=True)),
        "card-call-thanks": session_of(CardCallPage(card_lies=False)),
    }
    for overlay in (Overlay.COVER, Overlay.IDLE_WARNING, Overlay.TIME_WARNING, Overlay.CONFIRM_END):
        found[f"over-{overlay.value}"] = replace(found["result"], overlay=overlay)
    return found
