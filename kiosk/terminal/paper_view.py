"""The hand that lets the screens see what lies under the document camera, before a page is taken.

Frames come from the camera's host as sealed anonymous files; only the newest is kept, and it is closed with the look. Nothing of
them is stored: the page that is handed in is a picture of its own (`kiosk.terminal.pictures`).
"""

import threading
from collections.abc import Callable
from typing import Protocol

from devices.camera.camera import CameraCancelled, Frame, Outcome
from devices.camera.frame_box import FrameBox
from kiosk.session import effects, events

Post = Callable[[object], None]

MOST_FPS = 6.0
"""Enough to lay a page straight; the screen draws without a graphics card."""
NO_END_S = 0.0  # the session ends the look


class Camera(Protocol):
    """What is asked of `devices.camera.camera.Camera`."""

    def watch(
        self,
        action_id: str,
        timeout_s: float,
        on_frame: Callable[[Frame], None],
        on_outcome: Callable[[Outcome], None],
        max_fps: float,
    ) -> None: ...

    def cancel(self, action_id: str) -> None: ...


class PaperView:
    """Carries out ShowPaper and HidePaper, and fulfils `kiosk.terminal.port.Paper`."""

    def __init__(self, camera: Camera, post: Post) -> None:
        self._camera = camera
        self._post = post
        self._lock = threading.Lock()  # held for moments only
        self._box: FrameBox | None = None  # guarded by the lock, as is the action
        self._action_id = ""
        self._count = 0

    @property
    def count(self) -> int:
        """See `kiosk.terminal.port.Paper`."""
        return self._count

    def take(self) -> Frame | None:
        """The newest frame, which the caller then owns and closes; None when there is none. Never waits."""
        with self._lock:
            return None if self._box is None else self._box.take()

    def run(self, effect: effects.Effect) -> bool:
        match effect:
            case effects.ShowPaper():
                self._hide()
                self._show(effect)
            case effects.HidePaper():
                self._hide()
            case _:
                return False
        return True

    def wipe(self, done: Callable[[], None]) -> None:
        self._hide()
        done()

    def stop(self) -> None:
        self._hide()

    def _show(self, effect: effects.ShowPaper) -> None:
        def on_outcome(outcome: Outcome) -> None:
            box.close()
            if not isinstance(outcome, CameraCancelled):
                self._post(events.PaperLost(effect.visit_id, effect.effect_id))

        def on_frame(frame: Frame) -> None:
            box.put(frame)
            self._count += 1

        box = FrameBox()
        action_id = f"{effect.visit_id}-{effect.effect_id}"
        with self._lock:
            self._box, self._action_id = box, action_id
        self._camera.watch(action_id, NO_END_S, on_frame, on_outcome, MOST_FPS)

    def _hide(self) -> None:
        with self._lock:
            box, self._box = self._box, None
            action_id, self._action_id = self._action_id, ""
        if box is not None:
            box.close()  # what still comes is closed unseen
            self._camera.cancel(action_id)
