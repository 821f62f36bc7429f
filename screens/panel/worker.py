"""The one thread of the panel: it talks to the lab and to the platform, so that the window never waits."""

import contextlib
import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from screens.panel.codes import CodeList, CodesGoneError, SentCode
from screens.panel.lab_line import LabGoneError, LabLine, LabRefusedError, State
from screens.panel.switchboard import BOARDS, RECEIPTS, Switch

_STOP_S = 2.0


class Outcome(str, Enum):
    """How an action ended."""

    DONE = "done"
    REFUSED = "refused"
    LAB_GONE = "labGone"


@dataclass(frozen=True)
class ActionEnded:
    """One action's end; `refusal` is the lab's sentence."""

    switch: Switch
    outcome: Outcome
    refusal: str = ""


@dataclass(frozen=True)
class Look:
    """What was seen in one turn.

    Attributes:
        is_connected: whether the lab answered.
        states: by emulator; those that this lab does not have are missing.
        code: the newest code, None before the first.
        has_codes: whether the platform answered.
        slip: a picture of the last slip, in the worker's folder.
    """

    is_connected: bool
    states: Mapping[str, State] = field(default_factory=dict)
    code: SentCode | None = None
    has_codes: bool = False
    slip: Path | None = None


class PanelWorker(QObject):
    """Does one thing after the other, in the order in which it was asked; a look that is waiting is not asked for twice.

    Args:
        folder: private, for pictures; the worker keeps one at a time there.

    Signals (delivered to bound slots in the receiver's thread):
        looked: a `Look`.
        action_ended: an `ActionEnded`; a look follows by itself.
    """

    looked = Signal(object)
    action_ended = Signal(object)

    def __init__(self, lab: LabLine, codes: CodeList | None, folder: Path) -> None:
        super().__init__()
        self._lab = lab
        self._codes = codes
        self._folder = folder
        self._tasks: queue.SimpleQueue[Switch | None] = queue.SimpleQueue()
        self._look_waits = threading.Event()
        self._stopping = threading.Event()
        self._receipts: object = 0
        self._slip: Path | None = None
        self._thread = threading.Thread(target=self._run, name="control-panel", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def look(self) -> None:
        """Asks for a `Look`. Any thread; never blocks."""
        if not self._look_waits.is_set():
            self._look_waits.set()
            self._tasks.put(None)

    def act(self, switch: Switch) -> None:
        """Asks for an action. Any thread; never blocks."""
        self._tasks.put(switch)

    def stop(self) -> None:
        """Ends the thread within two seconds; what waits is dropped."""
        self._stopping.set()
        self._lab.break_off()
        self._tasks.put(None)
        if self._thread.ident is not None:
            self._thread.join(_STOP_S)

    def _run(self) -> None:
        while True:
            task = self._tasks.get()
            if self._stopping.is_set():
                self._lab.close()
                return
            if task is not None:
                ended = self._act(task)
                if not self._stopping.is_set():
                    self.action_ended.emit(ended)
                    self.look()
            else:
                self._look_waits.clear()
                seen = self._look()
                if not self._stopping.is_set():
                    self.looked.emit(seen)

    def _act(self, switch: Switch) -> ActionEnded:
        try:
            self._lab.ask(switch.emulator, switch.action, switch.arguments)
        except LabRefusedError as error:
            return ActionEnded(switch, Outcome.REFUSED, str(error))
        except LabGoneError:
            return ActionEnded(switch, Outcome.LAB_GONE)
        return ActionEnded(switch, Outcome.DONE)

    def _look(self) -> Look:
        states: dict[str, State] = {}
        is_connected = True
        try:
            for board in BOARDS:
                with contextlib.suppress(LabRefusedError):  # a lab without this device
                    states[board.emulator] = self._lab.ask(board.emulator, "state")
            self._save_slip(states.get(RECEIPTS, {}))
        except LabGoneError:
            is_connected, states = False, {}
        code, has_codes = None, False
        if self._codes is not None and not self._stopping.is_set():
            with contextlib.suppress(CodesGoneError):
                code = self._codes.newest()
                has_codes = True
        return Look(is_connected, states, code, has_codes, self._slip)

    def _save_slip(self, state: State) -> None:
        """Has the lab write the last slip when there is another one. A new name each time: pictures are cached by name."""
        receipts = state.get("receipts", 0)
        if receipts == self._receipts:
            return
        before = self._slip
        path = self._folder / f"slip-{receipts}.png"
        try:
            self._lab.ask(RECEIPTS, "save", {"path": str(path)})
            self._slip = path
        except LabRefusedError:
            self._slip = None  # counted, and forgotten since
        self._receipts = receipts
        if before is not None and before != path:
            before.unlink(missing_ok=True)
