"""One thread that reads a camera and keeps the newest frame only; it opens the camera anew after a stall."""

import threading
import time
from dataclasses import dataclass, field

from devices.camera.source import RawFrame, Source, SourceLostError

_FIRST_BACK_OFF_S = 0.1
_LONGEST_BACK_OFF_S = 1.0
_STOP_S = 2.0


@dataclass
class Counts:
    """What became of the frames."""

    frames: int = 0
    left_out: int = 0
    repeated: int = 0
    damaged: int = 0
    reopened: int = 0


@dataclass(frozen=True, repr=False)
class NumberedFrame:
    """A frame and its number since the reader began."""

    raw: RawFrame
    number: int


@dataclass
class FrameReader:
    """Owns the source while it runs; use as a context.

    Args:
        stall_s: a camera whose frames do not move for so long has stalled, though it may still give them.
    """

    source: Source
    stall_s: float
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        self._newest: NumberedFrame | None = None
        self._is_stopping = threading.Event()
        self._moved_at = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="camera-reader", daemon=True)

    def __enter__(self) -> "FrameReader":  # noqa: PYI034 - never subclassed
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_stopping.set()
        self.source.interrupt()
        self._thread.join(_STOP_S)

    def take(self, timeout_s: float) -> NumberedFrame | None:
        """The newest frame that was not taken yet; waits for one, ``None`` when none came in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None, timeout_s)
            frame, self._newest = self._newest, None
            return frame

    def still_s(self) -> float:
        """For how long no frame has moved."""
        return time.monotonic() - self._moved_at

    def _run(self) -> None:
        back_off_s = _FIRST_BACK_OFF_S
        while not self._is_stopping.is_set():
            before = self.counts.frames
            try:
                self.source.open()
                self._read_on()
            except SourceLostError:
                pass
            finally:
                self.source.close()
            if self.counts.frames > before:
                back_off_s = _FIRST_BACK_OFF_S
            if self._is_stopping.wait(back_off_s):
                return
            back_off_s = min(back_off_s * 2, _LONGEST_BACK_OFF_S)
            self.counts.reopened += 1

    def _read_on(self) -> None:
        opened_at = time.monotonic()
        while not self._is_stopping.is_set():
            raw = self.source.read()
            if not raw.is_whole:
                self.counts.damaged += 1
            elif not raw.has_moved:
                self.counts.repeated += 1
            else:
                self._keep(raw)
            if time.monotonic() - max(self._moved_at, opened_at) >= self.stall_s:
                raise SourceLostError

    def _keep(self, raw: RawFrame) -> None:
        with self._changed:
            self.counts.frames += 1
            self.counts.left_out += self._newest is not None
            self._newest = NumberedFrame(raw, self.counts.frames)
            self._moved_at = time.monotonic()
            self._changed.notify_all()
