"""``main.py panel run`` and ``panel scenes``: without Qt and without a display, on a lab's socket."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.emulators.control import Emulator
from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.emulators.lab import Lab
from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from kiosk.base.sentences import LANGUAGES
from provisioning.demo.scene_command import SCENES, main
from provisioning.demo.world import ROOT


@pytest.fixture
def lab(short_tmp: Path) -> Iterator[Lab]:
    emulators: dict[str, Emulator] = {
        "id_card_reader": IdCardReaderEmulator(is_paced=False),
        "receipt_printer": ReceiptPrinterEmulator(),
    }
    lab = Lab(emulators, str(short_tmp / "lab.sock")).start()
    yield lab
    lab.stop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scenes_are_listed_with_their_sentences(capsys: pytest.CaptureFixture[str], language: str) -> None:
    assert main(["scenes", "--language", language]) == 0
    told = capsys.readouterr().out
    assert len(told.splitlines()) == len(list(SCENES.glob("*.yaml"))) >= 15
    assert "card-left-behind" in told


def test_a_scene_is_played_step_by_step_and_mended(
    lab: Lab, short_tmp: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "printer-cutter-jam", "--directory", str(short_tmp), "--language", "en"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1:3] == ["1/2 receipt_printer cutter_jam", "2/2 receipt_printer … cutter = jammed (<= 5 s)"]
    assert lab.emulators["receipt_printer"].state()["cutter"] == "jammed"
    assert main(["run", "printer-cutter-jam", "--mend", "--control", str(short_tmp / "lab.sock")]) == 0
    assert lab.emulators["receipt_printer"].state()["cutter"] == "ok"


def test_what_this_hall_does_not_have_is_told_by_the_line(
    lab: Lab, short_tmp: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del lab
    assert main(["run", "locker-door-stuck", "--directory", str(short_tmp), "--language", "en"]) == 2
    told = capsys.readouterr().err
    assert "locker-door-stuck.yaml:7: the hall has no locker" in told


def test_a_step_that_stops_the_scene_is_told_and_is_no_success(
    lab: Lab, short_tmp: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del lab
    file = short_tmp / "mine.yaml"
    file.write_text(
        "name: mine\nsentence: {zh_CN: 试, zh_HK: 試, en: a try}\n"
        "steps:\n  - wait_for: {emulator: receipt_printer, state: paper, value: out, within_s: 0.1}\n"
    )
    assert main(["run", str(file), "--directory", str(short_tmp), "--language", "en"]) == 1
    assert "after 0.1 s paper of receipt_printer is still full" in capsys.readouterr().err


def test_without_a_demo_and_without_such_a_scene_one_is_told_what_to_do(
    short_tmp: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "platform-cut", "--directory", str(short_tmp)]) == 2
    assert "make run" in capsys.readouterr().err
    assert main(["run", "platform-cat", "--directory", str(short_tmp)]) == 2
    assert "platform-cut" in capsys.readouterr().err


_WITHOUT_QT = """
import sys
sys.modules["PySide6"] = None
import main
raise SystemExit(main.main(["panel", "scenes"]))
"""


def test_scenes_need_no_qt() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _WITHOUT_QT], cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "reader-flickers" in ended.stdout
