"""What a citizen fills in and hands in, and what is told about it later. In memory only: a draft is never kept on this terminal."""

from enum import Enum

from kiosk.base.record import Hidden, Record

LONGEST_TEXT = 500
"""Characters of a consultation's text."""


class Category(str, Enum):
    """咨询 投诉 建议 求助; the values are those of the intake."""

    CONSULTATION = "consultation"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    HELP = "help"


class Entry(str, Enum):
    """What can be changed from the review."""

    CATEGORY = "category"
    TEXT = "text"
    ATTACHMENT = "attachment"


class Attachment(Record, frozen=True):
    """A page that the document camera took and the store has sealed; `preview` is a small JPEG for the screen."""

    attachment_id: str
    preview: Hidden[bytes]


class Draft(Record, frozen=True):
    """What was entered so far.

    Attributes:
        form_key: 32 hexadecimal digits, made when the form was opened; the submission's own key for ever.
        item_code: of the item that it belongs to.
    """

    form_key: str
    item_code: str
    category: Category | None = None
    text: Hidden[str] = ""
    attachment: Attachment | None = None


class HandedIn(Record, frozen=True):
    """What lies durably in the store.

    Attributes:
        terminal_number: 终端流水号, printed on the slip.
        at: ``YYYY-MM-DD HH:mm:ss`` by this terminal's clock.
        receipt: the platform's number, when it came at once.
        is_verified: a second factor was confirmed in this visit; otherwise it waits as 待身份核验.
    """

    terminal_number: str
    at: str
    receipt: str | None
    is_verified: bool


class SlipState(str, Enum):
    """How far something that was handed in has come."""

    WAITING = "waiting"  # in the store of this terminal, not yet at the platform
    STOPPED = "stopped"  # in the store of this terminal, and a person must look after it
    SENT = "sent"  # left this terminal; the platform cannot be asked now
    RECEIVED = "received"
    ACCEPTED = "accepted"
    NEEDS_CORRECTION = "needsCorrection"
    ANSWERED = "answered"
    NOT_FOUND = "notFound"  # neither here nor, for this card, at the platform
    NOT_ASKED = "notAsked"  # from another terminal, and the platform cannot be asked now


class SlipStanding(Record, frozen=True):
    """The answer to a slip's number. `terminal_id`: where it was handed in, by the number itself.

    `answer`: the department's words, only after a second factor was confirmed in this visit.
    """

    state: SlipState
    terminal_id: str
    receipt: str | None = None
    is_unverified: bool = False
    answer: Hidden[str | None] = None
