"""What the session asks of the world: data, carried out by `kiosk.terminal`. Each has the visit's and its own id."""

from devices.id_card_reader.types import CardText
from devices.receipt_printer.types import Outcome
from kiosk.base.record import Hidden, Record
from kiosk.central.contract import FactorMethod, FundStatement, Period
from kiosk.central.department import DepartmentAnswer
from kiosk.session.lookup import FoundKind, FoundLine
from kiosk.session.staff import StaffAct
from kiosk.session.state import Document, Ending, Language
from kiosk.session.submission import Draft, HandedIn


class _Effect(Record, frozen=True):
    visit_id: str
    effect_id: int


class LookUp(_Effect, frozen=True):
    """What `text` finds. Answers: LookedUp, LookUpFailed; none when a later one or the visit's end came first."""

    text: Hidden[str]
    scope: FoundKind | None = None  # of this kind alone


class ReadFound(_Effect, frozen=True):
    """All that there is to read of a line. Answers: FoundRead, LookUpFailed."""

    line: FoundLine


class ReadCard(_Effect, frozen=True):
    """Wait for a card and read it. Answers: CardInserted*, CardRefused*, then CardRead or CardFailed.

    With `accepts_lying` a card that lies there already counts as laid; without, it must be lifted first (the card just
    read has expired, or the person went back), else the same card would be read for ever.
    """

    accepts_lying: bool = True


class StopReading(_Effect, frozen=True):
    """Give up the read `read_effect_id`. No answer."""

    read_effect_id: int


class SendCode(_Effect, frozen=True):
    """Answers: CodeSent, FactorRefused (no phone), PlatformFailed."""

    person: Hidden[CardText]


class VerifyFactor(_Effect, frozen=True):
    """Answers: FactorPassed, FactorRefused, PlatformFailed."""

    person: Hidden[CardText]
    method: FactorMethod
    secret: Hidden[str]


class RunQuery(_Effect, frozen=True):
    """Answers: QueryAnswered, PlatformFailed."""

    item_code: str
    period: Period


class AskDepartment(_Effect, frozen=True):
    """A plain query of the confirmed person. Answers: DepartmentAnswered, PlatformFailed."""

    item_code: str
    choice: str


class ReserveOffline(_Effect, frozen=True):
    """Room in the store for the worst case of this visit. Answers: RoomReserved, StoreFailed."""


class TakeAttachment(_Effect, frozen=True):
    """A picture by the document camera, sealed in the store. Answers: AttachmentTaken, StoreFailed.

    Pictures that nothing handed in has taken along are forgotten with the visit.
    """


class ShowPaper(_Effect, frozen=True):
    """Let the screens have what lies under the document camera, until it is given up. Answer: PaperLost, when it cannot go on."""


class HidePaper(_Effect, frozen=True):
    """Give up `ShowPaper`. No answer."""


class SubmitItem(_Effect, frozen=True):
    """Into the store, durably; the same draft again is the same item. Answers: ItemStored, StoreFailed.

    `is_online`: it is worth waiting a moment for the platform's receipt.
    """

    person: Hidden[CardText]
    draft: Hidden[Draft]
    is_verified: bool
    is_online: bool


class ReadSlipCode(_Effect, frozen=True):
    """Wait for the code of a slip at the barcode reader. Answers: SlipCodeSeen*, SlipCodeRefused*, then SlipCodeRead or
    SlipCodeStopped."""


class StopSlipCode(_Effect, frozen=True):
    """Give up the waiting for a code. No answer."""


class AskKept(_Effect, frozen=True):
    """Whether that which was being handed in before the terminal was killed lies safely somewhere. Answer: KeptTold."""

    form_key: str


class AskSlipState(_Effect, frozen=True):
    """How far that which the slip names has come. Answers: SlipStateTold, StoreFailed.

    `is_verified`: a second factor was confirmed, so that the department's answer may be shown, too.
    """

    number: str
    person: Hidden[CardText]
    is_verified: bool
    is_online: bool


class PrintDocument(_Effect, frozen=True):
    """Answer: PrintEnded with `job_id`."""

    document: Document
    job_id: str
    item_code: str
    language: Language
    person: Hidden[CardText]
    statement: Hidden[FundStatement | None]
    outcomes: tuple[tuple[Document, Outcome], ...] = ()  # of the papers before it, for the slip's words
    handed_in: HandedIn | None = None
    answer: Hidden[DepartmentAnswer | None] = None


class SubmitRating(_Effect, frozen=True):
    """Answers: Rated, PlatformFailed. `waits`: into the store, since the platform is away."""

    item_code: str
    grade: int
    waits: bool = False


class CheckPin(_Effect, frozen=True):
    """Answer: PinChecked."""

    pin: Hidden[str]


class AskStaffBoard(_Effect, frozen=True):
    """How store, line and dead letters stand. Answer: StaffTold."""


class DoForStaff(_Effect, frozen=True):
    """Answer: StaffDone. `key`: of the dead letter, for RETRY."""

    act: StaffAct
    key: str


class DrawCurtain(_Effect, frozen=True):
    """Answer: CurtainDrawn, when the neutral frame is out."""


class Wipe(_Effect, frozen=True):
    """Forget everything of the visit everywhere. Answer: Wiped."""

    ending: Ending


class WatchMedia(_Effect, frozen=True):
    """Answers: MediaLies*, then MediaGone or MediaUnknown."""


class StopWatching(_Effect, frozen=True):
    """Give up the watch `watch_effect_id`. No answer."""

    watch_effect_id: int


class SetTimer(_Effect, frozen=True):
    """Answer: TimerFired with this effect's id after `seconds`, unless cleared. A timer of the same name is replaced."""

    timer: str
    seconds: float


class ClearTimer(_Effect, frozen=True):
    """No answer."""

    timer: str


class CallCard(_Effect, frozen=True):
    """Voice and lamp: take your card and papers. No answer."""


class TellHall(_Effect, frozen=True):
    """Tell hall and back office, in the log catalogue's words: e.g. ``card_left_behind``. No answer."""

    event: str


Effect = (
    LookUp | ReadFound | ReadCard | StopReading | SendCode | VerifyFactor | RunQuery | AskDepartment | ReserveOffline | TakeAttachment | SubmitItem
    | AskSlipState | PrintDocument | SubmitRating | DrawCurtain | Wipe | WatchMedia | StopWatching | SetTimer | ClearTimer
    | CallCard | TellHall | ReadSlipCode | StopSlipCode | AskKept | ShowPaper | HidePaper | CheckPin | AskStaffBoard | DoForStaff
)  # fmt: skip
