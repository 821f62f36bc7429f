"""What a camera's stream is to its reader: opened, read frame by frame, closed; every call is bounded in time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from devices.status import DeviceStatus

if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]


class SourceLostError(Exception):
    """The stream gives no frames any more: time-out, end, unplugged. It must be opened anew."""


@dataclass(frozen=True, repr=False)
class RawFrame:
    """A frame as it came.

    Attributes:
        decode: makes height x width x 3 pixels (blue, green, red), ``None`` when it is no picture; called at most once, and only
            for the frame that is wanted.
        has_moved: the camera's time stamp or picture differs from the one before; otherwise it does not count.
        is_whole: not cut short.
        taken_at_s: CLOCK_MONOTONIC when its last byte was there.
    """

    decode: "Callable[[], Pixels | None]"
    has_moved: bool
    is_whole: bool
    taken_at_s: float


class Source(Protocol):
    """One camera. `open`, `read` and `close` on one thread; `interrupt` on any."""

    def probe(self) -> DeviceStatus:
        """Whether the camera is there, within a second and without taking pictures."""

    def prepare(self) -> None:
        """Loads what the pictures need, before the first of them can grow old; on the driver's thread."""

    def open(self) -> None:
        """Starts the stream. Raises `SourceLostError`."""

    def read(self) -> RawFrame:
        """The next frame. Raises `SourceLostError`."""

    def close(self) -> None:
        """Ends the stream; twice is allowed."""

    def interrupt(self) -> None:
        """Brings another thread's `read` to its end soon."""


class Light(Protocol):
    """The camera's own light."""

    def set(self, level: int) -> bool:
        """0 to 100; whether the camera took it. Raises OSError when it cannot be reached."""
