"""A camera read by OpenCV's own VideoCapture; loaded only when a stream is opened."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from devices.camera.source import RawFrame, SourceLostError

if TYPE_CHECKING:
    from devices.camera.source import Pixels


def prepare() -> None:
    """Loads OpenCV (0.15 s on an idle machine); one thread is enough for one frame."""
    import cv2

    cv2.setNumThreads(1)


class Capture:
    """One open VideoCapture.

    Args:
        stamp: which property moves with each frame; a frame whose stamp stands still is a repeated one, as some back ends give after
            a camera was unplugged.
    """

    def __init__(
        self, name: str, back_end: int, options: Sequence[int], stamp: int, *, always_moves: bool = False
    ) -> None:
        """Raises `SourceLostError`."""
        import cv2

        try:
            self._capture: cv2.VideoCapture = cv2.VideoCapture(name, back_end, list(options))
        except cv2.error:
            raise SourceLostError from None
        if not self._capture.isOpened():
            raise SourceLostError
        self._stamp = stamp
        self._last: float | None = None
        self._always_moves = always_moves

    def get(self, option: int) -> float:
        """A property; 0 when the back end has none such."""
        return float(self._capture.get(option))

    def read(self) -> RawFrame:
        """The next frame; blocks for as long as the back end's time-out. Raises `SourceLostError`."""
        is_there, pixels = self._capture.read()
        if not is_there:
            raise SourceLostError
        taken_at_s = time.monotonic()
        stamp = float(self._capture.get(self._stamp))
        has_moved = self._always_moves or self._last is None or stamp > self._last
        self._last = stamp
        return RawFrame(_given(cast("Pixels", pixels)), has_moved, is_whole=True, taken_at_s=taken_at_s)

    def close(self) -> None:
        self._capture.release()


def _given(pixels: "Pixels") -> "Callable[[], Pixels | None]":
    return lambda: pixels if pixels.ndim == 3 and pixels.shape[2] == 3 and pixels.flags.c_contiguous else None
