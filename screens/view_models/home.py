"""The home page: the items behind four doors, each with how far one gets now."""

from typing import ClassVar

from PySide6.QtCore import Property, Signal, Slot

from kiosk.services.item import Assurance, Item, ItemKind
from kiosk.services.readiness import ItemState, Readiness, item_state
from kiosk.session.events import ChooseItem, OpenSearch
from kiosk.session.timeouts import IDLE
from screens.view_models.page_model import PageModel

_DOORS = (ItemKind.QUERY, ItemKind.HANDLE, ItemKind.READ, ItemKind.ASK)
KIND_OF_BADGE = {
    Readiness.READY: "ready",
    Readiness.LATER: "later",
    Readiness.STOPPED: "stopped",
    Readiness.GUIDE_ONLY: "guide",
}

_FULL = frozenset({"offline.full", "offline.disk_full", "offline.too_old", "offline.disk"})


def greeting_key(hour: int) -> str:
    """The greeting for an hour of the day, 0 to 23."""
    if hour < 5 or hour >= 22:
        return "screens.greeting.night"
    if hour < 12:
        return "screens.greeting.morning"
    return "screens.greeting.afternoon" if hour < 18 else "screens.greeting.evening"


class HomeModel(PageModel):
    """What HomePage.qml shows. Door and sheet are the page's own and go with it."""

    shown = Signal()

    timers: ClassVar[tuple[str, ...]] = (IDLE,)
    _door: ItemKind | None = None
    _sheet = 0

    def refresh(self) -> None:
        now = self.now()
        items = self.terminal.catalogue.items
        states = {item.item_code: item_state(item, self.session.availability) for item in items}
        ready = sum(state.readiness is Readiness.READY for state in states.values())
        self._greeting = self.say(greeting_key(now.hour))
        self._counts = self.say("screens.home.counts", time=f"{now:%H:%M}", total=str(len(items)), ready=str(ready))
        store = self.session.availability.store
        if store is not None and store.key in _FULL:  # said before any door is opened
            self._counts += (" " if self.lang.value == "en" else "") + self.say("submission.none_taken")
        shown = items if self._door is None else self.terminal.catalogue.by_kind(self._door)
        self._rows = [
            {
                "key": item.key,
                "code": item.item_code,
                "name": item.name.of(self.lang),
                "detail": self._detail(item, states[item.item_code], is_brief=False),
                "brief": self._detail(item, states[item.item_code], is_brief=True),
                "kind": KIND_OF_BADGE[states[item.item_code].readiness],
                "stars": item.stars,
            }
            for item in shown
        ]

    def _detail(self, item: Item, state: ItemState, *, is_brief: bool) -> str:
        if state.problem is not None and state.readiness is not Readiness.GUIDE_ONLY:
            return self.say_problem(state.problem)
        parts = [item.summary.of(self.lang)]
        if not item.is_guide_only and not is_brief:
            parts.append(self.say("screens.item.minutes", minutes=str(item.minutes)))
            if item.assurance is not Assurance.NONE:
                parts.append(self.say(f"screens.bring.{item.assurance.value}"))
        return " · ".join(parts)

    @Property(str, notify=shown)
    def greeting(self) -> str:
        return self._greeting if self._door is None else self.say(f"screens.door.{self._door.value}")

    @Property(str, notify=shown)
    def counts(self) -> str:
        return self._counts

    @Property(str, notify=shown)
    def door(self) -> str:
        return "" if self._door is None else self._door.value

    @Property(list, notify=shown)
    def doors(self) -> list[dict[str, object]]:
        return [
            {
                "kind": kind.value,
                "letter": self.say(f"screens.door.{kind.value}.letter"),
                "title": self.say(f"screens.door.{kind.value}"),
                "examples": self.say(f"screens.door.{kind.value}.examples"),
                "chosen": kind is self._door,
            }
            for kind in _DOORS
        ]

    @Property(list, notify=shown)
    def rows(self) -> list[dict[str, object]]:
        return self._rows

    @Property(int, notify=shown)
    def sheet(self) -> int:
        return self._sheet

    @Property(bool, constant=True)
    def hasSearch(self) -> bool:
        """Whether this terminal has a catalogue to search."""
        return self.terminal.site.has_search

    @Slot()
    def search(self) -> None:
        self.post(OpenSearch(self.serial))

    def _show(self, door: ItemKind | None) -> None:
        self._door, self._sheet = door, 0
        self.update(self.session)

    @Slot(str)
    def choose(self, kind: str) -> None:
        """Opens a door; the open door closes again."""
        chosen = ItemKind(kind)
        self._show(None if chosen is self._door else chosen)

    @Slot(int)
    def turn(self, sheet: int) -> None:
        self._sheet = sheet
        self.shown.emit()

    @Slot(str)
    def open(self, item_code: str) -> None:
        self.post(ChooseItem(self.serial, item_code))

    @Slot()
    def back(self) -> None:
        """Home has nothing before it: back leads out of a door."""
        self._show(None)
