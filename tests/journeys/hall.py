"""A hall for tests: demo platform and lab (unpaced), and the driven terminal before them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from devices.emulators.hall import CORE, FULL
from provisioning.demo.world import ROOT, DemoWorld, Hands

MODULE_ID = "05.01-20160101-000012345-012345678"
"""Of the lab's reader."""
_WRITABLE = {
    "TMPDIR": "tmp",
    "HOME": "home",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_DATA_HOME": "data",
}
"""Where a library may write by itself: folders of the hall, so that what is left there is found."""
STEPS_TO = ("attract", "home", "guide", "notice", "identify", "consent", "factor", "result", "print", "rate")


class DrivenTerminal:
    """The terminal's process; see `tests.journeys.driven`. Every wait has a deadline on the other side."""

    def __init__(
        self, config: Path, *, touch_guard_s: float = 0.0, samples: Path | None = None, before: tuple[str, ...] = ()
    ) -> None:
        """`samples`: see `driven`. `before`: a command that starts the terminal by what follows it."""
        places = {name: config.parent / folder for name, folder in _WRITABLE.items()}
        for folder in places.values():
            folder.mkdir(mode=0o700, exist_ok=True)
        command = [*before, sys.executable, "-m", "tests.journeys.driven"]
        command += ["--config", str(config), "--touch-guard", str(touch_guard_s)]
        command += ["--samples", str(samples)] if samples is not None else []
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **{name: str(folder) for name, folder in places.items()}},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    def do(self, command: str, **arguments: object) -> Any:
        """One command; AssertionError with its words when it did not come about."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": command, **arguments}).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the terminal's process has gone"
        answer = json.loads(line)
        assert answer["ok"], answer.get("error")
        return answer["value"]

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.do("state")
        return state

    def stop(self) -> str:
        """Ends it in order; returns what it wrote to stderr."""
        if self.process.poll() is None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            self.process.stdin = None
        try:
            _, errors = self.process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, errors = self.process.communicate()
        return errors.decode()

    def kill(self) -> None:
        """SIGKILL, as the kernel does it."""
        self.process.kill()
        self.process.communicate()


class Hall:
    """World, hands and terminal together, with the moves of a citizen."""

    def __init__(
        self,
        directory: Path,
        *,
        paced: bool = False,
        pinned: bool = False,
        full: bool = False,
        smart_cards: bool = False,
        description: Path | None = None,
        samples: Path | None = None,
        before: tuple[str, ...] = (),
        catalogue: bool = False,
    ) -> None:
        """The devices of a query, with `full` every class, or those of a `description`.

        `pinned`: the reader's module id is written down, as on a production terminal. `smart_cards`, `catalogue`: see `DemoWorld`.
        """
        self._samples, self._before = samples, before
        described = description or (FULL if full else CORE)
        self.world = DemoWorld(directory, paced=paced, smart_cards=smart_cards, hall=described, catalogue=catalogue)
        self.world.__enter__()
        assert self.world.wait_for_catalogue() is catalogue
        self.hands: Hands = self.world.hands()
        if pinned:
            config = yaml.safe_load(self.world.config.read_text(encoding="utf-8"))
            config["devices"]["id_card_reader"]["module_id"] = MODULE_ID
            self.world.config.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
        self.terminal = self.start_terminal()

    def start_terminal(self, *, touch_guard_s: float = 0.0) -> DrivenTerminal:
        """A terminal's process, ready to read cards and to ask the platform."""
        self.terminal = self.start_only(touch_guard_s)
        self.terminal.do("wait_device", device="id_card_reader", state="online")
        self.terminal.do("wait_platform", platform="online")
        return self.terminal

    def start_only(self, touch_guard_s: float = 0.0) -> DrivenTerminal:
        """A terminal's process, with or without a platform."""
        return DrivenTerminal(
            self.world.config, samples=self._samples, before=self._before, touch_guard_s=touch_guard_s
        )

    def close(self) -> str:
        errors = self.terminal.stop()
        self.hands.close()
        self.world.stop()
        return errors

    def reset(self) -> None:
        """Everything whole again, nobody there."""
        self.hands.do("network_cable", "plugged")
        for action in ("normal", "pull"):
            self.hands.do("id_card_reader", action)
        for action in ("plug", "refill", "close_cover", "clear_jam", "normal"):
            self.hands.do("receipt_printer", action)
        for action in ("plug", "refill", "clear_jam", "close_cover", "normal"):
            self.hands.do("sheet_printer", action)
        terminal = self.terminal
        for device in ("id_card_reader", "receipt_printer", "sheet_printer"):
            terminal.do("wait_device", device=device, state="online")
        terminal.do("wait_platform", platform="online")
        assert terminal.state()["place"] == "attract"

    def actions_of(self, emulator: str) -> list[str]:
        """What can be done to an emulated device of the hall."""
        actions: list[str] = self.hands.do(emulator, "state")["actions"]  # type: ignore[assignment]
        return actions

    def go_to(self, place: str, card: str = "resident", factor: str = "code") -> None:
        """From the attract page on to `place`, by the shortest way."""
        terminal = self.terminal
        way: dict[str, Callable[[], object]] = {
            "home": lambda: terminal.do("touch", name="start"),
            "guide": lambda: terminal.do("touch", name="item_provident-fund"),
            "notice": lambda: terminal.do("touch", name="act"),
            "identify": lambda: terminal.do("touch", name="act"),
            "consent": lambda: self.hands.lay(card),
            "factor": lambda: terminal.do("touch", name="act"),
            "result": lambda: self.pass_factor(factor),
            "print": lambda: terminal.do("touch", name="act"),
        }
        terminal.do("wait_for", place="attract")
        for step, act in way.items():
            act()
            terminal.do("wait_for", place=step)
            if step == place:
                return
        if place == "rate":
            terminal.do("touch", name="act")
            terminal.do("wait_for", place="rate")

    def wait_printed(self) -> None:
        """Until both papers have an outcome."""
        self.terminal.do("wait_page", is_working=False, deadline_s=60)

    def pass_factor(self, factor: str = "code", secret: str | None = None) -> None:
        """Chooses a factor and enters it (the right one unless `secret` says otherwise)."""
        terminal = self.terminal
        terminal.do("touch", name=f"method_{factor}")
        terminal.do("wait_page", stage="enter")
        if secret is None:
            secret = self.hands.last_code() if factor == "code" else "246810"
        for digit in secret:
            terminal.do("touch", name=f"key_{digit}")
        terminal.do("touch", name="act")

    def end(self) -> None:
        """The citizen ends, takes the card, and the terminal is free again."""
        terminal = self.terminal
        if terminal.state()["place"] not in ("attract", "card_call"):
            terminal.do("touch", name="end")
            if terminal.state()["overlay"] == "confirmEnd":
                terminal.do("touch", name="other")
        self.hands.pull()
        self.leave()

    def leave(self) -> None:
        """Waits until the terminal is free again, whatever ended the visit; papers are looked at for five seconds."""
        terminal = self.terminal
        for _ in range(4):
            if terminal.state()["place"] == "attract":
                return
            terminal.do("advance", seconds=6)
        terminal.do("wait_for", place="attract")
