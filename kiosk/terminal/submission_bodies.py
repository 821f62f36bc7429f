"""What is handed in, as the platform's intake takes it: the bodies by kind, and the item that carries one."""

from uuid import UUID, uuid5

import msgspec

from devices.id_card_reader.types import CardText
from kiosk.session import effects
from kiosk.session.submission import Draft
from offline_cache.outbox.item import NewItem

KIND = "consultation"
SCHEMA_VERSION = 1
RATING = "rating"
_TITLE = 30


class Applicant(msgspec.Struct, frozen=True):
    """Who hands in, as read from the card."""

    id_number: str
    name: str

    def __repr__(self) -> str:
        return "Applicant(...)"


class Consultation(msgspec.Struct, frozen=True):
    """Body of kind ``consultation``, schema version 1, as the platform's intake takes it."""

    visit_id: str
    type: str
    title: str
    content: str
    item_code: str
    applicant: Applicant

    def __repr__(self) -> str:
        return "Consultation(...)"


class Rating(msgspec.Struct, frozen=True):
    """Body of kind ``rating``, schema version 1. Nobody's name goes with it."""

    visit_id: str
    item_code: str
    grade: int


def new_item(effect: effects.SubmitItem, key: UUID, number: str) -> NewItem:
    """The submission of a form: sealed by the store, delivered by it. No face is part of it."""
    draft = effect.draft
    attachments = () if draft.attachment is None else (UUID(draft.attachment.attachment_id),)
    return NewItem(
        idem=key,
        order_key=effect.visit_id,
        kind=KIND,
        schema_version=SCHEMA_VERSION,
        body=msgspec.json.encode(_body(effect.visit_id, draft, effect.person)),
        slip_number=number,
        attachments=attachments,
    )


def _body(visit_id: str, draft: Draft, person: CardText) -> Consultation:
    assert draft.category is not None  # no review without one
    text = draft.text.strip()
    return Consultation(
        visit_id=visit_id,
        type=draft.category.value,
        title=text.split("\n", 1)[0][:_TITLE],
        content=text,
        item_code=draft.item_code,
        applicant=Applicant(person.id_number, person.name or person.english_name),
    )


def new_rating(effect: effects.SubmitRating) -> NewItem:
    """A rating has no slip and no form: its key comes from the visit and the item, so that a repeat is the same rating.

    Name-based (RFC 9562, version 5) under the visit's random id: as unique as a random one, there before anything is sent, and the
    same after whatever went wrong in between. The first rating of an item in a visit stands, as at the platform.
    """
    return NewItem(
        idem=uuid5(UUID(effect.visit_id), f"{RATING}:{effect.item_code}"),
        order_key=f"{effect.visit_id}-rating",  # never behind a case that needs a person
        kind=RATING,
        schema_version=SCHEMA_VERSION,
        body=msgspec.json.encode(Rating(effect.visit_id, effect.item_code, effect.grade)),
    )
