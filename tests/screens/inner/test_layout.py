"""No state of an inner page cuts a text, lays one over another, or makes a target too small; nothing is shown in clear."""

from collections.abc import Callable

import pytest

from kiosk.session.state import Language, TextSize
from tests.screens.conftest import Stage
from tests.screens.inner.statements import PERSON_NUMBER
from tests.screens.inner.states import STATES, session
from tests.screens.layout_check import complaints, is_text, visible_items

Open = Callable[..., Stage]

# the widest words, the largest type, the lowest screen, the other script; the gallery renders all twelve
WAYS = [
    (False, Language.EN, TextSize.ELDER),
    (True, Language.EN, TextSize.ELDER),
    (True, Language.ZH_CN, TextSize.STANDARD),
    (False, Language.ZH_HK, TextSize.STANDARD),
]


def all_texts(stage: Stage) -> str:
    """Everything that is written on the page, line by line."""
    return "\n".join(str(item.property("text")) for item in visible_items(stage.shown) if is_text(item))


@pytest.mark.parametrize(("landscape", "language", "text_size"), WAYS)
def test_every_state_is_whole_and_masked(stage: Open, landscape: bool, language: Language, text_size: TextSize) -> None:
    one = stage(session(STATES["query"]), landscape=landscape)
    one.terminal.seconds = {"idle": 52.0, "result": 24.0}
    found = []
    for serial, (name, page) in enumerate(STATES.items(), start=100):
        one.terminal.session = session(page, language=language, text_size=text_size, serial=serial)
        one.follow()
        one.host.window.grabWindow()  # rows of Qt settle when a frame is drawn
        elder = text_size is TextSize.ELDER
        found += [
            f"{name}: {line}" for line in complaints(one.host.window, one.shown, one.host.theme.px_per_mm, elder=elder)
        ]
        texts = all_texts(one)
        if "王小二" in texts or PERSON_NUMBER in texts:
            found.append(f"{name}: shown in clear")
        if not one.text("question"):
            found.append(f"{name}: no question")
    assert found == []
