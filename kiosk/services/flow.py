"""The flow of an item, pure: its steps in order, the step after and before, and the rules that steps must keep."""

import itertools
from collections.abc import Sequence

from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.services.item import Assurance, Item, OfflineClass
from kiosk.session.state import Document, Flow, Place

STEPS = (
    Place.NOTICE,
    Place.SEARCH,
    Place.NUMBER,
    Place.IDENTIFY,
    Place.CONSENT,
    Place.FACTOR,
    Place.QUERY,
    Place.RESULT,
    Place.ANSWER,
    Place.WRITE,
    Place.ATTACH,
    Place.REVIEW,
    Place.SUBMIT,
    Place.PROGRESS,
    Place.PRINT,
    Place.RATE,
)
"""The steps that a file may name, in the one order that they may have."""

_NEEDS: dict[Place, tuple[Place, ...]] = {
    Place.CONSENT: (Place.IDENTIFY,),
    Place.IDENTIFY: (Place.CONSENT,),  # nobody's card is used without being asked
    Place.FACTOR: (Place.CONSENT,),
    Place.QUERY: (Place.FACTOR,),  # a card alone opens nothing personal
    Place.RESULT: (Place.QUERY,),
    Place.ANSWER: (Place.QUERY,),
    Place.WRITE: (Place.SUBMIT,),
    Place.ATTACH: (Place.SUBMIT,),
    Place.REVIEW: (Place.SUBMIT,),
    Place.SUBMIT: (Place.CONSENT, Place.WRITE, Place.REVIEW),
    Place.NUMBER: (Place.PROGRESS,),
    Place.PROGRESS: (Place.NUMBER, Place.CONSENT),
}
"""What each step needs beside it; printing needs something to print, a result or what was handed in."""
_PRINTABLE = (Place.RESULT, Place.ANSWER, Place.SUBMIT)
_OF_ASSURANCE = {
    Assurance.NONE: (),
    Assurance.CARD: (Place.IDENTIFY, Place.CONSENT),
    Assurance.CARD_AND_FACTOR: (Place.IDENTIFY, Place.CONSENT, Place.FACTOR),
}


def make_flow(item: Item) -> Flow:
    """The flow of an item at its first step.

    Raises:
        ValueError: the item is guide only.
    """
    if item.is_guide_only:
        raise ValueError("an item without steps has no flow")
    return Flow(
        item_code=item.item_code,
        steps=tuple(step.place for step in item.steps),
        position=0,
        factor_methods=item.factor_methods,
        documents=item.documents,
        factor_may_wait=_may_wait(item, Place.FACTOR),
        rating_may_wait=_may_wait(item, Place.RATE),
        choices=() if item.query is None else tuple(choice.value for choice in item.query.choices),
        looks_up=item.looks_up,
    )


def _may_wait(item: Item, place: Place) -> bool:
    return any(step.place is place and step.offline is OfflineClass.QUEUEABLE for step in item.steps)


def current_step(flow: Flow) -> Place:
    """Where the flow is."""
    return flow.steps[flow.position]


def next_step(flow: Flow) -> Flow | None:
    """The flow one step on, None after the last."""
    if flow.position + 1 >= len(flow.steps):
        return None
    return replace(flow, position=flow.position + 1)


def previous_step(flow: Flow) -> Flow | None:
    """The flow one step back, None before the first."""
    if flow.position == 0:
        return None
    return replace(flow, position=flow.position - 1)


def at_step(flow: Flow, place: Place) -> Flow | None:
    """The flow at its step `place`, None when it has no such step."""
    if place not in flow.steps:
        return None
    return replace(flow, position=flow.steps.index(place))


def check_steps(
    steps: Sequence[Place], assurance: Assurance, has_factor_methods: bool, documents: Sequence[Document]
) -> Problem | None:
    """The first rule that `steps` break, None when they keep all. Checked when a file is loaded, so that no visit
    can begin on a flow that would show personal data to the holder of a found card."""
    for earlier, later in itertools.pairwise(steps):
        if STEPS.index(later) <= STEPS.index(earlier):
            return Problem("services.steps_order", {"step": later.value, "after": earlier.value})
    for place in _OF_ASSURANCE[assurance]:
        if steps and place not in steps:
            return Problem("services.steps_assurance", {"assurance": assurance.value, "missing": place.value})
    for place in steps:
        missing = [needed for needed in _NEEDS.get(place, ()) if needed not in steps]
        if place is Place.PRINT and not any(one in steps for one in _PRINTABLE):
            missing = list(_PRINTABLE)
        if missing:
            return Problem("services.steps_need", {"step": place.value, "missing": missing[0].value})
        if place not in _OF_ASSURANCE[assurance] and place in (Place.IDENTIFY, Place.FACTOR):
            return Problem("services.steps_too_many", {"step": place.value, "assurance": assurance.value})
    if Place.QUERY in steps and (Place.RESULT in steps) == (Place.ANSWER in steps):
        return Problem("services.steps_one_answer")  # two would print two sheets of one query, none would show nothing
    if (Place.FACTOR in steps) != has_factor_methods:
        return Problem("services.steps_factor_methods")
    if (Place.PRINT in steps) != bool(documents):
        return Problem("services.steps_documents")
    return None
