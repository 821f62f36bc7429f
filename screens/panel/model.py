"""What the panel's window shows, and what its buttons do."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot

from kiosk.base.sentences import Language, sentence
from screens.panel.switchboard import BOARDS, CARD, READER, RECEIPTS, Switch, cards_of, detail, summary, switch_of
from screens.panel.worker import ActionEnded, Look, Outcome, PanelWorker

LOOK_MS = 1000


class PanelModel(QObject):
    """The view-model of the panel; lives on the GUI thread and never waits.

    Signals:
        shown: a property has another value.
        cards_shown: the set of cards is another.
    """

    shown = Signal()
    cards_shown = Signal()

    def __init__(self, worker: PanelWorker, language: Language = "zh_CN", look_ms: int = LOOK_MS) -> None:
        super().__init__()
        self._worker = worker
        self._language: Language = language
        self._boards = [self._board(number) for number in range(len(BOARDS))]
        self._cards: list[dict[str, str]] = []
        self._look: Look | None = None
        self._under_way = ""
        self._result = ("", "")
        self._values: dict[str, Any] = {}
        self._derive()
        worker.looked.connect(self._on_looked)
        worker.action_ended.connect(self._on_action_ended)
        self._timer = QTimer(self)
        self._timer.setObjectName("panel looks")
        self._timer.setInterval(look_ms)
        self._timer.timeout.connect(self._on_due)

    # --- what QML calls -----------------------------------------------------------------------------------------------
    @Slot(str)
    def press(self, switch_id: str) -> None:
        """A button was pressed."""
        switch = switch_of(switch_id)
        if switch is None:
            return
        self._under_way = switch_id
        self._worker.act(switch)
        self._derive()

    # --- for the window -----------------------------------------------------------------------------------------------
    def watch(self, is_watched: bool) -> None:
        """Looks at once and then every second while someone can see it."""
        if is_watched and not self._timer.isActive():
            self._timer.start()
            self._worker.look()
        elif not is_watched:
            self._timer.stop()

    def say(self, key: str, **placeholders: str) -> str:
        """The sentence of `key` in the panel's language."""
        return sentence(key, self._language, **placeholders)

    # --- what QML sees ------------------------------------------------------------------------------------------------
    @Property("QVariantMap", constant=True)  # type: ignore[arg-type]  # the stub knows no names of types
    def words(self) -> dict[str, str]:
        """The fixed texts."""
        names = ("title", "code_title", "faults", "cards", "look_closer")
        return {name: self.say(f"panel.words.{name}") for name in names}

    @Property(list, constant=True)
    def boards(self) -> list[dict[str, Any]]:
        """The devices, each with its groups of switches; see `_board`."""
        return self._boards

    @Property(list, notify=cards_shown)
    def cards(self) -> list[dict[str, str]]:
        """Switches that lay a card."""
        return self._cards

    @Property(list, notify=shown)
    def marked(self) -> list[str]:
        """Ids of the switches that tell how things are now."""
        return list(self._values["marked"])

    @Property("QVariantMap", notify=shown)  # type: ignore[arg-type]
    def devices(self) -> dict[str, Any]:
        """By emulator: ``isThere``, ``level``, ``state``, ``detail``, ``faults`` (how many of the fold are marked)."""
        return dict(self._values["devices"])

    @Property(str, notify=shown)
    def code(self) -> str:
        """The newest code in two halves, "" for none."""
        return str(self._values["code"])

    @Property(str, notify=shown)
    def codeLine(self) -> str:
        """Whose code it is and when it was sent, or why there is none."""
        return str(self._values["code_line"])

    @Property(str, notify=shown)
    def slip(self) -> str:
        """URL of the last slip's picture, "" for none."""
        return str(self._values["slip"])

    @Property(str, notify=shown)
    def underWay(self) -> str:
        """Id of the switch that was pressed last and has not ended."""
        return str(self._values["under_way"])

    @Property(str, notify=shown)
    def wanted(self) -> str:
        """Id of the switch that a person would press next: a card that lies is to be taken, "" for none."""
        return str(self._values["wanted"])

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
        """A value of `switchboard.Level`."""
        return str(self._values["result_level"])

    # --- news ---------------------------------------------------------------------------------------------------------
    @Slot()
    def _on_due(self) -> None:
        self._worker.look()

    @Slot(object)
    def _on_looked(self, look: Look) -> None:
        self._look = look
        cards = [{"id": CARD + name, "label": label} for name, label in cards_of(look.states.get(READER, {})).items()]
        if cards and cards != self._cards:
            self._cards = cards
            self.cards_shown.emit()
        self._derive()

    @Slot(object)
    def _on_action_ended(self, ended: ActionEnded) -> None:
        if self._under_way == ended.switch.id:
            self._under_way = ""
        what = {"device": self.say(f"panel.device.{ended.switch.emulator}"), "act": self._label(ended.switch)}
        match ended.outcome:
            case Outcome.DONE:
                self._result = ("ready", self.say("panel.result.done", **what))
            case Outcome.REFUSED:
                self._result = ("later", self.say("panel.result.refused", **what, reason=ended.refusal))
            case Outcome.LAB_GONE:
                self._result = ("stopped", self.say("panel.result.not_reached", **what))
        self._derive()

    # --- words --------------------------------------------------------------------------------------------------------
    def _label(self, switch: Switch) -> str:
        card = next((card["label"] for card in self._cards if card["id"] == switch.id), "")
        return self.say(switch.key, card=card)

    def _board(self, number: int) -> dict[str, Any]:
        board = BOARDS[number]

        def told(groups: tuple[tuple[Switch, ...], ...]) -> list[list[dict[str, str]]]:
            return [[{"id": one.id, "label": self.say(one.key)} for one in group] for group in groups]

        return {
            "emulator": board.emulator,
            "title": self.say(f"panel.device.{board.emulator}"),
            "groups": told(board.groups),
            "faults": told(board.faults),
            "hasCards": board.emulator == READER,
            "hasSlip": board.emulator == RECEIPTS,
        }

    def _derive(self) -> None:
        """Makes all values from what is known; tells QML only when one is another."""
        look = self._look
        values: dict[str, Any] = {
            "marked": self._marked(look),
            "devices": {board.emulator: self._device(board.emulator, look) for board in BOARDS},
            "wanted": "reader.pull" if look is not None and look.states.get(READER, {}).get("card") is not None else "",
            "under_way": self._under_way,
            "is_connected": look is not None and look.is_connected,
            "slip": "" if look is None or look.slip is None else QUrl.fromLocalFile(str(look.slip)).toString(),
            **self._code(look),
            **self._told_result(look),
        }
        if values != self._values:
            self._values = values
            self.shown.emit()

    @staticmethod
    def _marked(look: Look | None) -> list[str]:
        if look is None:
            return []
        marked = [
            switch.id
            for board in BOARDS
            for group in (*board.groups, *board.faults)
            for switch in group
            if switch.is_marked(look.states.get(board.emulator, {}))
        ]
        card = look.states.get(READER, {}).get("card")
        return marked if card is None else [*marked, f"{CARD}{card}"]

    def _device(self, emulator: str, look: Look | None) -> dict[str, Any]:
        state = look.states.get(emulator) if look is not None else None
        if state is None:
            is_lost = look is None or not look.is_connected
            words = self.say("panel.state.unknown" if is_lost else "panel.state.absent")
            return {"isThere": False, "level": "quiet", "state": words, "detail": ""}
        level, (key, placeholders) = summary(emulator, state)
        detail_key, detail_placeholders = detail(emulator, state)
        return {
            "isThere": True,
            "level": level.value,
            "state": self.say(key, **placeholders),
            "detail": self.say(detail_key, **detail_placeholders),
        }

    def _code(self, look: Look | None) -> Mapping[str, str]:
        if look is None:
            return {"code": "", "code_line": ""}
        if not look.has_codes:
            return {"code": "", "code_line": self.say("panel.code.platform_gone")}
        if look.code is None:
            return {"code": "", "code_line": self.say("panel.code.none_yet")}
        digits = look.code.code
        half = len(digits) // 2
        time = look.code.sent_at.partition("T")[2][:8]
        line = self.say("panel.code.sent", phone=look.code.phone_masked, time=time)
        return {"code": f"{digits[:half]} {digits[half:]}", "code_line": line}

    def _told_result(self, look: Look | None) -> Mapping[str, str]:
        if look is not None and not look.is_connected:
            return {"result": self.say("panel.result.lab_gone"), "result_level": "stopped"}
        level, words = self._result
        return {"result": words or self.say("panel.result.nothing_yet"), "result_level": level or "quiet"}
