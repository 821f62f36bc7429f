"""The journey's own honesty: it keeps what is shown, and a step that was not there is a failure."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from kiosk.base.errors import Problem
from kiosk.session import effects, events
from kiosk.session.state import Place
from kiosk.terminal.port import TerminalPort
from screens.journey.player import Hands, JourneyError, Player
from screens.journey.visit import Visit
from tests.kiosk.session.world import Drive


class _Seen:
    """Player and terminal at once, on a session that the test drives; a wait looks once."""

    def __init__(self, drive: Drive) -> None:
        self.drive = drive
        self.touched: list[str] = []

    @property
    def session(self) -> Any:
        return self.drive.session

    @property
    def place(self) -> Place:
        return self.drive.place

    def wait(self, what: str, holds: Callable[[], bool], _deadline_s: float = 0) -> None:
        if not holds():
            raise JourneyError(f"waited for {what}")

    def wait_for(self, place: Place, _deadline_s: float = 0) -> None:
        self.wait(place.value, lambda: self.place is place)

    def find(self, name: str) -> object:
        return name

    def touch(self, name: str) -> None:
        self.touched.append(name)

    def picture(self, path: Path) -> None:
        path.write_bytes(b"picture")


def _visit(drive: Drive, out: Path, places: tuple[Place, ...] = ()) -> Visit:
    seen = _Seen(drive)
    return Visit(cast(Player, seen), cast(TerminalPort, seen), cast(Hands, seen), "provident-fund", out, dict, places)


def test_a_picture_is_never_named_after_a_page_that_is_not_shown(tmp_path: Path) -> None:
    visit = _visit(Drive().to_result(), tmp_path)
    with pytest.raises(JourneyError, match="shows result where query was to be"):
        visit._keep(Place.QUERY)
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_was_answered_before_anybody_could_look_is_on_record_without_a_picture(tmp_path: Path) -> None:
    visit = _visit(Drive().to_result(), tmp_path)
    visit._query()
    assert [(step.place, step.picture) for step in visit.steps] == [("query", "")]
    assert visit.pictures == []


def test_each_step_tells_the_assurance_that_was_reached(tmp_path: Path) -> None:
    reached = []
    for drive, place in (
        (Drive().to_identify(), Place.IDENTIFY),
        (Drive().to_consent(), Place.CONSENT),
        (Drive().to_result(), Place.RESULT),
    ):
        visit = _visit(drive, tmp_path)
        visit._keep(place)
        reached.append(visit.steps[-1].assurance)
    assert reached == ["none", "card", "card_and_factor"]


def test_a_query_that_failed_ends_the_journey_with_its_reason(tmp_path: Path) -> None:
    drive = Drive().to_query().answer(events.PlatformFailed, effects.RunQuery, Problem("central.slow"))
    with pytest.raises(JourneyError, match=r"central\.slow"):
        _visit(drive, tmp_path)._query()


def test_a_paper_that_did_not_come_out_ends_the_journey(tmp_path: Path) -> None:
    from devices.receipt_printer.types import Outcome

    drive = Drive().to_print().ended("j1", Outcome.UNKNOWN).ended("j2", Outcome.PRINTED)
    with pytest.raises(JourneyError, match="not everything was printed"):
        _visit(drive, tmp_path)._print()
