"""The real pcscd with vsmartcard's virtual reader (vpcd), as the hall and the tests run it: one per machine, dying with its owner.

vpcd listens on the port that the reader's configuration names and on the next one. Its usual port, 35963, lies where the kernel takes
ports for outgoing connections from (ip_local_port_range), so any of them may hold it: a free pair below that range is taken instead.
"""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from devices.emulators import follower

PROGRAM = Path("/usr/sbin/pcscd")
LIBRARY = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
READER = "Budayang Virtual"
LOCK = Path("/run/lock/budayang-pcscd.lock")
"""Held by whoever runs the machine's pcscd. Only root can run it, so root's folder will do."""

_RUNTIME = Path("/run/pcscd")
_LEFT_BEHIND = ("pcscd.comm", "pcscd.pid")
_PORTS = range(25963, 26963, 2)
_PROC = Path("/proc")


class PcscService:
    """The service; `begin` and `end` as often as one likes.

    Args:
        folder: private; gets the reader's configuration and what pcscd says.

    Attributes:
        port: of vpcd, from the first `begin` on; the same for every later one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def is_alive(self) -> bool:
        """Whether it was begun and runs still."""
        return self._process is not None and self._process.poll() is None

    def begin(self) -> None:
        """Starts it; it is not up yet (`is_listed`)."""
        _remove_stale()
        self.port = self.port or _free_port()
        configuration = self._folder / "reader.conf"
        configuration.write_text(
            f'FRIENDLYNAME "{READER}"\nDEVICENAME /dev/null:0x{self.port:X}\nLIBPATH {LIBRARY}\nCHANNELID 0x{self.port:X}\n',
            encoding="ascii",
        )
        with (self._folder / "pcscd.log").open("wb") as said:
            command = [str(PROGRAM), "--foreground", "--config", str(configuration)]
            self._process = follower.follow(command, says=said)

    def is_listed(self, timeout_s: float) -> bool:
        """Whether the reader has come by then; false at once when the service has ended."""
        # only here, since it binds libpcsclite, which a hall without cards need not have
        from devices.smart_card import scard_calls

        until = time.monotonic() + timeout_s
        while time.monotonic() < until and self.is_alive:
            with contextlib.suppress(scard_calls.ScardError):
                context = scard_calls.establish_context()
                try:
                    if any(READER in name for name in scard_calls.list_readers(context)):
                        return True
                finally:
                    scard_calls.release_context(context)
            time.sleep(0.01)  # a service's start has no event for others; bounded
        return False

    def end(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Ends it; after SIGKILL its files stay behind, as after a crash."""
        process, self._process = self._process, None
        if process is not None:
            follower.end(process, by=by)
            if by is not signal.SIGKILL:
                _remove_stale()

    def account(self) -> str:
        """Why the reader may be missing: the service's last words and every pcscd of this machine, for a person."""
        code = None if self._process is None else self._process.poll()
        with contextlib.suppress(OSError):
            said = (self._folder / "pcscd.log").read_text(encoding="utf-8", errors="replace")
            return f"pcscd {'runs' if code is None else f'ended with {code}'}, port {self.port}; running: {running()}\n{said[-2000:]}"
        return f"pcscd has said nothing; running: {running()}"


def running() -> list[int]:
    """Process numbers of every pcscd on this machine, whoever started it and whatever its file of the number says."""
    found = []
    for place in _PROC.iterdir():
        if place.name.isdigit():
            with contextlib.suppress(OSError):
                if (place / "comm").read_text(encoding="utf-8").strip() == PROGRAM.name:
                    found.append(int(place.name))
    return found


def take_turn(patience_s: float) -> int | None:
    """The descriptor of the machine's lock, to be closed when done; ``None`` when it was not free by then."""
    descriptor = os.open(LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    until = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                os.close(descriptor)
                return None
            time.sleep(0.05)  # a lock that is let go has no event with a bound
        else:
            return descriptor


def _free_port() -> int:
    """The first of the pairs that nobody holds."""
    for port in _PORTS:
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for number in (port, port + 1):
                listener = stack.enter_context(socket.socket())
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(("", number))
            return port
    return _PORTS[0]  # vpcd says itself that it is taken


def _remove_stale() -> None:
    """What a pcscd that was killed has left behind."""
    for name in _LEFT_BEHIND:
        (_RUNTIME / name).unlink(missing_ok=True)
