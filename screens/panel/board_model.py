"""The chosen device: what its board shows and what its buttons do."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from screens.panel.boards import Layout, Level, Switch, board_of, counted, layout_of, place_of, summary
from screens.panel.lab_line import State
from screens.panel.words import Words
from screens.panel.worker import PanelWorker

_NOBODY: dict[str, Any] = {
    "is_there": False, "level": Level.QUIET.value, "state": "", "place": "", "counters": [], "marked": [], "wanted": [],
    "under_way": "", "missing": "",
}  # fmt: skip


class BoardModel(QObject):
    """The view-model of the board.

    Signals:
        laid_out: the board has other rows.
        shown: a value is another.
    """

    laid_out = Signal()
    shown = Signal()

    def __init__(self, worker: PanelWorker, words: Words) -> None:
        super().__init__()
        self._worker = worker
        self._words = words
        self._emulator = ""
        self._layout = Layout()
        self._sections: list[dict[str, Any]] = []
        self._state: State | None = None
        self._missing: Mapping[str, str] | None = None
        self._under_way = ""
        self._asked_for: Switch | None = None
        self._values = dict(_NOBODY)

    # --- for the panel ------------------------------------------------------------------------------------------------
    def show(self, emulator: str, state: State | None, missing: Mapping[str, str] | None = None) -> None:
        """Shows a device.

        Args:
            state: None: it cannot be seen now, its switches stay.
            missing: why the lab's machine cannot run it, by language.
        """
        layout = (
            self._layout if state is None and emulator == self._emulator else layout_of(board_of(emulator), state or {})
        )
        is_another = emulator != self._emulator or layout != self._layout
        self._emulator, self._layout, self._state, self._missing = emulator, layout, state, missing
        self._derive()  # before the rows: those that go would see values that come when they are half gone
        if is_another:
            self._sections = self._told_sections()
            self.laid_out.emit()

    def ended(self, switch: Switch) -> None:
        """An action has ended."""
        if self._asked_for is switch:
            self._under_way, self._asked_for = "", None
            self._derive()

    def told(self, emulator: str, state: State | None, *, is_missing: bool = False) -> tuple[Level, str]:
        """A device's state as a level and in words."""
        if is_missing:
            return Level.QUIET, self._words.say("panel.sign.missing")
        if state is None:
            return Level.QUIET, self._words.say("panel.sign.unknown")
        level, (keys, placeholders) = summary(
            board_of(emulator), state, lambda name: self._named(emulator, state, name)
        )
        return level, self._words.first(keys, keys[-1].rpartition(".")[2], **placeholders)

    # --- what QML calls -----------------------------------------------------------------------------------------------
    @Slot(str)
    def press(self, switch_id: str) -> None:
        """A button was pressed."""
        switch = self._layout.switches.get(switch_id)
        if switch is None:
            return
        if switch.undo is not None and self._state is not None and switch.is_marked(self._state):
            switch = switch.undo
        self._under_way, self._asked_for = switch_id, switch
        self._worker.act(switch)
        self._derive()

    # --- what QML sees ------------------------------------------------------------------------------------------------
    @Property(str, notify=laid_out)
    def emulator(self) -> str:
        """Its name in the lab."""
        return self._emulator

    @Property(str, notify=laid_out)
    def title(self) -> str:
        """Its name for people."""
        return self._words.device(self._emulator) if self._emulator else ""

    @Property(list, notify=laid_out)
    def sections(self) -> list[dict[str, Any]]:
        """``title`` and ``rows``, each with ``title``, ``columns`` and ``switches``, each with ``id`` and ``label``."""
        return self._sections

    @Property(bool, notify=shown)
    def isThere(self) -> bool:
        """Whether the lab told its state at the last look."""
        return bool(self._values["is_there"])

    @Property(str, notify=shown)
    def level(self) -> str:
        """A value of `Level`."""
        return str(self._values["level"])

    @Property(str, notify=shown)
    def state(self) -> str:
        """What matters most, in words."""
        return str(self._values["state"])

    @Property(str, notify=shown)
    def place(self) -> str:
        """Where a driver finds it."""
        return str(self._values["place"])

    @Property(str, notify=shown)
    def missing(self) -> str:
        """Why the lab's machine cannot run it, "" when it can."""
        return str(self._values["missing"])

    @Property(list, notify=shown)
    def counters(self) -> list[dict[str, str]]:
        """``label`` and ``value`` of what it has counted."""
        return list(self._values["counters"])

    @Property(list, notify=shown)
    def marked(self) -> list[str]:
        """Ids of the switches that tell how things are now."""
        return list(self._values["marked"])

    @Property(list, notify=shown)
    def wanted(self) -> list[str]:
        """Ids of the switches that a person would press next: a card that lies is to be taken."""
        return list(self._values["wanted"])

    @Property(str, notify=shown)
    def underWay(self) -> str:
        """Id of the switch that was pressed last and has not ended."""
        return str(self._values["under_way"])

    # --- words --------------------------------------------------------------------------------------------------------
    def _named(self, emulator: str, state: State, name: str) -> str:
        """The words of what lies there: those of the switch that lays it."""
        switches = layout_of(board_of(emulator), state).switches.values()
        found = next((one for one in switches if one.mark is not None and name in one.arguments.values()), None)
        return name if found is None else self._words.switch(found)

    def _told_sections(self) -> list[dict[str, Any]]:
        return [
            {
                "title": self._words.say(f"panel.section.{section.title}"),
                "rows": [
                    {
                        "title": self._words.row(row, self._emulator),
                        "columns": row.columns,
                        "switches": [{"id": one.id, "label": self._words.switch(one)} for one in row.switches],
                    }
                    for row in section.rows
                ],
            }
            for section in self._layout.sections
        ]

    def _derive(self) -> None:
        """Makes all values; tells QML only when one is another."""
        values = dict(_NOBODY)
        missing = self._missing
        level, words = self.told(self._emulator, self._state, is_missing=missing is not None)
        values |= {"level": level.value, "state": words, "under_way": self._under_way}
        values["missing"] = self._words.of(missing) if missing is not None else ""
        state = self._state
        if state is not None:
            switches = self._layout.switches
            values |= {
                "is_there": True,
                "place": place_of(state),
                "counters": [
                    {"label": self._words.first(keys, name), "value": number}
                    for keys, name, number in counted(board_of(self._emulator), state)
                ],
                "marked": [name for name, one in switches.items() if one.is_marked(state)],
                "wanted": [name for name, one in switches.items() if one.is_wanted(state)],
            }
        if values != self._values:
            self._values = values
            self.shown.emit()
