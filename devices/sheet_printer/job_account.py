"""How a print job ended, and what that means for the numbered sheets in the tray; pure."""

from dataclasses import dataclass

from devices.receipt_printer.types import Outcome
from devices.sheet_printer.job_follower import PAPER_OUT
from devices.sheet_printer.paper_choice import Papers
from devices.sheet_printer.paper_serials import SerialAccount, all_used, broken_off, sheets_of, untouched
from devices.sheet_printer.types import PrintSheet
from devices.status import CompletionCode

PAGES_MISSING = "sheet_printer.pages_missing"
BROKEN_OFF = frozenset({0x0500, 0x0504, 0x0508})
"""Answers to a document that say no refusal, but a printer that failed over it (RFC 8011 B.1.5: internal error, device error such as a
jam, job canceled while the document came): pages may be out."""


@dataclass(frozen=True)
class JobRules:
    """Attributes:
    paper_wait_s: how long a job waits at an empty tray before it is cancelled.
    sheets_in_path: sheets that the printer may hold between tray and exit; spoiled when it jams.
    count_s: how long the printer's page counter may lag behind.
    """

    paper_wait_s: float = 0.0
    sheets_in_path: int = 1
    count_s: float = 2.0


@dataclass(frozen=True)
class Ending:
    """`has_fed`: whether a sheet may have left the tray. `pages`: of the job's own count."""

    code: CompletionCode
    outcome: Outcome
    reason: str | None = None
    has_fed: bool = False
    pages: int | None = None


def refused(reason: str | None, code: CompletionCode = CompletionCode.DEVICE_NOT_READY) -> Ending:
    """The ending of a job whose document never went out."""
    return Ending(code, Outcome.NOT_PRINTED, reason)


def account_of(
    job: PrintSheet,
    papers: Papers,
    rules: JobRules,
    ending: Ending,
    outcome: Outcome,
    reason: str | None,
    printed: int | None,
) -> SerialAccount | None:
    """What became of the job's numbered sheets; None when it named none.

    Args:
        outcome, reason: after the pages were counted.
        printed: pages by the printer's count, None: it tells none.
    """
    if job.serials is None:
        return None
    if not ending.has_fed or job.pages is None:
        return untouched(job.serials)
    is_duplex = papers.is_duplex(job)
    sheets = sheets_of(job.pages, is_duplex=is_duplex)
    if outcome is Outcome.PRINTED:
        return all_used(job.serials, sheets)
    if outcome is Outcome.NOT_PRINTED:
        printed = 0
    if reason == PAGES_MISSING:
        in_path = sheets
    elif reason == PAPER_OUT:
        # nothing follows from an empty tray; only a sheet with one side printed may be inside
        in_path = (printed or 0) % 2 if is_duplex else 0
    else:
        in_path = rules.sheets_in_path
    finished = None if printed is None else printed // 2 if is_duplex else printed
    return broken_off(job.serials, sheets, finished=finished, in_path=in_path)
