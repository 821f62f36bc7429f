"""How far something that was handed in has come."""

from PySide6.QtCore import Property, Signal

from kiosk.session.state import ProgressPage
from kiosk.session.submission import SlipState
from screens.view_models.page_model import PageModel
from screens.view_models.review import pieces

_STEPS = (SlipState.WAITING, SlipState.RECEIVED, SlipState.ACCEPTED, SlipState.ANSWERED)
_REACHED = {
    SlipState.WAITING: 0,
    SlipState.STOPPED: 0,
    SlipState.SENT: 1,
    SlipState.RECEIVED: 1,
    SlipState.NEEDS_CORRECTION: 1,
    SlipState.ACCEPTED: 2,
    SlipState.ANSWERED: 3,
}


class ProgressModel(PageModel):
    """What ProgressPage.qml shows."""

    shown = Signal()
    _page = ProgressPage()

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, ProgressPage):
            self._page = page

    @Property(str, notify=shown)
    def stage(self) -> str:
        """``waiting``, ``failed`` or ``told``."""
        if self._page.problem is not None:
            return "failed"
        return "waiting" if self._page.standing is None else "told"

    @Property(str, notify=shown)
    def problemText(self) -> str:
        return self.say_problem(self._page.problem)

    @Property(str, notify=shown)
    def number(self) -> str:
        return self.session.visit.slip_number

    @Property(str, notify=shown)
    def title(self) -> str:
        standing = self._page.standing
        return "" if standing is None else self.say(f"submission.state.{standing.state.value}")

    @Property(str, notify=shown)
    def lead(self) -> str:
        """What that means and what to do."""
        standing = self._page.standing
        if standing is None:
            return ""
        words = self.say(
            f"submission.state.{standing.state.value}.lead",
            terminal=standing.terminal_id,
            phone=self.terminal.site.help_phone,
        )
        more = []
        if standing.is_unverified:
            more.append(self.say("submission.confirm"))
        elif standing.state is SlipState.ANSWERED and standing.answer is None:
            more.append(self.say("submission.read_answer"))
        return self.in_a_row([words, *more])

    @Property(list, notify=shown)
    def answer(self) -> list[dict[str, object]]:
        """The department's words in paragraphs for `PagedSections`; empty while there are none to show."""
        standing = self._page.standing
        words = (standing.answer or "") if standing else ""
        return [
            {
                "icon": "book",
                "title": "" if number else self.say("submission.way.answered"),
                "text": piece,
                "strong": False,
            }
            for number, piece in enumerate(pieces(words))
        ]

    @Property(str, notify=shown)
    def receipt(self) -> str:
        standing = self._page.standing
        return (standing.receipt or "") if standing else ""

    @Property(list, notify=shown)
    def way(self) -> list[dict[str, object]]:
        """The way of a submission: ``{"text", "reached"}``; empty where nothing is known of it."""
        standing = self._page.standing
        if standing is None or standing.state not in _REACHED:
            return []
        reached = _REACHED[standing.state]
        return [
            {
                "text": self.say(f"submission.way.{step.value}", terminal=standing.terminal_id),
                "reached": number <= reached,
            }
            for number, step in enumerate(_STEPS)
        ]
