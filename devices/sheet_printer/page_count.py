"""How many pages a printer has really printed, by its own count.

`printer-impressions-completed` (PWG 5100.22) before and after is best. Printers without it keep the count with the job: then the one
job that is new at the printer is ours, since nobody else prints on a terminal's printer; two new ones tell nothing. What CUPS counts are
pages that it has sent. The same list shows a job that the printer still holds although the queue has given it up.
"""

import time
from collections.abc import Callable

from devices.sheet_printer.ipp_codec import STATUS_OK_LIMIT, Attribute, Attributes, Operation, Tag
from devices.sheet_printer.ipp_wire import IppWire, PrinterSilentError, PrinterUnreachableError

COUNTER = "printer-impressions-completed"
_USER = Attribute(Tag.NAME, "requesting-user-name", ["terminal"])
_LISTED = 20
_TURN_S = 0.1
_ENDED = 7  # job-state canceled, aborted, completed


class PageCount:
    """One job's pages. `begin` before it is made, `printed` when it has ended.

    Args:
        wire: to the printer itself.
        wait_s: how long the count may lag behind the end of a job.

    Attributes:
        is_silent: whether the printer gave no answer when it was last asked.
    """

    def __init__(self, wire: IppWire, wait_s: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wire = wire
        self._wait_s = wait_s
        self._monotonic = monotonic
        self._counter: int | None = None
        self._jobs: set[int] = set()
        self.is_silent = False

    def begin(self) -> None:
        """Remembers where the count stands. Raises the wire's errors."""
        self._counter = self._read_counter()
        self._jobs = {number for number, _, _ in self._list_jobs()}

    def printed(self, expected: int | None) -> int | None:
        """Pages since `begin`, None when the printer does not tell; waits a while for `expected`. Never raises."""
        until = self._monotonic() + self._wait_s
        while True:
            try:
                count, is_final = self._count()
            except (PrinterUnreachableError, PrinterSilentError):
                self.is_silent = True
                return None
            self.is_silent = False
            if is_final or expected is None or (count or 0) >= expected or self._monotonic() >= until:
                return count
            time.sleep(_TURN_S)

    def leftovers(self) -> list[int]:
        """Numbers of new jobs that the printer has not ended. Raises the wire's errors."""
        states = {number: state for number, _, state in self._list_jobs() if number not in self._jobs}
        return [number for number, state in states.items() if state is None or state < _ENDED]

    def cancel(self, number: int) -> None:
        """Tells the printer to drop a job. Raises the wire's errors."""
        self._wire.ask(Operation.CANCEL_JOB, [Attribute(Tag.INTEGER, "job-id", [number]), _USER])

    def _count(self) -> tuple[int | None, bool]:
        if self._counter is not None:
            now = self._read_counter()
            return (None if now is None or now < self._counter else now - self._counter), now is None
        # a job that is just being cancelled may be in both lists
        new = {number: (pages, state) for number, pages, state in self._list_jobs() if number not in self._jobs}
        if len(new) != 1:
            return None, len(new) > 1
        pages, state = next(iter(new.values()))
        is_ended = state is not None and state >= _ENDED
        # a printer that ends a job with no page at all counts none
        return (pages or None), is_ended

    def _read_counter(self) -> int | None:
        wanted = Attribute(Tag.KEYWORD, "requested-attributes", [COUNTER])
        answer = self._wire.ask(Operation.GET_PRINTER_ATTRIBUTES, [_USER, wanted])
        return _whole(answer.first(Tag.PRINTER), COUNTER) if answer.code < STATUS_OK_LIMIT else None

    def _list_jobs(self) -> list[tuple[int, int | None, int | None]]:
        found = []
        for which in ("completed", "not-completed"):
            wanted = [
                _USER,
                Attribute(Tag.INTEGER, "limit", [_LISTED]),
                Attribute(Tag.KEYWORD, "requested-attributes", ["job-id", "job-state", "job-impressions-completed"]),
                Attribute(Tag.KEYWORD, "which-jobs", [which]),
            ]
            answer = self._wire.ask(Operation.GET_JOBS, wanted)
            for job in answer.all(Tag.JOB) if answer.code < STATUS_OK_LIMIT else []:
                number = _whole(job, "job-id")
                if number is not None:
                    found.append((number, _whole(job, "job-impressions-completed"), _whole(job, "job-state")))
        return found


def _whole(attributes: Attributes, name: str) -> int | None:
    value = attributes.get(name, [None])[0]
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
