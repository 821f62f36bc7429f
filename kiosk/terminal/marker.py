"""The mark that a visit is open, so that a terminal that was killed knows to call the card; a file that holds nothing, or the key of
the form that was being handed in, which is a random number and says nothing of anybody.

It survives a killed process, and lies where a reboot may forget it: after a power cut no card is latched and no page is lit.
"""

import re
from pathlib import Path

_KEY = re.compile(r"[0-9a-f]{32}")


class VisitMarker:
    """`state_dir/visit-open` exists from the first touch of a visit until its wipe is done and its card was called.

    `set`, `set_form` and `clear` raise OSError when the disk does not take them.
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

    def set_form(self, form_key: str) -> None:
        """The form of this key is being handed in; the visit is still on."""
        beside = self._path.with_suffix(".new")
        beside.write_text(form_key, encoding="ascii")
        beside.replace(self._path)

    def form_key(self) -> str:
        """The key that the last run was handing in, "" for none or when nobody can tell."""
        try:
            found = self._path.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return ""
        return found if _KEY.fullmatch(found) else ""

    def clear(self) -> None:
        """The visit is over."""
        self._path.unlink(missing_ok=True)
