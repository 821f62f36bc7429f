"""Which view-model and which QML file belong to each place; view-models are imported when their page is first shown."""

import importlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from kiosk.session.state import Overlay, Place
from screens.view_models.page_model import PageModel

QML = Path(__file__).parent.parent / "qml"


@dataclass(frozen=True)
class PageSpec:
    """One page: the view-model as ``module:Class`` under `screens.view_models`, and the QML file under ``qml/``.

    Attributes:
        parts: further QML files that the page loads by their address, with what they need of libraries. They are compiled
            when the page is first made: later, under a Python translator, Qt's loader thread would wait for Python for ever.
    """

    model: str
    qml: str
    parts: tuple[str, ...] = ()

    def model_class(self) -> type[PageModel]:
        """Imports the view-model's class."""
        module, name = self.model.split(":")
        found = getattr(importlib.import_module(f"screens.view_models.{module}"), name)
        if not (isinstance(found, type) and issubclass(found, PageModel)):
            raise TypeError(f"{self.model} is no view-model")
        return found

    @property
    def path(self) -> Path:
        """The QML file."""
        return QML / self.qml

    @property
    def is_there(self) -> bool:
        """Whether both halves exist."""
        module = self.model.split(":")[0]
        return self.path.exists() and importlib.util.find_spec(f"screens.view_models.{module}") is not None


KEYBOARD = ("keyboard/KeyboardPanel.qml",)
"""The part of a page with a `TextEntry`."""

PAGES: dict[Place, PageSpec] = {
    Place.ATTRACT: PageSpec("attract:AttractModel", "pages/AttractPage.qml"),
    Place.HOME: PageSpec("home:HomeModel", "pages/HomePage.qml"),
    Place.SEARCH: PageSpec("search:SearchModel", "pages/SearchPage.qml", KEYBOARD),
    Place.GUIDE: PageSpec("guide:GuideModel", "pages/GuidePage.qml"),
    Place.NOTICE: PageSpec("notice:NoticeModel", "pages/NoticePage.qml"),
    Place.IDENTIFY: PageSpec("identify:IdentifyModel", "pages/IdentifyPage.qml"),
    Place.CONSENT: PageSpec("consent:ConsentModel", "pages/ConsentPage.qml"),
    Place.FACTOR: PageSpec("factor:FactorModel", "pages/FactorPage.qml"),
    Place.QUERY: PageSpec("query:QueryModel", "pages/QueryPage.qml"),
    Place.RESULT: PageSpec("result:ResultModel", "pages/ResultPage.qml"),
    Place.ANSWER: PageSpec("answer:AnswerModel", "pages/AnswerPage.qml"),
    Place.WRITE: PageSpec("write:WriteModel", "pages/WritePage.qml", KEYBOARD),
    Place.ATTACH: PageSpec("attach:AttachModel", "pages/AttachPage.qml"),
    Place.REVIEW: PageSpec("review:ReviewModel", "pages/ReviewPage.qml"),
    Place.SUBMIT: PageSpec("submit:SubmitModel", "pages/SubmitPage.qml"),
    Place.NUMBER: PageSpec("number:NumberModel", "pages/NumberPage.qml"),
    Place.PROGRESS: PageSpec("progress:ProgressModel", "pages/ProgressPage.qml"),
    Place.PRINT: PageSpec("print_page:PrintModel", "pages/PrintPage.qml"),
    Place.RATE: PageSpec("rate:RateModel", "pages/RatePage.qml"),
    Place.CURTAIN: PageSpec("curtain:CurtainModel", "pages/CurtainPage.qml"),
    Place.WIPE: PageSpec("curtain:CurtainModel", "pages/CurtainPage.qml"),
    Place.CARD_CALL: PageSpec("card_call:CardCallModel", "pages/CardCallPage.qml"),
    Place.STAFF: PageSpec("staff:StaffModel", "pages/StaffPage.qml"),
}

OVERLAYS: dict[Overlay, PageSpec] = {
    Overlay.COVER: PageSpec("overlay:OverlayModel", "overlays/CoverOverlay.qml"),
    Overlay.IDLE_WARNING: PageSpec("overlay:IdleWarningModel", "overlays/IdleWarning.qml"),
    Overlay.TIME_WARNING: PageSpec("overlay:TimeWarningModel", "overlays/TimeWarning.qml"),
    Overlay.CONFIRM_END: PageSpec("overlay:OverlayModel", "overlays/ConfirmEnd.qml"),
}


def places_there() -> tuple[Place, ...]:
    """The places whose page exists."""
    return tuple(place for place, spec in PAGES.items() if spec.is_there)
