"""The terminal's part of the log catalogue."""

from typing import get_args

from devices.receipt_printer.types import Outcome
from kiosk.base.logs import CLASS, ERROR, FLAG, INFO, MESSAGE_KEY, WARNING, Event, Log, Number, Word, register
from kiosk.session import effects
from kiosk.session.staff import StaffAct
from kiosk.session.state import Document, Ending

register(
    "terminal",
    {
        "visit_recovered": Event(WARNING, "the last run ended in mid-visit; the card is called first"),
        "visit_ended": Event(INFO, "a visit ended and is being wiped", ending=Word(Ending), dropped=Number(0, 1e6)),
        "wipe_unconfirmed": Event(ERROR, "somebody has not confirmed to have forgotten a visit"),
        "card_called": Event(INFO, "the card and the papers are called"),
        "card_left_behind": Event(WARNING, "a card was left on the reader; the hall is told"),
        "central_call_failed": Event(
            WARNING,
            "the platform could not answer a visit's call",
            call=Word("SendCode", "VerifyFactor", "RunQuery", "AskDepartment", "SubmitRating"),
            reason=MESSAGE_KEY,
        ),
        "department_answer_refused": Event(
            WARNING, "a department's answer is not what the item's file says; nothing of it is shown"
        ),
        "reference_unusable": Event(WARNING, "the reference here cannot be shown", reason=MESSAGE_KEY),
        "platform_found": Event(INFO, "the platform answers"),
        "platform_lost": Event(WARNING, "the platform does not answer"),
        "step_failed": Event(ERROR, "the session could not take an event; a visit is ended", error=CLASS),
        "hand_failed": Event(
            ERROR,
            "an effect could not be carried out; a visit is ended",
            doing=Word("wipe", "stop", *(kind.__name__ for kind in get_args(effects.Effect))),
            error=CLASS,
        ),
        "visit_mark_lost": Event(
            WARNING, "the mark of an open visit cannot be kept; a crash would not call the card", error=CLASS
        ),
        "visit_mark_kept": Event(INFO, "the mark of an open visit is kept again"),
        "submission_stored": Event(
            INFO, "a submission lies durably in the store", attachments=Number(0, 32), is_repeat=FLAG
        ),
        "submission_failed": Event(WARNING, "a submission was not confirmed by the store", reason=MESSAGE_KEY),
        "submission_refused": Event(INFO, "the store has no room for a submission", reason=MESSAGE_KEY),
        "permit_given_out": Event(INFO, "a card that a crash had left inside was given out", is_rewritten=FLAG),
        "permit_held": Event(ERROR, "a card that a crash had left inside is held for staff", reason=MESSAGE_KEY),
        "permit_not_recovered": Event(
            WARNING, "whether a card is inside from before is not known; it is tried again", reason=MESSAGE_KEY
        ),
        "staff_came": Event(INFO, "the staff page was opened with the right PIN"),
        "staff_refused": Event(WARNING, "a wrong PIN was entered for the staff page", times=Number(0, 1e3)),
        "staff_acted": Event(INFO, "staff had something done at the terminal", act=Word(StaffAct), told=MESSAGE_KEY),
        "paper_ended": Event(INFO, "a paper's outcome is known", document=Word(Document), outcome=Word(Outcome)),
    },
)

log = Log("terminal")
