"""The journey looks at what the terminal says, and does not wait for what will not come."""

from pathlib import Path
from typing import cast

import pytest

from kiosk.base.errors import Problem
from kiosk.base.sentences import sentence
from kiosk.session.state import IdentifyPage
from screens.journey.player import Hands, JourneyError, Player
from screens.journey.visit import Visit
from screens.window import ScreenHost
from tests.screens.fake_terminal import FakeTerminal


def test_a_refused_card_ends_the_journey_at_once_with_its_sentence(tmp_path: Path) -> None:
    terminal = FakeTerminal()
    terminal.go(IdentifyPage(problem=Problem("card.read_failed")))
    player = Player(cast("ScreenHost", None), terminal, monotonic=lambda: 0.0)  # its deadlines never come
    visit = Visit(player, terminal, cast("Hands", None), "provident-fund", tmp_path, dict)
    with pytest.raises(JourneyError) as told:
        visit._consent()
    assert sentence("card.read_failed", "zh_CN") in str(told.value)
    assert sentence("card.read_failed", "en") in str(told.value)
