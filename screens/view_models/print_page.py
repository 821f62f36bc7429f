"""The page of the papers: each with its state in words; it asks a person where the terminal cannot know."""

from typing import ClassVar

from PySide6.QtCore import Property, Signal, Slot

from kiosk.session.events import AnswerOutcome, Reprint
from kiosk.session.state import PrintPage
from kiosk.session.timeouts import RESULT
from screens.view_models import front, papers
from screens.view_models.full_time import FullTime
from screens.view_models.page_model import PageModel


class PrintModel(PageModel):
    """What PrintPage.qml shows. All properties notify by `shown`."""

    shown = Signal()
    counted = Signal()
    timers: ClassVar[tuple[str, ...]] = (RESULT,)
    _full: FullTime | None = None
    _page = PrintPage(())

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, PrintPage):
            self._page = page
        self.tick()  # another state may run another timer

    @Property(str, notify=shown)
    def stage(self) -> str:
        """``working``, ``asking``, ``missing`` or ``done``."""
        return papers.stage_of(self._page)

    @Property(list, notify=shown)
    def papers(self) -> list[dict[str, str]]:
        """Each paper: ``{"document", "state", "reason"}``; `reason` is a sentence or ""."""
        return [
            {"document": paper.document, "state": paper.state, "reason": self.say_problem(job.problem)}
            for job in self._page.jobs
            for paper in [papers.paper(self._page, job)]
        ]

    @Property(str, notify=shown)
    def askedDocument(self) -> str:
        """``sheet`` or ``slip`` while a person must tell whether it came out, else ""."""
        job = self._page.asks_about
        return job.document.value if job else ""

    @Property(bool, notify=shown)
    def isCertificate(self) -> bool:
        """Whether the sheet is a certificate, by the item's own definition."""
        flow = self.session.visit.flow
        item = self.terminal.catalogue.by_code(flow.item_code) if flow is not None else None
        sheet = item.query.sheet if item is not None and item.query is not None else None
        return sheet is not None and sheet.is_certificate

    @Property(str, notify=shown)
    def litDevice(self) -> str:
        return papers.lit_device(self._page)

    @Property(str, notify=shown)
    def litPlace(self) -> str:
        """Where the lit device sits, a word of `screens.view_models.front.PLACES`; "" when none is lit."""
        device = papers.lit_device(self._page)
        return front.place_of(self.terminal.site.front, device) if device else ""

    @Property(list, constant=True)
    def bays(self) -> list[dict[str, object]]:
        """The devices of this front for the drawing: ``{"device", "place", "order", "of"}``."""
        return front.as_maps(front.bays(self.terminal.site.front))

    @Property(int, notify=counted)
    def secondsTotal(self) -> int:
        """The most seconds that were left while this page was seen: what the bar's full length means."""
        if self._full is None:
            self._full = FullTime()
        return self._full.seconds(self.terminal, self.timers)

    @Slot(bool)
    def answer(self, came_out: bool) -> None:
        """The person says whether the asked paper came out."""
        job = self._page.asks_about
        if job is not None:
            self.post(AnswerOutcome(self.serial, job.job_id, came_out))

    @Slot()
    def printAgain(self) -> None:
        """Asks for the papers that did not come out, each under a fresh id."""
        missing = self._page.missing
        if missing:
            self.post(Reprint(self.serial, tuple(self.terminal.new_id() for _ in missing)))
