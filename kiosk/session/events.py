"""What can happen to a session: intents of the person at the screen, answers to effects, news of the surroundings.

Every answer carries the visit id and the effect id it answers. An intent carries the serial of the page on which it was
made, so that the second of two quick touches can never act on the page after.
"""

from dataclasses import dataclass, field
from datetime import date

from devices.id_card_reader.types import CardText
from devices.receipt_printer.types import Outcome
from devices.status import DeviceClass, DeviceStatus
from kiosk.base.errors import Problem
from kiosk.central.contract import FactorMethod, FundStatement, Period
from kiosk.session.lookup import Answer, Article, FoundLine
from kiosk.session.staff import StaffAct, StaffBoard
from kiosk.session.state import Flow, Language, PlatformState, TextSize
from kiosk.session.submission import Attachment, Category, Entry, HandedIn, SlipStanding


# --- intents ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Touched:
    """Any touch or key anywhere: restarts the idle count, lifts the cover, answers the idle warning."""


@dataclass(frozen=True)
class Start:
    """Somebody begins at the attract page; `visit_id` is fresh. Settings chosen with that very touch come along."""

    visit_id: str
    language: Language | None = None
    text_size: TextSize | None = None


@dataclass(frozen=True)
class SetLanguage:
    language: Language


@dataclass(frozen=True)
class SetTextSize:
    text_size: TextSize


@dataclass(frozen=True)
class ChooseItem:
    page_serial: int
    item_code: str


@dataclass(frozen=True)
class OpenSearch:
    page_serial: int


@dataclass(frozen=True)
class OpenFound:
    """A line of the answer that is shown."""

    page_serial: int
    line: FoundLine


@dataclass(frozen=True)
class Begin:
    """The guide's act: start the item. The shell looks the flow up in the catalogue.

    `form_key`: fresh; the key of what will be handed in, should something be.
    """

    page_serial: int
    flow: Flow
    form_key: str = ""


@dataclass(frozen=True)
class Continue:
    """The act of the page (read and understood, agree, try again, next, skip the rating, done)."""

    page_serial: int


@dataclass(frozen=True)
class GoBack:
    page_serial: int


@dataclass(frozen=True)
class ChooseMethod:
    page_serial: int
    method: FactorMethod


@dataclass(frozen=True)
class EnterSecret:
    page_serial: int
    secret: str = field(repr=False)


@dataclass(frozen=True)
class ChoosePeriod:
    page_serial: int
    period: Period


@dataclass(frozen=True)
class ChooseCategory:
    page_serial: int
    category: Category


@dataclass(frozen=True)
class EnterText:
    """What stands in the field now. `is_done`: and go on; otherwise it is only kept."""

    page_serial: int
    text: str = field(repr=False)
    is_done: bool


@dataclass(frozen=True)
class TakePicture:
    """Take the page that lies under the camera, in place of one taken before."""

    page_serial: int


@dataclass(frozen=True)
class DropPicture:
    """Do without the page that was taken."""

    page_serial: int


@dataclass(frozen=True)
class ChangeEntry:
    """From the review to one entry, and back."""

    page_serial: int
    entry: Entry


@dataclass(frozen=True)
class EnterNumber:
    """The number on a slip, typed or scanned."""

    page_serial: int
    number: str


@dataclass(frozen=True)
class Print:
    """Print the item's documents; `job_ids` are fresh, one for each document of the flow."""

    page_serial: int
    job_ids: tuple[str, ...]


@dataclass(frozen=True)
class AnswerOutcome:
    """The citizen says whether the paper of `job_id` came out."""

    page_serial: int
    job_id: str
    came_out: bool


@dataclass(frozen=True)
class Reprint:
    """A person asks for the papers that did not come out; one fresh id for each missing job, in their order."""

    page_serial: int
    job_ids: tuple[str, ...]


@dataclass(frozen=True)
class Rate:
    page_serial: int
    grade: int


@dataclass(frozen=True)
class CallStaff:
    """Somebody asks for the staff page where nobody is being served; `visit_id` is fresh."""

    visit_id: str


@dataclass(frozen=True)
class EnterPin:
    page_serial: int
    pin: str = field(repr=False)


@dataclass(frozen=True)
class ActAsStaff:
    """`key`: of the dead letter, for RETRY."""

    page_serial: int
    act: StaffAct
    key: str = ""


@dataclass(frozen=True)
class End:
    """The end button, on every page. Before anything personal it ends at once, afterwards it asks (`CONFIRM_END`)."""


@dataclass(frozen=True)
class ConfirmEnd:
    """是，结束办理; also 结束并退出 on the idle warning."""


@dataclass(frozen=True)
class KeepGoing:
    """否，继续; also 继续办理 on a warning."""


PAGE_INTENTS = (
    ChooseItem, OpenSearch, OpenFound, Begin, Continue, GoBack, ChooseMethod, EnterSecret, ChoosePeriod, ChooseCategory, EnterText, TakePicture,
    DropPicture, ChangeEntry, EnterNumber, Print, AnswerOutcome, Reprint, Rate, EnterPin, ActAsStaff,
)  # fmt: skip
"""Intents that act on the page on which they were made; all carry its serial."""
INTENTS = (Touched, Start, CallStaff, SetLanguage, SetTextSize, *PAGE_INTENTS, End, ConfirmEnd, KeepGoing)


