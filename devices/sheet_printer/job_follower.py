"""Watches one print job until it has ended, or until something says that it should end now."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from devices.driver import Execution
from devices.sheet_printer.ipp_codec import Attributes, JobState
from devices.sheet_printer.ipp_wire import PrinterSilentError, PrinterUnreachableError
from devices.sheet_printer.types import MEDIA_INSERTED, NO_MEDIA
from devices.status import CompletionCode, DeviceStatus

POLL_S = 0.05
_MISSES = 3
_MISS_S = 0.25  # between questions to a printer that did not answer: a blip of the network is shorter
_FRESH_S = 3.0  # for a back end to take back what was left over from an earlier job
_STOPPED_POLLS = 10  # a job that the server has stopped without a reason of the printer's
ENDED = (JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED)
PAPER_OUT = "sheet_printer.paper_out"


class FollowEnd(Exception):  # noqa: N818 - the end of a job, not always an error
    """How following a job ended early: completion code and message key."""

    def __init__(self, code: CompletionCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class JobSource(Protocol):
    """What is asked of a driver."""

    def job_attributes(self, number: int) -> Attributes: ...

    def printer_status(self, paper: str = "") -> DeviceStatus: ...

    def ending_of_gone_job(self, job_number: int) -> JobState | None: ...


@dataclass(frozen=True)
class Patience:
    """Attributes:
    deadline: on the monotonic clock, None: none.
    paper_wait_s: how long a job may wait for paper.
    left_over: a reason that the idle printer gave before; it counts only when it stays.
    """

    deadline: float | None
    paper_wait_s: float = 0.0
    left_over: str | None = None


class JobFollower:
    """Attributes:
    has_begun: whether the job was ever seen doing more than wait.
    pages: the printer's last count, None when it tells none.
    """

    def __init__(
        self,
        source: JobSource,
        number: int,
        paper: str,
        execution: Execution,
        patience: Patience,
        monotonic: Callable[[], float],
    ) -> None:
        self._source = source
        self._number = number
        self._paper = paper
        self._execution = execution
        self._patience = patience
        self._left_over = patience.left_over
        self._monotonic = monotonic
        self._misses = 0
        self._stopped = 0
        self._out_since: float | None = None
        self._fresh_at = monotonic() + _FRESH_S
        self.has_begun = False
        self.pages: int | None = None

    @property
    def is_silent(self) -> bool:
        """Whether the last question got no answer."""
        return self._misses > 0

    def run(self) -> JobState | None:
        """Returns how the job ended, None when nobody knows. Raises `FollowEnd` for what should end it now."""
        while True:
            self._check_patience()
            try:
                attributes = self._source.job_attributes(self._number)
                state = state_of(attributes)
                self.pages = pages_of(attributes)
                if state is None:
                    self.has_begun = True
                    return self._source.ending_of_gone_job(self._number)
                if state in ENDED:
                    return state
                self.has_begun = self.has_begun or state in (JobState.PROCESSING, JobState.STOPPED)
                status = self._source.printer_status(self._paper)
            except (PrinterUnreachableError, PrinterSilentError):
                self._miss()
                continue
            self._misses = 0
            self._look_at(status, state)
            time.sleep(POLL_S)

    def _check_patience(self) -> None:
        if self._patience.deadline is not None and self._monotonic() >= self._patience.deadline:
            raise FollowEnd(CompletionCode.TIME_OUT, "sheet_printer.too_slow")
        if self._execution.is_cancelled():
            raise FollowEnd(CompletionCode.CANCELED, "sheet_printer.cancelled")

    def _miss(self) -> None:
        self.has_begun = True
        self._misses += 1
        if self._misses >= _MISSES:
            raise FollowEnd(CompletionCode.HARDWARE_ERROR, "sheet_printer.silent")
        until = self._monotonic() + _MISS_S
        while self._monotonic() < until:
            self._check_patience()
            time.sleep(POLL_S)

    def _look_at(self, status: DeviceStatus, state: JobState) -> None:
        if status.reason is None:
            self._left_over = None
            if self._out_since is not None:
                self._out_since = None
                self._execution.emit(MEDIA_INSERTED)
        elif self._is_waiting_for_paper(status.reason):
            self._stopped = 0
            return
        elif status.reason != self._left_over or self._monotonic() > self._fresh_at:
            raise FollowEnd(CompletionCode.HARDWARE_ERROR, status.reason)
        self._stopped = self._stopped + 1 if state is JobState.STOPPED else 0
        if self._stopped >= _STOPPED_POLLS:
            raise FollowEnd(CompletionCode.HARDWARE_ERROR, "sheet_printer.stopped")

    def _is_waiting_for_paper(self, reason: str) -> bool:
        if reason != PAPER_OUT or self._patience.paper_wait_s <= 0 or reason == self._left_over:
            return False
        now = self._monotonic()
        if self._out_since is None:
            self._out_since = now
            self._execution.emit(NO_MEDIA)
        return now - self._out_since < self._patience.paper_wait_s


def state_of(attributes: Attributes) -> JobState | None:
    """`job-state`, None when there is none."""
    state = attributes.get("job-state", [None])[0]
    return JobState(state) if isinstance(state, int) and state in set(JobState) else None


def pages_of(attributes: Attributes) -> int | None:
    """`job-impressions-completed`, None when there is none."""
    pages = attributes.get("job-impressions-completed", [None])[0]
    return pages if isinstance(pages, int) and not isinstance(pages, bool) else None
