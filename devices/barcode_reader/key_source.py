"""Where the keys of a scanner that types come from: one keyboard alone, taken away from everybody else."""

from typing import Protocol

Key = tuple[str | None, float]
"""A key that went down: its character, `wedge_codec.ENTER`, ``None`` for one without; seconds of the source's own clock."""


class KeySource(Protocol):
    """Used from one thread. Whoever holds it gets the scanner's keys, and no window of the terminal does."""

    def open(self) -> bool:
        """Takes the keyboard; false when it is not there or somebody else has it. An open one is closed first."""

    def is_there(self) -> bool:
        """Whether the keyboard still exists and is ours. Raises `PortGoneError` when the way to it was lost."""

    def keys(self, wait_s: float) -> list[Key]:
        """What was pressed, empty when nothing was within `wait_s`. Raises `PortGoneError`; the source is closed then."""

    def close(self) -> None:
        """Gives the keyboard back; twice is allowed."""
