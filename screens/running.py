"""A whole terminal in this process, from its configuration: stage, shell, devices, platform. The terminal's own process and
the journey both run it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from kiosk.base import memory
from kiosk.base.clock import Clock
from kiosk.base.config import Config
from kiosk.session.state import Session
from kiosk.terminal.assembly import make_terminal
from screens.app import ScreenOptions, Stage, prepare
from screens.window import TOUCH_GUARD_S

if TYPE_CHECKING:
    from kiosk.terminal.assembly import Surroundings


class RunningTerminal:
    """Context manager on the GUI thread; devices and platform begin after the first frame.

    `on_change` hears on that thread of each change of the session; it keeps nothing of a person.

    Attributes:
        app: Qt's application.
        terminal: the shell.
        host: the screens.
    """

    def __init__(
        self,
        config: Config,
        clock: Clock,
        *,
        full_screen: bool = False,
        opengl: bool = False,
        touch_guard_s: float = TOUCH_GUARD_S,
        on_change: Callable[[Session], None] | None = None,
    ) -> None:
        self._config = config
        self._clock = clock
        self._on_change = on_change
        self._surroundings: Surroundings | None = None
        self.app = prepare(opengl)
        self.terminal = make_terminal(config, clock)
        options = ScreenOptions(
            full_screen=full_screen,
            landscape=config.panel.orientation == "landscape",
            opengl=opengl,
            on_first_frame=self._after_first_frame,
            on_stop=self._stop,
            touch_guard_s=touch_guard_s,
        )
        self._stage = Stage(self.app, self.terminal, options)
        self.host = self._stage.host

    def __enter__(self) -> Self:
        self._stage.__enter__()
        if self._on_change is not None:
            self.terminal.set_on_change(self._show_and_tell)
        return self

    def __exit__(self, *exception: object) -> None:
        self._stage.__exit__(*exception)

    def turn(self) -> None:
        """Lets the terminal take what has come and what is due, at once."""
        self._stage.turn()

    def counts(self) -> dict[str, object]:
        """Traffic of devices and platform so far, in counts."""
        if self._surroundings is None:
            return {"devices": {}, "platform": {}}
        return self._surroundings.counts()

    def pids(self) -> dict[str, int]:
        """The processes of this terminal that run now: device hosts by class, and ``central``."""
        return {} if self._surroundings is None else self._surroundings.pids()

    def _show_and_tell(self, session: Session) -> None:
        self.host.refresh()
        if self._on_change is not None:
            self._on_change(session)

    def _after_first_frame(self) -> None:
        from kiosk.terminal.assembly import Surroundings

        self._surroundings = Surroundings(self._config, self._clock, self.terminal)
        self._surroundings.start()
        memory.trim()  # what the imports have left

    def _stop(self) -> None:
        self.terminal.stop()  # its hands first: what they use must outlive them
        if self._surroundings is not None:
            self._surroundings.stop()
