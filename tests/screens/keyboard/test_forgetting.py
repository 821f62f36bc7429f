"""After the wipe nothing of what was written is left: not in memory, not in a file, not in the order of the candidates.

Searched is all memory that the process can write, with the allocator that terminals run on. Not covered: what a swapped
machine keeps (terminals run without swap), and the panel's own frame buffer.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.residue import search_files, search_processes

Ask = Callable[..., object]
EMPTY_DICTIONARY = 64
"""Bytes at most of the engine's file with nothing in it: its head is 40."""

SPELT = "zhangweibubanshebao"
NEEDLES = {
    "text": "张伟补办社保儗妳",
    "a part of it": "办社保",
    "letters": "zqXwvk",
    "spelling": "weibubanshebao",
    "spelling as it is shown": "wei bu ban she bao",
}


class Child:
    """The process.

    Attributes:
        pid: its number.
    """

    def __init__(self, home: Path) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in {"XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"}}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.screens.keyboard.writing_child"],
            env={**environment, "HOME": str(home), "TMPDIR": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = self._process.pid

    def ask(self, command: str) -> object:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the process has ended"
        return json.loads(line)

    def keys(self, keys: str) -> None:
        for key in keys:
            self.ask(f"touch key_{key}")

    def pick(self, word: str) -> None:
        offered = self.candidates()
        self.ask(f"touch candidate_{offered.index(word)}")

    def candidates(self) -> list[str]:
        found = self.ask("candidates")
        assert isinstance(found, list)
        return found

    def close(self) -> None:
        try:
            if self._process.poll() is None:
                self.ask("end")
        finally:
            self._process.communicate(timeout=10)

    def end(self) -> None:
        self.ask("end")
        self._process.wait(timeout=10)


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    one = Child(tmp_path)
    yield one
    one.close()


def _write_needles(child: Child) -> None:
    child.keys(SPELT)
    for word in ("张伟", "补办", "社保"):
        child.pick(word)
    child.ask("touch way_zhuyin")
    child.keys("ㄋㄧˇ")
    child.pick("儗")
    child.keys("ㄋㄧˇ")
    child.pick("妳")
    child.ask("touch way_english")
    child.keys("zq")
    child.ask("touch key_shift")
    child.keys("xwvk")
    assert child.ask("length") == 14


def test_nothing_of_a_text_outlives_the_wipe(child: Child, tmp_path: Path) -> None:
    child.ask("start")
    child.ask("write")
    _write_needles(child)
    folder = Path(str(child.ask("folder")))
    assert folder.parent == Path("/dev/shm")
    assert folder.stat().st_mode & 0o777 == 0o700
    before = {find.what for find in search_processes([("screens", child.pid)], NEEDLES)}
    assert {"text", "letters", "spelling"} <= before  # what stands on the screen is found
    child.ask("wipe")
    assert search_processes([("screens", child.pid)], NEEDLES) == []
    assert list(folder.iterdir()) == []
    assert search_files((tmp_path, folder), NEEDLES, lambda _: False) == []
    assert not [path for path in tmp_path.rglob("*") if "virtualkeyboard" in str(path) or path.suffix == ".dat"]


def _make_up_a_word(child: Child) -> tuple[list[str], list[str]]:
    """Writes the same new word several times, character by character: what is offered for it before and after."""
    child.keys("zhangwei")
    before = child.candidates()
    word = before[-2:]
    for _ in range(4):
        child.pick(word[0])
        child.ask("touch candidate_1")
        child.keys("zhangwei")
    return before, child.candidates()


def test_no_word_is_learnt_within_a_visit_or_beyond_it(child: Child) -> None:
    child.ask("start")
    child.ask("write")
    before, after = _make_up_a_word(child)
    assert after == before
    folder = Path(str(child.ask("folder")))
    assert max(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= EMPTY_DICTIONARY
    child.ask("wipe")
    child.ask("write")
    child.keys("zhangwei")
    assert child.candidates() == before


def test_a_field_that_did_not_ask_for_it_would_have_its_words_learnt(child: Child) -> None:
    child.ask("start")
    child.ask("write")
    child.ask("careless")
    before, after = _make_up_a_word(child)
    assert [word for word in after if len(word) == 2 and word not in before]


def test_a_page_without_text_loads_nothing_of_the_keyboard_and_its_folder_goes_with_the_process(child: Child) -> None:
    child.ask("start")
    at_start = child.ask("libraries")
    assert child.ask("folder") == ""
    assert at_start == [
        "libQt6VirtualKeyboard.so.6",
        "libQt6VirtualKeyboardQml.so.6",
        "libqtvirtualkeyboardplugin.so",
    ]
    child.ask("write")
    later = child.ask("libraries")
    assert isinstance(later, list)
    assert "libqtvkbpinyinplugin.so" in later
    folder = Path(str(child.ask("folder")))
    assert folder.is_dir()
    child.end()
    assert not folder.exists()
