"""The page that shows, masked, whose card was read, and asks whether the terminal may go on with it."""

from PySide6.QtCore import Property, Signal

from devices.id_card_reader.types import CardText, Layout
from kiosk.identity import mask_id_number, mask_name
from kiosk.session.state import ConsentPage, Place
from screens.view_models.page_model import PageModel

_KINDS = {
    Layout.RESIDENT: "resident",
    Layout.PERMIT: "permit",
    Layout.FOREIGNER_2017: "foreigner",
    Layout.FOREIGNER_2023: "foreigner",
}


def name_masked(person: CardText | None) -> str:
    """The Chinese name masked; of a card without one the other name; "" for nobody."""
    return mask_name(person.name or person.english_name) if person else ""


class ConsentModel(PageModel):
    """What ConsentPage.qml shows. All properties notify by `shown`."""

    shown = Signal()
    _page = ConsentPage()

    def refresh(self) -> None:
        page = self.session.visit.page
        if isinstance(page, ConsentPage):
            self._page = page

    @Property(str, notify=shown)
    def nameMasked(self) -> str:
        return name_masked(self.session.visit.person)

    @Property(str, notify=shown)
    def idMasked(self) -> str:
        person = self.session.visit.person
        return mask_id_number(person.id_number) if person else ""

    @Property(str, notify=shown)
    def purpose(self) -> str:
        """What the card is used for: ``query`` one's own data, ``handIn`` something, or ask for its ``progress``."""
        steps = self.session.visit.flow.steps if self.session.visit.flow else ()
        return "handIn" if Place.SUBMIT in steps else "progress" if Place.PROGRESS in steps else "query"

    @Property(str, notify=shown)
    def cardKind(self) -> str:
        """``resident``, ``permit``, ``foreigner`` or "" when there is nobody."""
        person = self.session.visit.person
        return _KINDS[person.layout] if person else ""

    @Property(bool, notify=shown)
    def expiryUnchecked(self) -> bool:
        return self._page.expiry_unchecked
