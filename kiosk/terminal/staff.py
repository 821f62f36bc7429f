"""The hand for the staff page: the PIN, what the store says of itself, and what staff have done about it.

One worker thread and a connection of its own to the store, so that neither a citizen's calls nor the screen wait for it. A wrong PIN
makes the next one wait, longer each time; the count goes back only with the right one.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

import kiosk
from kiosk.base.clock import HALL_TIME, Clock
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.session import effects, events
from kiosk.session.staff import StaffAct, StaffBoard, StaffLetter
from kiosk.terminal.log_events import log
from kiosk.terminal.worker import Worker
from offline_cache.process import protocol as wire

Post = Callable[[object], None]
Answer = TypeVar("Answer", bound=wire.Reply)

WAITS_S = (0.0, 0.0, 5.0, 30.0, 120.0, 600.0)
"""After the n-th wrong PIN nothing is compared for so long; the last value stays."""
PIN_S = 10.0
MOST_LETTERS = 200
_ROOT = str(Path(kiosk.__file__).parents[1])


class Store(Protocol):
    """What is asked of the store; `offline_cache.process.client.StoreClient` fulfils it."""

    def status(self) -> wire.StoreStatus | Problem:
        """Counts."""

    def ask(self, make: Callable[[int], wire.Request], kind: type[Answer]) -> Answer | Problem:
        """Any request."""

    def abort(self) -> None:
        """The running call ends soon; from any thread."""

    def allow(self) -> None:
        """Ends the effect of `abort`."""

    def close(self) -> None:
        """Ends the connection."""


class StaffDesk:
    """Carries out CheckPin, AskStaffBoard, DoForStaff; see the module.

    Args:
        store: a client of this hand alone.
        folder: of the store, for the room on its disk.
        clock: for ages and the waits.
        is_pin: compares a PIN; None when that failed. On the worker's thread.
        answered_at: monotonic time of the platform's last answer to this terminal, None before the first. Any thread.
        post: takes the answers.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        clock: Clock,
        is_pin: Callable[[str], bool | None],
        answered_at: Callable[[], float | None],
        post: Post,
    ) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock
        self._is_pin = is_pin
        self._answered_at = answered_at
        self._post = post
        self._wrong = 0  # these two are the worker's
        self._closed_until = 0.0
        self._worker = Worker("staff", lambda: post(events.Broke()))

    # --- on the owner's thread ----------------------------------------------------------------------------------------
    def run(self, effect: effects.Effect) -> bool:
        match effect:
            case effects.CheckPin():
                self._worker.submit(lambda: self._check(effect))
            case effects.AskStaffBoard():
                self._worker.submit(lambda: self._post(self._told(effect)))
            case effects.DoForStaff():
                self._worker.submit(lambda: self._do(effect))
            case _:
                return False
        return True

    def wipe(self, done: Callable[[], None]) -> None:
        self._store.abort()

        def forget() -> None:
            self._store.allow()
            done()

        self._worker.submit(forget)

    def stop(self) -> None:
        self._store.abort()
        self._worker.stop()
        self._store.close()

    # --- on the worker's thread ---------------------------------------------------------------------------------------
    def _check(self, effect: effects.CheckPin) -> None:
        self._post(events.PinChecked(effect.visit_id, effect.effect_id, self._refusal(effect.pin)))

    def _refusal(self, pin: str) -> Problem | None:
        wait = self._closed_until - self._clock.monotonic()
        if wait > 0:
            return Problem("staff.pin_wait", {"seconds": str(int(wait) + 1)})
        is_right = self._is_pin(pin)
        if is_right is None:
            return Problem("staff.pin_not_compared")
        if is_right:
            self._wrong = 0
            log.event("staff_came")
            return None
        self._wrong += 1
        log.event("staff_refused", times=min(self._wrong, 1000))
        wait = WAITS_S[min(self._wrong, len(WAITS_S)) - 1]
        self._closed_until = self._clock.monotonic() + wait
        if wait > 0:
            return Problem("staff.pin_wrong_wait", {"seconds": f"{wait:.0f}"})
        return Problem("staff.pin_wrong")

    def _told(self, effect: effects.AskStaffBoard) -> events.StaffTold:
        return events.StaffTold(effect.visit_id, effect.effect_id, self._board())

    def _board(self) -> StaffBoard:
        now, answered = self._clock.now(), self._answered_at()
        board = StaffBoard(
            at=now.strftime("%H:%M:%S"),
            free_bytes=_free_bytes(self._folder),
            answered_s=None if answered is None else max(0.0, self._clock.monotonic() - answered),
        )
        status = self._store.status()
        if isinstance(status, Problem):
            return replace(board, problem=status)
        letters = self._store.ask(lambda number: wire.DeadLetters(number, 0), wire.Letters)
        if isinstance(letters, Problem):
            return replace(board, problem=letters)
        return board_of(board, status, letters, now)

    def _do(self, effect: effects.DoForStaff) -> None:
        told = self._drain() if effect.act is StaffAct.DRAIN else self._retry(effect.key)
        log.event("staff_acted", act=effect.act, told=told.key)
        self._post(events.StaffDone(effect.visit_id, effect.effect_id, told))

    def _drain(self) -> Problem:
        answer = self._store.ask(wire.DrainNow, wire.Done)
        if isinstance(answer, Problem):
            return answer
        return Problem("staff.drain_begun" if answer.found else "outbox.no_platform")

    def _retry(self, key: str) -> Problem:
        try:
            idem = UUID(key)
        except ValueError:
            return Problem("staff.letter_gone")
        answer = self._store.ask(lambda number: wire.RetryDead(number, idem), wire.Done)
        if isinstance(answer, Problem):
            return answer
        return Problem("outbox.will_be_sent" if answer.found else "staff.letter_gone")


