"""What the session asks of the world: data, carried out by `kiosk.terminal`. Each has the visit's and its own id."""

from dataclasses import dataclass, field

from devices.id_card_reader.types import CardText
from devices.receipt_printer.types import Outcome
from kiosk.central.contract import FactorMethod, FundStatement, Period
from kiosk.session.lookup import FoundLine
from kiosk.session.staff import StaffAct
from kiosk.session.state import Document, Ending, Language
from kiosk.session.submission import Draft, HandedIn


@dataclass(frozen=True)
class _Effect:
    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class LookUp(_Effect):
    """What `text` finds. Answers: LookedUp, LookUpFailed; none when a later one or the visit's end came first."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class ReadFound(_Effect):
    """All that there is to read of a line. Answers: FoundRead, LookUpFailed."""

    line: FoundLine


@dataclass(frozen=True)
class ReadCard(_Effect):
    """Wait for a card and read it. Answers: CardInserted*, CardRefused*, then CardRead or CardFailed.

    With `accepts_lying` a card that lies there already counts as laid; without, it must be lifted first (the card just
    read has expired, or the person went back), else the same card would be read for ever.
    """

    accepts_lying: bool = True


@dataclass(frozen=True)
class StopReading(_Effect):
    """Give up the read `read_effect_id`. No answer."""

    read_effect_id: int


@dataclass(frozen=True)
class SendCode(_Effect):
    """Answers: CodeSent, FactorRefused (no phone), PlatformFailed."""

    person: CardText = field(repr=False)


@dataclass(frozen=True)
class VerifyFactor(_Effect):
    """Answers: FactorPassed, FactorRefused, PlatformFailed."""

    person: CardText = field(repr=False)
    method: FactorMethod
    secret: str = field(repr=False)


@dataclass(frozen=True)
class RunQuery(_Effect):
    """Answers: QueryAnswered, PlatformFailed."""

    item_code: str
    period: Period


@dataclass(frozen=True)
class ReserveOffline(_Effect):
    """Room in the store for the worst case of this visit. Answers: RoomReserved, StoreFailed."""


@dataclass(frozen=True)
class TakeAttachment(_Effect):
    """A picture by the document camera, sealed in the store. Answers: AttachmentTaken, StoreFailed.

    Pictures that nothing handed in has taken along are forgotten with the visit.
    """


@dataclass(frozen=True)
class SubmitItem(_Effect):
    """Into the store, durably; the same draft again is the same item. Answers: ItemStored, StoreFailed.

    `is_online`: it is worth waiting a moment for the platform's receipt.
    """

    person: CardText = field(repr=False)
    draft: Draft = field(repr=False)
    is_verified: bool
    is_online: bool


@dataclass(frozen=True)
class ReadSlipCode(_Effect):
    """Wait for the code of a slip at the barcode reader. Answers: SlipCodeSeen*, SlipCodeRefused*, then SlipCodeRead or
    SlipCodeStopped."""


@dataclass(frozen=True)
class StopSlipCode(_Effect):
    """Give up the waiting for a code. No answer."""


@dataclass(frozen=True)
class AskKept(_Effect):
    """Whether that which was being handed in before the terminal was killed lies safely somewhere. Answer: KeptTold."""

    form_key: str


@dataclass(frozen=True)
class AskSlipState(_Effect):
    """How far that which the slip names has come. Answers: SlipStateTold, StoreFailed.

    `is_verified`: a second factor was confirmed, so that the department's answer may be shown, too.
    """

    number: str
    person: CardText = field(repr=False)
    is_verified: bool
    is_online: bool


@dataclass(frozen=True)
class PrintDocument(_Effect):
    """Answer: PrintEnded with `job_id`."""

    document: Document
    job_id: str
    item_code: str
    language: Language
    person: CardText = field(repr=False)
    statement: FundStatement | None = field(repr=False)
    outcomes: tuple[tuple[Document, Outcome], ...] = ()  # of the papers before it, for the slip's words
    handed_in: HandedIn | None = None


@dataclass(frozen=True)
class SubmitRating(_Effect):
    """Answers: Rated, PlatformFailed. `waits`: into the store, since the platform is away."""

    item_code: str
    grade: int
    waits: bool = False


@dataclass(frozen=True)
class CheckPin(_Effect):
    """Answer: PinChecked."""

    pin: str = field(repr=False)


@dataclass(frozen=True)
class AskStaffBoard(_Effect):
    """How store, line and dead letters stand. Answer: StaffTold."""


@dataclass(frozen=True)
class DoForStaff(_Effect):
    """Answer: StaffDone. `key`: of the dead letter, for RETRY."""

    act: StaffAct
    key: str


@dataclass(frozen=True)
class DrawCurtain(_Effect):
    """Answer: CurtainDrawn, when the neutral frame is out."""


@dataclass(frozen=True)
class Wipe(_Effect):
    """Forget everything of the visit everywhere. Answer: Wiped."""

    ending: Ending


@dataclass(frozen=True)
class WatchMedia(_Effect):
    """Answers: MediaLies*, then MediaGone or MediaUnknown."""


@dataclass(frozen=True)
class StopWatching(_Effect):
    """Give up the watch `watch_effect_id`. No answer."""

    watch_effect_id: int


@dataclass(frozen=True)
class SetTimer(_Effect):
    """Answer: TimerFired with this effect's id after `seconds`, unless cleared. A timer of the same name is replaced."""

    timer: str
    seconds: float


@dataclass(frozen=True)
class ClearTimer(_Effect):
    """No answer."""

    timer: str


@dataclass(frozen=True)
class CallCard(_Effect):
    """Voice and lamp: take your card and papers. No answer."""


@dataclass(frozen=True)
class TellHall(_Effect):
    """Tell hall and back office, in the log catalogue's words: e.g. ``card_left_behind``. No answer."""

    event: str


Effect = (
    LookUp | ReadFound | ReadCard | StopReading | SendCode | VerifyFactor | RunQuery | ReserveOffline | TakeAttachment | SubmitItem
    | AskSlipState | PrintDocument | SubmitRating | DrawCurtain | Wipe | WatchMedia | StopWatching | SetTimer | ClearTimer
    | CallCard | TellHall | ReadSlipCode | StopSlipCode | AskKept | CheckPin | AskStaffBoard | DoForStaff
)  # fmt: skip
