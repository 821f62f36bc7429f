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
from kiosk.base.errors import Problem

TAKE_S = 8.0
ENCODE_S = 8.0
_ROOT = str(Path(kiosk.__file__).parents[1])
_LENGTH_BYTES = 4
_FAILED = Problem("session.picture_failed")


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

    def take(self, action_id: str, answer: Callable[[PagePicture | Problem], None]) -> None:
        """Returns at once; `answer` is called on another thread, once."""
        frames: list[Frame] = []

        def on_outcome(outcome: Outcome) -> None:
            if isinstance(outcome, Done) and frames:
                threading.Thread(target=_answer, args=(frames[-1], answer), name="page", daemon=True).start()
                return
            for frame in frames:
                frame.close()
            answer(outcome.problem if isinstance(outcome, CameraFailed) else _FAILED)

        self._camera.take_picture(action_id, TAKE_S, frames.append, on_outcome)


def _answer(frame: Frame, answer: Callable[[PagePicture | Problem], None]) -> None:
    try:
        picture = encode(frame.memory.fileno(), frame.width, frame.height)
    except OSError:
        picture = _FAILED
    finally:
        frame.close()
    answer(picture)


def encode(descriptor: int, width: int, height: int) -> PagePicture | Problem:
    """The frame in `descriptor` (height x width x 3 bytes, blue, green, red) as JPEG; blocks for `ENCODE_S` at most."""
    command = [sys.executable, "-s", "-P", "-m", "kiosk.terminal.picture_child", "--parent", str(os.getpid())]
    command += ["--fd", str(descriptor), "--width", str(width), "--height", str(height)]
    try:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(descriptor,),
            env={"PYTHONPATH": _ROOT, "LANG": "C.UTF-8", "PATH": os.defpath},
            timeout=ENCODE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return _FAILED
    length = int.from_bytes(ended.stdout[:_LENGTH_BYTES], "big")
    content, preview = ended.stdout[_LENGTH_BYTES:][:length], ended.stdout[_LENGTH_BYTES + length :]
    if ended.returncode or not content or not preview:
        return _FAILED
    return PagePicture(content, preview)
