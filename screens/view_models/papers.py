"""The papers of a visit as the print page tells them: each with its state, and the device that needs a hand. Pure."""

from dataclasses import dataclass

from devices.receipt_printer.types import Outcome
from kiosk.session.state import Document, PrintJob, PrintPage
from screens.view_models.front import SHEET, SLIP

DEVICE_OF = {Document.SHEET: SHEET, Document.SLIP: SLIP}

_STATES = {None: "working", Outcome.PRINTED: "printed", Outcome.NOT_PRINTED: "missing", Outcome.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class Paper:
    """One paper: ``sheet`` or ``slip``; ``working``, ``printed``, ``missing`` or ``unknown``."""

    document: str
    state: str


def paper(job: PrintJob) -> Paper:
    """The paper of `job`."""
    return Paper(job.document.value, _STATES[job.outcome])


def stage_of(page: PrintPage) -> str:
    """``working`` while a printer is at work, then ``asking`` (a person must tell), ``missing`` or ``done``."""
    if page.is_working:
        return "working"
    if page.asks_about is not None:
        return "asking"
    return "missing" if page.missing else "done"


def lit_device(page: PrintPage) -> str:
    """The one slot to look at: of the paper that is asked about, or at work, or lies ready; "" when none does."""
    asked = page.asks_about
    if asked is not None:
        return DEVICE_OF[asked.document]
    for wanted in (None, Outcome.PRINTED):
        for job in page.jobs:
            if job.outcome is wanted:
                return DEVICE_OF[job.document]
    return ""
