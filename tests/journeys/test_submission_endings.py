"""Nothing of a consultation, or of a question after a case, is found on the machine, however and on whichever page it ended.

Looked for are card, spelling, text (each four characters of it), the page's file and pixels, in UTF-8, UTF-16, UTF-32, GB18030, base64,
hexadecimal and escaped: in the memory of all processes of the terminal, in their open files without a name, and in every file they
may write, the store's and those of caches and settings among them.
"""

import zlib
from pathlib import Path

import pytest

from tests.journeys import submission_endings
from tests.journeys.consultation import STEPS, Desk, Writing
from tests.journeys.residue import residue_in_files
from tests.journeys.search import search_texts
from tests.journeys.submission_endings import ELSEWHERE, LOOKUP_STEPS, OWN, WAYS, go_to_lookup

pytestmark = [
    pytest.mark.xdist_group("submission residue"),
    pytest.mark.allow_processes("the hall's platform, lab and terminal live as long as this file's tests"),
]
QUICK = {
    ("spelling", "walked_away"),
    ("taking", "camera_host_was_killed"),
}
"""Each of the rest is played by `make test-slow`; the session's own table is whole in every run."""
QUICK_OWN = {"network_was_lost_in_mid_submit"}
HANDED_IN = ("submitted", "printed", "rate")
POINTLESS = {
    *((step, "camera_host_was_killed") for step in STEPS if step not in ("attach", "taking", "show")),
    *((step, "card_was_pulled") for step in STEPS if step not in ("consent", "text", "submitted")),
}
"""Where the camera, or the card, has nothing to do with the page."""


def _marked(name: str, is_quick: bool) -> object:
    """The many of `make test-slow` share two desks, so that no worker is left with all of them."""
    second = [pytest.mark.xdist_group("second desk")] if zlib.crc32(name.encode()) % 2 else []
    return pytest.param(*name.split("-"), id=name, marks=[] if is_quick else [pytest.mark.slow, *second])


def test_an_open_consultation_is_found_so_the_search_can_see(desk: Desk) -> None:
    writing = Writing()
    desk.go_offline()
    desk.go_to("show", writing)
    found = {find.what for find in desk.residue(writing)}
    submission_endings.cancelled(desk)
    assert {"name", "id number", "text"} <= found
    assert any("of the preview's file" in what for what in found)
    assert any("field" in what for what in found)


@pytest.mark.parametrize(
    ("step", "way"),
    [_marked(f"{step}-{way}", (step, way) in QUICK) for step in STEPS for way in WAYS if (step, way) not in POINTLESS],
)
def test_nothing_is_left_of_a_consultation(desk: Desk, step: str, way: str) -> None:
    writing = Writing()
    desk.go_offline()
    before = desk.kept()
    desk.go_to(step, writing)
    WAYS[way](desk)
    assert desk.residue(writing) == []
    if step in HANDED_IN:  # it lies there, sealed
        assert desk.kept() == (before[0] + 1, before[1] + 1)
    else:
        desk.wait_kept(before)


@pytest.mark.parametrize("ending", [_marked(name, name in QUICK_OWN) for name in OWN])
def test_nothing_is_left_after(desk: Desk, ending: str) -> None:
    writing = Writing()
    if ending != "network_was_lost_in_mid_submit":
        desk.go_offline()
    OWN[ending](desk, writing)
    assert desk.residue(writing) == []


@pytest.mark.parametrize(
    ("step", "way"),
    [
        _marked(f"{step}-{way}", (step, way) == ("told", "walked_away"))
        for step in LOOKUP_STEPS
        for way in WAYS
        if way != "camera_host_was_killed"
    ],
)
def test_nothing_is_left_of_a_question_after_a_case(desk: Desk, step: str, way: str) -> None:
    needles = {**desk.card_needles(), "number": ELSEWHERE}
    if step == "factor":
        # the line is up: nothing that an earlier visit of this card has handed in may be on its way meanwhile
        desk.deliver()
    else:
        desk.go_offline()
    go_to_lookup(desk, step, confirms=step == "factor")
    WAYS[way](desk)
    assert desk.find(needles) == []


def test_screens_that_hold_a_text_are_seen_to(desk: Desk) -> None:
    writing = Writing()
    desk.go_offline()
    desk.go_to("text", writing)
    found = search_texts("the screens", desk.hall.terminal.do("everything_shown"), desk.needles(writing))
    submission_endings.cancelled(desk)
    assert "text" in {find.what for find in found}
    assert search_texts("the screens", desk.hall.terminal.do("everything_shown"), desk.needles(writing)) == []


def test_a_file_left_in_a_cache_would_be_found(desk: Desk) -> None:
    writing = Writing()
    left = Path(desk.hall.world.directory) / "cache" / "left-behind"
    left.write_bytes(b"x" + writing.text[9:13].encode("utf-16-le") + b"x")
    found = residue_in_files(desk.hall, writing.needles())
    left.unlink()
    assert {find.what for find in found} == {"part 9 of the text"}
