"""What the session is: three machines side by side - the visit, the availability of devices and platform, the overlay.

Everything is frozen; personal fields never show in a repr. `Session` is all that a screen needs in order to draw.
"""

from collections.abc import Mapping
from enum import Enum

import msgspec

from devices.id_card_reader.types import CardText
from devices.status import DeviceClass, DeviceStatus
from kiosk.base.errors import Problem
from kiosk.base.record import Hidden, Record
from kiosk.central.contract import FactorMethod, FundStatement
from kiosk.central.department import DepartmentAnswer
from kiosk.session.lookup import FoundKind, Lookup
from kiosk.session.pages import (
    AnswerPage,
    AttachPage,
    AttachStage,
    AttractPage,
    CardCallPage,
    ConsentPage,
    CurtainPage,
    Document,
    FactorPage,
    FactorStage,
    GuidePage,
    HomePage,
    IdentifyPage,
    NoticePage,
    NumberPage,
    Page,
    Place,
    PrintJob,
    PrintPage,
    ProgressPage,
    QueryPage,
    RatePage,
    ResultPage,
    ReviewPage,
    SearchPage,
    StaffPage,
    StaffStage,
    SubmitPage,
    SubmitStage,
    WipePage,
    WritePage,
    WriteStage,
)
from kiosk.session.submission import Draft, HandedIn

__all__ = [
    "AnswerPage",
    "AttachPage",
    "AttachStage",
    "AttractPage",
    "Availability",
    "CardCallPage",
    "ConsentPage",
    "CurtainPage",
    "Document",
    "Ending",
    "FactorPage",
    "FactorStage",
    "Flow",
    "GuidePage",
    "HomePage",
    "IdentifyPage",
    "Language",
    "NoticePage",
    "NumberPage",
    "Overlay",
    "PERSONAL_PLACES",
    "Page",
    "Place",
    "PlatformState",
    "PrintJob",
    "PrintPage",
    "ProgressPage",
    "QueryPage",
    "RatePage",
    "ResultPage",
    "ReviewPage",
    "SearchPage",
    "Session",
    "Settings",
    "StaffPage",
    "StaffStage",
    "SubmitPage",
    "SubmitStage",
    "TextSize",
    "Visit",
    "WipePage",
    "WritePage",
    "WriteStage",
]


class Language(str, Enum):
    """The languages of the terminal; each is switchable on every page."""

    ZH_CN = "zh_CN"
    ZH_HK = "zh_HK"
    EN = "en"


class TextSize(str, Enum):
    """Standard (cap height 5.2 mm) or elder (6.75 mm, targets of 20 mm, times doubled)."""

    STANDARD = "standard"
    ELDER = "elder"


class Settings(Record, frozen=True):
    """What a citizen may set; back to the terminal's default after each visit, however it ended."""

    language: Language = Language.ZH_CN
    text_size: TextSize = TextSize.STANDARD


class Ending(str, Enum):
    """How a visit ended; for logs and for the sentence on the last page."""

    DONE = "done"
    CANCELLED = "cancelled"
    IDLE = "idle"
    TIME_UP = "timeUp"  # the whole visit's limit
    RECOVERED = "recovered"  # the terminal came back after a crash
    FAULT = "fault"  # an error of ours ended it through the safe path


class Flow(Record, frozen=True):
    """The item being served: its code, its steps in order, and where the visit is in them.

    `factor_may_wait`: while the platform is away the factor is left out, and what is handed in waits as 待身份核验.
    `rating_may_wait`: while the platform is away the rating is kept in the store.
    `choices`: the ways in which a plain query can be asked; the first is asked first. `looks_up`: what its search is for.
    """

    item_code: str
    steps: tuple[Place, ...]
    position: int
    factor_methods: tuple[FactorMethod, ...] = ()
    documents: tuple[Document, ...] = ()
    factor_may_wait: bool = False
    rating_may_wait: bool = False
    choices: tuple[str, ...] = ()
    looks_up: FoundKind | None = None


