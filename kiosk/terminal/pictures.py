"""A page under the document camera as JPEG: the frame comes from the camera's host, a child that exits encodes it.

The frame lies in a sealed anonymous file, which the child inherits; nothing of it touches a disk, and the libraries that handle
pictures are never loaded beside the screen.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import kiosk
from devices.camera.camera import Camera, CameraFailed, Done, Frame, Outcome
from devices.camera.frame_box import FrameBox
from kiosk.base.errors import Problem

TAKE_S = 8.0
ENCODE_S = 8.0
FORGET_S = 1.0
_ROOT = str(Path(kiosk.__file__).parents[1])
_LENGTH_BYTES = 4
_FAILED = Problem("session.picture_failed")

Child = subprocess.Popen[bytes]
Began = Callable[[Child], None]


@dataclass(frozen=True)
class PagePicture:
    """A page: `content` as taken, `preview` small enough for the screen; JPEG both. Personal: dropped with the visit."""

    content: bytes = field(repr=False)
    preview: bytes = field(repr=False)


class PageCamera:
    """Fulfils `kiosk.terminal.submissions.DocumentCamera`. Threads: any.

    A thread of its own for each page encodes it, and ends with its child within `ENCODE_S` and a little.
    """

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._lock = threading.Lock()  # held for moments only
        self._at_work: dict[threading.Thread, Child | None] = {}
        self._awaited: list[FrameBox] = []

    def take(self, action_id: str, answer: Callable[[PagePicture | Problem], None]) -> None:
        """Returns at once; `answer` is called on another thread, once."""
        box = FrameBox()
        with self._lock:
            self._awaited.append(box)

        def on_outcome(outcome: Outcome) -> None:
            frame = box.take()
            box.close()
            with self._lock:
                is_wanted = box in self._awaited
                if is_wanted:
                    self._awaited.remove(box)
                if isinstance(outcome, Done) and frame is not None and is_wanted:
                    thread = threading.Thread(target=self._answer, args=(frame, answer), name="page", daemon=True)
                    self._at_work[thread] = None
                    thread.start()
                    return
            if frame is not None:
                frame.close()
            answer(outcome.problem if isinstance(outcome, CameraFailed) else _FAILED)

        self._camera.take_picture(action_id, TAKE_S, box.put, on_outcome)

    def forget(self) -> None:
        """The visit is over: a page that is being encoded is dropped now, not when it is done. Within a second."""
        with self._lock:
            at_work, self._at_work = self._at_work, {}
            awaited, self._awaited = self._awaited, []
        for box in awaited:
            box.close()  # what still comes is closed unseen
        for child in at_work.values():
            if child is not None:
                child.kill()
        for thread in at_work:
            thread.join(FORGET_S)

    def _answer(self, frame: Frame, answer: Callable[[PagePicture | Problem], None]) -> None:
        thread = threading.current_thread()

        def began(child: Child) -> None:
            with self._lock:
                is_wanted = thread in self._at_work
                if is_wanted:
                    self._at_work[thread] = child
            if not is_wanted:
                child.kill()  # it was forgotten before its child began

        try:
            picture = encode(frame.memory.fileno(), frame.width, frame.height, began)
        except OSError:
            picture = _FAILED
        finally:
            frame.close()
            with self._lock:
                self._at_work.pop(thread, None)
        answer(picture)


def encode(descriptor: int, width: int, height: int, began: Began | None = None) -> PagePicture | Problem:
    """The frame in `descriptor` (height x width x 3 bytes, blue, green, red) as JPEG; blocks for `ENCODE_S` at most.

    `began` is given the child, which may be killed: then the page has failed.
    """
    command = [sys.executable, "-s", "-P", "-m", "kiosk.terminal.picture_child", "--parent", str(os.getpid())]
    command += ["--fd", str(descriptor), "--width", str(width), "--height", str(height)]
    try:
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(descriptor,),
            env={"PYTHONPATH": _ROOT, "LANG": "C.UTF-8", "PATH": os.defpath},
        ) as child:
            if began is not None:
                began(child)
            try:
                said, _ = child.communicate(timeout=ENCODE_S)
            finally:
                child.kill()
    except (OSError, subprocess.TimeoutExpired):
        return _FAILED
    length = int.from_bytes(said[:_LENGTH_BYTES], "big")
    content, preview = said[_LENGTH_BYTES:][:length], said[_LENGTH_BYTES + length :]
    if child.returncode or not content or not preview:
        return _FAILED
    return PagePicture(content, preview)
