"""The real pcscd with its virtual reader, one per machine: taken by a file lock, started and ended here.

Debian: pcscd, vsmartcard-vpcd. The service is this machine's: a pcscd that already runs is not ours, and the tests say so.
"""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.emulators import pcsc_service
from devices.emulators.pcsc_service import PcscService

READER = pcsc_service.READER
PATIENCE_S = 20.0
TURN_S = 600.0


class Pcscd:
    """The service; `start` and `kill` as often as a test likes."""

    def __init__(self, folder: Path) -> None:
        self._service = PcscService(folder)

    @property
    def port(self) -> int:
        """Of vpcd, once started."""
        return self._service.port

    def start(self) -> None:
        """Starts it and waits until the virtual reader is listed."""
        self._service.begin()
        if not self._service.is_listed(PATIENCE_S):
            account = self._service.account()
            self.kill()
            raise AssertionError(f"pcscd came up without its virtual reader: {account}")

    def kill(self) -> None:
        """SIGKILL: what a crash leaves behind, files included."""
        self._service.end(by=signal.SIGKILL)

    def end(self) -> None:
        """As it should end."""
        self._service.end()


@contextmanager
def running_pcscd() -> Iterator[Pcscd]:
    """Waits for its turn on this machine, then the service."""
    lock = pcsc_service.take_turn(TURN_S)
    assert lock is not None, "another test holds the machine's pcscd and does not let go"
    try:
        others = pcsc_service.running()
        assert not others, f"another pcscd runs on this machine ({others}); stop it first (systemctl stop pcscd.socket)"
        with tempfile.TemporaryDirectory(prefix="by") as folder:
            service = Pcscd(Path(folder))
            service.start()
            try:
                yield service
            finally:
                service.end()
    finally:
        os.close(lock)
