"""The flow of an item, and the rules that keep personal data behind a factor."""

from collections.abc import Sequence

import pytest

from kiosk.services.catalogue import load_catalogue
from kiosk.services.flow import STEPS, at_step, check_steps, current_step, make_flow, next_step, previous_step
from kiosk.services.item import Assurance, Item
from kiosk.session.state import Document, Place

FULL = [
    Place.NOTICE, Place.IDENTIFY, Place.CONSENT, Place.FACTOR, Place.QUERY, Place.RESULT, Place.PRINT, Place.RATE,
]  # fmt: skip
HANDED_IN = [
    Place.NOTICE, Place.IDENTIFY, Place.CONSENT, Place.FACTOR, Place.WRITE, Place.ATTACH, Place.REVIEW, Place.SUBMIT,
    Place.PRINT, Place.RATE,
]  # fmt: skip
ASKED = [Place.NUMBER, Place.IDENTIFY, Place.CONSENT, Place.PROGRESS]
"""Without the factor, after which the answer itself is shown."""
PAPERS = (Document.SHEET,)


def fund() -> Item:
    item = load_catalogue().find("provident-fund")
    assert item is not None
    return item


def test_the_flow_walks_through_all_steps_and_back() -> None:
    flow = make_flow(fund())
    walked = [current_step(flow)]
    while (after := next_step(flow)) is not None:
        flow = after
        walked.append(current_step(flow))
    assert walked == FULL
    while (before := previous_step(flow)) is not None:
        flow = before
        walked.pop()
        assert current_step(flow) is walked[-1]
    assert flow == make_flow(fund())


def test_a_plain_query_s_flow_carries_its_choices_in_the_file_s_order() -> None:
    chosen = {item.key: make_flow(item).choices for item in load_catalogue().items if not item.is_guide_only}
    assert chosen["social-insurance"] == ("12", "24", "36")
    assert chosen["invoice-quota"] == chosen["provident-fund"] == chosen["consultation"] == ()


def test_a_flow_goes_to_a_step_by_its_name() -> None:
    flow = at_step(make_flow(fund()), Place.PRINT)
    assert flow is not None
    assert current_step(flow) is Place.PRINT
    assert at_step(flow, Place.HOME) is None


def test_a_guide_has_no_flow() -> None:
    guide = load_catalogue().find("sole-trader")
    assert guide is not None
    with pytest.raises(ValueError, match="no flow"):
        make_flow(guide)


def test_the_living_item_keeps_all_rules() -> None:
    item = fund()
    places = [step.place for step in item.steps]
    assert check_steps(places, item.assurance, bool(item.factor_methods), item.documents) is None


@pytest.mark.parametrize("missing", [Place.IDENTIFY, Place.CONSENT, Place.FACTOR])
def test_personal_data_is_never_reached_without_card_consent_and_factor(missing: Place) -> None:
    steps = [place for place in FULL if place is not missing]
    for assurance in Assurance:
        for has_methods in (True, False):
            assert check_steps(steps, assurance, has_methods, PAPERS) is not None


@pytest.mark.parametrize(
    ("steps", "assurance", "has_methods", "documents", "key"),
    [
        ([Place.IDENTIFY, Place.NOTICE], Assurance.CARD, False, (), "services.steps_order"),
        ([Place.NOTICE, Place.NOTICE], Assurance.NONE, False, (), "services.steps_order"),
        ([Place.NOTICE], Assurance.CARD, False, (), "services.steps_assurance"),
        ([Place.NOTICE, Place.RESULT], Assurance.NONE, False, (), "services.steps_need"),
        ([Place.CONSENT], Assurance.NONE, False, (), "services.steps_need"),
        ([Place.IDENTIFY, Place.CONSENT], Assurance.NONE, False, (), "services.steps_too_many"),
        ([Place.IDENTIFY, Place.CONSENT, Place.FACTOR], Assurance.CARD, True, (), "services.steps_too_many"),
        (FULL, Assurance.CARD_AND_FACTOR, False, PAPERS, "services.steps_factor_methods"),
        (FULL, Assurance.CARD_AND_FACTOR, True, (), "services.steps_documents"),
        (FULL[:5], Assurance.CARD_AND_FACTOR, True, (), "services.steps_one_answer"),
        ([*FULL[:6], Place.ANSWER], Assurance.CARD_AND_FACTOR, True, (), "services.steps_one_answer"),
        ([Place.ANSWER], Assurance.NONE, False, (), "services.steps_need"),
    ],
)
def test_each_rule_has_its_complaint(
    steps: Sequence[Place], assurance: Assurance, has_methods: bool, documents: Sequence[Document], key: str
) -> None:
    problem = check_steps(steps, assurance, has_methods, documents)
    assert problem is not None
    assert problem.key == key


@pytest.mark.parametrize("missing", [Place.IDENTIFY, Place.CONSENT, Place.WRITE, Place.REVIEW, Place.SUBMIT])
def test_nothing_is_handed_in_without_a_person_a_text_and_a_review(missing: Place) -> None:
    steps = [place for place in HANDED_IN if place is not missing]
    assert check_steps(HANDED_IN, Assurance.CARD_AND_FACTOR, True, PAPERS) is None
    assert check_steps(steps, Assurance.CARD_AND_FACTOR, True, PAPERS) is not None


@pytest.mark.parametrize("missing", ASKED)
def test_what_became_of_it_is_told_by_number_and_card_together(missing: Place) -> None:
    assert check_steps(ASKED, Assurance.CARD, False, ()) is None
    assert check_steps([place for place in ASKED if place is not missing], Assurance.CARD, False, ()) is not None


def test_nothing_is_printed_of_nothing() -> None:
    problem = check_steps([Place.NOTICE, Place.PRINT], Assurance.NONE, False, PAPERS)
    assert problem is not None
    assert problem.placeholders == {"step": "print", "missing": "result"}


def test_only_a_factor_that_may_wait_is_left_out() -> None:
    consultation = load_catalogue().find("consultation")
    assert consultation is not None
    assert make_flow(consultation).factor_may_wait
    assert not make_flow(fund()).factor_may_wait
    never_alone = [place for place in STEPS if place in HANDED_IN]
    assert never_alone == HANDED_IN


def test_simple_flows_are_allowed() -> None:
    assert check_steps([], Assurance.CARD_AND_FACTOR, False, ()) is None
    assert check_steps([Place.NOTICE, Place.RATE], Assurance.NONE, False, ()) is None
    assert check_steps([Place.IDENTIFY, Place.CONSENT], Assurance.CARD, False, ()) is None
