"""The memory of action ids, so that a repeated action is refused even after its host was started again."""

REMEMBERED = 10_000


class ActionIds:
    """Bounded: the oldest id is forgotten first. A visit uses some ten, so an id lives through a thousand visits.

    Only the 64-bit hash of an id is kept: a third of the memory, which a terminal would otherwise gather for days. Two
    of 10,000 ids have the same one by a chance below 1 in 10^11; then a new action is refused, none is repeated.
    """

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._hashes: dict[int, None] = {}  # in order of use

    def is_new(self, action_id: str) -> bool:
        """Remembers `action_id`; returns whether it had not been seen."""
        key = hash(action_id)
        if key in self._hashes:
            del self._hashes[key]
            self._hashes[key] = None
            return False
        self._hashes[key] = None
        if len(self._hashes) > self._remembered:
            del self._hashes[next(iter(self._hashes))]
        return True
