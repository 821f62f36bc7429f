"""The one thread of the panel: it talks to the lab and to the platform, so that the window never waits."""

import contextlib
import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from screens.panel.boards import BOARDS, Switch
from screens.panel.codes import CodeList, CodesGoneError, SentCode
from screens.panel.lab_line import LabGoneError, LabLine, LabRefusedError, State
from screens.panel.pictures import Pictures
from screens.panel.traffic import Frame, frames_of

_STOP_S = 2.0
_HALL = "hall"


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
        states: by emulator, of all that this lab has.
        missing: by emulator, of those that the lab's machine cannot run: the reason by language.
        code: the newest code, None before the first.
        has_codes: whether the platform answered.
        watch: the number of the wish (`PanelWorker.watch`) to which the rest belongs.
        pictures: what it put out last, one file a page, in the worker's folder.
        traffic: what went over its wire since the first look of this watch, or since the look before; None: it tells nothing.
    """

    is_connected: bool
    states: Mapping[str, State] = field(default_factory=dict)
    missing: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    code: SentCode | None = None
    has_codes: bool = False
    watch: int = 0
    pictures: tuple[Path, ...] = ()
    traffic: tuple[Frame, ...] | None = None


class PanelWorker(QObject):
    """Does one thing after the other, in the order in which it was asked; a look that is waiting is not asked for twice.

    Args:
        folder: private, for pictures.

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
        self._pictures = Pictures(lab, folder)
        self._tasks: queue.SimpleQueue[Switch | None] = queue.SimpleQueue()
        self._look_waits = threading.Event()
        self._stopping = threading.Event()
        self._watch = (0, "")
        self._holds_still = False
        self._listens_since = 0
        self._last_frame = 0
        self._thread = threading.Thread(target=self._run, name="control-panel", daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def look(self) -> None:
        """Asks for a `Look`. Any thread; never blocks."""
        if not self._look_waits.is_set():
            self._look_waits.set()
            self._tasks.put(None)

    def watch(self, emulator: str) -> int:
        """From the next look on pictures and traffic are those of this device. Returns the watch's number. One thread."""
        self._watch = (self._watch[0] + 1, emulator)
        return self._watch[0]

    def hold_still(self, holds: bool) -> None:
        """Whether the traffic waits in the lab. Any thread."""
        self._holds_still = holds

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
        watch, watched = self._watch
        states: dict[str, State] = {}
        missing: dict[str, Mapping[str, str]] = {}
        pictures: tuple[Path, ...] = ()
        traffic: tuple[Frame, ...] | None = None
        is_connected = True
        try:
            for name, reason in self._hall().items():
                if reason is not None:
                    missing[name] = reason
                    continue
                with contextlib.suppress(LabRefusedError):  # a lab without this device
                    states[name] = self._lab.ask(name, "state")
            if watched in states:
                pictures = self._pictures.of(watched, states[watched])
                traffic = self._heard(watch, watched)
        except LabGoneError:
            is_connected, states, missing = False, {}, {}
            self._listens_since = 0
        code, has_codes = None, False
        if self._codes is not None and not self._stopping.is_set():
            with contextlib.suppress(CodesGoneError):
                code = self._codes.newest()
                has_codes = True
        return Look(is_connected, states, missing, code, has_codes, watch, pictures, traffic)

    def _hall(self) -> Mapping[str, Mapping[str, str] | None]:
        """The emulators that the lab has, in its order, each with the reason why it does not run there; None: it runs."""
        try:
            told = self._lab.ask(_HALL, "state").get("emulators")
        except LabRefusedError:
            told = None
        if not isinstance(told, Mapping):
            return dict.fromkeys(BOARDS)  # a lab that does not say: all that could be there are asked
        return {str(name): one.get("missing") if isinstance(one, Mapping) else None for name, one in told.items()}

    def _heard(self, watch: int, emulator: str) -> tuple[Frame, ...] | None:
        """What went over the wire since the last time; from the beginning at the first time of a watch."""
        if watch != self._listens_since:
            self._listens_since, self._last_frame = watch, 0
        if self._holds_still:
            return ()
        try:
            state = self._lab.ask(emulator, "traffic", {"after": self._last_frame})
        except LabRefusedError:
            return None
        frames = frames_of(state.get("frames"))
        if frames:
            self._last_frame = frames[-1].number
        return frames
