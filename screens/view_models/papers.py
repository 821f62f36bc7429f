"""The papers of a visit as the print page tells them: each with its state, and the device that needs a hand. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.receipt_printer.types import Outcome
from devices.status import DeviceClass, DeviceState, DeviceStatus, Paper
from kiosk.session.state import Document, PrintJob, PrintPage
from screens.view_models.front import SHEET, SLIP

DEVICE_OF = {Document.SHEET: SHEET, Document.SLIP: SLIP}

_STATES = {Outcome.PRINTED: "printed", Outcome.NOT_PRINTED: "missing", Outcome.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class PaperState:
    """One paper: ``sheet`` or ``slip``; ``working``, ``waiting`` its turn, ``printed``, ``missing`` or ``unknown``."""

    document: str
    state: str


def paper(page: PrintPage, job: PrintJob) -> PaperState:
    """The paper of `job`. Papers are printed one at a time, in order: the first without an outcome is at work."""
    if job.outcome is not None:
        return PaperState(job.document.value, _STATES[job.outcome])
    at_work = next(other for other in page.jobs if other.outcome is None)
    return PaperState(job.document.value, "working" if job == at_work else "waiting")


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


_NOT_WORKING = frozenset(DeviceState) - {DeviceState.ONLINE, DeviceState.DEVICE_BUSY, DeviceState.STARTING}


def can_print(documents: tuple[Document, ...], devices: Mapping[DeviceClass, DeviceStatus]) -> bool:
    """Whether at least one paper may come out; a printer that has not been heard of yet counts as working."""
    return any(_works(devices.get(DeviceClass(DEVICE_OF[document]))) for document in documents)


def _works(status: DeviceStatus | None) -> bool:
    if status is None:
        return True
    return status.state not in _NOT_WORKING and status.paper is not Paper.OUT
