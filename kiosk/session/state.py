"""What the session is: three machines side by side - the visit, the availability of devices and platform, the overlay.

Everything is frozen; personal fields never show in a repr. `Session` is all that a screen needs in order to draw.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from devices.id_card_reader.types import CardText
from devices.receipt_printer.types import Outcome
from devices.status import DeviceClass, DeviceStatus
from kiosk.base.errors import Problem
from kiosk.central.contract import FactorMethod, FundStatement, Period


class Language(str, Enum):
    """The languages of the terminal; each is switchable on every page."""

    ZH_CN = "zh_CN"
    ZH_HK = "zh_HK"
    EN = "en"


class TextSize(str, Enum):
    """Standard (cap height 5.2 mm) or elder (6.75 mm, targets of 20 mm, times doubled)."""

    STANDARD = "standard"
    ELDER = "elder"


@dataclass(frozen=True)
class Settings:
    """What a citizen may set; back to the terminal's default after each visit, however it ended."""

    language: Language = Language.ZH_CN
    text_size: TextSize = TextSize.STANDARD


class Place(str, Enum):
    """Where the visit is; with the event's type it makes the transition table's key."""

    ATTRACT = "attract"
    HOME = "home"
    GUIDE = "guide"  # an item's page: what, for whom, what to bring
    NOTICE = "notice"  # 申报须知, to be read before the card
    IDENTIFY = "identify"
    CONSENT = "consent"  # the name, masked, and what happens with the data
    FACTOR = "factor"
    QUERY = "query"  # waiting for the platform
    RESULT = "result"
    PRINT = "print"
    RATE = "rate"
    CURTAIN = "curtain"  # a neutral page is being drawn; nothing is wiped before its frame is out
    WIPE = "wipe"
    CARD_CALL = "card_call"  # neutral: take your card and your papers


# --- pages ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class AttractPage:
    place = Place.ATTRACT


@dataclass(frozen=True)
class HomePage:
    place = Place.HOME


@dataclass(frozen=True)
class GuidePage:
    place = Place.GUIDE
    item_code: str


@dataclass(frozen=True)
class NoticePage:
    place = Place.NOTICE


@dataclass(frozen=True)
class IdentifyPage:
    """`reading` while the card is read; `problem` says why the last try failed (the reader goes on waiting) or, with
    `stopped`, why the reader cannot go on (then Continue tries again)."""

    place = Place.IDENTIFY
    reading: bool = False
    problem: Problem | None = None
    stopped: bool = False


@dataclass(frozen=True)
class ConsentPage:
    """The person is in `Visit.person`; the screen shows it masked. `expiry_unchecked`: no trusted time to judge by."""

    place = Place.CONSENT
    expiry_unchecked: bool = False


class FactorStage(str, Enum):
    CHOOSE = "choose"  # password or code
    SENDING = "sending"  # the platform sends the code
    ENTER = "enter"
    CHECKING = "checking"
    BLOCKED = "blocked"  # too many wrong tries: only back to the start or end
    FAILED = "failed"  # the platform could not be asked; Continue goes back to CHOOSE


@dataclass(frozen=True)
class FactorPage:
    """`methods` in the item's order; `tries_left` after a wrong secret; `problem` for the sentence above the field."""

    place = Place.FACTOR
    stage: FactorStage
    methods: tuple[FactorMethod, ...]
    method: FactorMethod | None = None
    phone_masked: str = field(default="", repr=False)
    tries_left: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class QueryPage:
    """`slow` after 10 s: the way out is offered in words. `problem`: it failed; Continue asks again."""

    place = Place.QUERY
    slow: bool = False
    problem: Problem | None = None


@dataclass(frozen=True)
class ResultPage:
    """`statement` None = nothing was found for this person: a normal page, not an error.
    `loading` while another period is fetched; `problem` when that failed (the old rows stay)."""

    place = Place.RESULT
    statement: FundStatement | None = field(repr=False)
    period: Period = Period.YEAR
    loading: bool = False
    problem: Problem | None = None


class Document(str, Enum):
    """Papers of a visit."""

    SHEET = "sheet"
    SLIP = "slip"


@dataclass(frozen=True)
class PrintJob:
    """One paper. `outcome` None while at work; UNKNOWN asks the citizen. `job_id` is never used twice."""

    document: Document
    job_id: str
    outcome: Outcome | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class PrintPage:
    """All jobs at work or ended. When a job is UNKNOWN the page asks whether the paper came out
    (`AnswerOutcome`); a paper that did not come out is offered again (`Reprint`), never repeated by itself."""

    place = Place.PRINT
    jobs: tuple[PrintJob, ...]

    @property
    def is_working(self) -> bool:
        return any(job.outcome is None for job in self.jobs)

    @property
    def asks_about(self) -> PrintJob | None:
        """The first job whose outcome a person must tell, once nothing is at work any more."""
        if self.is_working:
            return None
        return next((job for job in self.jobs if job.outcome is Outcome.UNKNOWN), None)

    @property
    def missing(self) -> tuple[PrintJob, ...]:
        """Jobs that are known not to have come out."""
        return tuple(job for job in self.jobs if job.outcome is Outcome.NOT_PRINTED)


