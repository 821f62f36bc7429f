"""The terminal's end of the central process: the same calls as `CentralClient`, made next door.

Why a process: the HTTP and TLS libraries take 20 MB of the terminal's memory, and what parses bytes from a network has no place
beside the screen. A process that does not keep to a call's deadline is killed; one that has gone is started anew, with a
back-off. The visit's token goes with it: the citizen is asked for the second factor again.
"""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TypeVar

import msgspec

import kiosk
from kiosk.base import memory
from kiosk.base.clock import Clock
from kiosk.base.errors import Problem
from kiosk.central.contract import (
    CodeSent,
    FactorAccepted,
    FactorMethod,
    FundStatement,
    Period,
    PlatformHello,
    RatingReceived,
)
from kiosk.central.department import DepartmentAnswer
from kiosk.central.exchange import ABORT, Answer, Request, receive, send
from kiosk.central.settings import CentralSettings
from kiosk.central.traffic import Traffic
from offline_cache.sync.contract import OwnCases, SlipAnswer

Value = TypeVar("Value")

_ROOT = str(Path(kiosk.__file__).parents[1])
GRACE_S = 3.0  # beyond a call's own deadline: the resolver, the start of the process
CLOSE_S = 2.0
AGAIN_S = (0.0, 0.5, 2.0, 5.0)
INTERRUPTED = Problem("central.interrupted")
HUNG = Problem("central.slow")


class CentralProcess:
    """Starts and restarts the process, with one socket for each of its `lines`; threads: any.

    The process dies with the thread that started it, so threads that call live as long as the terminal.

    `stop` ends it within two seconds.
    """

    def __init__(self, settings: CentralSettings, clock: Clock, lines: int = 2) -> None:
        self.settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._ends: list[socket.socket] = []
        self._count = lines
        self._failures = 0
        self._not_before = 0.0
        self._is_stopped = False
        self.lines = tuple(CentralLine(self, index) for index in range(lines))

    @property
    def pid(self) -> int | None:
        """The process that runs now."""
        with self._lock:
            return self._child.pid if self._child is not None and self._child.poll() is None else None

    def start(self) -> None:
        """Starts the process so that the first call need not wait for it."""
        with contextlib.suppress(OSError):
            self.end_of(0)

    def stop(self) -> None:
        """Ends the process and all calls."""
        with self._lock:
            self._is_stopped = True
            self._drop()

    def end_of(self, index: int) -> socket.socket:
        """The line's socket of a living process. Raises OSError while it cannot be started again."""
        with self._lock:
            if self._is_stopped:
                raise ConnectionError("stopped")
            if self._child is None or self._child.poll() is not None:
                self._drop()
                self._spawn()
            return self._ends[index]

    def give_up(self, end: socket.socket) -> None:
        """The process has gone or hangs: it is killed, and the next call starts another. Only if `end` is still its."""
        with self._lock:
            if any(end is one for one in self._ends):
                self._drop()
                wait_s = AGAIN_S[min(self._failures, len(AGAIN_S) - 1)]
                self._failures += 1
                self._not_before = self._clock.monotonic() + wait_s

    def did_well(self) -> None:
        """A call was answered."""
        self._failures = 0

    def _spawn(self) -> None:
        if self._clock.monotonic() < self._not_before:
            raise ConnectionError("too soon")
        pairs = [socket.socketpair() for _ in range(self._count)]
        theirs = [pair[1].fileno() for pair in pairs]
        command = [sys.executable, "-P", "-m", "kiosk.central.host", "--parent", str(os.getpid())]
        for fd in theirs:
            command += ["--fd", str(fd)]
        path = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH"))))
        try:
            self._child = subprocess.Popen(
                command,
                pass_fds=theirs,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **memory.WANTED, "PYTHONPATH": path},
            )
        except OSError:
            for ours, _ in pairs:
                ours.close()
            raise
        finally:
            for _, other in pairs:
                other.close()
        self._ends = [pair[0] for pair in pairs]
        settings = msgspec.msgpack.encode(self.settings, enc_hook=str)
        for end in self._ends:
            end.sendall(len(settings).to_bytes(4, "big") + settings)

    def _drop(self) -> None:
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # wakes a call that waits on it
            end.close()
        self._ends = []
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None


