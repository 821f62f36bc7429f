"""The page of the second factor: choose a way, type the secret, and what became of it.

The digits live in one `SecretEntry` from the first key to the submission, and no longer than the stage in which they
are typed: any other stage, method or page, and the end of the page, drop them.
"""

from PySide6.QtCore import Property, Signal, Slot

from kiosk.central.contract import FactorMethod
from kiosk.session.events import ChooseMethod, EnterSecret
from kiosk.session.state import FactorPage, FactorStage, Place, PlatformState
from screens.view_models.page_model import PageModel
from screens.view_models.secret_entry import SecretEntry

_NAMES = {FactorMethod.PASSWORD: "password", FactorMethod.ONE_TIME_CODE: "code"}
_METHODS = {name: method for method, name in _NAMES.items()}


class FactorModel(PageModel):
    """What FactorPage.qml shows. All properties notify by `shown`; the digits themselves are no property."""

    shown = Signal()
    _page = FactorPage(FactorStage.CHOOSE, ())
    _entry: SecretEntry | None = None

    @property
    def _typed(self) -> SecretEntry:
        if self._entry is None:
            self._entry = SecretEntry()
        return self._entry

    def refresh(self) -> None:
        page = self.session.visit.page
        if not isinstance(page, FactorPage):
            self._typed.forget()
            return
        before, self._page = self._page, page
        if page.stage is not FactorStage.ENTER or page.method is None:
            self._typed.forget()
        elif (before.stage, before.method) != (page.stage, page.method):
            self._typed.begin(page.method)

    @Property(str, notify=shown)
    def stage(self) -> str:
        """A value of `FactorStage`."""
        return self._page.stage.value

    @Property(str, notify=shown)
    def method(self) -> str:
        """``password``, ``code`` or "" while none is chosen."""
        return _NAMES[self._page.method] if self._page.method else ""

    @Property(list, notify=shown)
    def methods(self) -> list[str]:
        """The ways of this item in its order."""
        return [_NAMES[method] for method in self._page.methods]

    @Property(str, notify=shown)
    def phoneMasked(self) -> str:
        return self._page.phone_masked

    @Property(int, notify=shown)
    def triesLeft(self) -> int:
        """Tries that are left after a wrong secret; -1 where that is not known or the problem's sentence tells it."""
        problem = self._page.problem
        if self._page.tries_left is None or (problem is not None and "tries" in problem.placeholders):
            return -1
        return self._page.tries_left

    @Property(str, notify=shown)
    def problemText(self) -> str:
        # what the line suffers is told by the heading; "come back later" would contradict that one may go on
        return "" if self._may_wait() else self.say_problem(self._page.problem)

    @Property(bool, notify=shown)
    def mayDoWithout(self) -> bool:
        """Whether Continue leads on without the factor, which then waits until the platform is back."""
        return self._may_wait()

    def _may_wait(self) -> bool:
        flow = self.session.visit.flow
        is_away = self.session.availability.platform is not PlatformState.ONLINE
        return self._page.stage is FactorStage.FAILED and flow is not None and flow.factor_may_wait and is_away

    @Property(str, notify=shown)
    def without(self) -> str:
        """What one may do without the factor at the choice: ``progress``, ``handIn`` or "" where it is needed."""
        flow = self.session.visit.flow
        if self._page.stage is not FactorStage.CHOOSE or flow is None or not flow.factor_may_wait:
            return ""
        return "progress" if Place.PROGRESS in flow.steps else "handIn"

    @Property(int, notify=shown)
    def digitCount(self) -> int:
        return self._typed.count

    @Property(int, notify=shown)
    def digitsWanted(self) -> int:
        return self._typed.shortest

    @Property(int, notify=shown)
    def digitsMost(self) -> int:
        return self._typed.longest

    @Property(bool, notify=shown)
    def canSubmit(self) -> bool:
        return self._typed.is_enough

    @Slot(str)
    def chooseMethod(self, name: str) -> None:
        """``password`` or ``code``."""
        self.post(ChooseMethod(self.serial, _METHODS[name]))

    @Slot(str)
    def pressDigit(self, digit: str) -> None:
        if self._page.stage is FactorStage.ENTER and self._typed.add(digit):
            self.shown.emit()

    @Slot()
    def deleteDigit(self) -> None:
        self._typed.delete()
        self.shown.emit()

    @Slot()
    def forgetDigits(self) -> None:
        """Drops what was typed; also called by the page when it goes."""
        self._typed.forget()
        self.shown.emit()

    @Slot()
    def submit(self) -> None:
        """Hands the secret in once and forgets it; nothing happens while digits are wanting."""
        secret = self._typed.take()
        if secret:
            self.post(EnterSecret(self.serial, secret))
            self.shown.emit()
