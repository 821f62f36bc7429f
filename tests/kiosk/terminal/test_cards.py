"""The hand at the reader, on a reader whose outcomes the test gives."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from devices.id_card_reader.reader import (
    Cancelled,
    Forgotten,
    IdCardReader,
    InvalidMedia,
    MediaInserted,
    MediaRemoved,
    RemovalOutcome,
)
from devices.id_card_reader.types import CardRead
from kiosk.base.clock import ManualClock
from kiosk.base.errors import Problem
from kiosk.session import effects, events
from kiosk.terminal.cards import FIRST_LOOK_S, Cards
from tests.kiosk.session.world import TODAY, person

TIME_PASSED = Problem("device.no_time_left")


@dataclass
class ScriptedReader:
    """Remembers what was asked, by action id."""

    reads: dict[str, tuple[Callable[[Any], None], Callable[[Any], None], bool]] = field(default_factory=dict)
    watches: dict[str, tuple[float, Callable[[RemovalOutcome], None]]] = field(default_factory=dict)
    forgets: dict[str, Callable[[Any], None]] = field(default_factory=dict)
    cancelled: list[str] = field(default_factory=list)

    def read(
        self,
        action_id: str,
        timeout_s: float,
        on_event: Callable[[Any], None],
        on_outcome: Callable[[Any], None],
        *,
        accepts_lying: bool = True,
    ) -> None:
        assert timeout_s == 0
        self.reads[action_id] = (on_event, on_outcome, accepts_lying)

    def watch_removal(self, action_id: str, timeout_s: float, on_outcome: Callable[[RemovalOutcome], None]) -> None:
        self.watches[action_id] = (timeout_s, on_outcome)

    def forget(self, action_id: str, timeout_s: float, on_outcome: Callable[[Any], None]) -> None:
        assert action_id not in self.forgets, "an action id is never used twice"
        assert timeout_s > 0, "a reader that hangs must not hold the wipe"
        self.forgets[action_id] = on_outcome

    def cancel(self, action_id: str) -> None:
        self.cancelled.append(action_id)


@dataclass
class Desk:
    """Reader and hand with what the hand has posted."""

    reader: ScriptedReader = field(default_factory=ScriptedReader)
    posted: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cards = Cards(cast(IdCardReader, self.reader), ManualClock(), self.posted.append)

    def watch(self) -> tuple[float, Callable[[RemovalOutcome], None]]:
        """Begins to watch; the time and the receiver of the first look."""
        assert self.cards.run(effects.WatchMedia("v1", 5))
        assert list(self.reader.watches) == ["v1-5-look"]
        return self.reader.watches["v1-5-look"]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_read_tells_its_progress_and_the_card_with_the_day_in_the_hall(desk: Desk) -> None:
    desk.cards.run(effects.ReadCard("v1", 3, accepts_lying=False))
    on_event, on_outcome, accepts_lying = desk.reader.reads["v1-3"]
    refused = Problem("card.read_failed")
    on_event(MediaInserted())
    on_event(InvalidMedia(refused))
    on_outcome(CardRead(person()))
    assert not accepts_lying
    assert desk.posted == [
        events.CardInserted("v1", 3),
        events.CardRefused("v1", 3, refused),
        events.CardRead("v1", 3, person(), TODAY),
    ]


@pytest.mark.parametrize("outcome", [Problem("reader.interrupted"), Problem("device.hung")])
def test_a_read_that_fails_says_why(desk: Desk, outcome: Problem) -> None:
    desk.cards.run(effects.ReadCard("v1", 3))
    desk.reader.reads["v1-3"][1](outcome)
    assert desk.posted == [events.CardFailed("v1", 3, outcome)]


def test_a_read_that_was_given_up_says_nothing(desk: Desk) -> None:
    desk.cards.run(effects.ReadCard("v1", 3))
    desk.cards.run(effects.StopReading("v1", 4, 3))
    desk.reader.reads["v1-3"][1](Cancelled())
    assert desk.reader.cancelled == ["v1-3"]
    assert desk.posted == []


def test_no_card_is_known_after_the_first_look(desk: Desk) -> None:
    timeout_s, first = desk.watch()
    first(MediaRemoved())
    assert timeout_s == FIRST_LOOK_S
    assert desk.posted == [events.MediaGone("v1", 5)]
    assert list(desk.reader.watches) == ["v1-5-look"]


def test_a_card_that_lies_there_is_watched_until_it_is_lifted(desk: Desk) -> None:
    _, first = desk.watch()
    first(TIME_PASSED)
    timeout_s, later = desk.reader.watches["v1-5"]
    assert timeout_s == 0
    assert desk.posted == [events.MediaLies("v1", 5)]
    later(MediaRemoved())
    assert desk.posted[1:] == [events.MediaGone("v1", 5)]


@pytest.mark.parametrize(
    "problem", [Problem("device.hung"), Problem("device.starting"), Problem("device.not_configured")]
)
def test_a_reader_that_cannot_say_is_unknown_in_either_look(desk: Desk, problem: Problem) -> None:
    _, first = desk.watch()
    first(problem)
    assert desk.posted == [events.MediaUnknown("v1", 5)]
    again = Desk()
    _, first = again.watch()
    first(TIME_PASSED)
    again.reader.watches["v1-5"][1](problem)
    assert again.posted == [events.MediaLies("v1", 5), events.MediaUnknown("v1", 5)]


def test_a_watch_that_is_given_up_is_given_up_in_both_looks(desk: Desk) -> None:
    _, first = desk.watch()
    desk.cards.run(effects.StopWatching("v1", 6, 5))
    first(Cancelled())
    assert desk.reader.cancelled == ["v1-5-look", "v1-5"]
    assert desk.posted == []


def test_no_patient_watch_begins_after_it_was_given_up(desk: Desk) -> None:
    """It would hold the reader until the card is lifted, and no card of the next visit would be read."""
    _, first = desk.watch()
    desk.cards.run(effects.StopWatching("v1", 6, 5))
    first(TIME_PASSED)  # the look had ended before it could be cancelled
    assert list(desk.reader.watches) == ["v1-5-look"]


@pytest.mark.parametrize("outcome", [Forgotten(), Problem("device.hung"), Cancelled()])
def test_whatever_the_host_says_the_wipe_is_confirmed_once(desk: Desk, outcome: object) -> None:
    """A host that cannot answer was killed, which forgets as well."""
    done: list[bool] = []
    desk.cards.wipe(lambda: done.append(True))
    desk.cards.wipe(lambda: done.append(True))
    assert done == []
    for forgotten in desk.reader.forgets.values():
        forgotten(outcome)
    assert done == [True, True]


def test_what_is_not_the_readers_is_left_to_other_hands(desk: Desk) -> None:
    assert not desk.cards.run(effects.RunQuery("v1", 1, "", None))  # type: ignore[arg-type]
