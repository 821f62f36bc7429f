"""The real pcscd with its virtual reader, one per machine: taken by a file lock, started and ended here.

Debian: pcscd, vsmartcard-vpcd. The service is this machine's: a pcscd that already runs is not ours, and the tests say so.
"""

import contextlib
import fcntl
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.emulators.card_slot import LOCK
from devices.smart_card import scard_calls
from devices.smart_card.scard_calls import ScardError

PROGRAM = "/usr/sbin/pcscd"
LIBRARY = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
PORT = 35963
READER = "Budayang Virtual"
PATIENCE_S = 10.0

_LEFT_BEHIND = ("pcscd.comm", "pcscd.pid")
_CONFIGURATION = f"""FRIENDLYNAME "{READER}"
DEVICENAME   /dev/null:0x{PORT:X}
LIBPATH      {LIBRARY}
CHANNELID    0x{PORT:X}
"""


class Pcscd:
    """The service; `start` and `kill` as often as a test likes."""

    def __init__(self, folder: Path) -> None:
        self._configuration = folder / "reader.conf"
        self._configuration.write_text(_CONFIGURATION, encoding="ascii")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until the virtual reader is listed."""
        self._remove_stale()
        self._process = subprocess.Popen(
            [PROGRAM, "--foreground", "--config", str(self._configuration)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            with contextlib.suppress(ScardError):
                context = scard_calls.establish_context()
                names = scard_calls.list_readers(context)
                scard_calls.release_context(context)
                if any(READER in name for name in names):
                    return
            time.sleep(0.01)  # a service's start has no event for others; bounded
        self.kill()
        raise AssertionError("pcscd came up without its virtual reader: is port 35963 taken?")

    def kill(self) -> None:
        """SIGKILL: what a crash leaves behind, files included."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(PATIENCE_S)

    def _remove_stale(self) -> None:
        for name in _LEFT_BEHIND:
            path = Path("/run/pcscd") / name
            if name.endswith(".pid") and path.exists():
                pid = path.read_text(encoding="ascii").strip()
                alive = Path(f"/proc/{pid}/comm")
                if alive.exists() and alive.read_text().strip() == "pcscd":
                    raise AssertionError(
                        "another pcscd runs on this machine; stop it first (systemctl stop pcscd.socket)"
                    )
            path.unlink(missing_ok=True)


@contextmanager
def running_pcscd() -> Iterator[Pcscd]:
    """Waits for its turn on this machine, then the service."""
    lock = os.open(LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with tempfile.TemporaryDirectory(prefix="by") as folder:
            service = Pcscd(Path(folder))
            service.start()
            try:
                yield service
            finally:
                service.kill()
                service._remove_stale()
    finally:
        os.close(lock)
