"""The page host: one window, one page at a time, overlays above it, and the gate through which every touch goes.

Order of farewell at a page change: the new page is made, the old page is destroyed (its deferred delete delivered), and
only then its view-model is dropped. Between touches and pages stands the gate: for 0.3 s after a change of page, of its
stage or of the overlay presses are swallowed, keys never reach a page, and in kiosk mode the window does not close.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSizeF, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPixmapCache
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.session.events import Touched
from kiosk.session.state import Overlay, Place, Session
from kiosk.terminal.port import TerminalPort
from screens import keyboard
from screens.gate_events import ENDS_OF_PRESS, NEVER, PRESSES, REST_OF_PRESS
from screens.log_events import log
from screens.page_picture import NAME, PagePicture
from screens.theme.theme import Theme
from screens.translations import TsTranslator, translator_of
from screens.view_models.page_model import PageModel
from screens.view_models.registry import OVERLAYS, PAGES, QML, PageSpec

TOUCH_GUARD_S = 0.3
CURTAIN_DEADLINE_MS = 1000
NIGHT = QColor("#0B2B2A")

# These ask a question themselves: a touch there is the answer, not mere presence.
_ASKING = frozenset({Overlay.IDLE_WARNING, Overlay.TIME_WARNING, Overlay.CONFIRM_END})


class _Shown:
    """A page or overlay on the screen with its view-model."""

    def __init__(self, spec: PageSpec, item: QQuickItem, model: PageModel, component: QQmlComponent) -> None:
        self.spec = spec
        self.item = item
        self.model = model
        self._component = component


class ScreenHost(QObject):
    """Shows the session.

    Attributes:
        engine, window, theme: Qt's parts; the host owns them.
        page, overlay: what is shown, None before the first `refresh`.

    Signals:
        first_frame: the first frame is out.
        page_shown: the first frame after a change of page is out.
    """

    first_frame = Signal()
    page_shown = Signal()
    _refresh_wanted = Signal()
    _deadline_ms: ClassVar[int] = CURTAIN_DEADLINE_MS

    def __init__(
        self,
        terminal: TerminalPort,
        width_px: int = 1080,
        height_px: int = 1920,
        *,
        refuses_close: bool = True,
        touch_guard_s: float = TOUCH_GUARD_S,
        monotonic: Callable[[], float] = time.monotonic,
        asked_to_close: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.terminal = terminal
        self.refuses_close = refuses_close
        self.touch_guard_s = touch_guard_s
        self._monotonic = monotonic
        self._asked_to_close = asked_to_close
        self._guarded_until = 0.0
        self._swallowing = False
        self._is_pressed = False
        self._components: dict[str, QQmlComponent] = {}
        self._translator: TsTranslator | None = None
        self._can_refresh = self._refresh_pending = False
        self._serial = -1
        self._place: Place | None = None
        self._frames = 0
        self._page_waits_for_frame = False
        self._stage_waits_for_frame = False
        self._curtain_done: Callable[[], None] | None = None
        self._curtain_synchronised = False
        self.page: _Shown | None = None
        self.overlay: _Shown | None = None

        self.engine = QQmlEngine()
        self.engine.addImportPath(str(QML))
        self._picture = PagePicture(terminal)  # Qt owns it, Python must not drop it
        self.engine.addImageProvider(NAME, self._picture)
        self.theme = Theme(self.engine, terminal.site.panel_width_mm)
        self.window = QQuickWindow()
        self.window.setColor(NIGHT)
        self.window.setTitle("不打烊")
        self.window.resize(width_px, height_px)
        self.window.installEventFilter(self)
        self.window.widthChanged.connect(self._fit)
        self.window.heightChanged.connect(self._fit)
        self.window.frameSwapped.connect(self._on_frame)
        self.window.afterSynchronizing.connect(self._on_synchronised)

        self._tick = QTimer(self)
        self._tick.setObjectName("countdown")
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)
        self._compiling = QTimer(self)
        self._compiling.setObjectName("compile pages")
        self._compiling.setInterval(0)
        self._compiling.timeout.connect(self._compile_one)
        self._deadline = QTimer(self)
        self._deadline.setObjectName("curtain deadline")
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self._give_up_curtain)
        self._fit()

    @property
    def shown_place(self) -> Place | None:
        """The place whose page is on the screen; it may be a turn behind the session."""
        return self._place

    @property
    def takes_touches(self) -> bool:
        """Whether the guard after the last change of page or overlay is over and the shown page is the session's."""
        is_current = self._serial == self.terminal.session.visit.page_serial
        return is_current and not self._refresh_pending and not self._is_guarded

    # --- showing ------------------------------------------------------------------------------------------------------
    def show(self, *, full_screen: bool = False) -> None:
        """Makes the first page and opens the window."""
        self._refresh_now()
        if full_screen:
            self.window.showFullScreen()
        else:
            self.window.show()
        if (
            QGuiApplication.platformName() == "xcb"
        ):  # without a window manager nobody else gives it the focus that text needs
            self.window.requestActivate()

    def refresh(self) -> None:
        """Follows the session at the next turn of the event loop: never inside a handler of the page that goes."""
        if not self._can_refresh:
            self._can_refresh = True
            # first wanted when the first frame is out, which need not wait for it: PySide takes 20 ms to make its `Qt`
            from PySide6.QtCore import Qt

            self._refresh_wanted.connect(self._refresh_now, Qt.ConnectionType.QueuedConnection)
        if not self._refresh_pending:
            self._refresh_pending = True
            self._refresh_wanted.emit()

    @Slot()
    def _refresh_now(self) -> None:
        self._refresh_pending = False
        session = self.terminal.session
        visit = session.visit
        self._follow_settings(session)
        if self.page is None or (visit.page_serial, visit.page.place) != (self._serial, self._place):
            self._change_page(session)
        else:
            self._update_page(self.page, session)
        self._follow_overlay(session)
        self._follow_ticks()

    def _follow_settings(self, session: Session) -> None:
        if self.theme.show(session.visit.settings):
            if self._translator is not None:
                QCoreApplication.removeTranslator(self._translator)
            self._translator = translator_of(self.theme.language)
            if self._translator is not None:
                QCoreApplication.installTranslator(self._translator)
            self.engine.retranslate()

    def _change_page(self, session: Session) -> None:
        old = self.page
        self._serial, self._place = session.visit.page_serial, session.visit.page.place
        spec = PAGES[session.visit.page.place]
        if old is not None and old.spec == spec and session.visit.page.place is Place.WIPE:
            old.model.update(session)  # the curtain stays as it is
            return
        self.page = self._make(spec, z=0)
        self._dismiss(old)
        self._page_waits_for_frame = True
        self._guard()
        self.window.update()

    def _update_page(self, page: _Shown, session: Session) -> None:
        """A change of stage puts other buttons under the finger, as a change of page does."""
        before = page.model.property("stage")
        page.model.update(session)
        if page.model.property("stage") != before:
            self._stage_waits_for_frame = True
            self._guard()
            self.window.update()

    def _follow_overlay(self, session: Session) -> None:
        spec = OVERLAYS.get(session.overlay)
        if self.overlay is not None and self.overlay.spec == spec:
            self.overlay.model.update(session)
            return
        if self.overlay is None and spec is None:
            return
        old, self.overlay = self.overlay, None if spec is None else self._make(spec, z=10)
        self._dismiss(old)
        self._guard()

    def _make(self, spec: PageSpec, z: int) -> _Shown:
        model = spec.model_class()(self.terminal, self.theme)
        QQmlEngine.setObjectOwnership(model, QQmlEngine.ObjectOwnership.CppOwnership)
        # A component of its own for each page: PySide 6.11.3 keeps the wrappers of all that a component has made as children
        # of the component's wrapper, 0.5 kB a page. What is compiled is kept by `_component`'s.
        for part in (spec.qml, *spec.parts):
            self._component(part)
        component = QQmlComponent(self.engine, QUrl.fromLocalFile(str(spec.path)))
        if not component.isReady():
            raise RuntimeError(f"{spec.qml} did not load: {component.errorString()}")
        # with its size from the start: bindings are evaluated once, and what pages its content does so before the frame
        item = component.createWithInitialProperties(
            {
                "model": model,
                "width": self.window.width(),
                "height": self.window.height(),
                "z": z,
                "parent": self.window.contentItem(),
            }
        )
        if not isinstance(item, QQuickItem):
            raise TypeError(f"{spec.qml} did not load: {component.errorString()}")
        return _Shown(spec, item, model, component)

    def _component(self, qml: str) -> QQmlComponent:
        component = self._components.get(qml)
        if component is None:
            component = QQmlComponent(self.engine, QUrl.fromLocalFile(str(QML / qml)))
            self._components[qml] = component
        return component

    @staticmethod
    def _dismiss(shown: _Shown | None) -> None:
        if shown is None:
            return
        shown.item.setVisible(False)
        shown.item.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @Slot()
    def _fit(self) -> None:
        self.theme.fit(self.window.width(), self.window.height())
        for shown in (self.page, self.overlay):
            if shown is not None:
                shown.item.setSize(QSizeF(self.window.width(), self.window.height()))

    # --- frames -------------------------------------------------------------------------------------------------------
    @Slot()
    def _on_frame(self) -> None:
        self._frames += 1
        if self._stage_waits_for_frame:
            self._stage_waits_for_frame = False
            self._guard()
        if self._page_waits_for_frame:
            self._page_waits_for_frame = False
            self._guard()
            if self.page is not None and self.page.spec.parts and not self.window.isActive():
                log.event("text_without_focus")
            self.page_shown.emit()
        if self._curtain_done is not None and self._curtain_synchronised:
            self._confirm_curtain()
        if self._frames == 1:
            self.first_frame.emit()
            self._compiling.start()

    @Slot()
    def _on_synchronised(self) -> None:
        # frames that were under way before the curtain came are not counted as its frame
        self._curtain_synchronised = self._curtain_done is not None

    def draw_curtain(self, done: Callable[[], None]) -> None:
        """Shows the curtain and calls `done` on the GUI thread when its frame is out, at the latest after a second:
        a screen that shows nothing hides everything, and the wipe must not wait for it."""
        self._curtain_done = done
        self._curtain_synchronised = False
        self._refresh_now()
        self._deadline.start(self._deadline_ms)
        self.window.update()

    @Slot()
    def _give_up_curtain(self) -> None:
        log.event("curtain_unconfirmed")
        self._confirm_curtain()

    @Slot()
    def _confirm_curtain(self) -> None:
        self._deadline.stop()
        done, self._curtain_done = self._curtain_done, None
        if done is not None:
            done()

    # --- idle work ----------------------------------------------------------------------------------------------------
    @Slot()
    def _compile_one(self) -> None:
        for spec in (*PAGES.values(), *OVERLAYS.values()):
            if spec.qml not in self._components and spec.is_there:
                self._component(spec.qml)
                spec.model_class()
                return
        self._compiling.stop()

    def _follow_ticks(self) -> None:
        wanted = any(shown is not None and shown.model.timers for shown in (self.page, self.overlay))
        if wanted and not self._tick.isActive():
            self._tick.start()
        elif not wanted:
            self._tick.stop()

    @Slot()
    def _on_tick(self) -> None:
        for shown in (self.page, self.overlay):
            if shown is not None and shown.model.timers:
                shown.model.tick()

    @property
    def _is_guarded(self) -> bool:
        """Nobody can mean what is not yet drawn, nor what has just appeared under the finger."""
        waits_for_frame = self._page_waits_for_frame or self._stage_waits_for_frame
        return waits_for_frame or self._monotonic() < self._guarded_until

    # --- the gate -----------------------------------------------------------------------------------------------------
    def _guard(self) -> None:
        self._guarded_until = self._monotonic() + self.touch_guard_s
        if self._is_pressed:  # begun on what was there, it must not act on what is there now; its end goes to Qt
            self._is_pressed = False
            for shown in filter(None, (self.page, self.overlay)):
                shown.item.setEnabled(False)  # takes the press from whatever holds it, finger or mouse
                shown.item.setEnabled(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in PRESSES:
            if self.terminal.session.overlay not in _ASKING:
                self.terminal.post(Touched())
            self._swallowing = self._is_guarded
            self._is_pressed = not self._swallowing
            return self._swallowing
        if kind in REST_OF_PRESS:
            swallowed = self._swallowing
            if kind in ENDS_OF_PRESS:
                self._swallowing = self._is_pressed = False
            return swallowed
        if kind is QEvent.Type.KeyPress:
            self.terminal.post(Touched())
            return True
        if kind in NEVER:
            return True
        if kind is QEvent.Type.Close:
            if self.refuses_close:
                event.ignore()
                return True
            if self._asked_to_close is not None:
                event.ignore()
                self._asked_to_close()
                return True
        return False

    # --- the end ------------------------------------------------------------------------------------------------------
    def forget(self) -> None:
        """Part of the wipe on the screens' side: the visit's objects in QML, caches of pictures, the clipboard and the
        keyboard's folder."""
        self.engine.collectGarbage()
        self.engine.trimComponentCache()
        self._picture.forget()
        QPixmapCache.clear()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        keyboard.folder.forget()

    def close(self) -> None:
        """Takes everything down in order: pages, view-models, window, engine. May be called twice."""
        for timer in (self._tick, self._compiling, self._deadline):
            timer.stop()
        for shown in (self.overlay, self.page):
            self._dismiss(shown)
        self.overlay = self.page = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        self.window.removeEventFilter(self)
        with suppress(RuntimeError):
            self.window.frameSwapped.disconnect(self._on_frame)
            self.window.afterSynchronizing.disconnect(self._on_synchronised)
        self.window.close()
        self._components.clear()
        self.theme.forget()
