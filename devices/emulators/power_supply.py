"""An uninterruptible power supply: the real upsd of NUT with its own simulated supply (dummy-ups), behind a cable that can be cut.

Source of the configuration files: NUT's manual pages ups.conf(5), upsd.conf(5), upsd.users(5), dummy-ups(8).
"""

import contextlib
import os
import pwd
import secrets
import socket
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from devices.emulators import follower
from devices.emulators.control import MissingError
from devices.emulators.network_cable import NetworkCable
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_serial import nut

SERVER, DRIVER = Path("/lib/nut/upsd"), Path("/lib/nut/dummy-ups")
NAME = "hall"
START_S = 5.0
_TELL_S = 4.0
_BEGINNING = {"ups.status": "OL CHRG", "battery.charge": "87", "battery.runtime": "1320"}
_STATUSES = {
    "mains_fails": "OB DISCHRG",
    "mains_returns": "OL CHRG",
    "battery_low": "OB LB",
    "replace_battery": "OL RB",
}
_ENVIRONMENT = ("PATH", "LANG")


class PowerSupply:
    """Fulfils `devices.emulators.control.Emulator`.

    dummy-ups takes two seconds before it tells anything (measured, NUT 2.8), so the hall does not wait for it: a thread of its own brings
    up upsd, and stays, since upsd ends with the thread that started it.

    Actions: ``mains_fails``, ``mains_returns``, ``battery_low``, ``replace_battery``, ``charge`` (``percent``), ``unplug`` and ``plug`` (the
    supply's own cable), ``cut``, ``silence`` and ``normal`` (the way to upsd).

    Args:
        folder: private, gone with the hall; NUT's files go into ``nut`` there.
    """

    name = "ups"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "nut"
        self._password = secrets.token_hex(8)
        self._driver: subprocess.Popen[bytes] | None = None
        self._port = 0
        self._cable: NetworkCable | None = None
        self._keeper = threading.Thread(target=self._keep, name="emulated-ups", daemon=True)
        self._ready = threading.Event()
        self._ending = threading.Event()
        self._values = dict(_BEGINNING)

    @property
    def traffic(self) -> Traffic | None:
        """What the terminal and upsd say to each other; None before the start."""
        return self._cable.traffic if self._cable is not None else None

    @property
    def tcp_port(self) -> int:
        """Where a terminal finds upsd on 127.0.0.1; kept while the way is cut."""
        assert self._cable is not None
        return self._cable.port

    def prepare(self) -> None:
        """Begins both processes. Raises `MissingError` where NUT is not installed."""
        if not (SERVER.exists() and DRIVER.exists()):
            raise MissingError("hall.nut_not_installed")
        self._write_files()
        self._plug()

    def start(self) -> None:
        """Opens the way to upsd, which answers once the supply does."""
        self._cable = NetworkCable("127.0.0.1", self._port, nut)
        self._cable.start()
        self._keeper.start()

    def stop(self) -> None:
        """Ends all; twice is allowed."""
        cable, self._cable = self._cable, None
        if cable is not None:
            cable.stop()
        self._ending.set()
        if self._keeper.ident is not None:
            self._keeper.join(2)
        self._unplug()

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """One action of the panel; changes of the supply are told by upsd when this returns."""
        self._ready.wait(START_S)
        if action in _STATUSES:
            self._set("ups.status", _STATUSES[action])
        elif action == "charge":
            percent = arguments.get("percent", 50)
            if isinstance(percent, bool) or not isinstance(percent, int) or not 0 <= percent <= 100:
                raise ValueError("percent 要一个 0 到 100 的整数 / percent takes a whole number from 0 to 100")
            self._set("battery.charge", str(percent))
        elif action == "unplug":
            self._unplug()
        elif action == "plug":
            self._plug()
        elif action in ("cut", "silence", "normal") and self._cable is not None:
            self._cable.set_state({"cut": "cut", "silence": "silent", "normal": "plugged"}[action])
        else:
            raise ValueError(f"不间断电源没有“{action}”这个动作 / the supply has no action {action!r}")

    def state(self) -> dict[str, object]:
        """What the supply says, and where upsd is."""
        return {
            "tcp_port": self._cable.port if self._cable is not None else None,
            "ups": NAME,
            "status": self._values["ups.status"],
            "charge": int(self._values["battery.charge"]),
            "plugged": self._driver is not None,
            "ready": self._ready.is_set(),
            "way": self._cable.condition.value if self._cable is not None else "cut",
            "actions": [*_STATUSES, "charge", "unplug", "plug", "cut", "silence", "normal"],
        }

    def _keep(self) -> None:
        until = time.monotonic() + START_S
        while not (self._folder / f"dummy-ups-{NAME}").exists() and time.monotonic() < until:
            # the folder has no event for it; an upsd that looks too early looks again after two seconds
            if self._ending.wait(0.02):
                return
        server = self._run(str(SERVER), "-F", "-u", _user())
        try:
            if self._tells("ups.status", self._values["ups.status"], until):
                self._ready.set()
            self._ending.wait()
        finally:
            follower.end(server)

    def _write_files(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files = {
            "ups.conf": f"[{NAME}]\ndriver = dummy-ups\nport = {self._folder / 'hall.dev'}\nmode = dummy-once\ndesc = demo\n",
            "upsd.conf": f"LISTEN 127.0.0.1 {self._port}\nMAXAGE 3\n",
            "upsd.users": f"[hall]\npassword = {self._password}\nactions = SET\n",
        }
        for name, text in files.items():
            self._write(name, text)

    def _write(self, name: str, text: str) -> None:
        path = self._folder / name
        path.write_text(text, encoding="ascii")
        path.chmod(0o600)

    def _environment(self) -> Mapping[str, str]:
        folder = str(self._folder)
        ours = {"NUT_CONFPATH": folder, "NUT_STATEPATH": folder, "NUT_ALTPIDPATH": folder}
        return {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ} | ours

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        return follower.follow(command, self._environment())

    def _plug(self) -> None:
        if self._driver is None:
            self._write("hall.dev", "".join(f"{name}: {value}\n" for name, value in self._values.items()))
            self._driver = self._run(str(DRIVER), "-F", "-u", _user(), "-a", NAME)

    def _unplug(self) -> None:
        driver, self._driver = self._driver, None
        follower.end(driver)

    def _set(self, name: str, value: str) -> None:
        until = time.monotonic() + _TELL_S
        while self._driver is not None and time.monotonic() < until:
            with contextlib.suppress(OSError):
                answers = self._talk("USERNAME hall", f"PASSWORD {self._password}", f'SET VAR {NAME} {name} "{value}"')
                if answers == ["OK"] * 3 and self._tells(name, value, until):
                    self._values[name] = value
                    return
            time.sleep(0.05)  # a supply that was just plugged in takes two seconds, of which upsd tells no event
        raise ValueError("不间断电源没有照办：它的线拔了吗？ / the supply did not obey: is its cable out?")

    def _tells(self, name: str, value: str, until: float) -> bool:
        while time.monotonic() < until and not self._ending.is_set():
            with contextlib.suppress(OSError):
                if self._talk(f"GET VAR {NAME} {name}") == [f'VAR {NAME} {name} "{value}"']:
                    return True
            time.sleep(0.01)  # upsd has no event for it; bounded
        return False

    def _talk(self, *lines: str) -> list[str]:
        with socket.create_connection(("127.0.0.1", self._port), 1) as end, end.makefile("rw", newline="\n") as file:
            answers = []
            for line in lines:
                file.write(line + "\n")
                file.flush()
                answers.append(file.readline().strip())
            return answers


def _user() -> str:
    """NUT changes to this user at its start; any other than our own it could not."""
    return pwd.getpwuid(os.geteuid()).pw_name
