"""Writing by touch: pinyin, Zhuyin, English, marks and digits, mending, the limit."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickItem

from kiosk.base.record import replace
from kiosk.session.state import Language, Settings, TextSize
from tests.screens.keyboard.conftest import Writer
from tests.screens.keyboard.writing_page import LIMIT
from tests.screens.layout_check import is_target, visible_items

Open = Callable[..., Writer]


def test_nihao_in_pinyin_picks_the_greeting(writer: Open) -> None:
    one = writer()
    one.type("nihao")
    assert one.spelt == "ni hao"
    assert one.text == ""
    assert one.candidates()[0] == "你好"
    one.touch("candidate_0")
    assert (one.text, one.spelt) == ("你好", "")
    assert one.stage.text("text_counter") == f"已写 2 字，最多 {LIMIT} 字"


def test_a_candidate_for_a_part_leaves_the_rest_to_be_chosen(writer: Open) -> None:
    one = writer()
    one.type("nihao")
    one.touch(f"candidate_{one.candidates().index('拟')}")
    assert one.text == ""
    assert "好" in one.candidates()
    one.touch(f"candidate_{one.candidates().index('好')}")
    assert one.text == "拟好"


def test_the_space_takes_the_first_candidate_and_a_mark_does_so_before_itself(writer: Open) -> None:
    one = writer()
    one.type("shebao")
    one.touch("key_space")
    assert one.text == "社保"
    one.type("buban")
    one.type("？")
    assert one.text == "社保补办？"
    one.touch("key_space")
    assert one.text == "社保补办？ "


def test_syllables_that_could_be_one_are_parted(writer: Open) -> None:
    one = writer()
    one.type("xi")
    one.touch("key_part")
    one.type("an")
    assert one.candidates()[0] == "西安"


def test_pinyin_can_stay_letters(writer: Open) -> None:
    one = writer()
    one.type("ok")
    one.touch("key_enter")
    assert one.text == "ok"
    one.touch("key_enter")
    assert one.text == "ok\n"


def test_further_candidates_are_a_page_away(writer: Open) -> None:
    one = writer()
    one.type("shi")
    first = one.candidates()
    assert not one.item("candidates_before").isEnabled()
    one.touch("candidates_after")
    second = one.candidates()
    assert len(second) >= 5
    assert not set(first) & set(second)
    one.touch("candidates_before")
    assert one.candidates() == first
    one.touch("candidates_after")
    one.touch("candidate_1")
    assert one.text == second[1]


def test_zhuyin_writes_traditional_characters(writer: Open) -> None:
    one = writer(Language.ZH_HK)
    one.type("ㄋㄧˇ")
    assert one.candidates()[0] == "你"
    one.touch("candidate_0")
    one.type("ㄏㄠˇ")
    one.touch("key_space")
    one.type("ㄦˊ")
    one.touch(f"candidate_{one.candidates().index('兒')}")
    one.type("。")
    assert one.text == "你好兒。"


def test_an_unfinished_zhuyin_syllable_is_told_and_mended(writer: Open) -> None:
    one = writer(Language.ZH_HK)
    one.type("ㄏㄧㄠ")
    assert one.candidates() == []
    one.touch("key_delete", "key_delete", "key_delete")
    assert (one.spelt, one.text) == ("", "")
    assert one.sees("way_zhuyin")


def test_english_with_shift_and_lock(writer: Open) -> None:
    one = writer(Language.EN)
    one.touch("key_shift")
    one.type("ok")
    one.touch("key_space", "key_shift", "key_shift")
    one.type("id")
    one.touch("key_shift")
    one.type("no.")
    assert one.text == "Ok IDno."


def test_digits_lie_as_on_a_pad_and_marks_beside_them(writer: Open) -> None:
    one = writer()
    one.touch("key_symbols")
    assert one.place("key_1").x() == one.place("key_4").x() == one.place("key_7").x()
    assert one.place("key_0").x() == one.place("key_8").x()
    one.type("2026-0.5%（）：")
    one.touch("key_letters")
    one.type("hao")
    one.touch("candidate_0")
    assert one.text == "2026-0.5%（）：好"


def test_delete_takes_one_letter_of_the_spelling_then_one_character(writer: Open) -> None:
    one = writer()
    one.type("hao")
    one.touch("key_delete")
    assert one.spelt == "ha"
    one.touch("key_delete", "key_delete")
    assert one.spelt == ""
    one.item("text_field").setProperty("text", "好\U00020bb7")
    one.item("text_field").setProperty("cursorPosition", 3)
    one.touch("key_delete")
    assert one.text == "好"
    one.touch("key_delete", "key_delete")
    assert one.text == ""


def test_writing_goes_on_where_the_finger_put_the_cursor(writer: Open) -> None:
    one = writer(Language.EN)
    one.type("ac")
    one.item("text_field").setProperty("cursorPosition", 1)
    one.type("b")
    assert one.text == "abc"
    one.touch("key_delete")
    assert one.text == "ac"


def test_another_way_of_writing_keeps_what_is_written_and_takes_what_is_spelt(writer: Open) -> None:
    one = writer()
    one.type("nihao")
    one.touch("key_space", "way_zhuyin")
    one.type("ㄇㄚ")
    one.touch("candidate_0", "way_english")
    one.type("a")
    assert len(one.text) == 4
    assert (one.text[:2], one.text[3]) == ("你好", "a")
    assert one.item("way_english").property("lit")


@pytest.mark.parametrize("language", [Language.EN, Language.ZH_HK])
def test_the_terminals_language_changes_in_the_middle_of_a_word(writer: Open, language: Language) -> None:
    one = writer()
    one.type("nihao")
    one.stage.terminal.set(Settings(language, TextSize.ELDER))
    one.stage.follow()
    one.stage.host.window.grabWindow()
    assert (one.text, one.spelt) == ("你好", "")
    assert one.item("way_english" if language is Language.EN else "way_zhuyin").property("lit")
    one.type("a" if language is Language.EN else "ㄚ")
    assert one.text == "你好a" or one.spelt == "ㄚ"


def test_two_fingers_that_overlap_write_both_letters(writer: Open) -> None:
    one = writer(Language.EN)
    one.finger(0, "key_n", down=True)
    one.finger(1, "key_o", down=True)
    one.finger(0, "key_n", down=False)
    one.finger(1, "key_o", down=False)
    assert one.text == "no"


def test_a_finger_that_is_lifted_elsewhere_writes_nothing(writer: Open) -> None:
    one = writer(Language.EN)
    one.finger(0, "key_n", down=True)
    one.finger(0, "key_space", down=False)
    assert one.text == ""
    one.touch("key_y")
    assert one.text == "y"


def test_a_press_within_the_guard_writes_nothing(writer: Open) -> None:
    one = writer(Language.EN)
    one.stage.now -= 0.9
    one.touch("key_n")
    assert one.text == ""
    one.stage.now += 1
    one.touch("key_n")
    assert one.text == "n"


def test_what_is_beyond_the_limit_does_not_go_in_and_a_sentence_says_so(writer: Open) -> None:
    one = writer(Language.EN)
    full = "x" * (LIMIT - 1)
    one.item("text_field").setProperty("text", full)
    one.item("text_field").setProperty("cursorPosition", LIMIT - 1)
    one.touch("way_pinyin")
    one.type("nihao")
    one.touch("candidate_0")
    assert one.text == full + "你"
    assert one.stage.text("text_counter") == f"{LIMIT} of {LIMIT} characters"
    one.type("。")
    one.type("h")
    assert (one.text, one.spelt) == (full + "你", "")
    assert one.sees("problem")
    one.touch("key_delete")
    assert not one.sees("problem")
    one.type("。")
    assert one.text == full + "。"


def test_a_text_set_from_outside_keeps_the_limit_too(writer: Open) -> None:
    one = writer()
    one.item("text_field").setProperty("cursorPosition", 0)
    one.item("text_field").setProperty("text", "好" * (LIMIT + 5))
    one.stage.settle()
    assert one.text == str(one.item("text_field").property("text")) == "好" * LIMIT
    one.item("text_field").setProperty("text", "\U00020bb7" * (LIMIT + 2))
    one.stage.settle()
    assert one.text == "\U00020bb7" * LIMIT


def test_cleared_text_can_be_had_back_until_something_else_is_written(writer: Open) -> None:
    one = writer(Language.EN)
    assert not one.item("text_clear").isEnabled()
    one.type("abc")
    one.touch("text_clear")
    assert one.text == ""
    one.touch("text_clear")
    assert one.text == "abc"
    one.touch("text_clear")
    one.type("d")
    one.touch("text_clear", "text_clear")
    assert one.text == "d"


def test_the_act_takes_the_word_that_is_being_spelt(writer: Open) -> None:
    one = writer()
    one.type("nihao")
    one.touch("act")
    assert one.model.sent == "你好"


def test_a_long_text_is_turned_by_buttons(writer: Open) -> None:
    one = writer(Language.EN, TextSize.ELDER)
    assert not one.sees("text_up")
    one.item("text_field").setProperty("text", "\n" * (LIMIT - 1))
    one.item("text_field").setProperty("cursorPosition", LIMIT - 1)
    one.stage.settle()
    field = one.item("text_field")
    end = field.mapToScene(field.boundingRect().topLeft()).y()
    assert not one.item("text_down").isEnabled()
    one.touch("text_up")
    assert field.mapToScene(field.boundingRect().topLeft()).y() > end
    one.touch("text_down")
    assert field.mapToScene(field.boundingRect().topLeft()).y() == pytest.approx(end)


def test_no_key_of_a_board_and_no_clipboard_reaches_the_field(writer: Open) -> None:
    one = writer(Language.EN)
    QGuiApplication.clipboard().setText("somebody else's")
    control = Qt.KeyboardModifier.ControlModifier
    for key, modifier, text in ((Qt.Key.Key_V, control, ""), (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QGuiApplication.sendEvent(one.stage.host.window, QKeyEvent(kind, key, modifier, text))
    one.stage.settle()
    QGuiApplication.clipboard().clear()
    assert one.text == ""


def test_the_page_keeps_the_text_when_the_session_changes(writer: Open) -> None:
    one = writer(Language.EN)
    one.type("abc")
    one.stage.terminal.session = replace(one.stage.terminal.session)
    one.stage.follow()
    assert one.text == "abc"
    assert str(one.item("text_field").property("text")) == "abc"


def test_a_problem_of_the_page_is_shown(writer: Open) -> None:
    one = writer()
    one.model.problem = "请至少写 5 个字。"
    one.model.shown.emit()
    one.stage.settle()
    assert one.stage.text("problem") == "请至少写 5 个字。"


def test_there_is_one_window_and_nothing_leads_out(writer: Open) -> None:
    one = writer()
    one.type("nihao")
    assert len([window for window in QGuiApplication.allWindows() if window.isVisible()]) == 1
    names = {str(k) for k in ("way_pinyin", "way_zhuyin", "way_english")}
    one.touch("key_space")
    offered = {
        item.objectName() for item in _targets(one) if not item.objectName().startswith(("key_", "text_", "candidate"))
    }
    assert names <= offered
    assert not offered & {"hide", "settings", "handwriting"}
    for way in sorted(names):
        one.touch(way)
        for name in ("key_symbols", "key_letters"):
            writes = "".join(str(item.property("text")) for item in _targets(one) if "key_" in item.objectName())
            assert all(ord(character) < 0x10000 and not 0x2600 <= ord(character) < 0x2800 for character in writes)
            one.touch(name)


def _targets(one: Writer) -> list[QQuickItem]:
    return [item for item in visible_items(one.stage.shown) if is_target(item)]
