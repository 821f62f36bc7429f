"""Starts what surrounds a demo terminal and hands out the configuration that fits it.

The processes: the platform (10,000 invented citizens) and the lab (emulated devices, and the network cable between the
terminal and the platform). Both die with this process. The terminal itself is started by `provisioning.demo.cli` or, for
a journey, runs in this very process.
"""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

import yaml

from devices.emulators.control import ControlClient
from kiosk.base.errors import BudayangError
from provisioning.terminal import init_demo

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 3.0


class DemoWorld:
    """Context manager around platform and lab.

    Attributes:
        config: path of the terminal's configuration for this run.
        control: path of the lab's control socket.
        platform_url: the platform itself, not through the cable.

    Raises:
        BudayangError: ``demo.part_failed`` when a part does not start.
    """

    def __init__(self, directory: Path, *, paced: bool = True, landscape: bool = False) -> None:
        self.directory = directory.resolve()
        self.config = self.directory / "run.yaml"
        self.control = self.directory / "lab.sock"
        self.platform_url = ""
        self._paced = paced
        self._landscape = landscape
        self._parts: list[subprocess.Popen[bytes]] = []

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

    def hands(self) -> "Hands":
        """What a person's hands do in front of the demo terminal."""
        return Hands(self)

    def _start(self) -> None:
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        base = init_demo(self.directory)
        ready, platform_end = os.pipe()
        self._spawn(
            "platform",
            [
                *("-m", "provisioning.platform.cli", "--demo", "--die-with-parent"),
                *("--data-dir", str(self.directory / "platform"), "--ready-fd", str(platform_end)),
            ],
            platform_end,
        )
        os.close(platform_end)
        port = self._first_line("platform", ready)
        self.platform_url = f"http://127.0.0.1:{port}"
        ready, lab_end = os.pipe()
        self._spawn(
            "lab",
            ["-m", "devices.emulators", "--control", str(self.control), "--upstream", f"127.0.0.1:{port}"]
            + ["--ready-fd", str(lab_end)]
            + ([] if self._paced else ["--unpaced"]),
            lab_end,
        )
        os.close(lab_end)
        wires = json.loads(self._first_line("lab", ready))
        self._write_config(base, wires)

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
        with os.fdopen(fd) as pipe:
            line = pipe.readline()
        if not line:
            raise BudayangError("demo.part_failed", part=name, file=str(self.directory / f"{name}.out"))
        return line.strip()

    def _write_config(self, base: Path, wires: dict[str, dict[str, object]]) -> None:
        config = yaml.safe_load(base.read_text(encoding="utf-8"))
        devices = config["devices"]
        devices["id_card_reader"]["port"] = wires["id_card_reader"]["port"]
        devices["receipt_printer"]["port"] = wires["receipt_printer"]["port"]
        if "sheet_printer" in wires:
            devices["sheet_printer"] |= wires["sheet_printer"]
        config["platform"]["url"] = f"http://127.0.0.1:{wires['network_cable']['port']}"
        if self._landscape:
            config["panel"]["orientation"] = "landscape"
        text = "# 演示运行时生成，勿改 (made by the demo at each start)\n" + yaml.safe_dump(
            config, allow_unicode=True, sort_keys=False
        )
        self.config.write_text(text, encoding="utf-8")


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
        with urllib.request.urlopen(f"{self._world.platform_url}/demo/codes", timeout=5) as answer:
            codes = json.load(answer)
        entries = codes["codes"] if isinstance(codes, dict) else codes
        return str(entries[-1]["code"]) if entries else ""

    def last_slip(self) -> bytes | None:
        """The last receipt as PNG, None before the first."""
        return self._picture("receipt_printer")

    def last_sheet(self) -> bytes | None:
        """The last sheet as PDF, None before the first."""
        return self._picture("sheet_printer")

    def _picture(self, emulator: str) -> bytes | None:
        import base64

        state = self._control.do(emulator, "last_paper")
        paper = state.get("last_paper")
        return base64.b64decode(str(paper)) if paper else None

    def close(self) -> None:
        """Lets go."""
        self._control.close()