@dataclass(frozen=True)
class RatePage:
    """`sent` the grade that the platform has; `possible` False while the platform is away (then the page thanks only)."""

    place = Place.RATE
    sending: bool = False
    sent: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class CurtainPage:
    place = Place.CURTAIN


@dataclass(frozen=True)
class WipePage:
    place = Place.WIPE


@dataclass(frozen=True)
class CardCallPage:
    """`card_lies` True/False as the reader says, None when it cannot say. `papers` whether something was printed."""

    place = Place.CARD_CALL
    card_lies: bool | None = None
    papers: bool = False
    overdue: bool = False  # the hall was told
    heard: bool = False  # the watch that runs now has said that a card lies there


Page = (
    AttractPage | HomePage | GuidePage | NoticePage | IdentifyPage | ConsentPage | FactorPage | QueryPage | ResultPage
    | PrintPage | RatePage | CurtainPage | WipePage | CardCallPage
)  # fmt: skip


class Ending(str, Enum):
    """How a visit ended; for logs and for the sentence on the last page."""

    DONE = "done"
    CANCELLED = "cancelled"
    IDLE = "idle"
    TIME_UP = "timeUp"  # the whole visit's limit
    RECOVERED = "recovered"  # the terminal came back after a crash
    FAULT = "fault"  # an error of ours ended it through the safe path


@dataclass(frozen=True)
class Flow:
    """The item being served: its code, its steps in order, and where the visit is in them."""

    item_code: str
    steps: tuple[Place, ...]
    position: int
    factor_methods: tuple[FactorMethod, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Visit:
    """One citizen's visit, from the first touch to the card call.

    Attributes:
        visit_id: made by the shell at the start, "" while nobody is here.
        page: what is shown.
        page_serial: grows with each new page (not with changes within one); an intent names the page it was made on.
        next_effect: id of the next effect.
        awaited: the one effect of each kind (name of its class) whose answer is awaited -> its id.
        timers: name -> effect id of each running timer.
        person: the card's text once read and until the wipe.
        factor_passed: the platform has confirmed a second factor in this visit.
        statement: what the department answered last.
        printed: a paper of this visit may have come out.
        card_asked: a card was asked for, so that one may lie there at the end.
        used_jobs: ids of all print jobs of the visit; none is taken twice.
        repeats: how often an interrupted read was repeated by itself on this page.
        grade: the rating being sent or sent.
        ending: set when the end began.
    """

    visit_id: str = ""
    page: Page = field(default_factory=AttractPage)
    page_serial: int = 0
    next_effect: int = 1
    awaited: Mapping[str, int] = field(default_factory=dict)
    timers: Mapping[str, int] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    flow: Flow | None = None
    person: CardText | None = field(default=None, repr=False)
    factor_passed: bool = False
    statement: FundStatement | None = field(default=None, repr=False)
    printed: bool = False
    card_asked: bool = False
    used_jobs: frozenset[str] = frozenset()
    repeats: int = 0
    grade: int | None = None
    ending: Ending | None = None

    @property
    def outstanding(self) -> frozenset[int]:
        """The effect ids whose answers are awaited; any other answer is dropped and counted."""
        return frozenset(self.awaited.values())

    @property
    def is_personal(self) -> bool:
        """Whether the page shows something that the next person must not see."""
        return self.person is not None and self.page.place in PERSONAL_PLACES

    @property
    def only_waits(self) -> bool:
        """Whether the page says nothing but that the platform or a printer is at work: there is nothing to cover."""
        page = self.page
        if isinstance(page, FactorPage):
            return page.stage in (FactorStage.SENDING, FactorStage.CHECKING)
        if isinstance(page, QueryPage):
            return page.problem is None
        return isinstance(page, PrintPage) and page.is_working


PERSONAL_PLACES = frozenset({Place.CONSENT, Place.FACTOR, Place.QUERY, Place.RESULT, Place.PRINT})


# --- availability -----------------------------------------------------------------------------------------------------
class PlatformState(str, Enum):
    UNKNOWN = "unknown"  # not asked yet
    ONLINE = "online"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Availability:
    """What can be done now. `trusted_time`: wall time was confirmed by the platform, so expiry may be judged."""

    devices: Mapping[DeviceClass, DeviceStatus] = field(default_factory=dict)
    platform: PlatformState = PlatformState.UNKNOWN
    trusted_time: bool = False


# --- overlay ----------------------------------------------------------------------------------------------------------
class Overlay(str, Enum):
    """What lies over the page; at most one at a time."""

    NONE = "none"
    COVER = "cover"  # a personal page untouched for 20 s is covered; one touch uncovers
    IDLE_WARNING = "idleWarning"  # 您还在办理吗？
    TIME_WARNING = "timeWarning"  # the whole visit's limit is near; may be extended
    CONFIRM_END = "confirmEnd"  # 要结束办理吗？


@dataclass(frozen=True)
class Session:
    """The whole state. `dropped` counts answers that belonged to another visit or to nothing awaited; `defaults` are
    the terminal's own settings, to which every visit returns."""

    visit: Visit = field(default_factory=Visit)
    availability: Availability = field(default_factory=Availability)
    overlay: Overlay = Overlay.NONE
    dropped: int = 0
    defaults: Settings = field(default_factory=Settings)
