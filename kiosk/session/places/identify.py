"""Identify: a card is laid, read and judged."""

from devices.status import DeviceClass
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.identity.card_validity import CardValidity, judge_card_validity
from kiosk.session.events import CardFailed, CardInserted, CardRead, CardRefused, DeviceChanged, TimerFired
from kiosk.session.places.steps import advance, go_back, read_card
from kiosk.session.state import ConsentPage, IdentifyPage
from kiosk.session.timeouts import WORK
from kiosk.session.turn import Turn

INTERRUPTED = "reader.interrupted"
"""The host was killed in mid-read; the supervisor brings it back, so the read is repeated at once."""
NO_TIME_LEFT = "device.no_time_left"
"""The read's own time ran out before a card came; the idle count, not the reader, ends a visit."""
MOST_REPEATS = 3

_NOT_VALID = {
    CardValidity.EXPIRED: Problem("session.card_expired"),
    CardValidity.NOT_YET_VALID: Problem("session.card_not_yet_valid"),
}


def card_inserted(turn: Turn, _event: CardInserted) -> None:
    turn.stirred = True
    turn.change(IdentifyPage(reading=True))


def card_refused(turn: Turn, event: CardRefused) -> None:
    """The reader goes on waiting."""
    turn.stirred = True
    turn.change(IdentifyPage(problem=event.problem))


def card_read(turn: Turn, event: CardRead) -> None:
    """A card out of its time is told so and another is awaited; it is judged only with trusted time. A chip whose dates
    cannot be read is left to the second factor, and marked unchecked."""
    turn.stirred = True
    today = event.today if turn.availability.trusted_time else None
    validity = judge_card_validity(event.person.valid_from, event.person.valid_to, today)
    if problem := _NOT_VALID.get(validity):
        turn.change(IdentifyPage(problem=problem))
        read_card(turn, accepts_lying=False)
        return
    turn.note(person=event.person)
    advance(turn, event)
    if isinstance(turn.page, ConsentPage):
        turn.change(replace(turn.page, expiry_unchecked=validity is not CardValidity.VALID))


def card_failed(turn: Turn, event: CardFailed) -> None:
    """A read that was interrupted or ran out of time is repeated at once, but never without bound."""
    if event.problem.key in (INTERRUPTED, NO_TIME_LEFT) and turn.visit.repeats < MOST_REPEATS:
        turn.note(repeats=turn.visit.repeats + 1)
        turn.change(IdentifyPage(problem=event.problem if event.problem.key == INTERRUPTED else None))
        read_card(turn)
    else:
        turn.change(IdentifyPage(problem=event.problem, stopped=True))


def read_again(turn: Turn, _event: object) -> None:
    """Only where the reader had stopped."""
    assert isinstance(turn.page, IdentifyPage)
    if turn.page.stopped:
        turn.note(repeats=0)
        turn.change(IdentifyPage())
        read_card(turn)


def reader_changed(turn: Turn, event: DeviceChanged) -> None:
    """A reader that is back, after it was away, reads by itself where the page had stopped."""
    if event.device is not DeviceClass.ID_CARD_READER or not event.status.is_usable:
        return
    before = turn.before.availability.devices.get(event.device)
    if before is None or not before.is_usable:
        read_again(turn, event)


def leave(turn: Turn, event: object) -> None:
    turn.stop_reading()
    go_back(turn, event)


def silent(turn: Turn, event: TimerFired) -> None:
    """A card was found and nothing came of it: the read is given up, and the person may begin it again."""
    if event.timer == WORK:
        turn.stop_reading()
        turn.change(IdentifyPage(problem=Problem("session.reader_silent"), stopped=True))
