"""Hands the newest frame from the supervisor's thread to another one; an older one is closed unseen."""

import threading

from devices.camera.camera import Frame


class FrameBox:
    """Holds at most one frame; any thread. `put` serves as `on_frame`."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._frame: Frame | None = None
        self._is_closed = False

    def put(self, frame: Frame) -> None:
        """Takes over a frame; the one before is closed."""
        with self._changed:
            older, self._frame = self._frame, None if self._is_closed else frame
            self._changed.notify_all()
            is_refused = self._is_closed
        if older is not None:
            older.close()
        if is_refused:
            frame.close()

    def take(self, timeout_s: float = 0.0) -> Frame | None:
        """The newest frame, which the caller then owns; waits at most `timeout_s`, ``None`` when there is none."""
        with self._changed:
            self._changed.wait_for(lambda: self._frame is not None or self._is_closed, timeout_s)
            frame, self._frame = self._frame, None
            return frame

    def close(self) -> None:
        """Closes what is held and all that comes later; ends a wait."""
        with self._changed:
            self._is_closed = True
            older, self._frame = self._frame, None
            self._changed.notify_all()
        if older is not None:
            older.close()
