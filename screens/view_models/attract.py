"""The attract page: the hall's face while nobody is here."""

from datetime import time

from PySide6.QtCore import Property, QTimer, Signal, Slot

from kiosk.session.events import CallStaff, Start
from kiosk.session.state import Language, TextSize
from screens.view_models.device_words import device_lines
from screens.view_models.page_model import PageModel

_DRIFT_MM = (0.0, 0.6, 1.2, 1.8, 1.2, 0.6, 0.0, -0.6, -1.2, -1.8, -1.2, -0.6)
_NIGHT_ENDS, _NIGHT_BEGINS = time(7), time(18)


def is_night(at: time) -> bool:
    """Whether the sentence of the night is said: from 18:00 to 7:00, when counters are closed."""
    return at < _NIGHT_ENDS or at >= _NIGHT_BEGINS


class AttractModel(PageModel):
    """One sentence, one button, the devices, and the other ways in. Moves a little each minute against burn-in."""

    shown = Signal()

    driftChanged = Signal()

    def refresh(self) -> None:
        self._sentence = self.say("screens.attract.night" if is_night(self.now().time()) else "screens.attract.day")
        self._devices = device_lines(self.session.availability, self.say)
        if not hasattr(self, "_drift"):
            self._drift = 0
            self._minute = QTimer(self)
            self._minute.setObjectName("attract drift")
            self._minute.setInterval(60_000)
            self._minute.timeout.connect(self._on_minute)
            self._minute.start()

    @Slot()
    def _on_minute(self) -> None:
        self._drift = (self._drift + 1) % len(_DRIFT_MM)
        self.driftChanged.emit()
        self.update(self.session)

    @Property(str, notify=shown)
    def sentence(self) -> str:
        return self._sentence

    @Property(list, notify=shown)
    def devices(self) -> list[dict[str, str]]:
        return self._devices

    @Property(float, notify=driftChanged)
    def drift(self) -> float:
        return _DRIFT_MM[self._drift]

    def _start(self, language: Language | None = None, text_size: TextSize | None = None) -> None:
        self.post(Start(self.terminal.new_id(), language, text_size))

    @Slot()
    def start(self) -> None:
        self._start()

    @Slot(str)
    def startIn(self, language: str) -> None:
        self._start(language=Language(language))

    @Property(bool, constant=True)
    def hasStaffPage(self) -> bool:
        return self.terminal.site.has_staff_page

    @Slot()
    def callStaff(self) -> None:
        """A long press where nothing is to be seen; nothing without a PIN in the configuration."""
        if self.terminal.site.has_staff_page:
            self.post(CallStaff(self.terminal.new_id()))

    @Slot()
    def startElder(self) -> None:
        self._start(text_size=TextSize.ELDER)
