"""A hall under chaos: terminals with real stores, a bad line, a platform on PostgreSQL that is killed and started again."""

import os
import random
import selectors
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.chaos.faulty_proxy import Choose, Fate, FaultyProxy, drawn
from tests.chaos.terminal import LANES
from tests.provisioning.platform.running import ROOT, PlatformProcess, start_platform


@dataclass
class Chaos:
    """How bad it is.

    Attributes:
        faults: part of all requests whose fate is bad.
        platform_kills, terminal_kills: by SIGKILL, while items are put.
        limit_s: of the whole run.
        choose: fates, where they are not drawn.
    """

    terminals: int
    items: int
    faults: float = 0.35
    platform_kills: int = 2
    terminal_kills: int = 4
    limit_s: float = 60.0
    is_careless: bool = False
    seed: int = 1
    choose: Choose | None = None

    @property
    def least_faults(self) -> int:
        """So many requests must have had a bad fate before the calm."""
        return 1 if self.choose else self.terminals * 5


@dataclass
class Outcome:
    """What was found.

    Attributes:
        promised: (terminal, key) that a store had promised.
        kept: (terminal, key) that the platform has.
        effects: how often each (terminal, item number) took effect.
        disorder: neighbours of one lane that took effect in the wrong order.
        dead: dead letters.
    """

    promised: set[tuple[str, str]] = field(default_factory=set)
    kept: set[tuple[str, str]] = field(default_factory=set)
    effects: Counter[tuple[str, int]] = field(default_factory=Counter)
    disorder: int = 0
    dead: int = 0
    killed_terminals: int = 0
    killed_platforms: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    seconds: float = 0.0


@dataclass
class _Terminal:
    name: str
    number: int
    folder: Path
    process: "subprocess.Popen[bytes]"
    buffer: bytes = b""
    puts: int = 0
    is_empty: bool = False


