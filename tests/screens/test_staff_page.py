"""The staff page: how one gets in, what stands there in every look, what a touch does; nothing moves under a finger."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from devices.status import Action, DeviceClass, DeviceState, DeviceStatus, Paper, Toner
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session.events import ActAsStaff, CallStaff, End, EnterPin, Start
from kiosk.session.staff import StaffAct, StaffBoard
from kiosk.session.state import AttractPage, Language, Session, Settings, StaffPage, StaffStage, TextSize
from tests.screens.conftest import Stage, wait_until
from tests.screens.layout_check import complaints, is_text, visible_items
from tests.screens.samples import BAD, GOOD, STAFF_BOARD, STAFF_RED, session_of

Open = Callable[..., Stage]
LOOKS = [
    (False, Settings()),
    (False, Settings(Language.EN, TextSize.ELDER)),
    (True, Settings(Language.ZH_HK)),
    (True, Settings(Language.EN, TextSize.ELDER)),
]
MANY = replace(
    BAD,
    devices={
        **BAD.devices,
        DeviceClass.BARCODE_READER: DeviceStatus(DeviceState.POWER_OFF, action=Action.CLEAR, reason="barcode.gone"),
        DeviceClass.SHEET_PRINTER: DeviceStatus(DeviceState.ONLINE, paper=Paper.FULL, toner=Toner.LOW),
        DeviceClass.CABINET: DeviceStatus(DeviceState.ONLINE),
        DeviceClass.UPS: DeviceStatus(DeviceState.STARTING),
        DeviceClass.LOCKER: DeviceStatus(DeviceState.NO_DEVICE),
    },
)


def opened(
    stage: Open, board: StaffBoard = STAFF_RED, settings: Settings | None = None, *, landscape: bool = False
) -> Stage:
    page = StaffPage(StaffStage.OPEN, board=board)
    return stage(session_of(page, settings, MANY), landscape=landscape, full=True)


def texts(one: Stage) -> list[str]:
    return [str(item.property("text")) for item in visible_items(one.shown) if is_text(item)]


def attract(stage: Open, *, has_page: bool) -> Stage:
    one = stage(session_of(StaffPage(StaffStage.PIN)))
    one.terminal.site = replace(one.terminal.site, has_staff_page=has_page)
    one.terminal.go(AttractPage())
    one.follow()
    return one


def corner(one: Stage) -> QQuickItem:
    found = one.shown.findChild(QQuickItem, "staff_corner")
    assert isinstance(found, QQuickItem)
    return found


def test_a_long_press_of_the_corner_calls_the_page_and_a_short_one_starts(stage: Open) -> None:
    one = attract(stage, has_page=True)
    assert corner(one).property("pressAndHoldInterval") == 5000
    place = QPoint(10, 10)
    left, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(one.host.window, left, no_key, place)
    assert len(one.terminal.posted_of(Start)) == 1
    corner(one).setProperty("pressAndHoldInterval", 20)
    QTest.mousePress(one.host.window, left, no_key, place)
    wait_until(lambda: bool(one.terminal.posted_of(CallStaff)))
    QTest.mouseRelease(one.host.window, left, no_key, place)
    assert len(one.terminal.posted_of(CallStaff)) == 1
    assert len(one.terminal.posted_of(Start)) == 1, "the end of the long press starts nothing"


def test_without_a_pin_in_the_configuration_the_corner_is_like_any_other_place(stage: Open) -> None:
    one = attract(stage, has_page=False)
    assert not corner(one).property("enabled")
    QTest.mouseClick(one.host.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(10, 10))
    assert len(one.terminal.posted_of(Start)) == 1


def test_a_pin_is_typed_as_dots_and_handed_in_once(stage: Open) -> None:
    one = stage(session_of(StaffPage(StaffStage.PIN)))
    for digit in "24681":
        one.touch(f"key_{digit}")
    assert not one.target("act").isEnabled()
    one.touch("key_delete")
    for digit in "10":
        one.touch(f"key_{digit}")
    assert not any("24681" in text for text in texts(one))
    one.touch("act")
    one.touch("act")
    assert one.terminal.posted_of(EnterPin) == [EnterPin(7, "246810")]
    assert "246810" not in repr(one.terminal.posted)
    one.touch("end")
    assert one.terminal.posted_of(End) == [End()]


@pytest.mark.parametrize(("landscape", "settings"), LOOKS)
def test_every_board_fits_with_all_that_can_be_wrong(stage: Open, landscape: bool, settings: Settings) -> None:
    one = opened(stage, settings=settings, landscape=landscape)
    found = []
    for tab in ("queue", "letters", "devices"):
        one.touch(f"tab_{tab}")
        one.host.window.grabWindow()
        elder = settings.text_size is TextSize.ELDER
        while True:
            found += [
                f"{tab}: {line}"
                for line in complaints(one.host.window, one.shown, one.host.theme.px_per_mm, elder=elder)
            ]
            names = [item.objectName() for item in visible_items(one.shown) if item.isEnabled()]
            if "next" not in names:
                break
            one.touch("next")
    assert found == []


def test_the_queue_tells_counts_light_store_and_line(stage: Open) -> None:
    one = opened(stage)
    shown = "\n".join(texts(one))
    for part in ("1204", "5", "红灯", "2.6", "300 MiB", "快 6 分钟", "断开", "评价", "2 小时前", "2027"):
        assert part in shown, part
    one.touch("act")
    assert one.terminal.posted_of(ActAsStaff) == [ActAsStaff(7, StaffAct.DRAIN)]


def test_a_healthy_terminal_says_so(stage: Open) -> None:
    one = opened(stage, STAFF_BOARD)
    shown = "\n".join(texts(one))
    for part in ("绿灯", "41.0 GiB", "安全芯片", "时钟准确", "刚刚有过应答"):
        assert part in shown, part
    one.touch("tab_letters")
    assert "没有退件。" in texts(one)


def test_a_dead_letter_tells_its_reason_in_words_and_is_sent_again_by_a_touch(stage: Open) -> None:
    one = opened(stage)
    one.touch("tab_letters")
    shown = "\n".join(texts(one))
    assert "平台没有受理" in shown
    assert "rejected" not in shown
    one.touch("retry_1")
    assert one.terminal.posted_of(ActAsStaff) == [ActAsStaff(7, StaffAct.RETRY, STAFF_RED.letters[1].key)]


def test_while_something_is_done_nothing_else_can_be_begun(stage: Open) -> None:
    one = opened(stage)
    page = StaffPage(StaffStage.OPEN, board=STAFF_RED, acting=StaffAct.DRAIN)
    one.terminal.change(page)
    one.follow()
    assert not one.target("act").isEnabled()
    one.touch("tab_letters")
    assert not one.target("retry_0").isEnabled()


def test_who_is_out_of_paper_stands_first_and_in_words(stage: Open) -> None:
    one = opened(stage)
    one.touch("tab_devices")
    rows = [item for item in visible_items(one.shown) if item.metaObject().className().startswith("StaffRow")]
    titles = [str(row.property("title")) for row in sorted(rows, key=lambda row: (row.y(), row.x()))]
    kinds = [str(row.property("kind")) for row in sorted(rows, key=lambda row: (row.y(), row.x()))]
    assert kinds == sorted(kinds, key=["stopped", "later", "ready"].index)
    assert {"凭条打印机", "扫码器", "身份证阅读器"} <= set(titles[:3])
    shown = "\n".join(texts(one))
    assert "缺纸，请加纸。" in shown
    assert "墨粉快用完" in shown
    assert "取证柜" not in shown, "this terminal has none"


def test_a_refresh_makes_nothing_anew_under_the_finger(stage: Open) -> None:
    one = opened(stage)
    one.touch("tab_letters")
    before = one.target("retry_0")
    one.terminal.change(StaffPage(StaffStage.OPEN, board=replace(STAFF_RED, at="23:04:07", queued=1200)))
    one.follow()
    assert one.target("retry_0") is before
    assert any("23:04:07" in text for text in texts(one))
    one.terminal.change(StaffPage(StaffStage.OPEN, board=replace(STAFF_RED, letters=STAFF_RED.letters[1:])))
    one.follow()
    assert len([i for i in visible_items(one.shown) if i.objectName().startswith("retry_")]) == 4


def test_a_store_that_is_away_is_told_in_words(stage: Open) -> None:
    one = opened(stage, replace(STAFF_BOARD, problem=Problem("store.away")))
    assert one.text("problem")


def test_the_page_ends_by_itself_and_counts_down(stage: Open) -> None:
    one = stage(session_of(StaffPage(StaffStage.OPEN, board=STAFF_BOARD), availability=GOOD))
    one.terminal.seconds = {"idle": 12.0}
    one.follow()
    assert "12" in one.text("countdown")


def test_the_session_holds_no_person() -> None:
    session: Session = session_of(StaffPage(StaffStage.OPEN, board=STAFF_RED))
    assert session.visit.person is None
