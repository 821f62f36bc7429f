"""An item's page: everything a person wants to know before beginning."""

from typing import ClassVar

from PySide6.QtCore import Property, Signal, Slot

from kiosk.services.flow import make_flow
from kiosk.services.item import Item, Material
from kiosk.services.readiness import ItemState, Readiness, item_state
from kiosk.services.words import Words
from kiosk.session.events import Begin
from kiosk.session.state import GuidePage
from kiosk.session.timeouts import IDLE
from screens.view_models.home import KIND_OF_BADGE
from screens.view_models.page_model import PageModel


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals and separators of thousands."""
    return f"{fen // 100:,}.{fen % 100:02d}"


class GuideModel(PageModel):
    """What GuidePage.qml shows."""

    shown = Signal()

    timers: ClassVar[tuple[str, ...]] = (IDLE,)
    _item: Item | None = None
    _page = GuidePage("")

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, GuidePage):
            self._item = self.terminal.catalogue.by_code(page.item_code)
            self._page = page
        self._state = self._judge()

    def _judge(self) -> ItemState:
        return item_state(self._item, self.session.availability) if self._item else ItemState(Readiness.GUIDE_ONLY)

    @property
    def _tells_only(self) -> bool:
        return self._state.readiness is Readiness.GUIDE_ONLY

    @property
    def _may_begin(self) -> bool:
        return self._state.readiness in (Readiness.READY, Readiness.LATER)

    def _of(self, words: Words | None) -> str:
        return "" if words is None else words.of(self.lang)

    @Property(str, notify=shown)
    def name(self) -> str:
        return self._of(self._item.name if self._item else None)

    @Property(str, notify=shown)
    def summary(self) -> str:
        return self._of(self._item.summary if self._item else None)

    @Property(str, notify=shown)
    def body(self) -> str:
        return self._of(self._item.body if self._item else None)

    @Property(int, notify=shown)
    def stars(self) -> int:
        return self._item.stars if self._item else 0

    @Property(str, notify=shown)
    def kind(self) -> str:
        return KIND_OF_BADGE[self._state.readiness]

    @Property(bool, notify=shown)
    def isGuideOnly(self) -> bool:
        return self._tells_only

    @Property(bool, notify=shown)
    def canBegin(self) -> bool:
        return self._may_begin and not self._page.waits

    @Property(str, notify=shown)
    def reason(self) -> str:
        """Why it cannot begin now, for beside the act."""
        if self._page.waits:
            return self.say("submission.asking_room")
        return "" if self._may_begin else self.say_problem(self._state.problem)

    @Property(str, notify=shown)
    def note(self) -> str:
        """What will be missing although it can begin, or that this terminal only tells about it."""
        if self._page.problem is not None:
            return self.say_problem(self._page.problem)
        return self.say_problem(self._state.problem) if self._may_begin or self._tells_only else ""

    @Property(list, notify=shown)
    def sections(self) -> list[dict[str, object]]:
        item = self._item
        if item is None:
            return []
        found: list[dict[str, object]] = []

        def add(icon: str, key: str, text: str, *, strong: bool = False) -> None:
            if text:
                found.append(
                    {
                        "icon": icon,
                        "title": self.say(f"screens.guide.{key}"),
                        "text": text,
                        "strong": strong,
                        "key": key,
                    }
                )

        add("people", "conditions", self._lines(item.conditions))
        add("bag", "bring", self._lines(item.bring))
        add("sheet", "materials", "\n".join(self._material(one) for one in item.materials))
        add("clock", "time", self._time(item), strong=True)
        add("coin", "fee", self._fee(item), strong=True)
        add("steps", "procedure", self._numbered(item.procedure))
        for place in item.elsewhere:
            add(
                "door",
                "elsewhere",
                "\n".join(
                    filter(None, (self._of(place.name), self._of(place.address), self._of(place.hours), place.phone))
                ),
            )
        for basis in item.legal_basis:
            add("law", "legal_basis", self._of(basis))
        add("phone", "supervision", item.supervision_phone)
        add("book", "code", f"{item.item_code}\n{item.version} · {item.updated_at.isoformat()}")
        return found

    def _lines(self, words: tuple[Words, ...]) -> str:
        return "\n".join(self._of(one) for one in words)

    def _numbered(self, words: tuple[Words, ...]) -> str:
        return "\n".join(f"{number}. {self._of(one)}" for number, one in enumerate(words, 1))

    def _material(self, one: Material) -> str:
        marks = []
        if one.original:
            marks.append(self.say("screens.item.original"))
        if one.copies:
            marks.append(self.say("screens.item.copies", count=str(one.copies)))
        if not one.required:
            marks.append(self.say("screens.item.optional"))
        return " · ".join([self._of(one.name), *marks])

    def _time(self, item: Item) -> str:
        parts = [self.say("screens.item.minutes", minutes=str(item.minutes))]
        if item.legal_days or item.promised_days:
            parts.append(self.say("screens.item.days", promised=str(item.promised_days), legal=str(item.legal_days)))
        else:
            parts.append(self.say("screens.item.at_once"))
        if not item.is_guide_only:
            parts.append(self.say(f"screens.item.trips.{max(0, min(2, item.trips))}"))
        return " · ".join(parts)

    def _fee(self, item: Item) -> str:
        fee = self.say("screens.item.fee", yuan=yuan(item.fee_fen)) if item.fee_fen else self.say("screens.item.free")
        return " · ".join(filter(None, (fee, self._of(item.fee_note))))

    @Slot()
    def begin(self) -> None:
        """开始办理; nothing while it cannot begin."""
        if self._item is not None and self._may_begin:
            self.post(Begin(self.serial, make_flow(self._item), self.terminal.new_id()))