class Visit(Record, frozen=True):
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
        statement: what the provident fund answered last.
        answer: what a department answered last to a plain query.
        lookup: what is looked for; None before the search was opened and after it was left.
        wanted: the flow that begins as soon as the store has promised room.
        draft: what was entered so far.
        handed_in: what lies in the store.
        kept: at the end: what was handed in in this visit is known to be safe.
        slip_number: the slip that is asked about.
        printed: a paper of this visit may have come out.
        card_asked: a card was asked for, so that one may lie there at the end.
        used_jobs: ids of all print jobs of the visit; none is taken twice.
        repeats: how often an interrupted read was repeated by itself on this page.
        grade: the rating being sent or sent.
        ending: set when the end began.
    """

    visit_id: str = ""
    page: Page = msgspec.field(default_factory=AttractPage)
    page_serial: int = 0
    next_effect: int = 1
    awaited: Mapping[str, int] = msgspec.field(default_factory=dict)
    timers: Mapping[str, int] = msgspec.field(default_factory=dict)
    settings: Settings = msgspec.field(default_factory=Settings)
    flow: Flow | None = None
    person: Hidden[CardText | None] = None
    factor_passed: bool = False
    statement: Hidden[FundStatement | None] = None
    answer: Hidden[DepartmentAnswer | None] = None
    lookup: Lookup | None = None
    wanted: Flow | None = None
    draft: Hidden[Draft | None] = None
    handed_in: HandedIn | None = None
    kept: bool = False
    slip_number: str = ""
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
        if isinstance(page, SubmitPage):
            return page.stage is SubmitStage.SENDING
        if isinstance(page, ProgressPage):
            return page.standing is None and page.problem is None
        return isinstance(page, PrintPage) and page.is_working


PERSONAL_PLACES = frozenset({
    Place.CONSENT, Place.FACTOR, Place.QUERY, Place.RESULT, Place.ANSWER, Place.WRITE, Place.ATTACH, Place.REVIEW, Place.SUBMIT,
    Place.PROGRESS, Place.PRINT,
})  # fmt: skip


STORE_AWAY = Problem("store.away")


# --- availability -----------------------------------------------------------------------------------------------------
class PlatformState(str, Enum):
    UNKNOWN = "unknown"  # not asked yet
    ONLINE = "online"
    UNREACHABLE = "unreachable"


class Availability(Record, frozen=True):
    """What can be done now. `trusted_time`: wall time was confirmed by the platform, so expiry may be judged.

    `store`: why nothing can be taken in that waits here for the platform, None when it can. `reference`: why there is nothing to search, or
    why a newer version was refused; for staff.
    """

    devices: Mapping[DeviceClass, DeviceStatus] = msgspec.field(default_factory=dict)
    platform: PlatformState = PlatformState.UNKNOWN
    trusted_time: bool = False
    store: Problem | None = STORE_AWAY
    reference: Problem | None = None


# --- overlay ----------------------------------------------------------------------------------------------------------
class Overlay(str, Enum):
    """What lies over the page; at most one at a time."""

    NONE = "none"
    COVER = "cover"  # a personal page untouched for 20 s is covered; one touch uncovers
    IDLE_WARNING = "idleWarning"  # 您还在办理吗？
    TIME_WARNING = "timeWarning"  # the whole visit's limit is near; may be extended
    CONFIRM_END = "confirmEnd"  # 要结束办理吗？


class Session(Record, frozen=True):
    """The whole state. `dropped` counts answers that belonged to another visit or to nothing awaited; `defaults` are
    the terminal's own settings, to which every visit returns."""

    visit: Visit = msgspec.field(default_factory=Visit)
    availability: Availability = msgspec.field(default_factory=Availability)
    overlay: Overlay = Overlay.NONE
    dropped: int = 0
    defaults: Settings = msgspec.field(default_factory=Settings)
