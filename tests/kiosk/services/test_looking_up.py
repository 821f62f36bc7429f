"""Items that look something up in the reference: their files, and when they can be begun."""

from pathlib import Path

import pytest

from kiosk.base.errors import Problem
from kiosk.services.catalogue import ITEMS_FOLDER, load_catalogue
from kiosk.services.complaints import ItemComplaints
from kiosk.services.flow import make_flow
from kiosk.services.item import Item
from kiosk.services.readiness import Readiness, item_state
from kiosk.session.lookup import FoundKind
from kiosk.session.state import Availability, Place

GOOD = (ITEMS_FOLDER / "place-names.yaml").read_text(encoding="utf-8")
SCOPES = {"employment-policy": FoundKind.POLICY, "place-names": FoundKind.PLACE}


def item_called(key: str) -> Item:
    item = load_catalogue().find(key)
    assert item is not None
    return item


@pytest.mark.parametrize("key", SCOPES)
def test_it_begins_with_the_search_of_its_own_kind_and_asks_nobody_for_a_card(key: str) -> None:
    flow = make_flow(item_called(key))
    assert (flow.steps, flow.looks_up) == ((Place.SEARCH,), SCOPES[key])


@pytest.mark.parametrize("key", SCOPES)
def test_it_needs_the_reference_and_nothing_else(key: str) -> None:
    item = item_called(key)
    assert item_state(item, Availability()).readiness is Readiness.READY
    none = Problem("reference.none")
    stopped = item_state(item, Availability(reference=none))
    assert (stopped.readiness, stopped.problem, stopped.reaches) == (Readiness.STOPPED, none, None)
    # a newer version was refused: the one in use goes on
    assert item_state(item, Availability(reference=Problem("reference.damaged"))).readiness is Readiness.READY


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("looks_up: place\n", "", "order:"),
        ("steps:\n  - {step: search, offline: local}\n", "", "looks_up:"),
    ],
)
def test_the_step_and_what_is_looked_for_belong_together(tmp_path: Path, old: str, new: str, at: str) -> None:
    text = GOOD.replace(old, new)
    assert text != GOOD
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ItemComplaints) as caught:
        load_catalogue(tmp_path)
    line = next(number for number, words in enumerate(text.splitlines(), 1) if words.startswith(at))
    assert [(one.line, one.problem.key) for one in caught.value.complaints] == [(line, "services.looks_up_search")]
