"""The panel on a real lab: hands on buttons, states on the screen, and what it says when something is missing."""

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.base.sentences import LANGUAGES, known_sentences
from screens.panel import app
from screens.panel.lab_line import LabGoneError, LabLine, LabRefusedError
from screens.panel.switchboard import BOARDS, SWITCHES, summary, switch_of
from tests.screens.layout_check import visible_items
from tests.screens.panel.conftest import Desk

SLIP = b"\x1b@Budayang\n" + b"line\n" * 12 + b"\x1dV\x00"


def marked(desk: Desk) -> list[str]:
    return list(desk.model.property("marked"))


def test_a_click_on_a_card_lays_it_and_the_next_takes_it(desk: Desk) -> None:
    desk.until(lambda: desk.model.property("cards"))
    desk.click("card:minority")
    desk.until(lambda: desk.reader.state()["card"] == "minority" and "card:minority" in marked(desk))
    assert desk.text("id_card_reader.state") == "居民身份证（带 · 的姓名）"
    assert desk.text("result") == "已做：身份证读卡器，放上“居民身份证（带 · 的姓名）”。"
    assert desk.item("reader.pull").property("wanted") is True
    desk.click("reader.pull")
    desk.until(lambda: desk.reader.state()["card"] is None and desk.text("id_card_reader.state") == "没有证件")
    assert desk.item("reader.pull").property("wanted") is False


def test_faults_are_behind_the_fold_and_counted(desk: Desk) -> None:
    assert not [one for one in visible_items(desk.window.window.contentItem()) if one.objectName() == "reader.noise"]
    desk.click("id_card_reader.fold")
    desk.click("reader.noise")
    desk.until(lambda: desk.reader.state()["faults"] == ["noise"] and "reader.noise" in marked(desk))
    desk.until(lambda: desk.text("id_card_reader.state") == "有 1 个故障")
    desk.click("reader.cut")
    desk.until(lambda: desk.reader.state()["plugged"] is False and desk.text("id_card_reader.state") == "拔线")
    desk.click("reader.normal")
    desk.until(lambda: desk.reader.state()["faults"] == [] and desk.text("id_card_reader.state") == "没有证件")


def test_the_printers_and_the_cable_do_what_their_buttons_say(desk: Desk) -> None:
    for switch, printer, key, value in (
        ("receipts.paper_out", desk.receipts, "paper", "out"),
        ("receipts.open_cover", desk.receipts, "cover", "open"),
        ("receipts.cutter_jam", desk.receipts, "cutter", "jammed"),
        ("receipts.unplug", desk.receipts, "cable", "out"),
        ("sheets.jam", desk.sheets, "jam", True),
        ("cable.half_body", desk.cable, "condition", "half_body"),
    ):
        desk.click(switch)
        desk.until(lambda: printer.state()[key] == value and switch in marked(desk))  # noqa: B023 - used at once
        assert desk.item(switch).property("marked") is True
    assert desk.text("receipt_printer.state") == "拔线"
    assert desk.text("sheet_printer.state") == "卡纸"
    assert desk.text("network_cable.state") == "回答断半截"


def test_the_cable_is_slow_by_ten_seconds(desk: Desk) -> None:
    desk.click("cable.slow")
    desk.until(lambda: desk.cable.state()["condition"] == "slow" and "cable.slow" in marked(desk))
    assert SWITCHES["cable.slow"].arguments == {"delay_s": 10}


def test_the_last_slip_is_shown_small_and_large(desk: Desk) -> None:
    for count in (1, 2):
        with socket.create_connection(("127.0.0.1", desk.receipts.tcp_port), timeout=2) as line:
            line.sendall(SLIP)
            desk.until(lambda: str(desk.model.property("slip")).endswith(f"slip-{count}.png"))  # noqa: B023 - used at once
        assert desk.item("receipt_printer.picture").property("sourceSize").width() > 0
        assert [one.name for one in desk.pictures.iterdir()] == [f"slip-{count}.png"]
    desk.click("receipt_printer.slip")
    desk.until(lambda: desk.item("slip.close"))
    desk.click("slip.close")
    assert "slip.close" not in [one.objectName() for one in visible_items(desk.window.window.contentItem())]


def test_the_newest_code_is_shown_in_large_digits(desk: Desk) -> None:
    desk.until(lambda: "还没有发过" in desk.text("code_line"))
    desk.codes.send("482913")
    desk.until(lambda: desk.model.property("code") == "482 913")
    assert desk.text("code_line") == "21:47:09 发往 138****1234"
    assert desk.item("code").height() >= 40


