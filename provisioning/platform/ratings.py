"""The rating department (好差评): one rating per visit and item, and the rated staff never learn who rated."""

from sqlalchemy import Connection, Engine, select

from kiosk.base.clock import Clock
from kiosk.central.contract import RatingReceived, RatingRequest
from provisioning.platform import tables
from provisioning.platform.database import upsert
from provisioning.platform.identity import Randomness


class RatingDepartment:
    """Keeps ratings. Thread-safe."""

    def __init__(self, engine: Engine, clock: Clock, randomness: Randomness) -> None:
        self._engine = engine
        self._clock = clock
        self._randomness = randomness

    def receive(self, request: RatingRequest, terminal_id: str, applicant: int | None) -> RatingReceived:
        """Keeps the first rating of a visit and item; a repetition gets the same number and changes nothing.

        Args:
            request: the rating.
            terminal_id: where it was given.
            applicant: person id where the visit was confirmed, for call-backs by the platform alone.
        """
        new_id, now = self._randomness.token_bytes(16).hex(), int(self._clock.now().timestamp() * 1000)
        with self._engine.begin() as connection:
            return RatingReceived(keep_rating(connection, request, terminal_id, applicant, new_id, now))


def keep_rating(
    connection: Connection, request: RatingRequest, terminal_id: str, applicant: int | None, new_id: str, rated_ms: int
) -> str:
    """Keeps a rating inside a transaction; returns the number of the first of its visit and item."""
    ratings = tables.rating
    connection.execute(
        upsert(connection, ratings)
        .values(
            rating_id=new_id,
            terminal_id=terminal_id,
            visit_id=request.visit_id,
            item_code=request.item_code,
            grade=request.grade,
            applicant=applicant,
            rated_at=rated_ms,
        )
        .on_conflict_do_nothing(index_elements=["terminal_id", "visit_id", "item_code"])
    )
    rating_id = connection.scalar(
        select(ratings.c.rating_id).where(
            ratings.c.terminal_id == terminal_id,
            ratings.c.visit_id == request.visit_id,
            ratings.c.item_code == request.item_code,
        )
    )
    return str(rating_id)
