"""核对信息: everything that will be handed in, and a way back to each part of it."""

from PySide6.QtCore import Property, Signal, Slot

from kiosk.identity import mask_id_number
from kiosk.session.events import ChangeEntry
from kiosk.session.state import Place, PlatformState
from kiosk.session.submission import Entry
from screens.view_models.consent import name_masked
from screens.view_models.page_model import PageModel

PIECE = 110
"""Characters of the text in one paragraph: paragraphs are paged, never cut."""


def pieces(text: str) -> list[str]:
    """The text in paragraphs of at most `PIECE` characters, cut behind a sentence's end where there is one."""
    found: list[str] = []
    for line in text.split("\n"):
        rest = line.strip()
        while rest:
            ends = [rest.rfind(mark, PIECE // 2, PIECE) for mark in "。！？；，.!?, "] if len(rest) > PIECE else []
            cut = next((end + 1 for end in ends if end > 0), PIECE)
            found.append(rest[:cut].rstrip())
            rest = rest[cut:].lstrip()
    return found


class ReviewModel(PageModel):
    """What ReviewPage.qml shows."""

    shown = Signal()

    def refresh(self) -> None:
        visit = self.session.visit
        self._draft = visit.draft
        self._person = visit.person
        self._verified = visit.factor_passed
        self._online = self.session.availability.platform is PlatformState.ONLINE
        self._attaches = visit.flow is not None and Place.ATTACH in visit.flow.steps

    @Property(list, notify=shown)
    def sections(self) -> list[dict[str, object]]:
        """Paragraphs for `PagedSections`."""
        draft = self._draft
        if draft is None or draft.category is None or self._person is None:
            return []
        who = f"{name_masked(self._person)}  {mask_id_number(self._person.id_number)}"
        sure = "" if self._verified else "\n" + self.say("submission.unverified")
        found = [
            self._section("people", "submission.who", who + sure),
            self._section("question", "submission.category", self.say(f"submission.category.{draft.category.value}")),
        ]
        for number, piece in enumerate(pieces(draft.text)):
            found.append(self._section("pencil", "" if number else "submission.text", piece))
        if self._attaches:
            key = "submission.one_page" if draft.attachment else "submission.no_page"
            found.append(self._section("sheet", "submission.attachment", self.say(key)))
        return found

    def _section(self, icon: str, title: str, text: str) -> dict[str, object]:
        return {"icon": icon, "title": self.say(title) if title else "", "text": text, "strong": False}

    @Property(list, notify=shown)
    def entries(self) -> list[dict[str, str]]:
        """What may be changed: ``{"key", "text"}``."""
        return [
            {"key": entry.value, "text": self.say(f"submission.change.{entry.value}")}
            for entry in Entry
            if entry is not Entry.ATTACHMENT or self._attaches
        ]

    @Property(str, notify=shown)
    def note(self) -> str:
        """What happens with it now."""
        return self.say("submission.goes_now" if self._online else "submission.goes_later")

    @Slot(str)
    def change(self, key: str) -> None:
        self.post(ChangeEntry(self.serial, Entry(key)))
