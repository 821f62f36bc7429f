"""Keys in any order: nothing breaks, the view-model and the field agree, and the limit holds."""

import random
from collections.abc import Callable

import pytest

from kiosk.session.state import Language
from tests.screens.keyboard.conftest import Writer
from tests.screens.keyboard.writing_page import LIMIT
from tests.screens.layout_check import is_target, visible_items

Open = Callable[..., Writer]


@pytest.mark.parametrize("seed", range(2))
def test_keys_in_any_order(writer: Open, seed: int) -> None:
    dice = random.Random(seed)
    one = writer(dice.choice(list(Language)))
    window = one.stage.host.window
    for turn in range(90):
        targets = [i for i in visible_items(one.stage.shown) if is_target(i) and i.isEnabled()]
        ours = [i for i in targets if i.objectName().startswith(("key_", "way_", "candidate", "text_"))]
        # the ways are few among many, and a long word must come about
        found = dice.choice([i for i in ours if not i.objectName().startswith(("way_", "text_"))] * 3 + ours)
        one.touch(found.objectName())
        if turn % 30 == 0:
            window.grabWindow()
        field = str(one.item("text_field").property("text"))
        assert one.text == field
        assert len(field) <= LIMIT
    assert one.text


def test_a_word_longer_than_the_engine_takes_is_no_trouble(writer: Open) -> None:
    one = writer()
    for _ in range(50):
        one.touch("key_a")
    one.touch("act")
    assert one.model.sent
    assert one.spelt == ""
