"""The panel on a real lab: hands on buttons, states on the screen, and what it says when something is missing."""

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow

from devices.emulators.control import MissingError
from kiosk.base.sentences import LANGUAGES, sentence
from screens.panel import app
from screens.panel.boards import BOARDS
from screens.panel.lab_line import LabGoneError, LabLine, LabRefusedError
from tests.screens.layout_check import is_text, visible_items
from tests.screens.panel.desk import Desk
from tests.screens.panel.feeding import print_sheet, print_slip, scan_page, watch

NOT_EMULATED_HERE = frozenset({"ups"})


def names(desk: Desk) -> list[str]:
    """Object names of what is visible."""
    return [one.objectName() for one in visible_items(desk.window.window.contentItem())]


def port(desk: Desk, emulator: str) -> int:
    found = desk.state(emulator)["tcp_port"]
    assert isinstance(found, int)
    return found


def test_every_device_of_the_lab_is_in_the_list_with_a_word(desk: Desk) -> None:
    desk.frame()
    shown = {name.split(".")[1] for name in names(desk) if name.startswith("device.") and name.endswith(".word")}
    assert shown == desk.lab.emulators.keys()
    assert shown >= BOARDS.keys() - NOT_EMULATED_HERE
    assert desk.text("device.receipt_printer.word") == "正常"
    assert desk.text("device.id_card_reader.word") == "没有证件"
    assert desk.text("board.title") == "身份证读卡器"  # the first is open at the start


def test_a_click_in_the_list_opens_another_board(desk: Desk) -> None:
    desk.click("device.locker")
    desk.until(lambda: desk.text("board.title") == "取证柜" and desk.model.board.property("isThere"))
    desk.click("locker.set.doors.7.open")
    desk.until(lambda: "locker.set.doors.7.open" in desk.marked)
    assert desk.text("board.state") == "1 扇门开着"
    assert desk.text("device.locker.word") == "1 扇门开着"
    desk.click("locker.set.doors.7.open")
    desk.until(lambda: "locker.set.doors.7.open" not in desk.marked)
    assert desk.text("board.state") == "正常"


def test_a_click_on_a_card_lays_it_and_the_next_takes_it(desk: Desk) -> None:
    desk.until(lambda: desk.model.board.property("isThere"))
    desk.click("id_card_reader.lay.minority")
    desk.until(lambda: "id_card_reader.lay.minority" in desk.marked)
    assert desk.state("id_card_reader")["card"] == "minority"
    assert desk.text("board.state") == "居民身份证（带 · 的姓名）"
    assert desk.text("result") == "已做：身份证读卡器，居民身份证（带 · 的姓名）。"
    assert desk.item("id_card_reader.pull").property("wanted") is True
    desk.click("id_card_reader.pull")
    desk.until(lambda: desk.text("board.state") == "没有证件")
    assert desk.state("id_card_reader")["card"] is None
    assert desk.item("id_card_reader.pull").property("wanted") is False


def test_faults_are_marked_and_counted_while_they_last(desk: Desk) -> None:
    desk.until(lambda: desk.model.board.property("isThere"))
    for fault in ("noise", "silence"):
        desk.click(f"id_card_reader.{fault}")
        desk.until(lambda: f"id_card_reader.{fault}" in desk.marked)  # noqa: B023 - used at once
    desk.until(lambda: desk.text("board.state") == "有 2 个故障")
    desk.click("id_card_reader.cut")
    desk.until(lambda: desk.text("board.state") == "拔了线")
    desk.model.board.press("id_card_reader.normal")
    desk.until(lambda: desk.text("board.state") == "没有证件")


def test_what_was_done_is_counted(desk: Desk) -> None:
    desk.choose("network_cable")
    with socket.create_connection(("127.0.0.1", int(str(desk.state("network_cable")["port"]))), timeout=2):
        desk.until(lambda: desk.model.board.property("counters")[0] == {"label": "连接", "value": "1"})


def test_the_last_slip_is_shown_small_and_large(desk: Desk) -> None:
    desk.choose("receipt_printer")
    assert desk.model.output.property("picture") == ""
    seen: set[str] = set()
    for count in (1, 2):
        print_slip(port(desk, "receipt_printer"), lines=count)
        desk.until(lambda: str(desk.model.output.property("picture")) not in {"", *seen})
        seen.add(str(desk.model.output.property("picture")))
        desk.until(lambda: desk.item("output.picture").property("sourceSize").width() == 576)
        desk.until(lambda: len(list(desk.pictures.iterdir())) == 1)
    desk.click("output.enlarge")
    desk.until(lambda: "output.close" in names(desk))
    desk.click("output.close")
    assert "output.close" not in names(desk)


