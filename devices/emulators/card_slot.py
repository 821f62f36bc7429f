"""The smart-card emulator together with the real service before it: pcscd with the virtual reader of vsmartcard (vpcd).

pcscd is one per machine and wants root, so it is taken by a file lock; where that cannot be, the hall goes on without smart cards.
"""

import contextlib
import fcntl
import os
import subprocess
import time
from pathlib import Path

from devices.emulators import follower
from devices.emulators.control import MissingError
from devices.emulators.smart_card import VPCD_PORT, SmartCardEmulator

PROGRAM = Path("/usr/sbin/pcscd")
LIBRARY = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
READER = "Budayang Virtual"
LOCK = Path("/run/lock/budayang-pcscd.lock")
"""Tests that start pcscd hold it, too. Only root can run pcscd, so root's folder will do."""
START_S = 5.0

_RUNTIME = Path("/run/pcscd")
_LEFT_BEHIND = ("pcscd.comm", "pcscd.pid")
_CONFIGURATION = f"""FRIENDLYNAME "{READER}"
DEVICENAME   /dev/null:0x{VPCD_PORT:X}
LIBPATH      {LIBRARY}
CHANNELID    0x{VPCD_PORT:X}
"""


class CardSlot(SmartCardEmulator):
    """A reader with an empty slot, as a terminal sees it through PC/SC.

    Actions beside those of the cards: ``stop_service`` (pcscd crashes), ``start_service``.

    Args:
        folder: private, gone with the hall; gets pcscd's configuration and, under ``csca``, the certificate of the invented state.
        patience_s: how long to wait until another hall or test has given the machine's pcscd free.
    """

    def __init__(self, folder: Path, patience_s: float = 0.0) -> None:
        super().__init__()
        self._folder = folder
        self._patience_s = patience_s
        self._lock_fd = -1
        self._service: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Begins the service. Raises `MissingError` where it cannot run."""
        if not (PROGRAM.exists() and LIBRARY.exists()):
            raise MissingError("hall.pcscd_not_installed")
        if os.geteuid() != 0:
            raise MissingError("hall.pcscd_needs_root")
        self._take_turn()
        csca = self._folder / "csca"
        csca.mkdir(mode=0o700, parents=True, exist_ok=True)
        (csca / "csca.der").write_bytes(self.csca_der)
        (self._folder / "reader.conf").write_text(_CONFIGURATION, encoding="ascii")
        self._begin_service()

    def start(self) -> None:
        """Waits until the reader is there. Raises `MissingError` when it does not come."""
        if not self._is_listed(time.monotonic() + START_S):
            raise MissingError("hall.pcscd_without_reader", port=str(VPCD_PORT))
        super().start()

    def stop(self) -> None:
        """Ends card and service; twice is allowed."""
        super().stop()
        self._end_service()
        if self._lock_fd >= 0:
            os.close(self._lock_fd)
            self._lock_fd = -1

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """One action of the panel."""
        if action == "stop_service":
            self._end_service()
        elif action == "start_service":
            if self._service is None:
                self._begin_service()
                self._is_listed(time.monotonic() + START_S)
        else:
            super().do(action, arguments)

    def state(self) -> dict[str, object]:
        """As of the cards, and what the driver ``pcsc`` needs."""
        state = super().state()
        actions = state["actions"]
        assert isinstance(actions, list)
        return {
            **state,
            "reader": READER,
            "csca_folder": str(self._folder / "csca"),
            "service": "off" if self._service is None else "on",
            "actions": [*actions, "stop_service", "start_service"],
        }

    def _take_turn(self) -> None:
        self._lock_fd = os.open(LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        until = time.monotonic() + self._patience_s
        while not _is_locked(self._lock_fd):
            if time.monotonic() >= until:
                raise MissingError("hall.pcscd_taken")
            time.sleep(0.05)  # a lock that is let go has no event with a bound
        if _is_running():
            raise MissingError("hall.pcscd_taken")

    def _begin_service(self) -> None:
        _remove_stale()
        self._service = follower.follow([str(PROGRAM), "--foreground", "--config", str(self._folder / "reader.conf")])

    def _end_service(self) -> None:
        service, self._service = self._service, None
        if service is not None:
            follower.end(service)
            _remove_stale()

    def _is_listed(self, until: float) -> bool:
        # only here, since it binds libpcsclite, which a hall without cards need not have
        from devices.smart_card import scard_calls

        while time.monotonic() < until and self._service is not None and self._service.poll() is None:
            with contextlib.suppress(scard_calls.ScardError):
                context = scard_calls.establish_context()
                try:
                    if any(READER in name for name in scard_calls.list_readers(context)):
                        return True
                finally:
                    scard_calls.release_context(context)
            time.sleep(0.01)  # a service's start has no event for others; bounded
        return False


def _is_locked(descriptor: int) -> bool:
    """Takes the lock if nobody has it; whether it is ours now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_running() -> bool:
    """Whether the process that the service's own file names is a pcscd."""
    try:
        pid = int((_RUNTIME / "pcscd.pid").read_text(encoding="ascii"))
        return Path(f"/proc/{pid}/comm").read_text(encoding="ascii").strip() == "pcscd"
    except (OSError, ValueError):
        return False


def _remove_stale() -> None:
    """What a pcscd that was killed has left behind."""
    for name in _LEFT_BEHIND:
        (_RUNTIME / name).unlink(missing_ok=True)
