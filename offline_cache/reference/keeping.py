"""Keeps the reference new: runs the update in a child of low priority, now and then, and says when a version has come in.

A child, since unpacking and indexing would take the interpreter from the screen for seconds; it may be killed at any point, and goes with the
terminal. Policy: at the start, at once where there is nothing yet, else within `first_s`, so that a hall which got its power back does not ask at once;
then every `every_s` spread by a quarter either way; after a failure by `again_s`, its last value for ever. That the platform is away is normal and told as such; a refusal (a signature that is not the publisher's,
an older version, a full disk) is an error for the technician. Each reason is told once in a row, and the success that ends it.
"""

import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.base.errors import Problem
from offline_cache.log_events import log
from offline_cache.reference.folder import ReferenceFolder

EVERY_S = 4 * 3600.0
FIRST_S = 60.0
AGAIN_S = (10.0, 60.0, 300.0, 900.0, 3600.0)
DEADLINE_S = 3600.0
"""A child that takes longer is killed; what it has loaded stays."""
FAILED = Problem("reference.update_failed")
"""The child ended without a word."""
NORMAL = frozenset({"reference.source_silent", "reference.being_updated"})
"""That the platform is away is no news for a technician."""
_LOOK_EVERY_S = 0.2
_STOP_S = 2.0
_NICE = ("nice", "-n", "15")
_KEY = re.compile(r"reference\.[a-z_]{1,40}")
_ROOT = str(Path(__file__).resolve().parents[2])


def update_command(folder: Path, key: Path, url: str, words: Sequence[str]) -> tuple[str, ...]:
    """The child's command line. `words`: ``--terminal-id`` or the three files of the certificate."""
    program = (*_NICE, sys.executable, "-m", "offline_cache.reference.command", "update", str(folder))
    return (*program, "--key", str(key), "--url", url, *words, "--for-terminal", str(os.getpid()))


class Keeper:
    """Runs updates on a thread of its own, one at a time; whoever makes it stops it."""

    def __init__(
        self,
        folder: Path,
        command: Sequence[str],
        on_new: Callable[[], None],
        chance: random.Random,
        every_s: float = EVERY_S,
        again_s: Sequence[float] = AGAIN_S,
        first_s: float = FIRST_S,
        on_problem: Callable[[Problem | None], None] = lambda _: None,
    ) -> None:
        """
        Args:
            folder: the terminal's reference.
            command: of `update_command`; status 0 means that the newest version is in use.
            on_new: called on the thread after a version came in; returns at once.
            chance: spreads the times.
            every_s, again_s: after a success, after failures in a row.
            on_problem: hears on the thread of each change of `problem`.
            first_s: the first update comes within this time where a version is in use already.
        """
        self._folder = ReferenceFolder(folder)
        self._command = tuple(command)
        self._on_new = on_new
        self._chance = chance
        self._every_s = every_s
        self._again_s = tuple(again_s)
        self._first_s = first_s
        self._on_problem = on_problem
        self._problem: Problem | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reference", daemon=True)
        self._thread.start()

    @property
    def problem(self) -> Problem | None:
        """Why the last update did not come about, None when it did or none has ended yet. Any thread."""
        return self._problem

    def stop(self) -> bool:
        """Ends the child and the thread. False when it did not end within 2 s."""
        self._stopping.set()
        self._thread.join(_STOP_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        failures = 0
        if self._folder.in_use() is not None:
            self._stopping.wait(self._first_s * self._chance.random())
        while not self._stopping.is_set():
            before = self._folder.in_use()
            problem = self._update()
            if self._stopping.is_set():
                return
            self._tell(problem)
            failures = failures + 1 if problem else 0
            after = self._folder.in_use()
            if after is not None and after != before:
                log.event("reference_came", version=self._folder.highest())
                self._on_new()
            pause_s = self._again_s[min(failures, len(self._again_s)) - 1] if failures else self._every_s
            self._stopping.wait(pause_s * self._chance.uniform(0.75, 1.25))

    def _tell(self, problem: Problem | None) -> None:
        before, self._problem = self._problem, problem
        if problem == before:
            return
        self._on_problem(problem)
        if problem is None:
            log.event("reference_renewed_again")
        elif problem.key in NORMAL:
            log.event("reference_waits", reason=problem.key)
        else:
            log.event("reference_refused", reason=problem.key)

    def _update(self) -> Problem | None:
        path = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
        try:
            child = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": path},
            )
        except OSError:
            return FAILED
        with child:
            deadline = time.monotonic() + DEADLINE_S
            while child.poll() is None:
                if self._stopping.wait(_LOOK_EVERY_S) or time.monotonic() > deadline:
                    child.kill()
                    break
            assert child.stdout is not None
            said = b"" if child.poll() is None else child.stdout.read(200)
        if child.returncode == 0:
            return None
        key = said.decode("ascii", "replace").strip()
        return Problem(key) if _KEY.fullmatch(key) else FAILED
