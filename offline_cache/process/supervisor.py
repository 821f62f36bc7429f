"""The terminal's hold on its store process: starts it, notices when it dies or hangs, starts it again, ends it.

A store that runs already, as a service of its own, is used as it is. Otherwise the process is ours: it gets an inherited socket,
by which it learns of our end and we of its, and a heartbeat through the same door as every client. One that does not answer
in time, or sits on one request for too long, is killed and started anew; killing it loses nothing.
"""

import contextlib
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

import offline_cache
from kiosk.base import memory
from kiosk.base.errors import Problem
from offline_cache.process import frames
from offline_cache.process import protocol as wire
from offline_cache.process.client import AWAY, SLOW, StoreClient
from offline_cache.process.log_events import log
from offline_cache.process.settings import StoreSettings

AGAIN_S = (0.0, 0.5, 2.0, 5.0, 15.0)
"""Before the n-th start without a healthy while in between."""
HEALTHY_S = 30.0
HEARTBEAT_S = 1.0
ANSWER_S = 4.0
BUSY_S = 20.0
START_S = 60.0
STOP_S = 1.5
_ROOT = str(Path(offline_cache.__file__).parents[1])

OnChange = Callable[[Problem | None], None]


class StoreSupervisor:
    """Owns one thread, which starts the process and must outlive it: the kernel kills the child when that thread ends.

    Args:
        settings: of the store.
        on_change: hears on that thread when the store can be used from now on (None), or why it cannot.
        heartbeat_s, answer_s, busy_s: how often it is asked, how long its answer and one request may take.
    """

    def __init__(
        self,
        settings: StoreSettings,
        on_change: OnChange,
        *,
        heartbeat_s: float = HEARTBEAT_S,
        answer_s: float = ANSWER_S,
        busy_s: float = BUSY_S,
    ) -> None:
        self._settings = settings
        self._on_change = on_change
        self._heartbeat_s = heartbeat_s
        self._answer_s = answer_s
        self._busy_s = busy_s
        self._problem: Problem | None = AWAY
        self._child: subprocess.Popen[bytes] | None = None
        self._end: socket.socket | None = None
        self._failures = 0
        self._is_adopted = False
        self._heart = StoreClient(Path(settings.folder), answer_s, answer_s)
        self._wake, self._waker = socket.socketpair()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="store-supervisor", daemon=True)

    @property
    def problem(self) -> Problem | None:
        """Why the store cannot be used now; None when it can. Any thread."""
        return self._problem

    @property
    def pid(self) -> int | None:
        """The process that we have started and that runs now. Any thread."""
        child = self._child
        return child.pid if child is not None and child.returncode is None else None

    def start(self) -> None:
        """Returns at once; `on_change` tells when the store can be used."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the process, which closes its file first, and the thread; within two seconds. A second call does nothing."""
        if not self._stopping.is_set():
            self._stopping.set()
            self._waker.close()
            if self._thread.ident is not None:
                self._thread.join(2.0)
            self._heart.close()

    # --- on its thread ------------------------------------------------------------------------------------------------
    def _run(self) -> None:
        try:
            self._is_adopted = self._is_served()
            if self._is_adopted:
                self._tell(None)
            while not self._stopping.is_set():
                try:
                    self._look_after()
                except Exception as error:  # noqa: BLE001 - a mistake of ours must not leave the terminal without its store
                    log.event("store_supervisor_broke", error=error)
                    self._end_child()
                    self._wait(AGAIN_S[2])
        finally:
            self._end_child()
            self._wake.close()

    def _look_after(self) -> None:
        if self._is_adopted:
            self._wait(self._heartbeat_s)
            if not self._stopping.is_set() and not self._beats(self._answer_s):
                self._is_adopted = False
                self._tell(AWAY)
            return
        began = time.monotonic()
        problem = self._start_child()
        if problem is None:
            self._tell(None)
            self._until_it_fails()
            if self._stopping.is_set():
                return
            problem = AWAY
        self._end_child()
        if problem.key == "store.in_use":
            problem = self._problem_of_another() or problem
        self._failures = 1 if time.monotonic() - began > HEALTHY_S else self._failures + 1
        self._tell(problem)
        if problem.key == "store.in_use":
            self._is_adopted = self._is_served()  # started as a service in the meantime
            if self._is_adopted:
                self._tell(None)
                return
        self._wait(self._pause_s())

    def _pause_s(self) -> float:
        return AGAIN_S[min(self._failures, len(AGAIN_S)) - 1]

    def _until_it_fails(self) -> None:
        while True:
            has_hung_up = self._wait(self._heartbeat_s)
            if self._stopping.is_set():
                return
            if self._has_gone(has_hung_up):
                log.event("store_lost", restart_s=self._pause_s() if self._failures else 0.0)
                return
            if not self._beats(self._answer_s):
                if self._child is not None and self._child.poll() is None:
                    log.event("store_hung", restart_s=0.0)
                    _kill(self._child)
                return

    def _problem_of_another(self) -> Problem | None:
        """Why the store that has the folder does not serve us: it may be of another version."""
        welcome = self._heart.hello(0.3)
        return welcome if isinstance(welcome, Problem) and welcome not in (AWAY, SLOW) else None

    def _is_served(self) -> bool:
        return (Path(self._settings.folder) / frames.SOCKET).exists() and self._beats(0.3)

    def _beats(self, deadline_s: float) -> bool:
        alive = self._heart.ping(deadline_s)
        return isinstance(alive, wire.Alive) and alive.busy_s <= self._busy_s

    def _wait(self, seconds: float) -> bool:
        """Until then, or until we are to stop, or the process hangs up; returns whether it did."""
        watched = [self._wake] if self._end is None else [self._wake, self._end]
        return seconds > 0 and self._end in select.select(watched, [], [], seconds)[0]

    def _has_gone(self, has_hung_up: bool) -> bool:
        """Its socket closes a moment before it can be waited for."""
        if self._child is None:
            return False
        if has_hung_up:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._child.wait(0.5)
        return self._child.poll() is not None

    def _start_child(self) -> Problem | None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "offline_cache.process.host"]
        command += ["--fd", str(theirs.fileno()), "--parent", str(os.getpid())]
        path = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
        try:
            self._child = subprocess.Popen(
                command,
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **memory.WANTED, "PYTHONPATH": path},
            )
        except OSError:
            ours.close()
            return AWAY
        finally:
            theirs.close()
        self._end = ours
        log.event("store_started")
        try:
            settings = msgspec.msgpack.encode(self._settings)
            ours.sendall(wire.LENGTH.pack(len(settings)) + settings)
            return self._opened(ours)
        except (OSError, wire.WireError):
            return AWAY

    def _opened(self, ours: socket.socket) -> Problem | None:
        """Waits for the news of the start: opening a damaged store takes its time."""
        if not select.select([ours, self._wake], [], [], START_S)[0] or self._stopping.is_set():
            return AWAY
        body = frames.receive(ours, time.monotonic() + self._answer_s, self._answer_s)
        if body is None:
            return AWAY
        reply = wire.decode_reply(body)
        if isinstance(reply, wire.Failed):
            return Problem(reply.key, dict(reply.placeholders))
        return None

    def _end_child(self) -> None:
        end, child = self._end, self._child
        self._end = self._child = None
        if end is not None:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_WR)  # the store closes its file and goes
        if child is not None:
            try:
                child.wait(STOP_S)
            except subprocess.TimeoutExpired:
                _kill(child)
        if end is not None:
            end.close()

    def _tell(self, problem: Problem | None) -> None:
        if problem == self._problem:
            return
        self._problem = problem
        if problem is None:
            log.event("store_back")
        else:
            log.event("store_away", reason=problem.key)
        self._on_change(problem)


def _kill(child: "subprocess.Popen[bytes]") -> None:
    """SIGKILL, which also ends a stopped process; one that hangs in the kernel is left to it."""
    child.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(0.5)
