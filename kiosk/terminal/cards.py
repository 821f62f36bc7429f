"""The hand at the ID-card reader: reads a card, watches whether one lies there, makes the host forget.

The reader's answers come on the supervisor's thread and are turned into events of the effect that asked.
"""

import threading
from collections.abc import Callable

from devices.id_card_reader.reader import (
    Cancelled,
    ForgetOutcome,
    IdCardReader,
    InvalidMedia,
    MediaInserted,
    MediaRemoved,
    ReaderEvent,
    ReadOutcome,
    RemovalOutcome,
)
from kiosk.base.clock import Clock
from kiosk.base.errors import Problem
from kiosk.session import effects, events

Post = Callable[[object], None]

_LOOK = "-look"
READ_TIMEOUT_S = 0.0  # the session ends the read: its idle time is what bounds the wait
FIRST_LOOK_S = 1.5  # three misses of the reader and a little: a watch without an answer by then has a card before it
WATCH_TIMEOUT_S = 0.0  # until the card is lifted or the watch is given up
FORGET_TIMEOUT_S = 1.5


class Cards:
    """Carries out ReadCard, StopReading, WatchMedia, StopWatching; see the module."""

    def __init__(self, reader: IdCardReader, clock: Clock, post: Post) -> None:
        self._reader = reader
        self._clock = clock
        self._post = post
        self._wipes = 0
        self._lock = threading.Lock()  # held for moments only
        self._watching = ""  # the watch that is wanted; guarded by the lock

    def run(self, effect: effects.Effect) -> bool:
        match effect:
            case effects.ReadCard():
                self._read(effect.visit_id, effect.effect_id, effect.accepts_lying)
            case effects.StopReading():
                self._reader.cancel(_action_id(effect.visit_id, effect.read_effect_id))
            case effects.WatchMedia():
                self._look(effect.visit_id, effect.effect_id)
            case effects.StopWatching():
                self._stop_watching(_action_id(effect.visit_id, effect.watch_effect_id))
            case _:
                return False
        return True

    def wipe(self, done: Callable[[], None]) -> None:
        def forgotten(_outcome: ForgetOutcome) -> None:
            done()  # a host that could not answer was killed, which forgets as well

        self._wipes += 1
        self._reader.forget(f"forget-{id(self)}-{self._wipes}", FORGET_TIMEOUT_S, forgotten)

    def stop(self) -> None:
        """Nothing of its own to end."""

    def _read(self, visit_id: str, effect_id: int, accepts_lying: bool) -> None:
        def on_event(event: ReaderEvent) -> None:
            match event:
                case MediaInserted():
                    self._post(events.CardInserted(visit_id, effect_id))
                case InvalidMedia():
                    self._post(events.CardRefused(visit_id, effect_id, event.problem))

        def on_outcome(outcome: ReadOutcome) -> None:
            match outcome:
                case Cancelled():
                    pass
                case Problem():
                    self._post(events.CardFailed(visit_id, effect_id, outcome))
                case _:
                    today = self._clock.now().date()
                    self._post(events.CardRead(visit_id, effect_id, outcome.text, today))

        self._reader.read(
            _action_id(visit_id, effect_id), READ_TIMEOUT_S, on_event, on_outcome, accepts_lying=accepts_lying
        )

    def _look(self, visit_id: str, effect_id: int) -> None:
        """A first, short watch tells whether a card lies there at all; then the patient one."""
        action_id = _action_id(visit_id, effect_id)

        def first(outcome: RemovalOutcome) -> None:
            match outcome:
                case MediaRemoved():
                    self._post(events.MediaGone(visit_id, effect_id))
                case Cancelled():
                    pass
                case Problem(key="device.no_time_left"):
                    self._post(events.MediaLies(visit_id, effect_id))
                    self._watch_on(action_id, later)
                case _:
                    self._post(events.MediaUnknown(visit_id, effect_id))

        def later(outcome: RemovalOutcome) -> None:
            match outcome:
                case MediaRemoved():
                    self._post(events.MediaGone(visit_id, effect_id))
                case Problem():
                    self._post(events.MediaUnknown(visit_id, effect_id))
                case Cancelled():
                    pass

        with self._lock:
            self._watching = action_id
        self._reader.watch_removal(action_id + _LOOK, FIRST_LOOK_S, first)

    def _watch_on(self, action_id: str, on_outcome: Callable[[RemovalOutcome], None]) -> None:
        """The patient watch, unless it was given up: nobody would give up one that begins later, and no card would be read."""
        with self._lock:
            if self._watching == action_id:
                self._reader.watch_removal(action_id, WATCH_TIMEOUT_S, on_outcome)

    def _stop_watching(self, action_id: str) -> None:
        with self._lock:
            if self._watching == action_id:
                self._watching = ""
            self._reader.cancel(action_id + _LOOK)
            self._reader.cancel(action_id)


def _action_id(visit_id: str, effect_id: int) -> str:
    return f"{visit_id}-{effect_id}"
