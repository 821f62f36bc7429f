"""A loudspeaker that writes what it plays into a file: ALSA's own plug-in ``file``, so that no machine needs a sound card.

Source: alsa-lib's configuration, PCM plug-in ``file``: ``file:NAME,FORMAT``.
"""

import shutil
from pathlib import Path

from devices.emulators.control import MissingError


class SoundOutput:
    """Fulfils `devices.emulators.control.Emulator`. The player itself is a child of the terminal's host.

    Actions: ``break`` (nothing can be played), ``mend``, ``forget`` (removes the last sound).

    Args:
        folder: of the hall's run; the last sound is ``sound/last.wav`` there.
    """

    name = "audio"

    def __init__(self, folder: Path) -> None:
        self._file = folder / "sound" / "last.wav"

    def start(self) -> None:
        """Makes the folder. Raises `MissingError` where alsa-utils is not installed."""
        if shutil.which("aplay") is None:
            raise MissingError("hall.aplay_not_installed")
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)

    def stop(self) -> None:
        """Nothing runs."""

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """One action of the panel."""
        del arguments
        if action not in ("break", "mend", "forget"):
            raise ValueError(f"扬声器没有“{action}”这个动作 / the loudspeaker has no action {action!r}")
        if self._file.is_dir():
            self._file.rmdir()
        if action in ("break", "forget"):
            self._file.unlink(missing_ok=True)
        if action == "break":
            self._file.mkdir(mode=0o700)  # a folder in the file's place: writing fails also for root

    def state(self) -> dict[str, object]:
        """How much was played last; ``output`` is for the driver ``alsa``."""
        try:
            played, at_ms = self._file.stat().st_size, round(self._file.stat().st_mtime * 1000)
        except OSError:
            played, at_ms = 0, 0
        is_broken = self._file.is_dir()
        return {
            "output": f"file:{self._file},wav",
            "broken": is_broken,
            "last_bytes": 0 if is_broken else played,
            "last_at_ms": 0 if is_broken else at_ms,
            "actions": ["break", "mend", "forget"],
        }
