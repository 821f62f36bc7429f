"""Cameras as the terminal sees them."""

import mmap
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from devices.camera.types import (
    CHANNELS,
    EVENT_FRAME,
    SET_LIGHT,
    TAKE,
    WATCH,
    FrameTaken,
    SetLight,
    TakePicture,
    WatchFrames,
    WatchResult,
)
from devices.descriptors import Descriptor, EventWithFiles
from devices.messages import Acknowledge, Command, Completion, Event
from devices.status import CompletionCode, DeviceClass, DeviceStatus
from devices.supervisor import Supervisor
from kiosk.base.errors import Problem

CAMERAS = (DeviceClass.DOCUMENT_CAMERA, DeviceClass.FACE_CAMERA)


@dataclass(frozen=True, repr=False)
class Frame:
    """A picture: `height` x `width` x 3 bytes, blue, green, red. Personal: close it, never keep it beyond the visit.

    Attributes:
        number: of the camera's frames since the command began.
        taken_at_s: CLOCK_MONOTONIC.
        memory: the sealed anonymous file that holds it; this object owns it.
    """

    number: int
    width: int
    height: int
    taken_at_s: float
    memory: Descriptor

    def pixels(self) -> mmap.mmap:
        """Maps the picture, read-only and without a copy; outlives `close`. ``numpy.frombuffer`` takes it as it is."""
        return mmap.mmap(self.memory.fileno(), self.width * self.height * CHANNELS, prot=mmap.PROT_READ)

    def close(self) -> None:
        """Lets the picture go; twice is allowed."""
        self.memory.close()


@dataclass(frozen=True)
class Done:
    """The picture was handed over, or the light is set."""

    result: WatchResult


@dataclass(frozen=True)
class CameraCancelled:
    """Given up: the usual end of `watch`."""

    result: WatchResult


@dataclass(frozen=True)
class CameraFailed:
    """Ended early. `result` is ``None`` when the host was lost."""

    problem: Problem
    result: WatchResult | None = None


Outcome = Done | CameraCancelled | CameraFailed


class Camera:
    """Typed commands of one camera; any thread, never blocks. Receivers are called on the supervisor's thread.

    Args:
        device: `DOCUMENT_CAMERA` or `FACE_CAMERA`.
    """

    def __init__(self, supervisor: Supervisor, device: DeviceClass) -> None:
        if device not in CAMERAS:
            raise ValueError(f"{device.value} is no camera")
        self._supervisor = supervisor
        self._device = device

    def take_picture(
        self,
        action_id: str,
        timeout_s: float,
        on_frame: Callable[[Frame], None],
        on_outcome: Callable[[Outcome], None],
        settle_s: float = 0.3,
    ) -> None:
        """One frame, then exactly one outcome. `on_frame` owns its frame."""
        self._submit(action_id, TAKE, timeout_s, msgspec.msgpack.encode(TakePicture(settle_s)), on_frame, on_outcome)

    def watch(
        self,
        action_id: str,
        timeout_s: float,
        on_frame: Callable[[Frame], None],
        on_outcome: Callable[[Outcome], None],
        max_fps: float = 30.0,
    ) -> None:
        """The newest frames until cancelled. A receiver that works on another thread keeps them in a `FrameBox`."""
        self._submit(action_id, WATCH, timeout_s, msgspec.msgpack.encode(WatchFrames(max_fps)), on_frame, on_outcome)

    def set_light(self, action_id: str, level: int, timeout_s: float, on_outcome: Callable[[Outcome], None]) -> None:
        """0 = off, 100 = full."""
        self._submit(action_id, SET_LIGHT, timeout_s, msgspec.msgpack.encode(SetLight(level)), Frame.close, on_outcome)

    def cancel(self, action_id: str) -> None:
        """Gives an action up; its outcome still comes."""
        self._supervisor.cancel(self._device, action_id)

    def status(self) -> DeviceStatus:
        """The last status told."""
        return self._supervisor.status(self._device)

    def _submit(
        self,
        action_id: str,
        name: str,
        timeout_s: float,
        payload: bytes,
        on_frame: Callable[[Frame], None],
        on_outcome: Callable[[Outcome], None],
    ) -> None:
        def take(message: Acknowledge | Event | Completion) -> None:
            if isinstance(message, Completion):
                on_outcome(_outcome(message))
            elif isinstance(message, EventWithFiles) and message.name == EVENT_FRAME:
                told = msgspec.msgpack.decode(message.payload, type=FrameTaken)
                on_frame(Frame(told.number, told.width, told.height, told.taken_at_s, message.files[0]))

        self._supervisor.submit(self._device, Command(action_id, name, timeout_s, payload), take)


def _outcome(completion: Completion) -> Outcome:
    try:
        result = msgspec.msgpack.decode(completion.payload, type=WatchResult)
    except msgspec.MsgspecError:
        result = None  # the supervisor's own completions, of a lost host
    if completion.code is CompletionCode.SUCCESS:
        return Done(result or WatchResult())
    if completion.code is CompletionCode.CANCELED:
        return CameraCancelled(result or WatchResult())
    return CameraFailed(Problem(completion.reason or "device.software_error"), result)
