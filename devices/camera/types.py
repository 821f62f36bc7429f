"""Commands, events and results of the classes `document_camera` and `face_camera` (XFS4IoT Camera and Lights terms)."""

import msgspec


class TakePicture(msgspec.Struct, frozen=True):
    """`takePicture`: one frame that was taken after the command, at the earliest `settle_s` later (exposure, lights)."""

    settle_s: float = 0.3


class WatchFrames(msgspec.Struct, frozen=True):
    """`watchFrames`: the newest frame, again and again, until the command is cancelled or its time is over.

    Attributes:
        max_fps: no more than these a second; frames between are left out, never kept.
    """

    max_fps: float = 30.0


class SetLight(msgspec.Struct, frozen=True):
    """`setLight`: the camera's own light; 0 = off, 100 = full."""

    level: int


class FrameTaken(msgspec.Struct, frozen=True):
    """Payload of the event `frameTaken`; one open file comes with it: `height` lines of `width` pixels, blue, green, red.

    Attributes:
        number: 1, 2, ... of the frames that the camera gave since the command began; gaps are frames left out.
        taken_at_s: CLOCK_MONOTONIC when the frame had wholly arrived from the camera.
    """

    number: int
    width: int
    height: int
    taken_at_s: float


class WatchResult(msgspec.Struct, frozen=True):
    """Payload of every completion.

    Attributes:
        frames: handed to the terminal.
        left_out: newer ones were there already.
        repeated: the camera gave the same frame again, or an older one: not counted as a frame.
        damaged: cut short or not a picture.
        reopened: how often the camera had to be opened anew.
    """

    frames: int = 0
    left_out: int = 0
    repeated: int = 0
    damaged: int = 0
    reopened: int = 0


TAKE = "takePicture"
WATCH = "watchFrames"
SET_LIGHT = "setLight"
EVENT_FRAME = "frameTaken"
CHANNELS = 3
