"""The hand at the barcode reader: waits for the code on a slip, has its signature checked, tells the number or what to do.

The reader's answers come on the supervisor's thread; the check, in a child that is gone afterwards, on a worker's. After a refused code
the reader goes on waiting. A code's text is dropped with its check.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import kiosk
from devices.barcode_reader.reader import CodeRefused, ReadOutcome
from devices.barcode_reader.types import BarcodeRead
from devices.outcomes import Cancelled, OutcomeReceiver
from kiosk.base.clock import Clock
from kiosk.base.errors import Problem
from kiosk.documents.attestation import TEXT_PREFIX
from kiosk.documents.terminal_number import parse_terminal_number
from kiosk.session import effects, events
from kiosk.terminal.worker import Worker

Post = Callable[[object], None]

READ_TIMEOUT_S = 0.0  # the session ends the read
FORGET_TIMEOUT_S = 1.5
CHECK_S = 4.0
MOST_INTERRUPTIONS = 3
LONGEST_CODE = 4096
INTERRUPTED = "barcode.interrupted"
_ROOT = str(Path(kiosk.__file__).parents[1])
_NOT_JUDGED = Problem("slip_code.not_judged")


class Reader(Protocol):
    """What is asked of `devices.barcode_reader.reader.BarcodeReader`."""

    def read(
        self,
        action_id: str,
        timeout_s: float,
        on_event: Callable[[CodeRefused], None],
        on_outcome: Callable[[ReadOutcome], None],
    ) -> None: ...

    def forget(self, action_id: str, timeout_s: float, on_outcome: OutcomeReceiver) -> None: ...

    def cancel(self, action_id: str) -> None: ...


class SlipCodes:
    """Carries out ReadSlipCode and StopSlipCode; see the module.

    Args:
        reader: the barcode reader.
        number_of: the number of a code's text, or why there is none; on the worker's thread.
        post: takes the answers.
        is_there: whether this terminal has a reader at all.
    """

    def __init__(
        self, reader: Reader, number_of: Callable[[str], str | Problem], post: Post, *, is_there: bool = True
    ) -> None:
        self._reader = reader
        self._number_of = number_of
        self._post = post
        self._is_there = is_there
        self._lock = threading.Lock()  # held for moments only
        self._wanted: effects.ReadSlipCode | None = None  # guarded by the lock, as is the action at the reader
        self._action_id = ""
        self._reads = 0
        self._wipes = 0
        self._worker = Worker("slip codes", lambda: post(events.Broke()))

    def run(self, effect: effects.Effect) -> bool:
        match effect:
            case effects.ReadSlipCode():
                with self._lock:
                    self._wanted = effect
                self._read(effect, 0)
            case effects.StopSlipCode():
                self._stop_reading()
            case _:
                return False
        return True

    def wipe(self, done: Callable[[], None]) -> None:
        self._stop_reading()
        if not self._is_there:
            self._worker.submit(done)
            return
        self._wipes += 1
        # after a check that is still at work; a host that cannot answer is killed, which forgets as well
        action_id = f"forget-code-{id(self)}-{self._wipes}"
        self._worker.submit(lambda: self._reader.forget(action_id, FORGET_TIMEOUT_S, lambda _outcome: done()))

    def stop(self) -> None:
        self._stop_reading()
        self._worker.stop()

    # --- any thread ---------------------------------------------------------------------------------------------------
    def _stop_reading(self) -> None:
        with self._lock:
            self._wanted = None
            action_id, self._action_id = self._action_id, ""
        if action_id:
            self._reader.cancel(action_id)

    def _read(self, effect: effects.ReadSlipCode, interruptions: int) -> None:
        def on_event(refused: CodeRefused) -> None:
            self._post(events.SlipCodeRefused(effect.visit_id, effect.effect_id, refused.problem))

        def on_outcome(outcome: ReadOutcome) -> None:
            match outcome:
                case Cancelled():
                    pass
                case BarcodeRead():
                    self._post(events.SlipCodeSeen(effect.visit_id, effect.effect_id))
                    self._worker.submit(lambda: self._check(effect, outcome.text))
                case Problem(key=key) if key == INTERRUPTED and interruptions < MOST_INTERRUPTIONS:
                    self._read(effect, interruptions + 1)
                case Problem():
                    self._post(events.SlipCodeStopped(effect.visit_id, effect.effect_id))

        with self._lock:
            if self._wanted is not effect:
                return
            self._reads += 1
            action_id = self._action_id = f"{effect.visit_id}-{effect.effect_id}-{self._reads}"
        self._reader.read(action_id, READ_TIMEOUT_S, on_event, on_outcome)

    # --- on the worker's thread ---------------------------------------------------------------------------------------
    def _check(self, effect: effects.ReadSlipCode, text: str) -> None:
        with self._lock:
            if self._wanted is not effect:
                return
        found = self._number_of(text)
        if isinstance(found, Problem):
            self._post(events.SlipCodeRefused(effect.visit_id, effect.effect_id, found))
            self._read(effect, 0)
        else:
            self._post(events.SlipCodeRead(effect.visit_id, effect.effect_id, found))


class CodeCheck:
    """The number of a code's text, by a child that knows the fleet's keys; see `kiosk.documents.slip_code`.

    Args:
        key_list: path of the signed list.
        list_key: path of the operator's public key.
        clock: for the end of the list.
    """

    def __init__(self, key_list: Path, list_key: Path, clock: Clock) -> None:
        self._key_list = key_list
        self._list_key = list_key
        self._clock = clock

    def __call__(self, text: str) -> str | Problem:
        """Blocks for `CHECK_S` at most. A bare number (a linear code) is taken as if it were typed."""
        typed = parse_terminal_number(text)
        if typed is not None:
            return typed.text
        if len(text) > LONGEST_CODE or not "".join(text.split()).upper().startswith(TEXT_PREFIX):
            return Problem("slip_code.not_a_slip")
        return self._asked(text, self._clock.now())

    def _asked(self, text: str, now: datetime) -> str | Problem:
        command = [sys.executable, "-s", "-P", "-m", "kiosk.documents.code_child", "--parent", str(os.getpid())]
        asked = {
            "text": text,
            "key_list": str(self._key_list),
            "list_key": str(self._list_key),
            "now": now.isoformat(timespec="seconds"),
        }
        try:
            ended = subprocess.run(
                command,
                input=json.dumps(asked).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PYTHONPATH": _ROOT, "LANG": "C.UTF-8", "PATH": os.defpath},
                timeout=CHECK_S,
                check=False,
            )
            told = json.loads(ended.stdout)
        except (OSError, subprocess.TimeoutExpired, ValueError):
            return _NOT_JUDGED
        return str(told["number"]) if "number" in told else Problem(str(told.get("problem", _NOT_JUDGED.key)))
