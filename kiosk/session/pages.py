"""The places of a visit and what each page shows: frozen, and personal fields never show in a repr."""

from enum import Enum

from devices.receipt_printer.types import Outcome
from kiosk.base.errors import Problem
from kiosk.base.record import Hidden, Record
from kiosk.central.contract import FactorMethod, FundStatement, Period
from kiosk.central.department import DepartmentAnswer
from kiosk.session.staff import StaffAct, StaffBoard
from kiosk.session.submission import SlipStanding


class Place(str, Enum):
    """Where the visit is; with the event's type it makes the transition table's key."""

    ATTRACT = "attract"
    HOME = "home"
    SEARCH = "search"  # what can be done or read, by a few letters
    GUIDE = "guide"  # an item's page: what, for whom, what to bring
    NOTICE = "notice"  # 申报须知, to be read before the card
    IDENTIFY = "identify"
    CONSENT = "consent"  # the name, masked, and what happens with the data
    FACTOR = "factor"
    QUERY = "query"  # waiting for the platform
    RESULT = "result"
    ANSWER = "answer"  # what a department holds of the person: a plain query
    WRITE = "write"  # which kind of matter, then its text
    ATTACH = "attach"  # one page by the document camera, optional
    REVIEW = "review"  # 核对信息, just before submitting
    SUBMIT = "submit"  # being handed in, and handed in
    NUMBER = "number"  # which slip is asked about
    PROGRESS = "progress"  # how far it has come
    PRINT = "print"
    RATE = "rate"
    CURTAIN = "curtain"  # a neutral page is being drawn; nothing is wiped before its frame is out
    WIPE = "wipe"
    CARD_CALL = "card_call"  # neutral: take your card and your papers
    STAFF = "staff"  # for staff and technicians, where nobody is being served


# --- pages ------------------------------------------------------------------------------------------------------------
class AttractPage(Record, frozen=True):
    place = Place.ATTRACT


class HomePage(Record, frozen=True):
    place = Place.HOME


class SearchPage(Record, frozen=True):
    """What is looked for and found is in `Visit.lookup`."""

    place = Place.SEARCH


class GuidePage(Record, frozen=True):
    """`waits` while the store is asked for room; `problem` says why it has none."""

    place = Place.GUIDE
    item_code: str
    waits: bool = False
    problem: Problem | None = None


class NoticePage(Record, frozen=True):
    place = Place.NOTICE


class IdentifyPage(Record, frozen=True):
    """`reading` while the card is read; `problem` says why the last try failed (the reader goes on waiting) or, with
    `stopped`, why the reader cannot go on (then Continue tries again)."""

    place = Place.IDENTIFY
    reading: bool = False
    problem: Problem | None = None
    stopped: bool = False


class ConsentPage(Record, frozen=True):
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


class FactorPage(Record, frozen=True):
    """`methods` in the item's order; `tries_left` after a wrong secret; `problem` for the sentence above the field."""

    place = Place.FACTOR
    stage: FactorStage
    methods: tuple[FactorMethod, ...]
    method: FactorMethod | None = None
    phone_masked: Hidden[str] = ""
    tries_left: int | None = None
    problem: Problem | None = None


class QueryPage(Record, frozen=True):
    """`slow` after 10 s: the way out is offered in words. `problem`: it failed; Continue asks again."""

    place = Place.QUERY
    slow: bool = False
    problem: Problem | None = None


class ResultPage(Record, frozen=True):
    """`statement` None = nothing was found for this person: a normal page, not an error.
    `loading` while another period is fetched; `problem` when that failed (the old rows stay)."""

    place = Place.RESULT
    statement: Hidden[FundStatement | None]
    period: Period = Period.YEAR
    loading: bool = False
    problem: Problem | None = None


class AnswerPage(Record, frozen=True):
    """`answer` None = the department holds nothing of this person: a normal page. `choice`: what is asked with; `loading` while another is
    fetched, `problem` when that failed (the old answer stays)."""

    place = Place.ANSWER
    answer: Hidden[DepartmentAnswer | None]
    choice: str = ""
    loading: bool = False
    problem: Problem | None = None


class WriteStage(str, Enum):
    CATEGORY = "category"
    TEXT = "text"


class WritePage(Record, frozen=True):
    """What was entered is in `Visit.draft`. `returns`: from the review, and back there."""

    place = Place.WRITE
    stage: WriteStage
    returns: bool = False
    problem: Problem | None = None


class AttachStage(str, Enum):
    ASK = "ask"  # wanted or not
    TAKING = "taking"
    SHOW = "show"  # is it readable?


class AttachPage(Record, frozen=True):
    """The picture is in `Visit.draft`. `returns`: from the review, and back there. `live`: what lies under the camera is shown."""

    place = Place.ATTACH
    stage: AttachStage
    returns: bool = False
    problem: Problem | None = None
    live: bool = False


class ReviewPage(Record, frozen=True):
    place = Place.REVIEW


class SubmitStage(str, Enum):
    SENDING = "sending"
    FAILED = "failed"  # nobody knows whether it lies there: Continue hands the same in again, never another
    DONE = "done"


class SubmitPage(Record, frozen=True):
    """What was handed in is in `Visit.handed_in`."""

    place = Place.SUBMIT
    stage: SubmitStage
    problem: Problem | None = None


class NumberPage(Record, frozen=True):
    """`scans`: the barcode reader waits for the slip's code, too; `checking`: one was read."""

    place = Place.NUMBER
    problem: Problem | None = None
    scans: bool = False
    checking: bool = False


class ProgressPage(Record, frozen=True):
    """Waiting while both are None; Continue asks again after a problem."""

    place = Place.PROGRESS
    standing: SlipStanding | None = None
    problem: Problem | None = None


class Document(str, Enum):
    """Papers of a visit."""

    SHEET = "sheet"
    SLIP = "slip"


class PrintJob(Record, frozen=True):
    """One paper. `outcome` None while at work; UNKNOWN asks the citizen. `job_id` is never used twice."""

    document: Document
    job_id: str
    outcome: Outcome | None = None
    problem: Problem | None = None


class PrintPage(Record, frozen=True):
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


class RatePage(Record, frozen=True):
    """`sent` the grade that the platform has; `possible` False while the platform is away (then the page thanks only)."""

    place = Place.RATE
    sending: bool = False
    sent: int | None = None
    problem: Problem | None = None


class CurtainPage(Record, frozen=True):
    place = Place.CURTAIN


class WipePage(Record, frozen=True):
    place = Place.WIPE


class CardCallPage(Record, frozen=True):
    """`card_lies` True/False as the reader says, None when it cannot say. `papers` whether something was printed."""

    place = Place.CARD_CALL
    card_lies: bool | None = None
    papers: bool = False
    overdue: bool = False  # the hall was told
    heard: bool = False  # the watch that runs now has said that a card lies there


class StaffStage(str, Enum):
    PIN = "pin"
    CHECKING = "checking"
    OPEN = "open"


class StaffPage(Record, frozen=True):
    """`board` None until the first answer; `acting` while something is being done, `told` what came of the last."""

    place = Place.STAFF
    stage: StaffStage
    problem: Problem | None = None
    board: StaffBoard | None = None
    acting: StaffAct | None = None
    told: Problem | None = None


Page = (
    AttractPage | HomePage | SearchPage | GuidePage | NoticePage | IdentifyPage | ConsentPage | FactorPage | QueryPage
    | ResultPage | AnswerPage | WritePage | AttachPage | ReviewPage | SubmitPage | NumberPage | ProgressPage | PrintPage | RatePage | CurtainPage
    | WipePage | CardCallPage | StaffPage
)  # fmt: skip
