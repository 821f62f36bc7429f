"""The act of the writing page takes no word that is still being spelt, in any way of writing."""

from collections.abc import Callable

import pytest

from kiosk.base.record import replace
from kiosk.session.events import EnterText, GoBack
from kiosk.session.state import Language, Settings
from tests.screens.conftest import Stage
from tests.screens.keyboard.conftest import Writer
from tests.screens.samples import TEXT, samples

Open = Callable[..., Stage]


def writing(stage: Open, language: Language, *, landscape: bool = False) -> Writer:
    session = samples()["write-text"]
    visit = replace(session.visit, settings=Settings(language))
    return Writer(stage(replace(session, visit=visit), landscape=landscape))


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize(
    ("language", "keys", "word"), [(Language.ZH_CN, "nihao", "你好"), (Language.ZH_HK, "ㄋㄧˇ", "你")]
)
def test_the_act_waits_until_the_word_is_chosen(
    stage: Open, language: Language, keys: str, word: str, landscape: bool
) -> None:
    one = writing(stage, language, landscape=landscape)
    one.type(keys)
    one.stage.now += 1.0
    place = one.place("key_delete")
    one.touch("act")
    assert one.stage.terminal.posted_of(EnterText) == []
    assert one.spelt != ""
    assert one.stage.text("problem") != ""
    assert one.place("key_delete") == place  # nothing moves under the finger
    one.touch("candidate_0")
    assert not one.sees("problem")
    one.touch("act")
    (entered,) = one.stage.terminal.posted_of(EnterText)
    assert isinstance(entered, EnterText)
    assert entered == EnterText(7, TEXT + word, is_done=True)


def test_a_word_that_is_deleted_is_no_longer_in_the_way(stage: Open) -> None:
    one = writing(stage, Language.ZH_CN)
    one.type("ni")
    one.touch("act", "key_delete", "key_delete")
    assert not one.sees("problem")
    one.touch("act")
    assert one.stage.terminal.posted_of(EnterText) == [EnterText(7, TEXT, is_done=True)]


def test_back_keeps_what_was_written_without_the_word(stage: Open) -> None:
    one = writing(stage, Language.ZH_CN)
    one.type("nih")
    one.touch("back")
    assert one.stage.terminal.posted_of(EnterText) == [EnterText(7, TEXT, is_done=False)]
    assert one.stage.terminal.posted_of(GoBack) == [GoBack(7)]