def test_a_sheet_is_shown_page_by_page(desk: Desk) -> None:
    desk.choose("sheet_printer")
    print_sheet(port(desk, "sheet_printer"), pages=2)
    desk.until(lambda: desk.model.output.property("pageOf") == "第 1 页，共 2 页")
    first = desk.model.output.property("picture")
    assert desk.item("output.previous").isEnabled() is False
    desk.click("output.next")
    desk.until(lambda: desk.text("output.page") == "第 2 页，共 2 页")
    assert desk.model.output.property("picture") != first
    assert desk.item("output.next").isEnabled() is False
    desk.choose("id_card_reader")
    desk.until(lambda: not list(desk.pictures.iterdir()))
    assert desk.model.output.property("picture") == ""


@pytest.mark.parametrize("device", ["document_scanner", "document_camera"])
def test_pages_and_frames_are_pictures_too(desk: Desk, device: str) -> None:
    desk.choose(device)
    if device == "document_scanner":
        desk.lab.emulators[device].do("load", {"sheets": 1})
        scan_page(port(desk, device))
    else:
        watch(port(desk, device))
    desk.until(lambda: desk.model.output.property("picture") != "")
    desk.until(lambda: desk.item("output.picture").property("sourceSize").width() > 100)


def test_the_newest_code_is_shown_in_large_digits(desk: Desk) -> None:
    desk.until(lambda: "还没有发过" in desk.text("code_line"))
    desk.codes.send("482913")
    desk.until(lambda: desk.model.property("code") == "482 913")
    assert desk.text("code_line") == "21:47:09 发往 138****1234"
    assert desk.item("code").height() >= 30


@pytest.mark.parametrize("body", [b"", b"[]", b'{"codes": 7}', b'{"codes": [{"number": "x"}]}', b"\xff\xfe"])
def test_a_platform_that_talks_nonsense_or_nothing_is_told_in_words(desk: Desk, body: bytes) -> None:
    desk.codes.body = body
    desk.until(lambda: "平台没有回应" in desk.text("code_line"))
    assert desk.model.property("isConnected") is True


def test_a_lab_that_goes_is_told_and_one_that_comes_is_found(desk: Desk) -> None:
    desk.choose("receipt_printer")
    desk.codes.send("111222")
    desk.lab.stop()
    desk.until(lambda: "连不上演示设备" in desk.text("result"))
    assert desk.text("device.id_card_reader.word") == "看不到"
    assert desk.text("board.state") == "看不到"
    assert desk.item("receipt_printer.refill").isEnabled() is False
    desk.until(lambda: desk.model.property("code") == "111 222")  # the platform is another process
    desk.model.board.press("receipt_printer.paper_out")
    desk.until(lambda: desk.model.board.property("underWay") == "")
    desk.lab_starts()
    desk.until(lambda: desk.item("receipt_printer.refill").isEnabled())


class TicketGate:
    """An emulator that nobody has curated; its one bolt is rusty."""

    name = "ticket_gate"

    def __init__(self) -> None:
        self.is_open = False

    def start(self) -> None:
        """Nothing runs."""

    def stop(self) -> None:
        """Nothing runs."""

    def do(self, action: str, arguments: dict[str, object]) -> None:
        if action == "bolt":
            raise ValueError("插销锈住了 / the bolt is rusty")
        self.is_open = action == "let_through"

    def state(self) -> dict[str, object]:
        return {"counters": {"let_through": int(self.is_open)}, "actions": ["let_through", "bolt"]}


