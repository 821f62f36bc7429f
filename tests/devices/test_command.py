"""``main.py devices``: check, record, play, and help."""

from pathlib import Path

import pytest

from devices.command import main
from devices.described.reading import profile_path


def test_a_shipped_description_is_whole() -> None:
    assert main(["check", str(profile_path("io_board"))]) == 0


def test_a_missing_description_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "none.yaml")]) == 2
    assert "none.yaml" in capsys.readouterr().err


def test_a_recording_that_is_not_there_cannot_be_played(tmp_path: Path) -> None:
    assert main(["play", str(tmp_path / "none.txt")]) == 1


@pytest.mark.parametrize(("argv", "status"), [(["--help"], 0), ([], 2), (["search"], 2)])
def test_help_and_wrong_calls_show_the_usage(argv: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == status
    said = capsys.readouterr()
    assert "devices check FILE" in said.out + said.err
