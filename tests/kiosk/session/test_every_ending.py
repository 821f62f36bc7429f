"""Every page in each of its conditions, ended in every way: with the curtain nothing of the citizen is left in the state, and the
terminal comes to rest at the attract page."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

import msgspec
import pytest

from kiosk.base.record import replace
from kiosk.session import effects, events
from kiosk.session.effects import Effect
from kiosk.session.state import Ending, Overlay, Place, Session
from kiosk.session.timeouts import IDLE, RESULT, VISIT, VISIT_WARNING, WARNING, WORK
from kiosk.session.watches import NOT_LIVE
from tests.kiosk.session.samples import SAMPLES
from tests.kiosk.session.world import NUMBERS, PICTURE, SLIP_NUMBER, TEXT, Drive, person

LIVE = tuple(name for name, make in SAMPLES.items() if make().place not in NOT_LIVE)
PERSONAL = (TEXT, SLIP_NUMBER, PICTURE.preview, PICTURE.attachment_id, *NUMBERS, person().name, person().address)


def _cancelled(drive: Drive) -> None:
    for _ in range(3):  # a touch may have to lift the cover first
        if drive.place not in NOT_LIVE and drive.overlay is not Overlay.CONFIRM_END:
            drive.do(events.End())
    if drive.place not in NOT_LIVE:
        drive.do(events.ConfirmEnd())


def _walked_away(drive: Drive) -> None:
    """Nobody touches, and nobody outside answers: what is at work is given up, papers and rating are passed over."""
    for _ in range(8):
        if drive.place in NOT_LIVE:
            return
        timers = drive.session.visit.timers
        drive.fire(next(name for name in (WORK, WARNING, RESULT, IDLE) if name in timers))


def _time_was_up(drive: Drive) -> None:
    if VISIT not in drive.session.visit.timers:
        drive.fire(VISIT_WARNING)
    drive.fire(VISIT)


def _broke(drive: Drive) -> None:
    drive.do(events.Broke())


WAYS: dict[str, tuple[Callable[[Drive], None], set[Ending]]] = {
    "cancelled": (_cancelled, {Ending.CANCELLED, Ending.DONE}),
    "walked away": (_walked_away, {Ending.IDLE, Ending.DONE}),
    "time was up": (_time_was_up, {Ending.TIME_UP}),
    "broke": (_broke, {Ending.FAULT}),
}


def _leaves(value: object) -> Iterator[object]:
    """All that can be reached from a state."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _leaves(getattr(value, name))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _leaves(getattr(value, field.name))
    elif isinstance(value, dict):
        for item in value.items():
            yield from _leaves(item)
    elif isinstance(value, (tuple, frozenset)):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _holds(value: object) -> list[str]:
    """What of a citizen is in there, by its type: never the thing itself."""
    return [type(leaf).__name__ for leaf in _leaves(value) if leaf in PERSONAL]


def _rest(drive: Drive) -> list[Effect]:
    """Through the end to the attract page, nobody outside answering; the effects of it."""
    asked: list[Effect] = []
    for _ in range(12):
        if drive.place is Place.ATTRACT:
            return asked
        timers = drive.session.visit.timers
        drive.fire(next(iter(sorted(timers, key=_ORDER.index))))
        asked += drive.last
    raise AssertionError(f"it stays at {drive.place.value}")


_ORDER = ("curtain", "wipe", "papers", "cardUnknown", "cardOverdue", "cardCall")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sample", LIVE)
def test_with_the_curtain_nothing_is_left_and_it_comes_to_rest(sample: str, way: str) -> None:
    end, endings = WAYS[way]
    drive = SAMPLES[sample]()
    end(drive)
    assert drive.place is Place.CURTAIN
    assert drive.session.visit.ending in endings
    assert drive.overlay is Overlay.NONE
    assert _holds(drive.session) == []
    assert set(drive.session.visit.awaited) == {effects.DrawCurtain.__name__}
    asked = _rest(drive)
    assert [type(one) for one in asked if isinstance(one, effects.Wipe)] == [effects.Wipe]
    assert not [one for one in asked if isinstance(one, effects.PrintDocument | effects.SubmitItem)]
    fresh = Session(availability=drive.session.availability, dropped=drive.session.dropped)
    now = drive.session
    assert replace(now, visit=replace(now.visit, page_serial=0, next_effect=1)) == fresh


def test_what_is_looked_for_is_there_before() -> None:
    assert {"str", "bytes"} <= set(_holds(Drive().to_handed_in().session))
    assert _holds(Drive().to_progress().session)
