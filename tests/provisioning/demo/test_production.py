"""No demo, no journey and no emulated world on a production terminal."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import main as command_line
from kiosk.base.errors import BudayangError
from kiosk.base.sentences import sentence
from provisioning.demo import cli, production
from provisioning.demo.production import refuse_on_production
from provisioning.demo.world import DemoWorld

PRODUCTION = "profile: production\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The production configuration of this machine."""
    path = tmp_path / "terminal.yaml"
    path.write_text(PRODUCTION)
    monkeypatch.setattr(production, "PRODUCTION_CONFIG", path)
    monkeypatch.setenv("QT_QPA_PLATFORM", os.environ["QT_QPA_PLATFORM"])
    before = os.umask(0o077)
    yield path
    os.umask(before)


@pytest.mark.parametrize(
    "text",
    [
        PRODUCTION,
        "profile:    production",
        'profile: "production"',
        "{profile: production}",
        "terminal_id: XH-01",
        "",
        "- a list",
        "profile: [",
        "# profile: demo",
    ],
)
def test_whatever_does_not_say_demo_is_a_production_terminals(tmp_path: Path, text: str) -> None:
    path = tmp_path / "terminal.yaml"
    path.write_text(text)
    with pytest.raises(BudayangError, match=r"demo\.production"):
        refuse_on_production(path)


def test_a_file_that_may_not_be_read_is_a_production_terminals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(BudayangError, match=r"demo\.production"):
        refuse_on_production(tmp_path / "terminal.yaml")


@pytest.mark.parametrize("text", ["profile: demo\n", "# profile: production\nprofile: demo\n"])
def test_a_demos_own_configuration_is_no_hindrance(tmp_path: Path, text: str) -> None:
    path = tmp_path / "terminal.yaml"
    path.write_text(text)
    refuse_on_production(path)


def test_a_machine_without_configuration_is_no_terminal(tmp_path: Path) -> None:
    refuse_on_production(tmp_path / "none" / "terminal.yaml")


def test_the_demo_is_refused_with_a_sentence(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--profile", "demo"]) == 2
    assert sentence("demo.production", "zh_CN", file=str(here)) in capsys.readouterr().err


def test_the_journey_is_refused_with_a_sentence_and_leaves_nothing(
    here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert command_line.main(["journey", "provident-fund", "--out", str(out)]) == 2
    assert sentence("demo.production", "zh_CN", file=str(here)) in capsys.readouterr().err
    assert list(out.glob("*")) == []


def test_no_world_begins_there(here: Path, tmp_path: Path) -> None:
    assert here.exists()
    with pytest.raises(BudayangError, match=r"demo\.production"), DemoWorld(tmp_path / "world"):
        pass
    assert not (tmp_path / "world").exists()


def test_without_a_display_the_visit_is_played_and_its_status_returned(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(production, "PRODUCTION_CONFIG", tmp_path / "none.yaml")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    asked: list[list[str]] = []

    def journey(arguments: list[str]) -> int:
        asked.append(arguments)
        return 1

    assert cli.main(["--profile", "demo"], journey) == 1
    assert asked == [["provident-fund", "--out", str(cli.STORYBOARD)]]
    assert "No display here" in capsys.readouterr().out
