"""A real upsd with NUT's own simulated supply (dummy-ups), in a folder and on a port of its own."""

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 10.0
NAME = "hall"
_ENV_KEYS = ("PATH", "LANG")


class NutServer:
    """upsd and its driver; `set` changes the simulated supply, `pull` ends the driver as a pulled cable would."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        (folder / "hall.dev").write_text(
            "ups.status: OL\nbattery.charge: 87.5\nbattery.runtime: 1320\nups.mfr: Budayang\n"
        )
        (folder / "ups.conf").write_text(
            f"[{NAME}]\ndriver = dummy-ups\nport = {folder / 'hall.dev'}\nmode = dummy-once\ndesc = simulated\n"
        )
        (folder / "upsd.conf").write_text(f"LISTEN 127.0.0.1 {self.port}\nMAXAGE 3\n")
        (folder / "upsd.users").write_text("[test]\npassword = test\nactions = SET\n")
        for file in folder.iterdir():
            file.chmod(0o640)
        self._env = {key: os.environ[key] for key in _ENV_KEYS if key in os.environ}
        self._env |= {"NUT_CONFPATH": str(folder), "NUT_STATEPATH": str(folder), "NUT_ALTPIDPATH": str(folder)}
        self._driver: subprocess.Popen[bytes] | None = None
        self._upsd: subprocess.Popen[bytes] | None = None

    def plug(self) -> None:
        """Starts the driver and waits for its socket: an upsd that looks too early looks again only after two seconds."""
        self._driver = self._start("/lib/nut/dummy-ups", "-F", "-u", "root", "-a", NAME)
        deadline = time.monotonic() + PATIENCE_S
        while not (self._folder / f"dummy-ups-{NAME}").exists():
            assert time.monotonic() < deadline, "dummy-ups does not start"
            time.sleep(0.02)  # the folder has no event for it; the deadline bounds the wait

    def pull(self) -> None:
        """Ends the driver."""
        self._end(self._driver)
        self._driver = None

    def start(self) -> None:
        """Starts upsd and waits until it tells the supply's status."""
        self._upsd = self._start("/lib/nut/upsd", "-F", "-u", "root")
        self.wait_for_status("OL")

    def stop(self) -> None:
        """Ends upsd; the port refuses from now on."""
        self._end(self._upsd)
        self._upsd = None

    def close(self) -> None:
        """Ends both."""
        self.stop()
        self.pull()

    def set(self, name: str, value: str) -> None:
        """Changes a variable and waits until upsd tells it."""
        answers = self._talk("USERNAME test", "PASSWORD test", f'SET VAR {NAME} {name} "{value}"')
        assert answers == ["OK", "OK", "OK"], answers
        self._wait_for(name, value)

    def wait_for_status(self, value: str) -> None:
        """Waits until upsd tells this ``ups.status``."""
        self._wait_for("ups.status", value)

    def _wait_for(self, name: str, value: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        answers: list[str] = []
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                answers = self._talk(f"GET VAR {NAME} {name}")
                if answers == [f'VAR {NAME} {name} "{value}"']:
                    return
            time.sleep(0.02)  # upsd has no event for it; the deadline bounds the wait
        raise AssertionError(f"upsd does not tell {value}: {answers}")

    def _talk(self, *lines: str) -> list[str]:
        with socket.create_connection(("127.0.0.1", self.port), 2) as end, end.makefile("rw", newline="\n") as file:
            answers = []
            for line in lines:
                file.write(line + "\n")
                file.flush()
                answers.append(file.readline().strip())
            return answers

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, env=self._env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _end(self, process: subprocess.Popen[bytes] | None) -> None:
        if process is None:
            return
        process.terminate()
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(3)


@contextmanager
def nut_server(folder: Path) -> Iterator[NutServer]:
    """Both running, the supply on line."""
    server = NutServer(folder)
    try:
        server.plug()
        server.start()
        yield server
    finally:
        server.close()