def board_of(board: StaffBoard, status: wire.StoreStatus, letters: wire.Letters, now: datetime) -> StaffBoard:
    """`board` with what the store has said."""
    from kiosk.base.working_days import china, light_of
    from offline_cache.command.telling import days_late_of

    calendar, outbox, line = china(), status.outbox, status.line
    late = days_late_of(status, now, calendar) if outbox.queued else 0.0
    return replace(
        board,
        queued=outbox.queued,
        dead=outbox.dead,
        bytes=outbox.bytes,
        days_late=late,
        light=light_of(late).value,
        missing_year="" if now.year in calendar.years else str(now.year),
        vault=status.vault,
        salvaged=status.salvaged_items,
        lost=status.salvaged_lost,
        clock_s=None if line is None else line.platform_less_wall_s,
        circuit="" if line is None else line.circuit,
        line_problem=Problem(status.line_problem or "outbox.no_platform") if line is None else None,
        refused=None if line is None else line.standing,
        held_kinds=() if line is None else line.held_kinds,
        letters=tuple(
            StaffLetter(
                letter.idem.hex,
                letter.seq,
                letter.kind,
                letter.reason,
                letter.attempts,
                datetime.fromtimestamp(letter.created_wall_s, HALL_TIME).strftime("%Y-%m-%d %H:%M"),
            )
            for letter in letters.letters[:MOST_LETTERS]
        ),
    )


def compare_pin(pin: str, kept: str) -> bool | None:
    """Whether `pin` is the one of the configuration, by a child that is gone afterwards; blocks for `PIN_S` at most."""
    command = [sys.executable, "-s", "-P", "-m", "kiosk.terminal.pin_child", "--parent", str(os.getpid())]
    try:
        ended = subprocess.run(
            command,
            input=f"{kept}\n{pin}\n".encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": _ROOT, "LANG": "C.UTF-8", "PATH": os.defpath},
            timeout=PIN_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {0: True, 1: False}.get(ended.returncode)


def _free_bytes(folder: Path) -> int | None:
    try:
        numbers = os.statvfs(folder)
    except OSError:
        return None
    return numbers.f_bavail * numbers.f_frsize
