"""Memory that forgets, looked at from within processes that were started with it and without it."""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.base import memory

ROOT = Path(__file__).resolve().parents[3]


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in memory.WANTED}


def _run(program: Path, *arguments: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, str(program), *arguments],
        env={**(_clean() if env is None else env), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    return done.stdout


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that makes itself forgetful, then says how it runs."""
    path = tmp_path / "program.py"
    path.write_text(
        "import json, os, sys\n"
        "from kiosk.base import memory\n"
        "starts = int(os.environ.get('STARTS', '0')) + 1\n"
        "os.environ['STARTS'] = str(starts)\n"
        "memory.ensure(sys.argv)\n"
        "print(json.dumps([starts, os.getpid(), sys.argv[1:], memory.is_forgetful()]))\n"
    )
    return path


def test_a_program_is_started_again_once_with_the_same_words(program: Path) -> None:
    starts, _, arguments, is_forgetful = json.loads(_run(program, "--config", "a b.yaml", "中文"))
    assert (starts, arguments, is_forgetful) == (2, ["--config", "a b.yaml", "中文"], True)


def test_a_program_that_is_forgetful_already_is_not_started_again(program: Path) -> None:
    starts, *_ = json.loads(_run(program, env={**_clean(), **memory.WANTED}))
    assert starts == 1


def test_half_of_the_settings_is_not_forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in memory.WANTED.items():
        monkeypatch.setenv(name, value)
    assert memory.is_forgetful()
    monkeypatch.setenv("GLIBC_TUNABLES", "glibc.malloc.perturb=165")
    assert not memory.is_forgetful()


_LOOK = """
import ctypes, sys
from kiosk.base import memory
memory.ensure(sys.argv)
kept = []
for size in (24, 200, 900, 5000):
    held = bytes(range(65, 91)) * (size // 26 + 1)
    place, length = id(held), len(held)
    blocker = bytes(64)
    del held
    freed = ctypes.string_at(place, length + 32)
    kept.append(bytes(range(65, 91)) in freed)
print(kept)
"""


def test_what_is_freed_is_overwritten_at_once(tmp_path: Path) -> None:
    program = tmp_path / "look.py"
    program.write_text(_LOOK)
    assert _run(program).strip() == str([False] * 4)
    program.write_text(_LOOK.replace("memory.ensure(sys.argv)", ""))
    assert "True" in _run(program), "the look itself must be able to find what is kept"


def test_trimming_harms_nothing() -> None:
    held = ctypes.create_string_buffer(b"still here", 1 << 20)
    memory.trim()
    assert held.value == b"still here"
