"""The inbox of the session: events from any thread, taken one by one by the owner of the terminal.

Policy: what makes the visit safe overtakes (`_PRIORITY`); among equals the order of arrival holds. `Touched` says only
that somebody is here, so one that waits already stands for all. Bounded at `MOST` waiting intents: more come from a
stuck owner or a jammed panel, and are refused and counted. Answers are bounded by the effects that are out, and are
never refused: a lost answer would hold a visit until its watch fires.
"""

import heapq
import itertools
import threading
from typing import Any

from kiosk.session.events import INTENTS, Broke, ConfirmEnd, DeviceChanged, End, PlatformChanged, Touched

MOST = 256
_ORDINARY = 2
_PRIORITY: dict[type, int] = {Broke: 0, ConfirmEnd: 0, End: 0, DeviceChanged: 1, PlatformChanged: 1}


class Inbox:
    """See the module.

    Attributes:
        refused: intents refused because the inbox was full.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Any]] = []
        self._order = itertools.count()
        self._intents = 0
        self._has_touch = False
        self._lock = threading.Lock()
        self.refused = 0

    def put(self, event: object) -> None:
        """Hands in an event. Any thread; never blocks for long."""
        kind = type(event)
        with self._lock:
            if kind is Touched and self._has_touch:
                return
            if kind in INTENTS and kind not in _PRIORITY:
                if self._intents >= MOST:
                    self.refused += 1
                    return
                self._intents += 1
            self._has_touch |= kind is Touched
            heapq.heappush(self._heap, (_PRIORITY.get(kind, _ORDINARY), next(self._order), event))

    def take(self) -> object | None:
        """The next event, None when there is none. Never blocks."""
        with self._lock:
            if not self._heap:
                return None
            event: object = heapq.heappop(self._heap)[2]
            kind = type(event)
            if kind in INTENTS and kind not in _PRIORITY:
                self._intents -= 1
            if kind is Touched:
                self._has_touch = False
            return event

    def __len__(self) -> int:
        with self._lock:
            return len(self._heap)
