"""``python -m devices.emulators.follower PARENT PROGRAM [ARGUMENT...]``: becomes PROGRAM, which the kernel ends with PARENT.

The wish to die with the parent outlives the exec (prctl(2), PR_SET_PDEATHSIG), so PROGRAM itself need not know of it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from kiosk.base.confinement import end_with_parent

_ROOT = Path(__file__).resolve().parents[2]
_STOP_S = 1.5


def main(argv: list[str]) -> int:
    """Does not return unless PARENT has gone already; then 0."""
    parent, *command = argv
    if end_with_parent(int(parent)):
        os.execv(command[0], command)
    return 0


def command_of(command: Sequence[str]) -> list[str]:
    """The command line that starts `command` (its first word an absolute path) as a follower of this process."""
    return [sys.executable, "-m", "devices.emulators.follower", str(os.getpid()), *command]


def follow(
    command: Sequence[str], environment: Mapping[str, str] | None = None, says: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """Starts a service that ends with the calling thread, its output written to `says` or thrown away."""
    silent = subprocess.DEVNULL
    return subprocess.Popen(
        command_of(command),
        cwd=_ROOT,
        env=environment,
        stdin=silent,
        stdout=says or silent,
        stderr=says or silent,
        start_new_session=True,
    )


def end(process: subprocess.Popen[bytes] | None, *, by: signal.Signals = signal.SIGTERM) -> None:
    """Ends one, by force when it does not go by itself; ``None`` is none."""
    if process is None:
        return
    process.send_signal(by)
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(_STOP_S)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
