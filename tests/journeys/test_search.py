"""A citizen looks for something at the real terminal, its reference kept by the real keeper from the real platform."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.hall import Hall
from tests.journeys.residue import count_residue, search_processes

pytestmark = [
    pytest.mark.xdist_group("reference"),
    pytest.mark.allow_processes("the hall's platform, lab and terminal live as long as this file's tests"),
]
HERE = "社保查询和参保证明"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    hall = Hall(tmp_path_factory.mktemp("hall"), catalogue=True)
    look_for(hall, "sb")  # from here on the terminal has its catalogue, whatever becomes of the cable
    hall.terminal.do("wait_reads", words=HERE, deadline_s=30)
    hall.end()
    yield hall
    hall.close()


def look_for(hall: Hall, keys: str, way: str = "english") -> None:
    """From the attract page to the first answer."""
    terminal = hall.terminal
    hall.go_to("home")
    terminal.do("touch", name="search")
    terminal.do("wait_for", place="search")
    terminal.do("touch", name=f"way_{way}")
    for key in keys:
        terminal.do("touch", name=f"key_{key}")


def test_letters_lead_to_the_terminals_own_item_and_back_to_what_was_typed(hall: Hall) -> None:
    terminal = hall.terminal
    for keys in ("sb", "shebao"):
        look_for(hall, keys)
        terminal.do("wait_reads", words=HERE, deadline_s=20)
        terminal.do("touch", name="found_0")
        terminal.do("wait_for", place="guide")
        terminal.do("wait_reads", words=HERE, deadline_s=20)
        terminal.do("touch", name="back")
        terminal.do("wait_for", place="search")
        terminal.do("wait_reads", words=keys, deadline_s=20)
        terminal.do("wait_reads", words=HERE, deadline_s=20)
        hall.end()


def test_pinyin_is_searched_while_it_is_spelt_and_characters_when_they_are_chosen(hall: Hall) -> None:
    terminal = hall.terminal
    look_for(hall, "shebao", way="pinyin")
    terminal.do("wait_reads", words=HERE, deadline_s=20)
    terminal.do("touch", name="candidate_0")
    terminal.do("wait_reads", words="社保", deadline_s=20)
    terminal.do("wait_reads", words=HERE, deadline_s=20)
    hall.end()


def test_what_is_done_elsewhere_is_told_with_its_guide_also_while_the_cable_is_out(hall: Hall) -> None:
    terminal = hall.terminal
    hall.hands.do("network_cable", "cut")
    look_for(hall, "sfz")
    terminal.do("wait_reads", words="居民身份证", deadline_s=20)
    terminal.do("touch", name="found_0")
    terminal.do("wait_reads", words="这一项不在本机办", deadline_s=20)
    terminal.do("touch", name="back")
    terminal.do("wait_reads", words="您要找什么？")
    hall.end()
    hall.hands.do("network_cable", "plugged")


def test_nothing_of_what_was_found_stays_in_memory(hall: Hall) -> None:
    """Names of the catalogue are public; that somebody has just seen them is not."""
    terminal = hall.terminal
    found = "夜间施工"
    look_for(hall, "yejianshigong")
    terminal.do("wait_reads", words=found, deadline_s=20)
    terminal.do("touch", name="found_0")
    terminal.do("wait_reads", words="这一项不在本机办", deadline_s=20)
    pids = [("terminal", terminal.pid)]
    assert search_processes(pids, {"found": found})
    hall.end()
    assert search_processes(pids, {"found": found}) == []


def test_nothing_of_what_was_looked_for_stays(hall: Hall) -> None:
    """A word that is in no catalogue, in three ways: letters, what is spelt, what was chosen of it."""
    terminal = hall.terminal
    word = "zqxjkvwq"
    look_for(hall, word)
    terminal.do("wait_reads", words=word, deadline_s=20)
    terminal.do("wait_reads", words="没有找到", deadline_s=20)
    assert {find.what for find in count_residue(hall, {"query": word})} == {"query"}
    hall.end()
    assert count_residue(hall, {"query": word}) == []
    logs = b"".join(path.read_bytes() for path in Path(hall.world.directory).rglob("*.log*") if path.is_file())
    assert b"first_frame" in logs
    assert word.encode() not in logs
