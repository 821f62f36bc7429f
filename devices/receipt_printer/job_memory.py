"""Which print jobs a printer's host has been given and what became of them, so that none is begun twice; slips and sheets."""

from collections import OrderedDict

from devices.receipt_printer.types import Outcome

REMEMBERED = 4096


class JobMemory:
    """Bounded: the oldest job is forgotten first. It outlives the closing of the cable, not the host."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._outcomes: OrderedDict[str, Outcome] = OrderedDict()

    def outcome(self, job_id: str) -> Outcome | None:
        """What became of a job; ``None`` when it was never given, or so long ago that it is forgotten."""
        return self._outcomes.get(job_id)

    def keep(self, job_id: str, outcome: Outcome) -> None:
        """Remembers, or corrects, a job's outcome."""
        self._outcomes[job_id] = outcome
        while len(self._outcomes) > self._remembered:
            self._outcomes.popitem(last=False)
