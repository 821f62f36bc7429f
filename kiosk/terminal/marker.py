"""The mark that a visit is open: a file without content, so that a terminal that was killed knows to call the card.

It survives a killed process, and lies where a reboot may forget it: after a power cut no card is latched and no page is lit.
"""

from pathlib import Path


class VisitMarker:
    """`state_dir/visit-open` exists from the first touch of a visit until its wipe is done and its card was called.

    `set` and `clear` raise OSError when the disk does not take them.
    """

    def __init__(self, state_dir: Path) -> None:
        self._path = state_dir / "visit-open"

    def is_set(self) -> bool:
        """Whether the last run ended in mid-visit; also when nobody can tell: a call for nothing harms no one."""
        try:
            self._path.stat()
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return True

    def set(self) -> None:
        """A visit has begun."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.touch(mode=0o600)

    def clear(self) -> None:
        """The visit is over."""
        self._path.unlink(missing_ok=True)
