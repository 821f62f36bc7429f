"""The staff page as the machine has it."""

from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session import effects, events
from kiosk.session.staff import StaffBoard
from kiosk.session.state import StaffPage, StaffStage
from tests.kiosk.session.world import Drive

BOARD = StaffBoard("23:04:00")


def to_open() -> Drive:
    return Drive().to_staff_pin().here(events.EnterPin, "135790").answer(events.PinChecked, effects.CheckPin, None)


def test_the_board_is_shown_and_asked_for_again_after_a_while() -> None:
    drive = to_open().answer(events.StaffTold, effects.AskStaffBoard, BOARD)
    assert drive.page == StaffPage(StaffStage.OPEN, board=BOARD)
    assert "refresh" in drive.session.visit.timers


def test_a_board_that_comes_late_is_not_shown_before_the_pin() -> None:
    drive = to_open()
    asked = StaffPage(StaffStage.PIN, Problem("staff.pin_wrong"))
    drive.session = replace(drive.session, visit=replace(drive.session.visit, page=asked))
    drive.answer(events.StaffTold, effects.AskStaffBoard, BOARD)
    assert drive.page == asked
    assert "refresh" not in drive.session.visit.timers
