"""A made-up outside for the session machine: people, answers, and a clockless driver. Only published specimen numbers."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from devices.id_card_reader.types import CardText, Layout
from devices.receipt_printer.types import Outcome
from devices.status import DeviceClass, DeviceState, DeviceStatus
from kiosk.base.record import replace
from kiosk.central.contract import FactorMethod, FundAccount, FundStatement, Period
from kiosk.central.department import DepartmentAnswer
from kiosk.documents.terminal_number import TerminalNumber
from kiosk.session import effects, events
from kiosk.session.effects import Effect
from kiosk.session.lookup import Answer, Dated, FoundKind, FoundLine
from kiosk.session.machine import step
from kiosk.session.state import (
    Availability,
    Document,
    Flow,
    Overlay,
    Place,
    PlatformState,
    Session,
)
from kiosk.session.submission import Attachment, Category, HandedIn
from kiosk.session.timeouts import Timeouts

E = TypeVar("E")

CODE = "12320600MB9990004A3322011001001"
STEPS = (
    Place.NOTICE,
    Place.IDENTIFY,
    Place.CONSENT,
    Place.FACTOR,
    Place.QUERY,
    Place.RESULT,
    Place.PRINT,
    Place.RATE,
)
FLOW = Flow(CODE, STEPS, 0, (FactorMethod.PASSWORD, FactorMethod.ONE_TIME_CODE), (Document.SHEET, Document.SLIP))
CONSULTATION = Flow(
    "12320600MB9990004A3322011001002",
    (
        Place.NOTICE, Place.IDENTIFY, Place.CONSENT, Place.FACTOR, Place.WRITE, Place.ATTACH, Place.REVIEW, Place.SUBMIT,
        Place.PRINT, Place.RATE,
    ),
    0,
    (FactorMethod.PASSWORD,),
    (Document.SLIP,),
    factor_may_wait=True,
    rating_may_wait=True,
)  # fmt: skip
LOOKUP = Flow("12320600MB9990004A3322011001003", (Place.NUMBER, Place.IDENTIFY, Place.CONSENT, Place.PROGRESS), 0)
PLAIN = Flow(
    "12320600MB9990004A3322011001004",
    (
        Place.NOTICE, Place.IDENTIFY, Place.CONSENT, Place.FACTOR, Place.QUERY, Place.ANSWER, Place.PRINT, Place.RATE,
    ),
    0,
    (FactorMethod.PASSWORD,),
    (Document.SHEET, Document.SLIP),
    choices=("12", "60"),
)  # fmt: skip
PLACES_OF_ITEM = Flow("12320600MB9990004A3322011001005", (Place.SEARCH,), 0, looks_up=FoundKind.PLACE)
SLIP_NUMBER = TerminalNumber("XH-01", 7, 42).text
HANDED_IN = HandedIn(SLIP_NUMBER, "2026-11-21 23:04:00", None, False)
PICTURE = Attachment("a1", b"jpeg")
TEXT = "样本问题"
LINES = (
    FoundLine(FoundKind.ITEM, CODE, "样本事项", "样本局", is_here=True),
    FoundLine(FoundKind.PLACE, "320613", "样本区", "样本市"),
)
TODAY = date(2026, 11, 21)
NUMBERS = ("440308199901101512", "810000199408230021", "830000199201300022", "11010519491231002X")
ONLINE = DeviceStatus(DeviceState.ONLINE)
GONE = DeviceStatus(DeviceState.NO_DEVICE)


def person(number: str = NUMBERS[0], valid_from: str = "20200101", valid_to: str = "20400101") -> CardText:
    """A card; its name is made of the number, so that a value tells whose it is."""
    return CardText(
        Layout.RESIDENT,
        f"样本{number[-4:]}",
        "",
        "1",
        "01",
        number[6:14],
        "样本路",
        number,
        "样本局",
        valid_from,
        valid_to,
    )


def statement(number: str = NUMBERS[0], period: Period = Period.YEAR) -> FundStatement:
    """What the department says of the person with `number`."""
    account = FundAccount(
        f"样本{number[-4:]}",
        number,
        "2010-01-04",
        None,
        "样本网点",
        "001",
        "正常",
        1,
        2,
        3,
        "202610",
        4,
        "E1",
        "样本公司",
    )
    return FundStatement("住房公积金", period, "2025-11-21", "2026-11-21", "2026-11-21T23:04:00+08:00", account, ())


def department_answer(
    number: str = NUMBERS[0], choice: str = "12", item_code: str = PLAIN.item_code
) -> DepartmentAnswer:
    """What a department holds of the person with `number`."""
    values: dict[str, str | int | None] = {"name": f"样本{number[-4:]}", "idNumber": number, "balance": 1234}
    return DepartmentAnswer(item_code, choice, "2026-11-21T23:04:00+08:00", values, ({"month": "202610"},), "AB12-CD34")


def answer_to(text: str) -> Answer:
    """What the reference says to any text."""
    return Answer(text, LINES, False, Dated("2026-11-21", is_old=False))


def ready(platform: PlatformState = PlatformState.ONLINE, trusted_time: bool = True) -> Availability:
    """Everything works."""
    return Availability(dict.fromkeys(DeviceClass, ONLINE), platform, trusted_time, None)


class Drive:
    """Steps the machine and remembers the effects of the last step.

    Attributes:
        session: the state now.
        last: effects of the last step.
        all: effects of all steps.
    """

    def __init__(self, session: Session | None = None, timeouts: Timeouts | None = None) -> None:
        self.session = session or Session(availability=ready())
        self.timeouts = timeouts or Timeouts()
        self.last: tuple[Effect, ...] = ()
        self.all: list[Effect] = []
        self.step: Callable[..., tuple[Session, tuple[Effect, ...]]] = step

    @property
    def page(self) -> Any:
        return self.session.visit.page

    @property
    def place(self) -> Place:
        return self.session.visit.page.place

    @property
    def overlay(self) -> Overlay:
        return self.session.overlay

    def do(self, event: object) -> "Drive":
        """One step."""
        self.session, self.last = self.step(self.session, event, self.timeouts)
        self.all += self.last
        return self

    def here(self, kind: Callable[..., object], *values: Any) -> "Drive":
        """An intent on the page shown now."""
        return self.do(kind(self.session.visit.page_serial, *values))

    def answer(self, kind: Callable[..., object], effect: type[Effect], *values: Any) -> "Drive":
        """The answer to the effect of that kind which is awaited."""
        number = self.session.visit.awaited[effect.__name__]
        return self.do(kind(self.session.visit.visit_id, number, *values))

    def fire(self, timer: str) -> "Drive":
        """The named timer, which must run."""
        return self.do(events.TimerFired(self.session.visit.visit_id, self.session.visit.timers[timer], timer))

    def asked(self, kind: type[E]) -> list[E]:
        """Effects of a kind in the last step."""
        return [one for one in self.last if isinstance(one, kind)]

    # --- ways ---------------------------------------------------------------------------------------------------------
    def start(self, visit_id: str = "v1") -> "Drive":
        return self.do(events.Start(visit_id))

    def to_guide(self, visit_id: str = "v1") -> "Drive":
        return self.start(visit_id).here(events.ChooseItem, CODE)

    def to_search(self) -> "Drive":
        return self.start().here(events.OpenSearch)

    def to_found(self) -> "Drive":
        self.to_search().here(events.EnterText, "g", False)
        return self.answer(events.LookedUp, effects.LookUp, answer_to("g"))

    def to_notice(self, visit_id: str = "v1", flow: Flow = FLOW) -> "Drive":
        return self.to_guide(visit_id).here(events.Begin, flow)

    def to_identify(self, visit_id: str = "v1") -> "Drive":
        return self.to_notice(visit_id).here(events.Continue)

    def to_consent(self, who: CardText | None = None, visit_id: str = "v1") -> "Drive":
        self.to_identify(visit_id)
        return self.answer(events.CardRead, effects.ReadCard, who or person(), TODAY)

    def to_factor(self) -> "Drive":
        return self.to_consent().here(events.Continue)

    def to_enter(self) -> "Drive":
        return self.to_factor().here(events.ChooseMethod, FactorMethod.PASSWORD)

    def to_query(self) -> "Drive":
        return self.to_enter().here(events.EnterSecret, "135790").answer(events.FactorPassed, effects.VerifyFactor)

    def to_result(self, found: FundStatement | None = None, *, nothing: bool = False) -> "Drive":
        self.to_query()
        return self.answer(events.QueryAnswered, effects.RunQuery, None if nothing else found or statement())

    def to_print(self) -> "Drive":
        return self.to_result().here(events.Print, ("j1", "j2"))

    def to_plain_factor(self, flow: Flow = PLAIN) -> "Drive":
        self.start().here(events.ChooseItem, flow.item_code).here(events.Begin, flow).here(events.Continue)
        return self.answer(events.CardRead, effects.ReadCard, person(), TODAY).here(events.Continue)

    def passed(self) -> "Drive":
        """The factor that is asked for is right."""
        self.here(events.ChooseMethod, FactorMethod.PASSWORD).here(events.EnterSecret, "135790")
        return self.answer(events.FactorPassed, effects.VerifyFactor)

    def to_asking(self, flow: Flow = PLAIN) -> "Drive":
        """A department is being asked."""
        return self.to_plain_factor(flow).passed()

    def to_answer(self, flow: Flow = PLAIN, *, nothing: bool = False) -> "Drive":
        self.to_asking(flow)
        choice = flow.choices[0] if flow.choices else ""
        found = None if nothing else department_answer(choice=choice)
        return self.answer(events.DepartmentAnswered, effects.AskDepartment, found)

    def to_other_choice(self) -> "Drive":
        """Another choice is being asked for."""
        return self.to_answer().here(events.Choose, "60")

    def to_answer_print(self) -> "Drive":
        return self.to_answer().here(events.Print, ("j1", "j2"))

    def ended(self, job_id: str, outcome: Outcome = Outcome.PRINTED) -> "Drive":
        return self.answer(events.PrintEnded, effects.PrintDocument, job_id, outcome, None)

    def to_printed(self) -> "Drive":
        return self.to_print().ended("j1").ended("j2")

    def to_reserving(self, flow: Flow = CONSULTATION) -> "Drive":
        return self.start().here(events.ChooseItem, flow.item_code).here(events.Begin, flow, "f1")

    def to_unconfirmed(self, flow: Flow = CONSULTATION) -> "Drive":
        """The card is read and the platform is away."""
        self.to_reserving(flow).answer(events.RoomReserved, effects.ReserveOffline)
        self.with_platform(PlatformState.UNREACHABLE).here(events.Continue)
        return self.answer(events.CardRead, effects.ReadCard, person(), TODAY)

    def to_write(self) -> "Drive":
        return self.to_unconfirmed().here(events.Continue)

    def to_text(self) -> "Drive":
        return self.to_write().here(events.ChooseCategory, Category.COMPLAINT)

    def to_attach(self) -> "Drive":
        return self.to_text().here(events.EnterText, TEXT, True)

    def to_picture(self) -> "Drive":
        self.to_attach().here(events.TakePicture)
        return self.answer(events.AttachmentTaken, effects.TakeAttachment, PICTURE)

    def to_review(self) -> "Drive":
        return self.to_picture().here(events.Continue)

    def to_submit(self) -> "Drive":
        return self.to_review().here(events.Continue)

    def to_handed_in(self) -> "Drive":
        return self.to_submit().answer(events.ItemStored, effects.SubmitItem, HANDED_IN)

    def to_number(self) -> "Drive":
        return self.start().here(events.ChooseItem, LOOKUP.item_code).here(events.Begin, LOOKUP)

    def to_looking_up(self) -> "Drive":
        return self.start().here(events.ChooseItem, PLACES_OF_ITEM.item_code).here(events.Begin, PLACES_OF_ITEM)

    def to_staff_pin(self) -> "Drive":
        return self.do(events.CallStaff("v1"))

    def to_progress(self) -> "Drive":
        self.to_number().here(events.EnterNumber, SLIP_NUMBER)
        return self.answer(events.CardRead, effects.ReadCard, person(), TODAY).here(events.Continue)

    def to_rate(self) -> "Drive":
        return self.to_printed().here(events.Continue)

    def to_curtain(self) -> "Drive":
        return self.to_result().do(events.ConfirmEnd())

    def to_wipe(self) -> "Drive":
        return self.to_curtain().answer(events.CurtainDrawn, effects.DrawCurtain)

    def to_card_call(self) -> "Drive":
        return self.to_wipe().answer(events.Wiped, effects.Wipe)

    def with_platform(self, platform: PlatformState) -> "Drive":
        self.session = replace(self.session, availability=replace(self.session.availability, platform=platform))
        return self
