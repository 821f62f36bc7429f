"""The gate between touches and pages: guard, fingers, long presses, keys, closing."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMouseEvent, QPointingDevice
from PySide6.QtTest import QTest

from devices.receipt_printer.types import Outcome
from kiosk.base.record import replace
from kiosk.central.contract import FactorMethod
from kiosk.session.events import ChooseItem, ConfirmEnd, Continue, End, GoBack, KeepGoing, Reprint, Start, Touched
from kiosk.session.state import (
    AttractPage,
    Document,
    FactorPage,
    FactorStage,
    GuidePage,
    HomePage,
    NoticePage,
    Overlay,
    PrintJob,
    PrintPage,
)
from screens.window import TOUCH_GUARD_S
from tests.screens.conftest import Stage
from tests.screens.samples import fund, samples, session_of

Open = Callable[..., Stage]


def test_a_touch_on_the_act_fires_once_with_the_serial_of_its_page(stage: Open) -> None:
    one = stage(session_of(NoticePage()))
    one.touch("act")
    assert one.terminal.posted_of(Continue) == [Continue(7)]
    assert len(one.terminal.posted_of(Touched)) == 1


def test_every_touch_anywhere_is_told_as_presence(stage: Open) -> None:
    one = stage(session_of(HomePage()))
    QTest.mouseClick(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(2, 450))
    assert one.terminal.posted == [Touched()]


def test_touches_within_the_guard_after_a_page_change_do_nothing_but_count_as_presence(stage: Open) -> None:
    one = stage(session_of(NoticePage()))
    one.terminal.go(GuidePage(fund().item_code))
    one.follow(past_guard=False)
    one.now += TOUCH_GUARD_S - 0.01
    one.touch("back")
    assert one.terminal.posted == [Touched()]
    one.now += 0.02
    one.touch("back")
    assert one.terminal.posted_of(GoBack) == [GoBack(8)]


def test_the_second_of_two_quick_touches_cannot_act_on_the_page_after(stage: Open) -> None:
    one = stage(session_of(NoticePage()))
    place = one.point("act")
    one.touch("act")
    one.terminal.go(GuidePage(fund().item_code))
    one.follow(past_guard=False)
    QTest.mouseClick(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    one.settle()
    intents = [event for event in one.terminal.posted if not isinstance(event, Touched)]
    assert intents == [Continue(7)]


def test_a_press_before_the_change_and_its_release_after_it_do_nothing(stage: Open) -> None:
    one = stage(session_of(NoticePage()))
    place = one.point("act")
    QTest.mousePress(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    one.terminal.go(GuidePage(fund().item_code))
    one.follow()
    QTest.mouseRelease(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    one.settle()
    assert one.terminal.posted == [Touched()]


CHOICE = FactorPage(FactorStage.CHOOSE, (FactorMethod.PASSWORD, FactorMethod.ONE_TIME_CODE))


def test_a_press_before_a_change_of_stage_does_nothing_when_it_is_released_after(stage: Open) -> None:
    """`back` stands in the same place on both stages, and its button is the same object."""
    one = stage(session_of(CHOICE))
    place, window = one.point("back"), one.host.window
    QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    one.settle()
    assert one.target("back").property("pressed")
    one.terminal.change(replace(CHOICE, stage=FactorStage.FAILED))
    one.follow()
    assert not one.target("back").property("pressed"), "the button must not look pressed for ever"
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    one.settle()
    assert one.terminal.posted == [Touched()]
    one.touch("back")
    assert one.terminal.posted_of(GoBack) == [GoBack(7)]


def test_a_finger_down_before_a_change_of_stage_does_nothing_when_it_is_lifted_after(
    stage: Open, fingers: QPointingDevice
) -> None:
    one = stage(session_of(CHOICE))
    place, window = one.point("back"), one.host.window
    QTest.touchEvent(window, fingers).press(1, place, window).commit()
    one.settle()
    one.terminal.change(replace(CHOICE, stage=FactorStage.FAILED))
    one.follow()
    QTest.touchEvent(window, fingers).release(1, place, window).commit()
    one.settle()
    assert one.terminal.posted == [Touched()]
    QTest.touchEvent(window, fingers).press(1, place, window).commit()
    QTest.touchEvent(window, fingers).release(1, place, window).commit()
    one.settle()
    assert one.terminal.posted_of(GoBack) == [GoBack(7)]


def test_a_press_before_an_overlay_comes_does_nothing_when_it_is_released_after(stage: Open) -> None:
    one = stage(session_of(NoticePage()))
    place, window = one.point("act"), one.host.window
    QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    one.terminal.session = replace(one.terminal.session, overlay=Overlay.IDLE_WARNING)
    one.follow()
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    one.settle()
    assert one.terminal.posted == [Touched()]


def test_a_long_press_acts_as_one_touch(stage: Open) -> None:
    one = stage(session_of(NoticePage()))
    place = one.point("act")
    QTest.mousePress(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.qWait(QGuiApplication.styleHints().mousePressAndHoldInterval() + 60)
    QTest.mouseRelease(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    one.settle()
    assert one.terminal.posted_of(Continue) == [Continue(7)]


@pytest.fixture(scope="session")
def fingers(gui: QGuiApplication) -> QPointingDevice:
    """A touch screen."""
    return QTest.createTouchDevice()


def test_of_two_fingers_on_two_buttons_the_first_wins(stage: Open, fingers: QPointingDevice) -> None:
    one = stage(session_of(NoticePage()))
    window, act, back = one.host.window, one.point("act"), one.point("back")
    QTest.touchEvent(window, fingers).press(1, act, window).commit()
    QTest.touchEvent(window, fingers).stationary(1).press(2, back, window).commit()
    QTest.touchEvent(window, fingers).stationary(1).release(2, back, window).commit()
    QTest.touchEvent(window, fingers).release(1, act, window).commit()
    one.settle()
    intents = [event for event in one.terminal.posted if not isinstance(event, Touched)]
    assert intents == [Continue(7)]


def test_a_finger_that_slides_off_its_button_does_nothing(stage: Open, fingers: QPointingDevice) -> None:
    one = stage(session_of(NoticePage()))
    window, act = one.host.window, one.point("act")
    QTest.touchEvent(window, fingers).press(1, act, window).commit()
    QTest.touchEvent(window, fingers).move(1, QPoint(270, 450), window).commit()
    QTest.touchEvent(window, fingers).release(1, QPoint(270, 450), window).commit()
    one.settle()
    assert set(one.terminal.posted) == {Touched()}


@pytest.mark.parametrize("start", [QPoint(0, 450), QPoint(539, 450), QPoint(270, 0), QPoint(270, 959)])
def test_a_swipe_from_an_edge_does_nothing(stage: Open, fingers: QPointingDevice, start: QPoint) -> None:
    one = stage(session_of(HomePage()))
    window, before = one.host.window, one.host.page
    QTest.touchEvent(window, fingers).press(1, start, window).commit()
    for part in (0.2, 0.5, 0.8, 1.0):
        at = QPoint(round(start.x() + (270 - start.x()) * part), round(start.y() + (450 - start.y()) * part))
        QTest.touchEvent(window, fingers).move(1, at, window).commit()
    QTest.touchEvent(window, fingers).release(1, QPoint(270, 450), window).commit()
    one.settle()
    assert set(one.terminal.posted) == {Touched()}
    assert one.host.page is before


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_F5, Qt.Key.Key_A]
)
def test_keys_of_a_usb_keyboard_are_presence_and_nothing_more(stage: Open, key: Qt.Key) -> None:
    one = stage(session_of(NoticePage()))
    for modifier in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
    ):
        QTest.keyClick(one.host.window, key, modifier)
    one.settle()
    assert set(one.terminal.posted) == {Touched()}


def test_alt_f4_and_a_close_request_leave_the_terminal_open(stage: Open) -> None:
    one = stage(session_of(HomePage()))
    QTest.keyClick(one.host.window, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    request = QCloseEvent()
    QGuiApplication.sendEvent(one.host.window, request)
    one.host.window.close()
    one.settle()
    assert one.host.window.isVisible()
    assert not request.isAccepted()


def test_the_right_button_and_the_wheel_do_nothing(stage: Open) -> None:
    one = stage(session_of(NoticePage()))
    QTest.mouseClick(one.host.window, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, one.point("act"))
    one.settle()
    assert one.terminal.posted_of(Continue) == []


def test_a_double_click_is_two_touches_on_one_page_with_one_serial(stage: Open) -> None:
    one = stage(session_of(NoticePage()))
    place = QPointF(one.point("act"))
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease) * 2:
        pressed = Qt.MouseButton.LeftButton if kind is QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        event = QMouseEvent(kind, place, place, Qt.MouseButton.LeftButton, pressed, Qt.KeyboardModifier.NoModifier)
        QGuiApplication.sendEvent(one.host.window, event)
    one.settle()
    assert set(one.terminal.posted_of(Continue)) == {Continue(7)}  # the machine drops the stale one


def test_the_attract_page_starts_wherever_it_is_touched(stage: Open) -> None:
    one = stage(session_of(AttractPage()))
    QTest.mouseClick(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(100, 150))
    one.settle()
    assert one.terminal.posted_of(Start) == [Start("id-1", None, None)]


def test_a_disabled_act_stays_with_its_reason_and_does_nothing(stage: Open) -> None:
    one = stage(samples()["guide-stopped"])
    one.touch("act")
    assert [event for event in one.terminal.posted if not isinstance(event, Touched)] == []
    assert "读卡器" in one.text("act_reason")


def test_an_item_is_chosen_and_the_end_button_ends(stage: Open) -> None:
    one = stage(session_of(HomePage()))
    one.touch("item_provident-fund")
    one.touch("end")
    assert one.terminal.posted_of(ChooseItem) == [ChooseItem(7, fund().item_code)]
    assert one.terminal.posted_of(End) == [End()]


def test_one_touch_anywhere_on_the_idle_warning_goes_on(stage: Open) -> None:
    one = stage(samples()["over-idleWarning"])
    QTest.mouseClick(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    one.settle()
    assert one.terminal.posted == [KeepGoing()]


def test_the_end_on_the_idle_warning_ends_and_does_not_go_on(stage: Open) -> None:
    one = stage(samples()["over-idleWarning"])
    one.touch("other")
    assert one.terminal.posted == [ConfirmEnd()]


def test_a_touch_on_the_question_at_the_end_is_no_answer(stage: Open) -> None:
    one = stage(samples()["over-confirmEnd"])
    QTest.mouseClick(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    one.settle()
    assert one.terminal.posted == []
    one.touch("safe")
    assert one.terminal.posted == [KeepGoing()]


def test_the_cover_takes_the_touch_for_itself_and_guards_the_page_when_it_goes(stage: Open) -> None:
    one = stage(samples()["over-cover"])
    end = QPoint(60, 910)  # where the page below has its end button
    QTest.mouseClick(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert one.terminal.posted == [Touched()]
    one.terminal.lay(Overlay.NONE)
    one.follow(past_guard=False)
    QTest.mouseClick(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert one.terminal.posted_of(End) == []


def test_touches_within_the_guard_after_a_change_of_stage_do_nothing(stage: Open) -> None:
    asked = PrintJob(Document.SHEET, "one", Outcome.UNKNOWN)
    one = stage(session_of(PrintPage((asked,))))
    one.touch("act")
    one.terminal.change(PrintPage((replace(asked, outcome=Outcome.NOT_PRINTED),)))
    one.follow(past_guard=False)
    one.touch("act")  # 出来了 has become 再打印一次
    assert one.terminal.posted_of(Reprint) == []
    one.now += TOUCH_GUARD_S + 0.01
    one.touch("act")
    assert len(one.terminal.posted_of(Reprint)) == 1
