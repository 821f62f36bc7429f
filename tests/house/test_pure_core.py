"""The judge of the pure core is strict."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import pure_core

PROGRAM = "def sign(n):\n    if n < 0:\n        return -1\n    return 1\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with a core of one file."""
    (tmp_path / "core").mkdir()
    (tmp_path / "core/sign.py").write_text(PROGRAM)
    (tmp_path / "setup.cfg").write_text("[coverage:run]\nbranch = true\ninclude =\n    core/*.py\n")
    monkeypatch.setattr(pure_core, "ROOT", tmp_path)
    monkeypatch.setenv("COVERAGE_FILE", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(house: Path, program: str) -> None:
    (house / "run.py").write_text(program)
    command = [sys.executable, "-m", "coverage", "run", "--rcfile=setup.cfg", "run.py"]
    subprocess.run(command, cwd=house, check=True, capture_output=True, timeout=30)


def test_a_core_with_every_branch_taken_passes(house: Path) -> None:
    _run(house, "from core.sign import sign\nsign(1)\nsign(-1)\n")
    assert pure_core.main() == 0


def test_a_branch_that_no_test_takes_fails(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(house, "from core.sign import sign\nsign(1)\n")
    assert pure_core.main() == 1
    assert "must be 100" in capsys.readouterr().out


def test_a_file_that_no_test_imports_fails(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(house, "from core.sign import sign\nsign(1)\nsign(-1)\n")
    (house / "core/new.py").write_text("x = 1\n")
    (house / "core/words.py").write_text('"""Words alone."""\n')
    assert pure_core.main() == 1
    assert "core/new.py" in (out := capsys.readouterr().out)
    assert "core/words.py" not in out


def test_a_pattern_that_fits_no_file_fails(house: Path) -> None:
    settings = house / "setup.cfg"
    settings.write_text(settings.read_text() + "    gone/*.py\n")
    _run(house, "from core.sign import sign\nsign(1)\nsign(-1)\n")
    assert pure_core.main() == 1
