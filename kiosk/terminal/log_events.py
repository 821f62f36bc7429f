"""The terminal's part of the log catalogue."""

from devices.receipt_printer.types import Outcome
from kiosk.base.logs import ERROR, INFO, MESSAGE_KEY, WARNING, Event, Log, Number, Word, register
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
            call=Word("SendCode", "VerifyFactor", "RunQuery", "SubmitRating"),
            reason=MESSAGE_KEY,
        ),
        "platform_found": Event(INFO, "the platform answers"),
        "platform_lost": Event(WARNING, "the platform does not answer"),
        "paper_ended": Event(INFO, "a paper's outcome is known", document=Word(Document), outcome=Word(Outcome)),
    },
)

log = Log("terminal")
