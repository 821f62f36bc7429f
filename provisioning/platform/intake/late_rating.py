"""Ratings that were given while the platform was away: kept as the ratings' own call keeps them."""

from typing import Annotated

import msgspec
from sqlalchemy import Connection

from kiosk.central.contract import RatingRequest
from provisioning.platform.identity import Randomness
from provisioning.platform.intake.kinds import CaseView, Effect, Submission, decode
from provisioning.platform.ratings import keep_rating

NAME = "rating"


class RatingV1(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of kind ``rating``, schema version 1: as `kiosk.central.contract.RatingRequest`."""

    visit_id: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    item_code: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z]{1,33}$")]
    grade: Annotated[int, msgspec.Meta(ge=1, le=5)]


class LateRatings:
    """Fulfils `provisioning.platform.intake.kinds.Kind`. Nobody's name goes with a rating."""

    department = "ratings"
    schema_versions = frozenset({1})
    most_attachments = 0
    attachment_types: frozenset[str] = frozenset()

    def __init__(self, randomness: Randomness) -> None:
        self._randomness = randomness

    def parse(self, text: str, schema_version: int) -> RatingV1:  # noqa: ARG002  # there is one version yet
        return decode(text, RatingV1)

    def take(self, connection: Connection, submission: Submission) -> Effect:
        body = submission.body
        assert isinstance(body, RatingV1)
        request = RatingRequest(body.visit_id, body.item_code, body.grade)
        new_id = self._randomness.token_bytes(16).hex()
        return Effect(keep_rating(connection, request, submission.terminal_id, None, new_id, submission.received_ms))

    def view(self, connection: Connection, terminal_id: str, key: str) -> CaseView | None:  # noqa: ARG002
        return None