@pytest.mark.parametrize("body", [b"", b"[]", b'{"codes": 7}', b'{"codes": [{"number": "x"}]}', b"\xff\xfe"])
def test_a_platform_that_talks_nonsense_or_nothing_is_told_in_words(desk: Desk, body: bytes) -> None:
    desk.codes.body = body
    desk.until(lambda: "平台没有回应" in desk.text("code_line"))
    assert desk.model.property("isConnected") is True


def test_a_lab_that_goes_is_told_and_one_that_comes_is_found(desk: Desk) -> None:
    desk.codes.send("111222")
    desk.lab.stop()
    desk.until(lambda: "连不上演示设备" in desk.text("result"))
    assert desk.text("id_card_reader.state") == "看不到"
    assert desk.item("receipts.refill").isEnabled() is False
    assert desk.model.property("code") == "111 222"  # the platform is another process
    desk.model.press("reader.pull")
    desk.until(lambda: desk.model.property("underWay") == "")
    desk.lab_starts()
    desk.until(lambda: desk.model.property("isConnected"))
    assert desk.item("receipts.refill").isEnabled() is True


def test_a_refusal_is_told_with_the_lab_s_reason(desk: Desk) -> None:
    desk.model.press("card:none_such")
    desk.until(lambda: "没有做成" in desk.text("result"))
    assert "没有“none_such”这张卡" in desk.text("result")
    assert desk.model.property("resultLevel") == "later"


def test_a_device_that_this_lab_does_not_have_says_so(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(with_sheets=False)
    assert desk.text("sheet_printer.state") == "这次演示没有接"
    assert desk.item("sheets.jam").isEnabled() is False
    assert desk.item("receipts.refill").isEnabled() is True


def test_it_looks_only_while_it_can_be_seen(desk: Desk) -> None:
    desk.window.window.hide()
    desk.codes.send("333444")
    desk.model.press("cable.cut")
    desk.until(lambda: "cable.cut" in marked(desk))  # an action is followed by one look, seen or not
    desk.codes.send("555666")
    quiet_until = time.monotonic() + 0.15
    desk.until(lambda: time.monotonic() > quiet_until)
    assert desk.model.property("code") == "333 444"
    desk.window.window.show()
    desk.until(lambda: desk.model.property("code") == "555 666")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_and_every_button_fits(open_desk: Callable[..., Desk], language: str) -> None:
    desk = open_desk(language=language)
    measured = set()
    for board in BOARDS:
        if board.faults:
            desk.click(f"{board.emulator}.fold")
            desk.until(lambda: desk.item(board.faults[-1][-1].id))  # noqa: B023 - used at once
        desk.frame()
        for item in visible_items(desk.window.window.contentItem()):
            if switch_of(item.objectName()) is not None:
                measured.add(item.objectName())
                left = item.mapToScene(item.boundingRect().topLeft()).x()
                assert left >= 12, item.objectName()
                assert left + item.width() <= 520 - 12, item.objectName()
                assert item.property("implicitWidth") <= item.width() + 0.5, item.objectName()
        if board.faults:
            desk.click(f"{board.emulator}.fold")
    cards = {card["id"] for card in desk.model.property("cards")}
    assert measured == SWITCHES.keys() | cards


def test_every_switch_has_words_and_an_action_that_its_emulator_knows(desk: Desk) -> None:
    for switch in SWITCHES.values():
        assert switch.key in known_sentences(), switch.id
        actions = desk.lab.emulators[switch.emulator].state()["actions"]
        assert isinstance(actions, list)
        assert switch.action in actions, switch.id
    assert switch_of("no such switch") is None


def test_what_stops_a_printer_is_said_before_what_does_not() -> None:
    state = {"cable": "in", "cover": "closed", "cutter": "ok", "paper": "full", "voice": "normal"}
    told = [
        summary("receipt_printer", {**state, **change})[1][0].rsplit(".", 1)[-1]
        for change in ({}, {"paper": "low"}, {"voice": "silent"}, {"paper": "out"}, {"paper": "out", "cable": "out"})
    ]
    assert told == ["ready", "paper_low", "faults", "paper_out", "unplug"]


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
    assert "没有证件" in seen


def test_the_platform_s_address_is_read_from_the_running_demo(short_tmp: Path) -> None:
    assert app.platform_url(short_tmp) is None
    (short_tmp / "platform.port").write_text("8123\n", encoding="utf-8")
    assert app.platform_url(short_tmp) == "http://127.0.0.1:8123"
    (short_tmp / "platform.port").write_text("eight", encoding="utf-8")
    assert app.platform_url(short_tmp) is None
