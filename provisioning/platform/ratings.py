"""The rating department (好差评): one rating per visit and item, and the rated staff never learn who rated."""

from sqlalchemy import Engine, select

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
        ratings = tables.rating
        with self._engine.begin() as connection:
            connection.execute(
                upsert(connection, ratings)
                .values(
                    rating_id=self._randomness.token_bytes(16).hex(),
                    terminal_id=terminal_id,
                    visit_id=request.visit_id,
                    item_code=request.item_code,
                    grade=request.grade,
                    applicant=applicant,
                    rated_at=int(self._clock.now().timestamp() * 1000),
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
        return RatingReceived(str(rating_id))
