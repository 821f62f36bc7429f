"""What can happen to a session: intents of the person at the screen, answers to effects, news of the surroundings.

Every answer carries the visit id and the effect id it answers. An intent carries the serial of the page on which it was
made, so that the second of two quick touches can never act on the page after.
"""

from datetime import date

from devices.id_card_reader.types import CardText
from devices.receipt_printer.types import Outcome
from devices.status import DeviceClass, DeviceStatus
from kiosk.base.errors import Problem
from kiosk.base.record import Hidden, Record
from kiosk.central.contract import FactorMethod, FundStatement, Period
from kiosk.central.department import DepartmentAnswer
from kiosk.session.lookup import Answer, Article, FoundLine
from kiosk.session.staff import StaffAct, StaffBoard
from kiosk.session.state import Flow, Language, PlatformState, TextSize
from kiosk.session.submission import Attachment, Category, Entry, HandedIn, SlipStanding


# --- intents ----------------------------------------------------------------------------------------------------------
class Touched(Record, frozen=True):
    """Any touch or key anywhere: restarts the idle count, lifts the cover, answers the idle warning."""


class Start(Record, frozen=True):
    """Somebody begins at the attract page; `visit_id` is fresh. Settings chosen with that very touch come along."""

    visit_id: str
    language: Language | None = None
    text_size: TextSize | None = None


class SetLanguage(Record, frozen=True):
    language: Language


class SetTextSize(Record, frozen=True):
    text_size: TextSize


class ChooseItem(Record, frozen=True):
    page_serial: int
    item_code: str


class OpenSearch(Record, frozen=True):
    page_serial: int


class OpenFound(Record, frozen=True):
    """A line of the answer that is shown."""

    page_serial: int
    line: FoundLine


class Begin(Record, frozen=True):
    """The guide's act: start the item. The shell looks the flow up in the catalogue.

    `form_key`: fresh; the key of what will be handed in, should something be.
    """

    page_serial: int
    flow: Flow
    form_key: str = ""


class Continue(Record, frozen=True):
    """The act of the page (read and understood, agree, try again, next, skip the rating, done)."""

    page_serial: int


class GoBack(Record, frozen=True):
    page_serial: int


class ChooseMethod(Record, frozen=True):
    page_serial: int
    method: FactorMethod


class EnterSecret(Record, frozen=True):
    page_serial: int
    secret: Hidden[str]


class ChoosePeriod(Record, frozen=True):
    page_serial: int
    period: Period


class Choose(Record, frozen=True):
    """One of the flow's choices."""

    page_serial: int
    choice: str


class ChooseCategory(Record, frozen=True):
    page_serial: int
    category: Category


class EnterText(Record, frozen=True):
    """What stands in the field now. `is_done`: and go on; otherwise it is only kept."""

    page_serial: int
    text: Hidden[str]
    is_done: bool


class TakePicture(Record, frozen=True):
    """Take the page that lies under the camera, in place of one taken before."""

    page_serial: int


class DropPicture(Record, frozen=True):
    """Do without the page that was taken."""

    page_serial: int


class ChangeEntry(Record, frozen=True):
    """From the review to one entry, and back."""

    page_serial: int
    entry: Entry


class EnterNumber(Record, frozen=True):
    """The number on a slip, typed or scanned."""

    page_serial: int
    number: str


class Print(Record, frozen=True):
    """Print the item's documents; `job_ids` are fresh, one for each document of the flow."""

    page_serial: int
    job_ids: tuple[str, ...]


class AnswerOutcome(Record, frozen=True):
    """The citizen says whether the paper of `job_id` came out."""

    page_serial: int
    job_id: str
    came_out: bool


class Reprint(Record, frozen=True):
    """A person asks for the papers that did not come out; one fresh id for each missing job, in their order."""

    page_serial: int
    job_ids: tuple[str, ...]


class Rate(Record, frozen=True):
    page_serial: int
    grade: int


class CallStaff(Record, frozen=True):
    """Somebody asks for the staff page where nobody is being served; `visit_id` is fresh."""

    visit_id: str


class EnterPin(Record, frozen=True):
    page_serial: int
    pin: Hidden[str]


class ActAsStaff(Record, frozen=True):
    """`key`: of the dead letter, for RETRY."""

    page_serial: int
    act: StaffAct
    key: str = ""


class End(Record, frozen=True):
    """The end button, on every page. Before anything personal it ends at once, afterwards it asks (`CONFIRM_END`)."""


class ConfirmEnd(Record, frozen=True):
    """是，结束办理; also 结束并退出 on the idle warning."""


class KeepGoing(Record, frozen=True):
    """否，继续; also 继续办理 on a warning."""


PAGE_INTENTS = (
    ChooseItem, OpenSearch, OpenFound, Begin, Continue, GoBack, ChooseMethod, EnterSecret, ChoosePeriod, Choose, ChooseCategory, EnterText, TakePicture,
    DropPicture, ChangeEntry, EnterNumber, Print, AnswerOutcome, Reprint, Rate, EnterPin, ActAsStaff,
)  # fmt: skip
"""Intents that act on the page on which they were made; all carry its serial."""
INTENTS = (Touched, Start, CallStaff, SetLanguage, SetTextSize, *PAGE_INTENTS, End, ConfirmEnd, KeepGoing)


# --- answers to effects -----------------------------------------------------------------------------------------------
class LookedUp(Record, frozen=True):
    visit_id: str
    effect_id: int
    answer: Answer


class FoundRead(Record, frozen=True):
    visit_id: str
    effect_id: int
    article: Article


class LookUpFailed(Record, frozen=True):
    """There is no reference, or it is too old to be shown."""

    visit_id: str
    effect_id: int
    problem: Problem