class Hall:
    """One run. Every process is ended with it."""

    def __init__(self, chaos: Chaos, folder: Path, database_url: str) -> None:
        self._chaos = chaos
        self._folder = folder
        self._url = database_url
        self._chance = random.Random(chaos.seed)
        self._selector = selectors.DefaultSelector()
        self._terminals: list[_Terminal] = []
        self._outcome = Outcome()

    def run(self) -> Outcome:
        """Puts, chaos, calm, count."""
        began = time.monotonic()
        with self._platform() as platform:
            choose = self._chaos.choose or drawn(random.Random(self._chaos.seed + 1), self._chaos.faults)
            with FaultyProxy(platform[0].port, choose) as proxy:
                try:
                    for number in range(self._chaos.terminals):
                        self._terminals.append(self._start(number, proxy.port))
                    self._rage(platform, proxy, began + self._chaos.limit_s)
                    proxy.choose = lambda _path: Fate.PASS
                    self._wait(began + self._chaos.limit_s)
                finally:
                    self._end_terminals()
                self._outcome.fates = proxy.fates
        self._count()
        self._outcome.seconds = time.monotonic() - began
        return self._outcome

    @contextmanager
    def _platform(self) -> Iterator[list[PlatformProcess]]:
        """The platform of the moment, in a list: chaos puts another in its place."""
        running = [self._new_platform()]
        try:
            yield running
        finally:
            running[0].stop()

    def _new_platform(self) -> PlatformProcess:
        return start_platform(self._folder / "platform", "--database-url", self._url)

    def _start(self, number: int, port: int) -> _Terminal:
        name, folder = f"C-{number}", self._folder / f"terminal-{number}"
        process = self._spawn(name, folder, number, port)
        terminal = _Terminal(name, number, folder, process)
        self._watch(terminal)
        return terminal

    def _spawn(self, name: str, folder: Path, number: int, port: int) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.chaos.terminal", str(folder), name, str(port)]
        command += [str(self._chaos.items), str(number + 1), str(os.getpid())]
        command += ["careless"] if self._chaos.is_careless else []
        with (self._folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log)

    def _watch(self, terminal: _Terminal) -> None:
        assert terminal.process.stdout is not None
        self._selector.register(terminal.process.stdout, selectors.EVENT_READ, terminal)

    def _rage(self, platform: list[PlatformProcess], proxy: FaultyProxy, deadline: float) -> None:
        """While items are put: kills, spread over the puts."""
        whole = self._chaos.terminals * self._chaos.items
        kills = ["platform"] * self._chaos.platform_kills + ["terminal"] * self._chaos.terminal_kills
        self._chance.shuffle(kills)
        at = [whole * (index + 1) // (len(kills) + 1) for index in range(len(kills))]
        while (
            (done := sum(one.puts for one in self._terminals)) < whole
            or kills
            or proxy.bad_fates < self._chaos.least_faults
        ):
            assert time.monotonic() < deadline, (
                f"{done} of {whole} put, {len(kills)} kills left, {proxy.bad_fates} faults"
            )
            self._hear(0.05)
            self._refuse_ended()
            if kills and done >= at[-len(kills)]:
                if kills.pop(0) == "platform":
                    proxy.upstream_port = 0
                    platform[0].process.kill()
                    platform[0].stop()
                    self._outcome.killed_platforms += 1
                    platform[0] = self._new_platform()
                    proxy.upstream_port = platform[0].port
                else:
                    self._kill(self._chance.choice(self._terminals), proxy.port)

    def _kill(self, terminal: _Terminal, port: int) -> None:
        process = terminal.process
        assert process.stdout is not None
        process.send_signal(signal.SIGKILL)
        process.wait(5)
        # what it had promised until then
        terminal.buffer += process.stdout.read()
        self._lines(terminal)
        self._selector.unregister(process.stdout)
        process.stdout.close()
        self._outcome.killed_terminals += 1
        terminal.buffer, terminal.puts, terminal.is_empty = b"", 0, False
        terminal.process = self._spawn(terminal.name, terminal.folder, terminal.number, port)
        self._watch(terminal)

    def _wait(self, deadline: float) -> None:
        while not all(one.is_empty for one in self._terminals):
            self._hear(0.1)
            self._refuse_ended()
            waiting = [one.name for one in self._terminals if not one.is_empty]
            assert time.monotonic() < deadline, f"still with items: {waiting}; {len(self._outcome.promised)} promised"

    def _refuse_ended(self) -> None:
        ended = [one for one in self._terminals if one.process.poll() is not None]
        said = [(self._folder / f"{one.name}.log").read_text(encoding="utf-8")[-2000:] for one in ended]
        assert not ended, f"ended by themselves: {said}"

    def _hear(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            terminal: _Terminal = key.data
            heard = os.read(key.fd, 65536)
            if not heard:
                self._selector.unregister(key.fileobj)
            terminal.buffer += heard
            self._lines(terminal)

    def _lines(self, terminal: _Terminal) -> None:
        *lines, terminal.buffer = terminal.buffer.split(b"\n")
        for line in lines:
            word, value = line.decode().split(" ", 1)
            if word == "put":
                terminal.puts += 1
                self._outcome.promised.add((terminal.name, value))
            else:
                terminal.is_empty = True
                self._outcome.dead += int(value)

    def _end_terminals(self) -> None:
        for terminal in self._terminals:
            terminal.process.terminate()
        for terminal in self._terminals:
            try:
                terminal.process.wait(5)
            except subprocess.TimeoutExpired:
                terminal.process.kill()
                terminal.process.wait(5)
            if terminal.process.stdout is not None:
                terminal.process.stdout.close()
        self._selector.close()

    def _count(self) -> None:
        with psycopg.connect(self._url) as connection:
            self._outcome.kept = {
                (terminal, key)
                for terminal, key in connection.execute("SELECT terminal_id, key FROM intake_item").fetchall()
            }
            cases = connection.execute("SELECT terminal_id, title FROM consultation_case ORDER BY case_id").fetchall()
        last: dict[tuple[str, int], int] = {}
        for terminal, title in cases:
            number = int(title)
            self._outcome.effects[terminal, number] += 1
            lane = (terminal, number % LANES)
            self._outcome.disorder += number < last.get(lane, -1)
            last[lane] = number
