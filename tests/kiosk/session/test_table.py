"""The whole transition table against written expectations, and every cell of it broken on purpose.

``transitions.txt`` says what each sample event does in each sample state; what is not listed does nothing. After a
wanted change: ``python -m tests.kiosk.session.test_table`` writes it anew, and the difference is read by a person.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kiosk.session import effects, events
from kiosk.session.events import INTENTS, PAGE_INTENTS
from kiosk.session.machine import step
from kiosk.session.overlay import OVERLAYS
from kiosk.session.places import entrance
from kiosk.session.places.ending import end
from kiosk.session.state import Ending, Overlay, Place, Session
from kiosk.session.table import ANSWERS, EVENTS, TRANSITIONS, Ignore, Rule
from tests.kiosk.session.samples import OVERLAID, PLACES, SAMPLES, crowded, describe, sample_events

FILE = Path(__file__).with_name("transitions.txt")
CROWD = " (crowded)"


@cache
def sessions() -> Mapping[str, Session]:
    """All sample states by name."""
    plain = {name: make().session for name, make in SAMPLES.items()}
    return plain | {name + CROWD: crowded(name).session for name in PLACES}


@cache
def cases() -> Mapping[tuple[Place, type], tuple[tuple[str, str, Any], ...]]:
    """Cell -> (sample, event's name, event)."""
    found: dict[tuple[Place, type], list[tuple[str, str, Any]]] = {}
    for sample, session in sessions().items():
        for label, event in sample_events(session):
            found.setdefault((session.visit.page.place, type(event)), []).append((sample, label, event))
    return {cell: tuple(some) for cell, some in found.items()}


@cache
def expected() -> Mapping[tuple[str, str], str]:
    """The file: (sample, event's name) -> what it does."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    entries: dict[tuple[str, str], str] = {}
    sample = ""
    for line in lines:
        if line.startswith("["):
            sample = line.strip("[]")
        else:
            labels, _, does = line.partition(" : ")
            for label in labels.split(", "):
                entries[sample, label] = does
    return entries


def differs(cell: tuple[Place, type], **broken: Any) -> bool:
    """Whether a machine with `broken` parts does anything in this cell that is not written."""
    for sample, label, event in cases()[cell]:
        session = sessions()[sample]
        try:
            after, asked = step(session, event, **broken)
        except Exception:  # noqa: BLE001 -- a broken machine may break in any way
            return True
        if describe(session, after, asked) != expected().get((sample, label), ""):
            return True
    return False


def test_the_table_names_every_pair_of_place_and_event() -> None:
    kinds = {
        kind for kind in vars(events).values()
        if isinstance(kind, type) and kind.__module__ == events.__name__
    }  # fmt: skip
    assert kinds == set(EVENTS)
    assert set(TRANSITIONS) == {(place, kind) for place in Place for kind in kinds}
    assert all(rule.reason for rule in TRANSITIONS.values() if isinstance(rule, Ignore))


def test_every_overlay_names_every_intent() -> None:
    assert set(OVERLAYS) == {(overlay, kind) for overlay in Overlay for kind in INTENTS}


def test_every_pair_has_a_sample() -> None:
    assert set(cases()) == set(TRANSITIONS)
    assert {session.visit.page.place for session in sessions().values()} == set(Place)


def test_every_effect_that_is_awaited_has_its_answers() -> None:
    awaited = {effect for kinds in ANSWERS.values() for effect in kinds}
    assert awaited == {
        effects.ReadCard, effects.SendCode, effects.VerifyFactor, effects.RunQuery, effects.PrintDocument,
        effects.SubmitRating, effects.DrawCurtain, effects.Wipe, effects.WatchMedia, effects.ReserveOffline,
        effects.TakeAttachment, effects.SubmitItem, effects.AskSlipState, effects.ReadSlipCode, effects.AskKept, effects.ShowPaper,
        effects.CheckPin, effects.AskStaffBoard, effects.DoForStaff, effects.LookUp, effects.ReadFound,
        effects.AskDepartment,
    }  # fmt: skip


@pytest.mark.parametrize("place", list(Place), ids=lambda place: place.value)
def test_each_cell_does_what_is_written(place: Place) -> None:
    for kind in EVENTS:
        for sample, label, event in cases()[place, kind]:
            session = sessions()[sample]
            does = describe(session, *step(session, event))
            assert does == expected().get((sample, label), ""), f"{sample} / {label}"


def test_nothing_is_written_that_is_no_sample() -> None:
    known = {(sample, label) for some in cases().values() for sample, label, _ in some}
    assert set(expected()) <= known


def mutants(rule: Rule) -> Iterator[Callable[[Any, Any], None] | Ignore]:
    """What a cell may turn into by mistake."""
    if not isinstance(rule, Ignore):
        yield Ignore("broken on purpose")
    if rule is not entrance.broke:
        yield lambda turn, _event: end(turn, Ending.FAULT)
    if rule is not entrance.home:
        yield entrance.home


@pytest.mark.parametrize("place", list(Place), ids=lambda place: place.value)
def test_a_broken_cell_is_noticed(place: Place) -> None:
    unnoticed = [
        (place.value, kind.__name__)
        for kind in EVENTS
        for mutant in mutants(TRANSITIONS[place, kind])
        if not differs((place, kind), table={**TRANSITIONS, (place, kind): mutant})
    ]
    assert unnoticed == []


def test_a_broken_cell_of_the_overlay_is_noticed() -> None:
    def fault(turn: Any) -> None:
        end(turn, Ending.FAULT)

    names = {**OVERLAID, Overlay.NONE: "result"}
    unnoticed: list[tuple[str, str]] = []
    for overlay, kind in OVERLAYS:
        session = sessions()[names[overlay]]
        broken = {**OVERLAYS, (overlay, kind): fault}
        for label, event in sample_events(session):
            if type(event) is kind:
                after, asked = step(session, event, overlays=broken)
                if describe(session, after, asked) == expected().get((names[overlay], label), ""):
                    unnoticed.append((overlay.value, label))
    assert unnoticed == []


@pytest.mark.parametrize("overlay", OVERLAID, ids=lambda overlay: overlay.value)
def test_what_lies_under_an_overlay_cannot_be_touched(overlay: Overlay) -> None:
    """On every page: an intent of the page changes nothing of the visit but its timers."""
    from kiosk.base.record import replace

    for session in sessions().values():
        if session.visit.page.place in (Place.ATTRACT, Place.CURTAIN, Place.WIPE, Place.CARD_CALL):
            continue
        covered = replace(session, overlay=overlay)
        for _, event in sample_events(covered):
            if isinstance(event, PAGE_INTENTS):
                after, asked = step(covered, event)
                assert after.visit.page == covered.visit.page
                assert after.visit.awaited == covered.visit.awaited
                assert {type(one) for one in asked} <= {effects.SetTimer, effects.ClearTimer}


def test_the_expectations_hold_nothing_personal() -> None:
    assert not re.search(r"[0-9]{15}|样本|135790", FILE.read_text(encoding="utf-8").replace(expected_code(), ""))


def expected_code() -> str:
    """The item's code is long and impersonal."""
    from tests.kiosk.session.world import CODE

    return CODE


def _write() -> None:
    lines = ["# What each sample event does in each sample state; what is not listed does nothing. See test_table.py."]
    for sample, session in sessions().items():
        lines += ["", f"[{sample}]"]
        labels: dict[str, list[str]] = {}
        for label, event in sample_events(session):
            labels.setdefault(describe(session, *step(session, event)), []).append(label)
        lines += [f"{', '.join(some)} : {does}" for does, some in labels.items() if does]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
