"""An update that is killed at its n-th step: ``python -m tests.offline_cache.reference.killed N PUBLISHED TERMINAL``."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.base.clock import ManualClock
from offline_cache.reference.updating import update
from tests.offline_cache.reference.published import TRUSTED, FolderSource

STEPS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (Path, "rename"),
    (Path, "replace"),
    (Path, "symlink_to"),
    (Path, "chmod"),
    (Path, "unlink"),
    (shutil, "rmtree"),
    (shutil, "copyfile"),
)
"""What changes the folder."""


def counted(
    real: Callable[..., Any], name: str, countdown: list[int], seen: set[str], kill: Callable[[], None]
) -> Callable[..., Any]:
    """`real`, which calls `kill` in its place when the countdown comes to 0; below 0 nothing is counted."""

    def step(*args: Any, **named: Any) -> Any:
        if countdown[0] >= 0:
            seen.add(name)
            countdown[0] -= 1
            if countdown[0] == 0:
                countdown[0] = -1
                kill()
        return real(*args, **named)

    return step


def main(step: int, published: Path, terminal: Path) -> None:
    """Never returns when the update has that many steps."""
    countdown = [step]
    for owner, name in STEPS:
        kill = counted(getattr(owner, name), name, countdown, set(), lambda: os.kill(os.getpid(), signal.SIGKILL))
        setattr(owner, name, kill)
    update(terminal, TRUSTED, ManualClock(), FolderSource(published))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
