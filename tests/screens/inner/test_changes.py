"""What changes under a page that stays: its state, the language, the size. A Qt warning on the way fails the test."""

from collections import defaultdict
from collections.abc import Callable

import pytest

from kiosk.session.state import Language, Place, TextSize
from tests.screens.conftest import Stage
from tests.screens.inner.states import STATES, session
from tests.screens.layout_check import complaints

Open = Callable[..., Stage]


BY_PLACE: dict[Place, list[str]] = defaultdict(list)
for _name, _page in STATES.items():
    BY_PLACE[_page.place].append(_name)


@pytest.mark.parametrize("place", list(BY_PLACE), ids=lambda place: place.value)
def test_a_page_follows_every_change_of_state_language_and_size(stage: Open, place: Place) -> None:
    names = BY_PLACE[place]
    one = stage(session(STATES[names[0]]))
    page = one.host.page
    for before in names:
        for after in names:
            for name in (before, after):
                one.terminal.session = session(STATES[name])
                one.follow(past_guard=False)
    for language in Language:
        for text_size in TextSize:
            one.terminal.session = session(STATES[names[-1]], language=language, text_size=text_size)
            one.follow(past_guard=False)
    one.host.window.grabWindow()
    assert one.host.page is page
    assert complaints(one.host.window, one.shown, one.host.theme.px_per_mm, elder=True) == []


@pytest.mark.parametrize("landscape", [False, True])
def test_account_and_entry_stay_whole_in_every_language_and_size(stage: Open, landscape: bool) -> None:
    one = stage(session(STATES["result"]), landscape=landscape)
    found = []
    for view in ("view_account", "row_1"):
        one.touch(view)
        for language in Language:
            for text_size in TextSize:
                one.terminal.session = session(STATES["result"], language=language, text_size=text_size)
                one.follow()
                one.host.window.grabWindow()
                found += complaints(
                    one.host.window, one.shown, one.host.theme.px_per_mm, elder=text_size is TextSize.ELDER
                )
        one.terminal.session = session(STATES["result"])
        one.follow()
        one.touch("view_entries")
    assert found == []
