"""The mark that a visit is open: a file without content, so that a terminal that was killed knows to call the card.

It survives a killed process, and lies where a reboot may forget it: after a power cut no card is latched and no page is lit.
"""

from pathlib import Path


class VisitMarker:
    """`state_dir/visit-open` exists from the first touch of a visit until its wipe is done."""

    def __init__(self, state_dir: Path) -> None:
        self._path = state_dir / "visit-open"

    def is_set(self) -> bool:
        """Whether the last run ended in mid-visit."""
        return self._path.exists()

    def set(self) -> None:
        """A visit has begun."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.touch(mode=0o600)

    def clear(self) -> None:
        """The visit is wiped."""
        self._path.unlink(missing_ok=True)
