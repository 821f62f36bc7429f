"""The one command line: which word calls which room, and what happens to all other words."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import main as command_line
from kiosk.base import memory
from kiosk.base.sentences import sentence
from provisioning.terminal import init_demo

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """Which room was called with which words."""
    calls: list[tuple[str, list[str]]] = []

    def room(name: str) -> Callable[[list[str]], int]:
        def call(arguments: list[str]) -> int:
            calls.append((name, arguments))
            return 0

        return call

    for name in command_line.COMMANDS:
        monkeypatch.setitem(command_line.COMMANDS, name, room(name))
    monkeypatch.setattr(command_line, "_demo", room("demo"))
    monkeypatch.setattr(command_line, "_terminal", room("terminal"))
    return calls


@pytest.mark.parametrize(
    ("words", "room", "rest"),
    [
        ([], "terminal", []),
        (["--config", "a.yaml"], "terminal", ["--config", "a.yaml"]),
        (["--config", "demo"], "terminal", ["--config", "demo"]),
        (["--profile", "demo"], "demo", ["--profile", "demo"]),
        (["--profile=demo", "--landscape"], "demo", ["--profile=demo", "--landscape"]),
        (["--fullscreen", "--profile", "demo"], "demo", ["--fullscreen", "--profile", "demo"]),
        (["journey", "--help"], "journey", ["--help"]),
        (["items", "check"], "items", ["check"]),
    ],
)
def test_words_go_to_their_room(
    called: list[tuple[str, list[str]]], words: list[str], room: str, rest: list[str]
) -> None:
    assert command_line.main(words) == 0
    assert called == [(room, rest)]


def test_an_unknown_command_is_named_with_all_that_there_are(
    called: list[tuple[str, list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command_line.main(["jurney", "provident-fund"]) == 2
    said = capsys.readouterr().err
    assert "“jurney”" in said
    assert all(f"  {name}" in said for name in command_line.COMMANDS)
    assert called == []


def test_help_names_every_command(called: list[tuple[str, list[str]]], capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name}" in said for name in command_line.COMMANDS)
    assert called == []


@pytest.mark.parametrize("name", sorted(command_line.COMMANDS))
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status: object = command_line.main([name, "--help"])
    except SystemExit as ended:
        status = ended.code
    assert status == 0
    assert "usage" in capsys.readouterr().out.lower()


@pytest.mark.parametrize("words", [["--profile", "production"], ["--no-such-option"], ["--config"]])
def test_a_wrong_option_is_a_wrong_call(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command_line.main(words)
    assert ended.value.code == 2
    assert words[0] in capsys.readouterr().err


def test_a_terminal_without_its_configuration_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.yaml"
    assert command_line.main(["--config", str(missing)]) == 2
    said = capsys.readouterr().err
    assert str(missing) in said
    assert "Traceback" not in said


def test_a_terminal_that_may_not_write_its_state_says_so_and_is_not_started_again(tmp_path: Path) -> None:
    config = init_demo(tmp_path / "demo")
    state = config.with_name("a file")
    state.write_text("no folder")
    config.write_text(re.sub(r"(?m)^state_dir:.*", f"state_dir: {state.name}", config.read_text(encoding="utf-8")))
    done = subprocess.run(
        [sys.executable, "main.py", "--config", str(config)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == 2
    assert sentence("terminal.state_dir_unusable", "zh_CN", folder=str(state)) in done.stderr
    assert "Traceback" not in done.stderr


def test_the_program_runs_with_the_forgetting_allocator_however_it_is_started(tmp_path: Path) -> None:
    """As ``python main.py`` and as the installed command, which only imports this file."""
    installed = tmp_path / "budayang"
    installed.write_text("import sys\nfrom main import program\nsys.exit(program())\n")
    watch = tmp_path / "sitecustomize.py"  # tells each start of the interpreter whether it forgets
    watch.write_text("import os, sys\nsys.stderr.write(f\"{os.environ.get('GLIBC_TUNABLES', 'none')}\\n\")\n")
    clean = {name: value for name, value in os.environ.items() if name not in memory.WANTED}
    for program in (ROOT / "main.py", installed):
        done = subprocess.run(
            [sys.executable, str(program), "--help"],
            env={**clean, "PYTHONPATH": f"{tmp_path}:{ROOT}"},
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert done.returncode == 0
        assert done.stderr.splitlines() == ["none", memory.WANTED["GLIBC_TUNABLES"]]