class CardInserted(Record, frozen=True):
    """Progress: a card was found, its text follows."""

    visit_id: str
    effect_id: int


class CardRefused(Record, frozen=True):
    """Progress: this try failed; the reader goes on waiting."""

    visit_id: str
    effect_id: int
    problem: Problem


class CardRead(Record, frozen=True):
    """The card's text; `today` is the date in the hall for judging expiry (used only with trusted time)."""

    visit_id: str
    effect_id: int
    person: Hidden[CardText]
    today: date


class CardFailed(Record, frozen=True):
    """The read ended without a card: time-out, reader gone, host killed."""

    visit_id: str
    effect_id: int
    problem: Problem


class CodeSent(Record, frozen=True):
    visit_id: str
    effect_id: int
    phone_masked: Hidden[str]


class FactorPassed(Record, frozen=True):
    visit_id: str
    effect_id: int


class FactorRefused(Record, frozen=True):
    """Wrong secret; `tries_left` 0 or `blocked` = no more tries now."""

    visit_id: str
    effect_id: int
    problem: Problem
    tries_left: int | None
    blocked: bool


class QueryAnswered(Record, frozen=True):
    """`statement` None = the department holds nothing of this person."""

    visit_id: str
    effect_id: int
    statement: Hidden[FundStatement | None]


class DepartmentAnswered(Record, frozen=True):
    """`answer` None = the department holds nothing of this person; what comes has been checked against the item's file."""

    visit_id: str
    effect_id: int
    answer: Hidden[DepartmentAnswer | None]


class PlatformFailed(Record, frozen=True):
    """The platform could not be asked or did not answer properly (code, factor, query or rating)."""

    visit_id: str
    effect_id: int
    problem: Problem


class RoomReserved(Record, frozen=True):
    """What will be handed in has room in the store."""

    visit_id: str
    effect_id: int


class AttachmentTaken(Record, frozen=True):
    visit_id: str
    effect_id: int
    attachment: Attachment


class PaperLost(Record, frozen=True):
    """The camera shows nothing any more."""

    visit_id: str
    effect_id: int


class ItemStored(Record, frozen=True):
    """It lies durably in the store."""

    visit_id: str
    effect_id: int
    handed_in: HandedIn


class SlipCodeSeen(Record, frozen=True):
    """Progress: a code was read and is being checked."""

    visit_id: str
    effect_id: int


class SlipCodeRefused(Record, frozen=True):
    """Progress: this one is of no use; the reader goes on waiting."""

    visit_id: str
    effect_id: int
    problem: Problem


class SlipCodeRead(Record, frozen=True):
    """A terminal of ours has signed this number."""

    visit_id: str
    effect_id: int
    number: str


class SlipCodeStopped(Record, frozen=True):
    """The reader cannot go on; the number can be typed."""

    visit_id: str
    effect_id: int


class KeptTold(Record, frozen=True):
    """`is_kept`: it lies in the store or has left it for the platform; False also when nobody can say."""

    visit_id: str
    effect_id: int
    is_kept: bool


class PinChecked(Record, frozen=True):
    """`problem` None: it is the one."""

    visit_id: str
    effect_id: int
    problem: Problem | None


class StaffTold(Record, frozen=True):
    visit_id: str
    effect_id: int
    board: StaffBoard


class StaffDone(Record, frozen=True):
    """`told`: what came of it, in words."""

    visit_id: str
    effect_id: int
    told: Problem


class SlipStateTold(Record, frozen=True):
    visit_id: str
    effect_id: int
    standing: SlipStanding


class StoreFailed(Record, frozen=True):
    """Room, picture, item or answer: why not."""

    visit_id: str
    effect_id: int
    problem: Problem


class PrintEnded(Record, frozen=True):
    visit_id: str
    effect_id: int
    job_id: str
    outcome: Outcome
    problem: Problem | None


class Rated(Record, frozen=True):
    visit_id: str
    effect_id: int


class CurtainDrawn(Record, frozen=True):
    """The neutral page's frame has been shown."""

    visit_id: str
    effect_id: int


class Wiped(Record, frozen=True):
    visit_id: str
    effect_id: int


class MediaGone(Record, frozen=True):
    """No card lies on the reader (three misses), or none lay there."""

    visit_id: str
    effect_id: int


class MediaLies(Record, frozen=True):
    """Progress: a card still lies there."""

    visit_id: str
    effect_id: int


class MediaUnknown(Record, frozen=True):
    """The reader cannot say."""

    visit_id: str
    effect_id: int


class TimerFired(Record, frozen=True):
    visit_id: str
    effect_id: int
    timer: str


# --- surroundings -----------------------------------------------------------------------------------------------------
class DeviceChanged(Record, frozen=True):
    device: DeviceClass
    status: DeviceStatus


class PlatformChanged(Record, frozen=True):
    platform: PlatformState
    trusted_time: bool


class StoreChanged(Record, frozen=True):
    """Whether the store takes something in now; see `kiosk.session.state.Availability.store`."""

    problem: Problem | None


class ReferenceChanged(Record, frozen=True):
    """What staff must know of the reference; see `kiosk.session.state.Availability.reference`."""

    problem: Problem | None


class ReferenceRenewed(Record, frozen=True):
    """A new version of the reference is in use, or the first."""


class Recovered(Record, frozen=True):
    """The terminal has just started and the last run was killed in mid-visit: call the card before anything else.

    `form_key`: of what was being handed in then, "" when nothing was.
    """

    visit_id: str
    form_key: str = ""


class Broke(Record, frozen=True):
    """A bug of ours was caught (excepthook): end the visit through the safe path."""
