"""The staff page: a PIN on a pad, then three boards - the queue, its dead letters, the devices - as the terminal knows them now."""

from typing import ClassVar

from PySide6.QtCore import Property, Signal, Slot

from devices.inspection.words import name_of, sentences_of
from devices.status import DeviceClass, DeviceState, DeviceStatus, Paper, Toner
from kiosk.base.sentences import known_sentences
from kiosk.session.events import ActAsStaff, EnterPin
from kiosk.session.staff import StaffAct, StaffBoard, StaffLetter
from kiosk.session.state import Language, StaffPage, StaffStage
from kiosk.session.timeouts import IDLE
from screens.view_models.device_words import state_of
from screens.view_models.page_model import PageModel

LONGEST_PIN = 12
SHORTEST_PIN = 6
_MIB = 1 << 20
_CLOCK_IS_RIGHT_S = 5.0
_JUST_NOW_S = 90.0
_PAPER = {Paper.OUT: "paper_out", Paper.LOW: "paper_low", Paper.JAMMED: "paper_jammed"}
_TONER = {Toner.OUT: "toner_out", Toner.LOW: "toner_low"}
_ORDER = {"stopped": 0, "later": 1, "ready": 2}
_KIND_OF_LIGHT = {"green": "ready", "yellow": "later", "red": "stopped"}


