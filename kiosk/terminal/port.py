"""What the screens may ask of the terminal. All calls are made on the thread that owns the terminal (the GUI's)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from kiosk.session.events import CurtainDrawn
from kiosk.session.state import Session

if TYPE_CHECKING:
    from mmap import mmap

    from kiosk.services.catalogue import Catalogue


@dataclass(frozen=True)
class Site:
    """Where this terminal stands and what its front looks like; from the configuration.

    Attributes:
        terminal_id: such as ``XH-01``.
        site_name: the hall's name by language code (zh_CN, zh_HK, en).
        demo: every screen, slip and sheet says 演示.
        panel_width_mm: width of the panel's picture area as it is mounted; gives pixels per millimetre.
        lower_edge_mm: height of the panel's lower edge over the floor.
        front: where each device sits on this cabinet's front, e.g. ``{"id_card_reader": "right_below"}``.
        has_search: a reference is configured: the home page leads to a search.
        help_phone: whom to call, e.g. ``12345``.
        has_staff_page: a PIN is configured for it.
    """

    terminal_id: str
    site_name: Mapping[str, str]
    demo: bool
    panel_width_mm: float
    lower_edge_mm: float = 800.0
    front: Mapping[str, str] = field(default_factory=dict)
    help_phone: str = "12345"
    has_staff_page: bool = False
    has_search: bool = False


class PaperFrame(Protocol):
    """`height` x `width` x 3 bytes, blue, green, red; personal: closed as soon as it was drawn."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    def pixels(self) -> "mmap": ...

    def close(self) -> None: ...


class Paper(Protocol):
    """What lies under the document camera, while the session lets it be seen."""

    @property
    def count(self) -> int:
        """How many frames have come so far; another one than before: there is a newer one."""

    def take(self) -> PaperFrame | None:
        """The newest frame, once; None when there is no newer one. Never waits."""


class TerminalPort(Protocol):
    """The terminal as the screens see it."""

    @property
    def session(self) -> Session:
        """The state to draw now."""

    @property
    def site(self) -> Site:
        """Where we are."""

    @property
    def catalogue(self) -> "Catalogue":
        """The items of this terminal."""

    @property
    def paper(self) -> Paper:
        """Frames of the document camera."""

    def post(self, event: object) -> None:
        """Hands in an event (see `kiosk.session.events`); the change follows through the change callback. Thread-safe."""

    def new_id(self) -> str:
        """A fresh id for a visit or a print job."""

    def seconds_left(self, timer: str) -> float | None:
        """Seconds until a running timer of the session fires (names: `kiosk.session.timeouts`), None if it is not set."""


__all__ = ["CurtainDrawn", "Site", "TerminalPort"]
