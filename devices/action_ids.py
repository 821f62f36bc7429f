"""The memory of action ids, so that a repeated action is refused even after its host was started again."""

from collections import OrderedDict

REMEMBERED = 10_000


class ActionIds:
    """Bounded: the oldest id is forgotten first. A visit uses some tens, so an id lives through hundreds of visits."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._ids: OrderedDict[str, None] = OrderedDict()

    def is_new(self, action_id: str) -> bool:
        """Remembers `action_id`; returns whether it had not been seen."""
        if action_id in self._ids:
            self._ids.move_to_end(action_id)
            return False
        self._ids[action_id] = None
        if len(self._ids) > self._remembered:
            self._ids.popitem(last=False)
        return True