class StaffModel(PageModel):
    """What StaffPage.qml shows. The PIN stays here and goes with the page; board and sheet are the page's own."""

    shown = Signal()
    # apart from `shown`: what is under a finger must not be made anew every two seconds
    listed = Signal()
    stated = Signal()

    timers: ClassVar[tuple[str, ...]] = (IDLE,)
    _page = StaffPage(StaffStage.PIN)
    _pin = ""
    _tab = "queue"
    _sheet = 0
    _rows: tuple[dict[str, str], ...] = ()
    _facts: tuple[dict[str, str], ...] = ()

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, StaffPage):
            self._page = page
        self._list()

    def _list(self) -> None:
        rows: tuple[dict[str, str], ...] = ()
        if self._page.stage is StaffStage.OPEN and self._tab != "queue":
            rows = self._letters() if self._tab == "letters" else self._devices()
        if rows != self._rows:
            self._rows = rows
            self.listed.emit()
        facts = () if self._board is None else self._state(self._board)
        if facts != self._facts:
            self._facts = facts
            self.stated.emit()

    @property
    def _board(self) -> StaffBoard | None:
        return self._page.board

    # --- the PIN ------------------------------------------------------------------------------------------------------
    @Property(str, notify=shown)
    def stage(self) -> str:
        """A value of `StaffStage`."""
        return self._page.stage.value

    @Property(int, notify=shown)
    def typed(self) -> int:
        return len(self._pin)

    @property
    def _may_enter(self) -> bool:
        return len(self._pin) >= SHORTEST_PIN and self._page.stage is StaffStage.PIN

    @Property(bool, notify=shown)
    def mayEnter(self) -> bool:
        return self._may_enter

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)

    @Slot(str)
    def press(self, digit: str) -> None:
        if digit.isdecimal() and len(digit) == 1:
            self._set_pin((self._pin + digit)[:LONGEST_PIN])

    @Slot()
    def deleteOne(self) -> None:
        self._set_pin(self._pin[:-1])

    @Slot()
    def deleteAll(self) -> None:
        self._set_pin("")

    @Slot()
    def enter(self) -> None:
        if self._may_enter:
            self.post(EnterPin(self.serial, self._pin))
            self._set_pin("")

    def _set_pin(self, pin: str) -> None:
        self._pin = pin
        self.shown.emit()

    # --- boards -------------------------------------------------------------------------------------------------------
    @Property(str, notify=shown)
    def tab(self) -> str:
        """``queue``, ``letters`` or ``devices``."""
        return self._tab

    @Property(int, notify=shown)
    def sheet(self) -> int:
        return self._sheet

    @Slot(str)
    def choose(self, tab: str) -> None:
        self._tab, self._sheet = tab, 0
        self._list()
        self.shown.emit()

    @Slot(int)
    def turn(self, sheet: int) -> None:
        self._sheet = sheet
        self.shown.emit()

    @Property(bool, notify=shown)
    def isThere(self) -> bool:
        """The first answer has come."""
        return self._board is not None

    @Property(str, notify=shown)
    def at(self) -> str:
        return self._board.at if self._board is not None else ""

    @Property(bool, notify=shown)
    def isActing(self) -> bool:
        return self._page.acting is not None

    @Property(str, notify=shown)
    def toldText(self) -> str:
        """What came of the last act, or why the store cannot be asked."""
        board = self._board
        return self.say_problem(board.problem if board is not None and board.problem is not None else self._page.told)

    @Property(str, notify=shown)
    def queued(self) -> str:
        return str(self._board.queued) if self._board is not None else ""

    @Property(str, notify=shown)
    def dead(self) -> str:
        return str(self._board.dead) if self._board is not None else ""

    @Property(str, notify=shown)
    def light(self) -> str:
        """``ready``, ``later`` or ``stopped``: green, yellow, red."""
        return _KIND_OF_LIGHT[self._board.light] if self._board is not None else "ready"

    @Property(str, notify=shown)
    def lightText(self) -> str:
        return self.say(f"staff.light_{self._board.light}") if self._board is not None else ""

    @Property(list, notify=stated)
    def facts(self) -> list[dict[str, str]]:
        """``{"icon", "title", "text"}`` of the oldest item, the store and the line."""
        return list(self._facts)

    def _state(self, board: StaffBoard) -> tuple[dict[str, str], ...]:
        return (
            {"icon": "clock", "title": self.say("staff.age"), "text": self._oldest(board)},
            {"icon": "shield", "title": self.say("staff.store"), "text": self._store(board)},
            {"icon": "steps", "title": self.say("staff.line"), "text": self._platform(board)},
        )

    def _oldest(self, board: StaffBoard) -> str:
        if not board.queued:
            return self.say("staff.nothing_waits")
        told = [self.say("staff.oldest", days=f"{board.days_late:.1f}")]
        if board.missing_year:
            told.append(self.say("outbox.year_missing", year=board.missing_year))
        return self._joined(told)

    def _store(self, board: StaffBoard) -> str:
        free = self.say("staff.free_unknown") if board.free_bytes is None else _size(board.free_bytes)
        sealed = f"staff.sealed_{board.vault}"
        parts = [
            self.say("staff.holds", size=f"{board.bytes / _MIB:.1f}", free=free),
            self.say(sealed if sealed in known_sentences() else "staff.sealed_other"),
        ]
        if board.salvaged or board.lost:
            parts.append(self.say("staff.salvaged", items=str(board.salvaged), lost=str(board.lost)))
        return self._joined(parts)

    def _platform(self, board: StaffBoard) -> str:
        parts = [self._line(board)]
        if board.held_kinds:
            between = ", " if self.lang is Language.EN else "、"
            parts.append(self.say("staff.kinds_held", kinds=between.join(map(self._kind, board.held_kinds))))
        if board.answered_s is None:
            parts.append(self.say("staff.never_answered"))
        elif board.answered_s < _JUST_NOW_S:
            parts.append(self.say("staff.answered_now"))
        else:
            parts.append(self.say("staff.answered", ago=self._span(board.answered_s)))
        parts.append(self._clock(board.clock_s))
        return self._joined(parts)

    def _joined(self, parts: list[str]) -> str:
        return (" " if self.lang is Language.EN else "").join(parts)

    def _line(self, board: StaffBoard) -> str:
        if board.line_problem is not None:
            return self.say_problem(board.line_problem)
        if board.refused is not None:
            return self.say("staff.line_refused", code=board.refused)
        return self.say(f"staff.line_{board.circuit}") if board.circuit else ""

    def _clock(self, seconds: float | None) -> str:
        if seconds is None:
            return self.say("staff.clock_unknown")
        if abs(seconds) <= _CLOCK_IS_RIGHT_S:
            return self.say("staff.clock_right")
        return self.say("staff.clock_slow" if seconds > 0 else "staff.clock_fast", seconds=self._span(abs(seconds)))

    def _span(self, seconds: float) -> str:
        if seconds < 120:
            return self.say("staff.seconds", count=f"{seconds:.0f}")
        if seconds < 7200:
            return self.say("staff.minutes", count=f"{seconds / 60:.0f}")
        return self.say("staff.hours", count=f"{seconds / 3600:.0f}")

    def _kind(self, kind: str) -> str:
        key = f"staff.kind_{kind}"
        return self.say(key if key in known_sentences() else "staff.kind_other")

    @Property(list, notify=listed)
    def rows(self) -> list[dict[str, str]]:
        """``{"key", "title", "text", "kind"}`` of each dead letter, or of each device: who needs somebody comes first."""
        return list(self._rows)

    def _letters(self) -> tuple[dict[str, str], ...]:
        return tuple(map(self._letter, self._board.letters)) if self._board is not None else ()

    def _letter(self, one: StaffLetter) -> dict[str, str]:
        key = f"outbox.reason_{one.reason}"
        reason = self.say(key if key in known_sentences() else "outbox.reason_other")
        return {
            "key": one.key,
            "title": self.say("staff.letter", seq=str(one.seq), kind=self._kind(one.kind)),
            "text": self.say("staff.letter_since", since=one.since, attempts=str(one.attempts), reason=reason),
            "kind": "later",
        }

    # --- devices ------------------------------------------------------------------------------------------------------
    def _devices(self) -> tuple[dict[str, str], ...]:
        found = self.session.availability.devices
        lines = [self._device(one, found[one]) for one in DeviceClass if one in found and _is_built_in(found[one])]
        if self.terminal.site.has_search:
            lines.append(self._reference())
        return tuple(sorted(lines, key=lambda line: _ORDER[line["kind"]]))

    @Property(str, notify=shown)
    def devicesText(self) -> str:
        ill = sum(line["kind"] != "ready" for line in self._devices())
        return self.say("staff.some_ill", count=str(ill)) if ill else self.say("staff.all_well")

    def _device(self, device: DeviceClass, status: DeviceStatus) -> dict[str, str]:
        _, kind = state_of(status)
        if kind == "ready" and (status.toner in _TONER or status.action is not None):
            kind = "later"
        return {
            "key": device.value,
            "title": name_of(device, self.lang.value),
            "text": self._told_of(status),
            "kind": kind,
        }

    def _reference(self) -> dict[str, str]:
        """The catalogue that citizens search, told beside the devices: somebody must look after it, too."""
        problem = self.session.availability.reference
        return {
            "key": "reference",
            "title": self.say("search.staff_title"),
            "text": self.say("search.staff_well") if problem is None else self.say_problem(problem),
            "kind": "ready" if problem is None else "later",
        }

    def _told_of(self, status: DeviceStatus) -> str:
        """Its own reason with who can mend it; where it gives none, what somebody can mend on the spot."""
        keys = [_PAPER[status.paper]] if status.paper in _PAPER else []
        keys += ["cover_open"] if status.cover_open else []
        keys += [_TONER[status.toner]] if status.toner in _TONER else []
        if keys and status.reason not in known_sentences():
            return self.in_a_row(self.say(f"staff.{key}") for key in keys)
        return self.in_a_row(sentences_of(status, self.lang.value))

    # --- acts ---------------------------------------------------------------------------------------------------------
    @Slot()
    def drain(self) -> None:
        self.post(ActAsStaff(self.serial, StaffAct.DRAIN))

    @Slot(str)
    def retry(self, key: str) -> None:
        self.post(ActAsStaff(self.serial, StaffAct.RETRY, key))


def _is_built_in(status: DeviceStatus) -> bool:
    """A device that this terminal lacks is told as ``noDevice`` without any reason."""
    return status.state is not DeviceState.NO_DEVICE or status.reason is not None


def _size(size: int) -> str:
    return f"{size / (1 << 30):.1f} GiB" if size >= 1 << 30 else f"{size / _MIB:.0f} MiB"