# --- answers to effects -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class LookedUp:
    visit_id: str
    effect_id: int
    answer: Answer


@dataclass(frozen=True)
class FoundRead:
    visit_id: str
    effect_id: int
    article: Article


@dataclass(frozen=True)
class LookUpFailed:
    """There is no reference, or it is too old to be shown."""

    visit_id: str
    effect_id: int
    problem: Problem


@dataclass(frozen=True)
class CardInserted:
    """Progress: a card was found, its text follows."""

    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class CardRefused:
    """Progress: this try failed; the reader goes on waiting."""

    visit_id: str
    effect_id: int
    problem: Problem


@dataclass(frozen=True)
class CardRead:
    """The card's text; `today` is the date in the hall for judging expiry (used only with trusted time)."""

    visit_id: str
    effect_id: int
    person: CardText = field(repr=False)
    today: date


@dataclass(frozen=True)
class CardFailed:
    """The read ended without a card: time-out, reader gone, host killed."""

    visit_id: str
    effect_id: int
    problem: Problem


@dataclass(frozen=True)
class CodeSent:
    visit_id: str
    effect_id: int
    phone_masked: str = field(repr=False)


@dataclass(frozen=True)
class FactorPassed:
    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class FactorRefused:
    """Wrong secret; `tries_left` 0 or `blocked` = no more tries now."""

    visit_id: str
    effect_id: int
    problem: Problem
    tries_left: int | None
    blocked: bool


@dataclass(frozen=True)
class QueryAnswered:
    """`statement` None = the department holds nothing of this person."""

    visit_id: str
    effect_id: int
    statement: FundStatement | None = field(repr=False)


@dataclass(frozen=True)
class PlatformFailed:
    """The platform could not be asked or did not answer properly (code, factor, query or rating)."""

    visit_id: str
    effect_id: int
    problem: Problem


@dataclass(frozen=True)
class RoomReserved:
    """What will be handed in has room in the store."""

    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class AttachmentTaken:
    visit_id: str
    effect_id: int
    attachment: Attachment


@dataclass(frozen=True)
class ItemStored:
    """It lies durably in the store."""

    visit_id: str
    effect_id: int
    handed_in: HandedIn


@dataclass(frozen=True)
class SlipCodeSeen:
    """Progress: a code was read and is being checked."""

    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class SlipCodeRefused:
    """Progress: this one is of no use; the reader goes on waiting."""

    visit_id: str
    effect_id: int
    problem: Problem


@dataclass(frozen=True)
class SlipCodeRead:
    """A terminal of ours has signed this number."""

    visit_id: str
    effect_id: int
    number: str


@dataclass(frozen=True)
class SlipCodeStopped:
    """The reader cannot go on; the number can be typed."""

    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class KeptTold:
    """`is_kept`: it lies in the store or has left it for the platform; False also when nobody can say."""

    visit_id: str
    effect_id: int
    is_kept: bool


@dataclass(frozen=True)
class PinChecked:
    """`problem` None: it is the one."""

    visit_id: str
    effect_id: int
    problem: Problem | None


@dataclass(frozen=True)
class StaffTold:
    visit_id: str
    effect_id: int
    board: StaffBoard


@dataclass(frozen=True)
class StaffDone:
    """`told`: what came of it, in words."""

    visit_id: str
    effect_id: int
    told: Problem


@dataclass(frozen=True)
class SlipStateTold:
    visit_id: str
    effect_id: int
    standing: SlipStanding


@dataclass(frozen=True)
class StoreFailed:
    """Room, picture, item or answer: why not."""

    visit_id: str
    effect_id: int
    problem: Problem


@dataclass(frozen=True)
class PrintEnded:
    visit_id: str
    effect_id: int
    job_id: str
    outcome: Outcome
    problem: Problem | None


@dataclass(frozen=True)
class Rated:
    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class CurtainDrawn:
    """The neutral page's frame has been shown."""

    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class Wiped:
    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class MediaGone:
    """No card lies on the reader (three misses), or none lay there."""

    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class MediaLies:
    """Progress: a card still lies there."""

    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class MediaUnknown:
    """The reader cannot say."""

    visit_id: str
    effect_id: int


@dataclass(frozen=True)
class TimerFired:
    visit_id: str
    effect_id: int
    timer: str


# --- surroundings -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class DeviceChanged:
    device: DeviceClass
    status: DeviceStatus


@dataclass(frozen=True)
class PlatformChanged:
    platform: PlatformState
    trusted_time: bool


@dataclass(frozen=True)
class StoreChanged:
    """Whether the store takes something in now; see `kiosk.session.state.Availability.store`."""

    problem: Problem | None


@dataclass(frozen=True)
class ReferenceRenewed:
    """A new version of the reference is in use, or the first."""


@dataclass(frozen=True)
class Recovered:
    """The terminal has just started and the last run was killed in mid-visit: call the card before anything else.

    `form_key`: of what was being handed in then, "" when nothing was.
    """

    visit_id: str
    form_key: str = ""


@dataclass(frozen=True)
class Broke:
    """A bug of ours was caught (excepthook): end the visit through the safe path."""
