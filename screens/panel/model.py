"""What the panel's window shows: the devices, the one that is chosen, the newest code, how the last action ended."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from kiosk.base.sentences import Language
from screens.panel.board_model import BoardModel
from screens.panel.boards import in_order
from screens.panel.output_model import OutputModel
from screens.panel.traffic import TrafficModel
from screens.panel.words import Words
from screens.panel.worker import ActionEnded, Look, Outcome, PanelWorker

LOOK_MS = 700
_FIXED_WORDS = (
    "title", "code_title", "devices", "output", "look_closer", "previous", "next", "traffic", "no_traffic",
    "quiet_line", "pause", "go_on", "copy", "to_device", "from_device", "nothing_to_do", "scenes", "scenes_lead",
    "scene_run", "scene_stop", "scene_mend", "scene_plays",
)  # fmt: skip


class PanelModel(QObject):
    """The view-model of the panel; lives on the GUI thread and never waits.

    Attributes:
        language: of all words.
        board, output, traffic: of the chosen device; view-models of their own.

    Signals:
        shown: a property has another value.
        listed: the list of devices is another.
    """

    shown = Signal()
    listed = Signal()

    def __init__(self, worker: PanelWorker, language: Language = "zh_CN", look_ms: int = LOOK_MS) -> None:
        super().__init__()
        self._worker = worker
        self.language: Language = language
        self._words = Words(language)
        self.board = BoardModel(worker, self._words)
        self.output = OutputModel(self._words)
        self.traffic = TrafficModel(self._words)
        self._groups: list[dict[str, Any]] = []
        self._chosen = ""
        self._watch = 0
        self._look: Look | None = None
        self._result = ("quiet", self._words.say("panel.result.nothing_yet"))
        self._values: dict[str, Any] = {}
        self._derive()
        worker.looked.connect(self._on_looked)
        worker.action_ended.connect(self._on_action_ended)
        self.traffic.shown.connect(self._on_traffic_shown)
        self._timer = QTimer(self)
        self._timer.setObjectName("panel looks")
        self._timer.setInterval(look_ms)
        self._timer.timeout.connect(self._on_due)

    # --- what QML calls -----------------------------------------------------------------------------------------------
    @Slot(str)
    def choose(self, emulator: str) -> None:
        """A device of the list was chosen."""
        if emulator == self._chosen:
            return
        self._chosen = emulator
        self._watch = self._worker.watch(emulator)
        self.traffic.forget()
        self.output.show(())
        self._show_board()
        self._derive()
        if self._timer.isActive():
            self._worker.look()

    # --- for the window -----------------------------------------------------------------------------------------------
    def watch(self, is_watched: bool) -> None:
        """Looks at once and then again and again while someone can see it."""
        if is_watched and not self._timer.isActive():
            self._timer.start()
            self._worker.look()
        elif not is_watched:
            self._timer.stop()

    # --- what QML sees ------------------------------------------------------------------------------------------------
    @Property("QVariantMap", constant=True)  # type: ignore[arg-type]  # the stub knows no names of types
    def words(self) -> dict[str, str]:
        """The fixed texts."""
        return {name: self._words.say(f"panel.words.{name}") for name in _FIXED_WORDS}

    @Property(list, notify=listed)
    def groups(self) -> list[dict[str, Any]]:
        """``title`` and ``devices``, each with ``emulator`` and ``title``."""
        return self._groups

    @Property("QVariantMap", notify=shown)  # type: ignore[arg-type]
    def devices(self) -> dict[str, Any]:
        """By emulator: ``level`` and ``state``."""
        return dict(self._values["devices"])

    @Property(str, notify=shown)
    def chosen(self) -> str:
        """The emulator whose board is shown, "" before the first look."""
        return str(self._values["chosen"])

    @Property(str, notify=shown)
    def code(self) -> str:
        """The newest code in two halves, "" for none."""
        return str(self._values["code"])

    @Property(str, notify=shown)
    def codeLine(self) -> str:
        """Whose code it is and when it was sent, or why there is none."""
        return str(self._values["code_line"])

    @Property(bool, notify=shown)
    def isConnected(self) -> bool:
        """Whether the lab answered at the last look."""
        return bool(self._values["is_connected"])

    @Property(str, notify=shown)
    def result(self) -> str:
        """How the last action ended, or that the lab has gone."""
        return str(self._values["result"])

    @Property(str, notify=shown)
    def resultLevel(self) -> str:
        """A value of `Level`."""
        return str(self._values["result_level"])

    # --- news ---------------------------------------------------------------------------------------------------------
    @Slot()
    def _on_due(self) -> None:
        self._worker.look()

    @Slot()
    def _on_traffic_shown(self) -> None:
        self._worker.hold_still(bool(self.traffic.property("paused")))

    @Slot(object)
    def _on_looked(self, look: Look) -> None:
        came_back = self._look is not None and not self._look.is_connected and look.is_connected
        self._look = look
        if look.is_connected:
            self._list(look)
        if look.watch == self._watch:
            if came_back:
                self.traffic.forget()
            self.output.show(look.pictures)
            self.traffic.take(look.traffic)
        self._show_board()
        self._derive()

    @Slot(object)
    def _on_action_ended(self, ended: ActionEnded) -> None:
        self.board.ended(ended.switch)
        what = {"device": self._words.device(ended.switch.emulator), "act": self._words.switch(ended.switch)}
        match ended.outcome:
            case Outcome.DONE:
                self._result = ("ready", self._words.say("panel.result.done", **what))
            case Outcome.REFUSED:
                self._result = ("later", self._words.say("panel.result.refused", **what, reason=ended.refusal))
            case Outcome.LAB_GONE:
                self._result = ("stopped", self._words.say("panel.result.not_reached", **what))
        self._derive()

    # --- words --------------------------------------------------------------------------------------------------------
    def _list(self, look: Look) -> None:
        """Makes the list anew when the lab has other devices; chooses the first when the chosen one has gone."""
        groups = [
            {
                "title": self._words.say(f"panel.group.{group.value}"),
                "devices": [{"emulator": name, "title": self._words.device(name)} for name in names],
            }
            for group, names in in_order((*look.states, *look.missing))
        ]
        if groups != self._groups:
            self._groups = groups
            self._derive()  # a list is bound to states that must be there before it
            self.listed.emit()
        if groups and self._chosen not in look.states and self._chosen not in look.missing:
            self.choose(str(groups[0]["devices"][0]["emulator"]))  # type: ignore[index]

    def _show_board(self) -> None:
        if self._chosen:
            look = self._look
            state = look.states.get(self._chosen) if look is not None else None
            missing = look.missing.get(self._chosen) if look is not None else None
            self.board.show(self._chosen, state, missing)

    def _derive(self) -> None:
        """Makes all values from what is known; tells QML only when one is another."""
        look = self._look
        states = look.states if look is not None else {}
        names = {*states, *(one["emulator"] for group in self._groups for one in group["devices"])}
        devices = {}
        for name in names:
            level, words = self.board.told(name, states.get(name), is_missing=look is not None and name in look.missing)
            devices[name] = {"level": level.value, "state": words}
        values: dict[str, Any] = {
            "devices": devices,
            "chosen": self._chosen,
            "is_connected": look is not None and look.is_connected,
            **self._code(look),
            **self._told_result(look),
        }
        if values != self._values:
            self._values = values
            self.shown.emit()

    def _code(self, look: Look | None) -> Mapping[str, str]:
        if look is None:
            return {"code": "", "code_line": ""}
        if not look.has_codes:
            return {"code": "", "code_line": self._words.say("panel.code.platform_gone")}
        if look.code is None:
            return {"code": "", "code_line": self._words.say("panel.code.none_yet")}
        digits = look.code.code
        half = len(digits) // 2
        time = look.code.sent_at.partition("T")[2][:8]
        line = self._words.say("panel.code.sent", phone=look.code.phone_masked, time=time)
        return {"code": f"{digits[:half]} {digits[half:]}", "code_line": line}

    def _told_result(self, look: Look | None) -> Mapping[str, str]:
        if look is not None and not look.is_connected:
            return {"result": self._words.say("panel.result.lab_gone"), "result_level": "stopped"}
        level, words = self._result
        return {"result": words, "result_level": level}
