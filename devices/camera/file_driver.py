"""A recorded film or numbered pictures in place of a camera, again and again, at their own pace: for the demo and for tests."""

import os
import threading
from pathlib import Path

import msgspec

from devices.camera.capture import Capture, prepare
from devices.camera.driver import POWER_OFF, CameraDriver, Patience
from devices.camera.source import RawFrame, SourceLostError
from devices.status import DeviceState, DeviceStatus
from kiosk.base.errors import BudayangError

_TIMEOUT_MS = 1000


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Attributes:
    path: a film that OpenCV reads (MJPG in AVI), or pictures such as ``/data/f_%03d.jpg``.
    fps: pace.
    """

    path: str
    fps: float = 25.0
    stall_s: float = 1.0
    lost_s: float = 4.0


class FileSource:
    """Fulfils `devices.camera.source.Source`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._capture: Capture | None = None
        self._is_ended = threading.Event()

    def probe(self) -> DeviceStatus:
        path = Path(self._settings.path)
        is_there = path.parent.is_dir() if "%" in path.name else os.access(path, os.R_OK)
        return DeviceStatus(DeviceState.ONLINE) if is_there else POWER_OFF

    def prepare(self) -> None:
        self._is_ended.clear()
        prepare()

    def open(self) -> None:
        import cv2

        if "%" in self._settings.path:
            self._capture = Capture(self._settings.path, cv2.CAP_IMAGES, [], cv2.CAP_PROP_POS_FRAMES, always_moves=True)
        else:
            options = [
                cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
                _TIMEOUT_MS,
                cv2.CAP_PROP_READ_TIMEOUT_MSEC,
                _TIMEOUT_MS,
                cv2.CAP_PROP_N_THREADS,
                1,
            ]
            self._capture = Capture(self._settings.path, cv2.CAP_FFMPEG, options, cv2.CAP_PROP_POS_FRAMES)

    def read(self) -> RawFrame:
        if self._is_ended.wait(1 / self._settings.fps) or self._capture is None:
            raise SourceLostError
        try:
            return self._capture.read()
        except SourceLostError:
            self.close()
            self.open()  # the film begins again
            return self._capture.read()

    def close(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.close()

    def interrupt(self) -> None:
        self._is_ended.set()


def make(settings: dict[str, object]) -> CameraDriver:
    """Makes the driver from its part of the configuration; raises `BudayangError` for a wrong value."""
    try:
        checked = msgspec.convert(settings, type=Settings, strict=True)
    except msgspec.ValidationError:
        raise BudayangError("camera.bad_settings") from None
    patience = Patience(checked.stall_s, checked.lost_s)
    if not checked.path.startswith("/") or "\0" in checked.path or not patience.is_sound or not 1 <= checked.fps <= 240:
        raise BudayangError("camera.bad_settings")
    return CameraDriver(FileSource(checked), patience)