def test_a_device_that_nobody_curated_works_and_its_refusal_is_told(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(beside=[TicketGate()])
    desk.choose("ticket_gate")
    assert desk.text("board.title") == "ticket gate"
    desk.click("ticket_gate.let_through")
    desk.until(lambda: desk.model.board.property("counters") == [{"label": "let through", "value": "1"}])
    desk.click("ticket_gate.bolt")
    desk.until(lambda: "没有做成" in desk.text("result"))
    assert "插销锈住了" in desk.text("result")
    assert desk.model.property("resultLevel") == "later"
    assert desk.text("traffic.note") == "这个设备不记录线上往来。"


class UnpoweredGate(TicketGate):
    """One that this machine cannot run."""

    name = "ticket_gate"

    def start(self) -> None:
        raise MissingError("hall.nut_not_installed")


def test_a_device_that_the_machine_cannot_run_is_told_with_the_reason(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(beside=[UnpoweredGate()])
    desk.click("device.ticket_gate")
    desk.until(lambda: desk.text("board.title") == "ticket gate")
    assert desk.text("device.ticket_gate.word") == desk.text("board.state") == "这里没有"
    assert desk.text("board.missing") == sentence("hall.nut_not_installed", "zh_CN")


def test_a_lab_without_a_device_shows_fewer(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(without=frozenset({"sheet_printer", "id_card_reader"}))
    desk.frame()
    assert "device.sheet_printer" not in names(desk)
    assert desk.text("board.title") == "智能卡读卡器"


def test_it_looks_only_while_it_can_be_seen(desk: Desk) -> None:
    desk.choose("network_cable")
    desk.window.window.hide()
    desk.codes.send("333444")
    desk.model.board.press("network_cable.cut")
    desk.until(lambda: "network_cable.cut" in desk.marked)  # an action is followed by one look, seen or not
    desk.codes.send("555666")
    quiet_until = time.monotonic() + 0.15
    desk.until(lambda: time.monotonic() > quiet_until)
    assert desk.model.property("code") == "333 444"
    desk.window.window.show()
    desk.until(lambda: desk.model.property("code") == "555 666")


def test_each_script_has_its_font(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(language="zh_HK")
    desk.until(lambda: desk.item("board.title").property("font").family() == "Noto Sans CJK HK")


def _cut_texts(desk: Desk) -> list[str]:
    """Texts that do not fit where they are, and buttons outside their board."""
    items = visible_items(desk.window.window.contentItem())
    cut = [str(one.property("text")) for one in items if is_text(one) and one.property("truncated")]
    wide = [one.objectName() for one in items if _is_button(one) and one.property("implicitWidth") > one.width() + 0.5]
    board_ends = desk.window.window.width() * 0.7 - 20
    outside = [
        one.objectName()
        for one in items
        if one.objectName().split(".")[0] in BOARDS and one.mapToScene(one.boundingRect().topRight()).x() > board_ends
    ]
    return cut + wide + outside


def _is_button(item: QQuickItem) -> bool:
    return item.metaObject().indexOfProperty("marked") >= 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_cut_on_any_board_in_the_smallest_window(open_desk: Callable[..., Desk], language: str) -> None:
    desk = open_desk(language=language)
    desk.window.window.resize(1280, 800)
    faults: dict[str, list[str]] = {}
    for device in desk.lab.emulators:
        desk.choose(device)
        desk.frame()
        if found := _cut_texts(desk):
            faults[device] = found
    assert faults == {}


def test_a_lab_that_hangs_holds_neither_the_window_nor_the_end(short_tmp: Path) -> None:
    path = short_tmp / "hangs.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        listener.listen(1)
        line = LabLine(path, timeout_s=30)
        failures: list[Exception] = []

        def ask() -> None:
            try:
                line.ask("id_card_reader", "state")
            except LabGoneError as error:
                failures.append(error)

        asker = threading.Thread(target=ask)
        asker.start()
        far_end, _ = listener.accept()
        with far_end:
            assert far_end.recv(1000).endswith(b"\n")
            line.break_off()
            asker.join(2)
        assert len(failures) == 1
        with pytest.raises(LabGoneError):
            line.ask("id_card_reader", "state")


def test_answers_that_are_no_answers_are_a_lab_that_has_gone(short_tmp: Path) -> None:
    path = short_tmp / "odd.sock"
    answers = [
        b"nonsense\n",
        b"[]\n",
        b'{"ok": true}\n',
        b'{"ok": true, "state": 3}\n',
        b'{"ok": false, "error": "no"}\n',
    ]
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        listener.listen(1)
        line = LabLine(path, timeout_s=2)
        for answer in answers:
            sayer = threading.Thread(target=_say_once, args=(listener, answer))
            sayer.start()
            with pytest.raises(LabRefusedError if b"false" in answer else LabGoneError):
                line.ask("id_card_reader", "state")
            line.close()
            sayer.join(2)


def _say_once(listener: socket.socket, answer: bytes) -> None:
    far_end, _ = listener.accept()
    with far_end:
        far_end.recv(1000)
        far_end.sendall(answer)


def test_without_a_demo_the_command_says_what_to_do(short_tmp: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["--directory", str(short_tmp)]) == 2
    assert "先运行 make run" in capsys.readouterr().err


def test_without_a_display_the_command_says_so(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.main(["--control", str(desk.socket)]) == 2
    assert "没有显示器" in capsys.readouterr().err


def test_the_command_shows_the_panel_until_its_window_is_closed(desk: Desk, gui: QGuiApplication) -> None:
    desk.codes.send("482913")
    desk.window.window.hide()
    port = desk.codes.url.rpartition(":")[2]
    seen: list[str] = []

    def close_when_shown() -> None:
        for window in gui.topLevelWindows():
            if isinstance(window, QQuickWindow) and window.isVisible():
                seen.extend(str(one.property("text")) for one in visible_items(window.contentItem()))
                if "482 913" in seen:
                    window.close()
                    return
        QTimer.singleShot(20, close_when_shown)

    QTimer.singleShot(0, close_when_shown)
    assert app.main(["--control", str(desk.socket), "--platform-port", port]) == 0
    assert "身份证读卡器" in seen


def test_the_platform_s_address_is_read_from_the_running_demo(short_tmp: Path) -> None:
    assert app.platform_url(short_tmp) is None
    (short_tmp / "platform.port").write_text("8123\n", encoding="utf-8")
    assert app.platform_url(short_tmp) == "http://127.0.0.1:8123"
    (short_tmp / "platform.port").write_text("eight", encoding="utf-8")
    assert app.platform_url(short_tmp) is None
