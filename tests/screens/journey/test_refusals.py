"""What the journey refuses, or gives up at once, and in which words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from kiosk.base.errors import Problem
from kiosk.base.sentences import sentence
from kiosk.session.state import IdentifyPage
from screens.journey import command
from screens.journey.player import Hands, JourneyError, Player
from screens.journey.visit import Visit
from screens.window import ScreenHost
from tests.screens.fake_terminal import FakeTerminal


class _Hands:
    """Knows two cards."""

    def __init__(self) -> None:
        self.is_closed = False

    def do(self, _emulator: str, _action: str) -> dict[str, object]:
        return {"cards": {"resident": "居民身份证", "defective": "芯片损坏"}}

    def close(self) -> None:
        self.is_closed = True


class _World:
    config = Path("never read")

    def __init__(self) -> None:
        self.given = _Hands()

    def hands(self) -> _Hands:
        return self.given


@pytest.fixture
def refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., _World]:
    """Calls the command, which must end with 2; returns the world that it was given."""
    monkeypatch.setattr(command, "private_umask", lambda: None)  # the test's process keeps its own

    def call(*argv: str) -> _World:
        world = _World()

        @contextmanager
        def make(_folder: Path, *, landscape: bool, catalogue: bool) -> Iterator[_World]:
            assert (landscape, catalogue) == (False, False)
            yield world

        assert command.main([*argv, "--out", str(tmp_path)], cast("command.WorldFactory", make)) == 2
        return world

    return call


def test_an_unknown_card_is_told_with_the_known_ones(
    refusal: Callable[..., _World], capsys: pytest.CaptureFixture[str]
) -> None:
    world = refusal("provident-fund", "--card", "nonsense")
    told = capsys.readouterr().err
    assert "没有“nonsense”" in told
    assert "There is no emulated card “nonsense”" in told
    assert told.count("resident, defective") == 2
    assert world.given.is_closed


@pytest.mark.parametrize("item", ["nonsense", "sole-trader"])  # one is a guide only: nothing can be played
def test_an_item_that_cannot_be_played_is_told_with_those_that_can(
    refusal: Callable[..., _World], capsys: pytest.CaptureFixture[str], item: str
) -> None:
    refusal(item)
    told = capsys.readouterr().err
    assert told.count(item) == 2
    assert told.count("provident-fund") == 2


def test_a_refused_card_ends_the_journey_at_once_with_its_sentence(tmp_path: Path) -> None:
    terminal = FakeTerminal()
    terminal.go(IdentifyPage(problem=Problem("card.read_failed")))
    player = Player(cast("ScreenHost", None), terminal, monotonic=lambda: 0.0)  # its deadlines never come
    visit = Visit(player, terminal, cast("Hands", None), "provident-fund", tmp_path, dict, ())
    with pytest.raises(JourneyError) as told:
        visit._consent()
    assert sentence("card.read_failed", "zh_CN") in str(told.value)
    assert sentence("card.read_failed", "en") in str(told.value)
