"""Cameras of every kind: the newest frame, in anonymous memory, only while a command runs.

Policy: the stream is open only during `takePicture` and `watchFrames`; idle health is a probe that takes no picture. A frame goes out
when the terminal has read the one before, otherwise it is left out: nothing queues up, nothing is stale. A camera that gives no moving
frame is opened anew after `stall_s`; when nothing has moved for `lost_s` the command ends. OpenCV is loaded by the first command that
needs it (60 MB), not by an idle host.
"""

import fcntl
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from devices.camera.frame_reader import FrameReader, NumberedFrame
from devices.camera.source import Light, Source
from devices.camera.types import (
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
from devices.driver import Execution, PictureExecution
from devices.messages import Capabilities, Command, Completion
from devices.status import Action, CompletionCode, DeviceState, DeviceStatus

if TYPE_CHECKING:
    from devices.camera.source import Pixels

_TURN_S = 0.05
_SEALS = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
_MISSES = 3
POWER_OFF = DeviceStatus(DeviceState.POWER_OFF, action=Action.CLEAR, reason="camera.power_off")


@dataclass(frozen=True)
class Patience:
    """Waits in seconds; part of every camera's settings."""

    stall_s: float = 1.0
    lost_s: float = 4.0

    @property
    def is_sound(self) -> bool:
        """Whether they are usable."""
        return 0.1 <= self.stall_s <= 30 and self.stall_s <= self.lost_s <= 120


class CameraDriver:
    """Fulfils `devices.driver.Driver`. One thread, and one of its own while a command runs."""

    def __init__(self, source: Source, patience: Patience, light: Light | None = None) -> None:
        self._source = source
        self._patience = patience
        self._light = light
        self._is_lit = False
        self._misses = 0
        self._last = POWER_OFF

    # -- Driver

    def capabilities(self) -> Capabilities:
        """Pictures, and its light when it has one."""
        return Capabilities((TAKE, WATCH) if self._light is None else (TAKE, WATCH, SET_LIGHT), (EVENT_FRAME,))

    def open(self) -> DeviceStatus:
        """Probes the camera."""
        self._misses = 0
        self._last = self._source.probe()
        return self._last

    def status(self) -> DeviceStatus:
        """Probes the camera; gone after three misses."""
        found = self._source.probe()
        if found.state is not DeviceState.POWER_OFF or self._last.state is DeviceState.POWER_OFF:
            self._misses = 0
            self._last = found
        else:
            self._misses += 1
            if self._misses >= _MISSES:
                self._last = found
        return self._last

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `takePicture`, `watchFrames`, `setLight`; the payload is always a `WatchResult`."""
        try:
            if command.name == TAKE:
                return self._take(command, msgspec.msgpack.decode(command.payload, type=TakePicture), execution)
            if command.name == WATCH:
                return self._watch(command, msgspec.msgpack.decode(command.payload, type=WatchFrames), execution)
            if command.name == SET_LIGHT:
                return self._set_light(command, msgspec.msgpack.decode(command.payload, type=SetLight))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return _completion(command, CompletionCode.INVALID_DATA, "camera.bad_command")
        return _completion(command, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")

    def close(self) -> None:
        """Puts the light out."""
        if self._light is not None and self._is_lit:
            self._is_lit = False
            try:
                self._light.set(0)
            except OSError:
                return  # it has gone with its camera

    # -- commands

    def _take(self, command: Command, wish: TakePicture, execution: Execution) -> Completion:
        assert isinstance(execution, PictureExecution)
        from_s = time.monotonic() + max(wish.settle_s, 0.0)
        self._source.prepare()
        with FrameReader(self._source, self._patience.stall_s) as reader:
            while True:
                ended = self._ended(command, execution, reader, 0)
                if ended is not None:
                    return ended
                frame = reader.take(_TURN_S)
                if frame is not None and frame.raw.taken_at_s >= from_s and _hand_over(frame, execution):
                    return _completion(command, CompletionCode.SUCCESS, None, _result(reader, 1))

    def _watch(self, command: Command, wish: WatchFrames, execution: Execution) -> Completion:
        assert isinstance(execution, PictureExecution)
        if not 0.1 <= wish.max_fps <= 240:
            return _completion(command, CompletionCode.INVALID_DATA, "camera.bad_command")
        handed, due, pace_s = 0, 0.0, 1 / wish.max_fps
        self._source.prepare()
        with FrameReader(self._source, self._patience.stall_s) as reader:
            while True:
                ended = self._ended(command, execution, reader, handed)
                if ended is not None:
                    return ended
                frame = reader.take(_TURN_S)
                if frame is None:
                    continue
                # some tolerance, so that a camera at just this rate loses no frame to its jitter
                if frame.raw.taken_at_s < due - 0.25 * pace_s or execution.is_backed_up():
                    reader.counts.left_out += 1
                elif _hand_over(frame, execution):
                    handed += 1
                    due = max(due, frame.raw.taken_at_s - pace_s) + pace_s
                else:
                    reader.counts.damaged += 1

    def _ended(self, command: Command, execution: Execution, reader: FrameReader, handed: int) -> Completion | None:
        result = _result(reader, handed)
        if execution.is_cancelled():
            return _completion(command, CompletionCode.CANCELED, None, result)
        if reader.still_s() >= self._patience.lost_s:
            return _completion(command, CompletionCode.HARDWARE_ERROR, "camera.no_picture", result)
        return None

    def _set_light(self, command: Command, wish: SetLight) -> Completion:
        if not 0 <= wish.level <= 100:
            return _completion(command, CompletionCode.INVALID_DATA, "camera.bad_command")
        if self._light is None:
            return _completion(command, CompletionCode.UNSUPPORTED_COMMAND, "camera.no_light")
        try:
            is_done = self._light.set(wish.level)
        except OSError:
            return _completion(command, CompletionCode.HARDWARE_ERROR, "camera.power_off")
        if not is_done:
            return _completion(command, CompletionCode.HARDWARE_ERROR, "camera.light_refused")
        self._is_lit = wish.level > 0
        return _completion(command, CompletionCode.SUCCESS, None)


def _hand_over(frame: NumberedFrame, execution: PictureExecution) -> bool:
    """Sends a frame; whether it was a picture at all."""
    pixels = frame.raw.decode()
    if pixels is None:
        return False
    height, width = pixels.shape[:2]
    told = FrameTaken(frame.number, width, height, frame.raw.taken_at_s)
    number = memory_of(pixels)
    try:
        execution.emit_with(EVENT_FRAME, msgspec.msgpack.encode(told), [number])
    finally:
        os.close(number)
    return True


def memory_of(pixels: "Pixels") -> int:
    """An anonymous file with the pixels, sealed: whoever gets it may map it without fear that it changes or shrinks."""
    number = os.memfd_create("frame", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        view = pixels.data.cast("B")
        while view:
            view = view[os.write(number, view) :]
        fcntl.fcntl(number, fcntl.F_ADD_SEALS, _SEALS)
    except OSError:
        os.close(number)
        raise
    return number


def _result(reader: FrameReader, handed: int) -> WatchResult:
    counts = reader.counts
    return WatchResult(handed, counts.left_out, counts.repeated, counts.damaged, counts.reopened)


def _completion(
    command: Command, code: CompletionCode, reason: str | None, result: WatchResult | None = None
) -> Completion:
    return Completion(command.action_id, code, reason, msgspec.msgpack.encode(result or WatchResult()))
