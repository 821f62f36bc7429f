"""A terminal port that holds whatever session a test chooses and remembers what was posted."""

from kiosk.base.record import replace
from kiosk.services.catalogue import Catalogue
from kiosk.session.state import Overlay, Page, Session, Settings
from kiosk.terminal.port import PaperFrame, Site
from tests.screens.answers import catalogue

SITE_NAME = {"zh_CN": "信和区政务服务大厅", "zh_HK": "信和區政務服務大堂", "en": "Xinhe District Service Hall"}


class FakePaper:
    """Under whose camera lies what a test puts there.

    Attributes:
        frames: given one by one.
    """

    def __init__(self) -> None:
        self.frames: list[PaperFrame] = []
        self.count = 0

    def lay(self, frame: PaperFrame) -> None:
        """The camera sees it now."""
        self.frames = [frame]
        self.count += 1

    def take(self) -> PaperFrame | None:
        return self.frames.pop(0) if self.frames else None


class FakeTerminal:
    """Fulfils `kiosk.terminal.port.TerminalPort`.

    Attributes:
        posted: every event handed in, in order.
        seconds: what `seconds_left` says, by timer.
    """

    def __init__(
        self, session: Session | None = None, *, landscape: bool = False, demo: bool = True, has_search: bool = True
    ) -> None:
        self.session = session or Session()
        self.site = Site(
            "XH-01", SITE_NAME, demo=demo, panel_width_mm=476.0 if landscape else 268.0, has_search=has_search
        )
        self.posted: list[object] = []
        self.seconds: dict[str, float] = {}
        self.paper = FakePaper()
        self._ids = 0

    @property
    def catalogue(self) -> Catalogue:
        return catalogue()

    def post(self, event: object) -> None:
        self.posted.append(event)

    def new_id(self) -> str:
        self._ids += 1
        return f"id-{self._ids}"

    def seconds_left(self, timer: str) -> float | None:
        return self.seconds.get(timer)

    def posted_of(self, kind: type) -> list[object]:
        """The posted events of one type."""
        return [event for event in self.posted if type(event) is kind]

    # --- moving the session as the machine would ----------------------------------------------------------------------
    def go(self, page: Page) -> None:
        """A new page."""
        visit = self.session.visit
        self.session = replace(self.session, visit=replace(visit, page=page, page_serial=visit.page_serial + 1))

    def change(self, page: Page) -> None:
        """A change within the page."""
        self.session = replace(self.session, visit=replace(self.session.visit, page=page))

    def set(self, settings: Settings) -> None:
        """Other settings."""
        self.session = replace(self.session, visit=replace(self.session.visit, settings=settings))

    def lay(self, overlay: Overlay) -> None:
        """An overlay, or none."""
        self.session = replace(self.session, overlay=overlay)
