"""Starts what surrounds a demo terminal and hands out the configuration that fits it.

The processes: the platform (10,000 invented citizens) and the lab (emulated devices, and the network cable between the
terminal and the platform). Both die with this process. The terminal itself is started by `provisioning.demo.cli` or, for
a journey, runs in this very process.
"""

import fcntl
import http.client
import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import yaml

from devices.emulators.control import HALL, ControlClient
from devices.emulators.hall import FULL
from kiosk.base.errors import BudayangError
from provisioning.demo.devices import Wire, device_sections
from provisioning.demo.production import refuse_on_production
from provisioning.terminal import init_demo
from provisioning.terminal.files import write_atomically

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 60.0
"""For a part to say that it is ready; a first start makes 10,000 citizens."""
STOP_TIMEOUT_S = 3.0
SHELF = "reference"
"""Below the platform's data folder: what it gives out of the catalogue, see `provisioning.platform.reference`."""
PLATFORM_PORT = "platform.port"
"""File of the demo's folder with the platform's own port; `screens.panel.app` reads it."""


class DemoWorld:
    """Context manager around platform and lab.

    Args:
        paced: whether wires and paper take the time that real ones take.
        landscape: the panel is turned.
        smart_cards: whether the hall has the smart-card reader; its service is one per machine.
        hall: the description of the hall.
        catalogue: whether the platform gets a catalogue of all items (some seconds after the first start); without one the
            terminal has no search.

    Attributes:
        config: path of the terminal's configuration for this run.
        control: path of the lab's control socket.
        platform_port: of the platform itself on 127.0.0.1, not through the cable.

    Threads: enter it on a thread that outlives it; the parts die with that thread.

    Raises:
        BudayangError: ``demo.production`` on a production terminal, ``demo.running`` when another demo has the folder,
            ``demo.part_failed`` or ``demo.part_silent`` when a part does not start.
    """

    def __init__(
        self,
        directory: Path,
        *,
        paced: bool = True,
        landscape: bool = False,
        smart_cards: bool = False,
        hall: Path = FULL,
        catalogue: bool = False,
    ) -> None:
        self.directory = directory.resolve()
        self.config = self.directory / "run.yaml"
        self.control = self.directory / "lab.sock"
        self.platform_port = 0
        self._paced = paced
        self._landscape = landscape
        self._smart_cards = smart_cards
        self._hall = hall
        self._has_catalogue = catalogue
        self._parts: list[subprocess.Popen[bytes]] = []
        self._publisher: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends all parts; each within three seconds."""
        for part in self._parts:
            part.terminate()
        for part in self._parts:
            try:
                part.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                part.kill()
                part.wait()
        self._parts.clear()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def wait_for_catalogue(self) -> bool:
        """Whether the platform has its catalogue; waits for it as for any part."""
        if self._publisher is None:
            return False
        try:
            return self._publisher.wait(START_TIMEOUT_S) == 0
        except subprocess.TimeoutExpired:
            return False

    def missing(self) -> list[dict[str, str]]:
        """Sentences by language: what this machine cannot run, so that the hall goes on without."""
        emulators = self._hall_state()["emulators"]
        assert isinstance(emulators, dict)
        return [emulator["missing"] for emulator in emulators.values() if emulator["missing"] is not None]

    def temporary(self) -> Path:
        """A folder that goes with the lab, however the demo ends; the panel keeps its pictures there."""
        return Path(str(self._hall_state()["temporary"]))

    def _hall_state(self) -> dict[str, object]:
        hands = self.hands()
        try:
            return hands.do(HALL, "state")
        finally:
            hands.close()

    def hands(self) -> "Hands":
        """What a person's hands do in front of the demo terminal."""
        return Hands(self)

    def _start(self) -> None:
        refuse_on_production()
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._hold_directory()
        base = init_demo(self.directory)
        self._start_catalogue(base)
        self.platform_port = int(
            self._start_part(
                "platform",
                *("-m", "provisioning.platform.cli", "--demo", "--die-with-parent"),
                *("--data-dir", str(self.directory / "platform")),
            )
        )
        wires = self._start_part(
            "lab",
            *("-m", "devices.emulators", "--control", str(self.control), "--world", str(self._hall.resolve())),
            *("--folder", str(self.directory), "--upstream", f"127.0.0.1:{self.platform_port}"),
            *(() if self._paced else ("--unpaced",)),
            *(() if self._smart_cards else ("--without", "smart_card")),
        )
        self._write_config(base, json.loads(wires))

    def _start_catalogue(self, base: Path) -> None:
        """Begins to publish the catalogue; nobody waits for it, the terminal finds it when it is there."""
        config = yaml.safe_load(base.read_text(encoding="utf-8"))
        if not self._has_catalogue or "reference" not in config:  # a folder of an earlier version has none
            return
        region = config["terminal"]["region"]
        shelf, key = self.directory / "platform" / SHELF, self.directory / "keys" / "reference.pem"
        program = ["nice", "-n", "10", sys.executable, "-m", "provisioning.demo.catalogue"]
        self._publisher = subprocess.Popen(
            [*program, str(shelf), str(key), region],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._parts.append(self._publisher)

    def _hold_directory(self) -> None:
        """Two demos in one folder would share sockets and database."""
        self._lock = os.open(self.directory / "demo.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BudayangError("demo.running", folder=str(self.directory)) from error

    def _start_part(self, name: str, *arguments: str) -> str:
        """Starts a part; returns the line by which it says that it is ready."""
        ready, other_end = os.pipe()
        try:
            self._spawn(name, [*arguments, "--ready-fd", str(other_end)], other_end)
        except BaseException:
            os.close(ready)
            raise
        finally:
            os.close(other_end)
        return self._first_line(name, ready)

    def _spawn(self, name: str, arguments: list[str], fd: int) -> None:
        log = os.open(self.directory / f"{name}.out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            self._parts.append(
                subprocess.Popen(
                    [sys.executable, *arguments],
                    cwd=ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=(fd,),
                )
            )
        finally:
            os.close(log)

    def _first_line(self, name: str, fd: int) -> str:
        """The line that a part writes when it is ready; the pipe's end says that it failed."""
        said = b""
        deadline = time.monotonic() + START_TIMEOUT_S
        log = str(self.directory / f"{name}.out")
        try:
            while not said.endswith(b"\n"):
                if not select.select([fd], [], [], max(0.0, deadline - time.monotonic()))[0]:
                    raise BudayangError("demo.part_silent", part=name, seconds=f"{START_TIMEOUT_S:g}", file=log)
                more = os.read(fd, 4096)
                if not more:
                    raise BudayangError("demo.part_failed", part=name, file=log)
                said += more
        finally:
            os.close(fd)
        return said.decode().strip()

    def _write_config(self, base: Path, wires: dict[str, Wire]) -> None:
        """The folder's configuration with the devices and addresses of this run."""
        config = yaml.safe_load(base.read_text(encoding="utf-8"))
        config["devices"] = device_sections(wires)
        config["platform"] = {
            "url": f"http://127.0.0.1:{wires['network_cable']['port']}",
            "connect_timeout_s": config["platform"]["connect_timeout_s"],
            "read_timeout_s": config["platform"]["read_timeout_s"],
        }
        if not self._has_catalogue:
            config.pop("reference", None)
        if self._landscape:
            # the same panel, turned: its long side is now its width
            config["panel"]["orientation"] = "landscape"
            config["panel"]["width_mm"] = round(config["panel"]["width_mm"] * 16 / 9)
        note = "# 演示运行时生成，勿改。Made by the demo at each start.\n"
        text = note + yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
        write_atomically(self.config, text.encode(), 0o600)
        # for a panel that is opened later: the codes come from the platform itself, also while the cable is cut
        write_atomically(self.directory / PLATFORM_PORT, f"{self.platform_port}\n".encode(), 0o600)


class Hands:
    """A citizen's hands, and the paper that comes out; fulfils `screens.journey.player.Hands`."""

    def __init__(self, world: DemoWorld) -> None:
        self._world = world
        self._control = ControlClient(str(world.control))

    def lay(self, card: str) -> None:
        """Lays a card of the lab's set on the reader."""
        self._control.do("id_card_reader", "lay", card=card)

    def pull(self) -> None:
        """Takes the card away."""
        self._control.do("id_card_reader", "pull")

    def do(self, emulator: str, action: str, **arguments: object) -> dict[str, object]:
        """Any action of the control panel."""
        return self._control.do(emulator, action, **arguments)

    def last_code(self) -> str:
        """The one-time code that the demo platform has 'sent' last, "" for none."""
        line = http.client.HTTPConnection("127.0.0.1", self._world.platform_port, timeout=5)
        try:
            line.request("GET", "/demo/codes")
            codes = json.load(line.getresponse())["codes"]
        finally:
            line.close()
        return str(codes[-1]["code"]) if codes else ""

    def answer_consultation(self, receipt: str, answer: str) -> bool:
        """The demo's department answers a case; whether there is one of this receipt."""
        line = http.client.HTTPConnection("127.0.0.1", self._world.platform_port, timeout=5)
        body = json.dumps({"receipt": receipt, "answer": answer})
        try:
            line.request("POST", "/demo/consultations/answers", body, {"Content-Type": "application/json"})
            told = json.load(line.getresponse())
        finally:
            line.close()
        return told.get("done") is True

    def save_slip(self, path: Path) -> None:
        """Writes the last receipt as PNG."""
        self._control.do("receipt_printer", "save", path=str(path))

    def last_sheet(self) -> Path | None:
        """The last sheet's PDF, None before the first."""
        path = self._control.do("sheet_printer", "state").get("last_sheet")
        return Path(str(path)) if path else None

    def close(self) -> None:
        """Lets go."""
        self._control.close()