class CentralLine:
    """One line; fulfils `kiosk.terminal.central.Client`. As there: one thread calls, any may `abort`."""

    def __init__(self, process: CentralProcess, index: int) -> None:
        self._process = process
        self._index = index
        self._sending = threading.Lock()  # a frame is not cut by an abort's
        self._number = 0
        self._end: socket.socket | None = None
        self._visit_id = ""
        self._is_aborted = False
        self.traffic = Traffic()

    def hello(self) -> PlatformHello | Problem:
        """See `CentralClient.hello`; so for all calls."""
        return self._call(PlatformHello, "hello")

    def open_visit(self, visit_id: str) -> None:
        self._is_aborted = False
        self._visit_id = visit_id
        self._exchange("open_visit", (visit_id,), CLOSE_S)

    def close_visit(self) -> None:
        """Waits until the process has forgotten; one that does not answer is killed, which forgets as well."""
        self._is_aborted = False
        self._visit_id = ""
        if self._end is not None:
            self._exchange("close_visit", (), CLOSE_S)

    def send_code(self, id_number: str, name: str) -> CodeSent | Problem:
        return self._call(CodeSent, "send_code", id_number, name)

    def verify(self, method: FactorMethod, id_number: str, name: str, secret: str) -> FactorAccepted | Problem:
        return self._call(FactorAccepted, "verify", method.value, id_number, name, secret)

    def statement(self, period: Period) -> FundStatement | Problem:
        return self._call(FundStatement, "statement", period.value)

    def department(self, item_code: str, choice: str) -> DepartmentAnswer | Problem:
        return self._call(DepartmentAnswer, "department", item_code, choice)

    def rate(self, item_code: str, grade: int) -> RatingReceived | Problem:
        return self._call(RatingReceived, "rate", item_code, grade)

    def own_cases(self) -> OwnCases | Problem:
        return self._call(OwnCases, "own_cases")

    def slip_state(self, slip_number: str, id_number: str) -> SlipAnswer | Problem:
        return self._call(SlipAnswer, "slip_state", slip_number, id_number)

    def abort(self) -> None:
        """The running call ends soon, as ``central.aborted``; from any thread, without blocking for long."""
        self._is_aborted = True
        end = self._end
        if end is not None:
            with contextlib.suppress(OSError), self._sending:
                send(end, Request(0, ABORT))

    def close(self) -> None:
        """The same as `close_visit`; the process is ended by its owner."""
        self.close_visit()

    def _call(self, kind: type[Value], name: str, *arguments: str | int) -> Value | Problem:
        if self._is_aborted:  # another process would know nothing of the abort
            return Problem("central.aborted")
        settings = self._process.settings
        answer = self._exchange(name, arguments, settings.deadline_s + GRACE_S)
        if isinstance(answer, Problem):
            return answer
        try:
            if answer.is_problem:
                return msgspec.msgpack.decode(answer.content, type=Problem)
            return msgspec.msgpack.decode(answer.content, type=kind)
        except msgspec.DecodeError:
            return INTERRUPTED

    def _exchange(self, name: str, arguments: tuple[str | int, ...], timeout_s: float) -> Answer | Problem:
        end: socket.socket | None = None
        try:
            end = self._process.end_of(self._index)
            is_new, self._end = end is not self._end, end
            if is_new and self._visit_id and name != "open_visit":
                self._exchange("open_visit", (self._visit_id,), CLOSE_S)  # another process, which knows of no visit
            self._number += 1
            end.settimeout(timeout_s)
            with self._sending:
                send(end, Request(self._number, name, arguments))
            while True:
                body = receive(end)
                if body is None:
                    raise ConnectionError("the central process has gone")
                answer = msgspec.msgpack.decode(body, type=Answer)
                if answer.number == self._number:
                    break
        except (OSError, msgspec.DecodeError) as error:
            if end is not None:
                self._process.give_up(end)
            self._end = None
            if self._is_aborted:
                return Problem("central.aborted")
            return HUNG if isinstance(error, TimeoutError) else INTERRUPTED
        self._process.did_well()
        self.traffic = answer.traffic
        return answer
