"""USB cameras (UVC) and others that the kernel knows, through OpenCV's V4L2 back end. Source: Linux `Documentation/userspace-api/media/v4l`.

Idle health asks the kernel for the device's capabilities; nothing is streamed, so the camera's lamp stays off.
"""

import fcntl
import os
import struct

import msgspec

from devices.camera.capture import Capture, prepare
from devices.camera.driver import POWER_OFF, CameraDriver, Patience
from devices.camera.source import RawFrame, SourceLostError
from devices.status import Action, DeviceState, DeviceStatus
from kiosk.base.errors import BudayangError

_QUERYCAP = 0x80685600
_S_CTRL = 0xC008561C
_VIDEO_CAPTURE = 0x1
_DEVICE_CAPS = 0x80000000
_CAPABILITIES = struct.Struct("=16s32s32sIII12x")
_READ_TIMEOUT = "OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT"  # whole seconds; OpenCV's default is 10
_NO_ACCESS = DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.CONFIGURATION, reason="camera.no_access")


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Attributes:
    device: ``/dev/video0``, better one of ``/dev/v4l/by-path/``.
    width, height, fps: asked of the camera, which may give its nearest.
    light_control: number of the V4L2 control that is the camera's light, 0 = none.
    light_full: that control's value for full light.
    stall_s, lost_s: see `Patience`.
    """

    device: str
    width: int = 1920
    height: int = 1080
    fps: float = 25.0
    light_control: int = 0
    light_full: int = 1
    stall_s: float = 2.0
    lost_s: float = 5.0


class V4l2Source:
    """Fulfils `devices.camera.source.Source`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._capture: Capture | None = None

    def probe(self) -> DeviceStatus:
        try:
            number = os.open(self._settings.device, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        except PermissionError:
            return _NO_ACCESS
        except (OSError, ValueError):
            return POWER_OFF
        try:
            answer = fcntl.ioctl(number, _QUERYCAP, bytes(_CAPABILITIES.size))
        except OSError:
            return POWER_OFF
        finally:
            os.close(number)
        _, _, _, _, all_caps, device_caps = _CAPABILITIES.unpack(answer)
        caps = device_caps if all_caps & _DEVICE_CAPS else all_caps
        return DeviceStatus(DeviceState.ONLINE) if caps & _VIDEO_CAPTURE else POWER_OFF

    def prepare(self) -> None:
        os.environ[_READ_TIMEOUT] = "1"
        prepare()

    def open(self) -> None:
        import cv2

        wish = self._settings
        options = [
            (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
            (cv2.CAP_PROP_FRAME_WIDTH, wish.width),
            (cv2.CAP_PROP_FRAME_HEIGHT, wish.height),
            (cv2.CAP_PROP_FPS, round(wish.fps)),
            (cv2.CAP_PROP_BUFFERSIZE, 1),
        ]
        self._capture = Capture(
            wish.device, cv2.CAP_V4L2, [number for pair in options for number in pair], cv2.CAP_PROP_POS_MSEC
        )

    def read(self) -> RawFrame:
        if self._capture is None:
            raise SourceLostError
        return self._capture.read()

    def close(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.close()

    def interrupt(self) -> None:
        """A read ends by itself within a second."""


class V4l2Light:
    """Fulfils `devices.camera.source.Light` by one V4L2 control."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def set(self, level: int) -> bool:
        wish = self._settings
        number = os.open(wish.device, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fcntl.ioctl(number, _S_CTRL, struct.pack("=Ii", wish.light_control, round(wish.light_full * level / 100)))
        except OSError:
            return False
        finally:
            os.close(number)
        return True


def make(settings: dict[str, object]) -> CameraDriver:
    """Makes the driver from its part of the configuration; raises `BudayangError` for a wrong value."""
    try:
        checked = msgspec.convert(settings, type=Settings, strict=True)
    except msgspec.ValidationError:
        raise BudayangError("camera.bad_settings") from None
    patience = Patience(checked.stall_s, checked.lost_s)
    if (
        not checked.device.startswith("/dev/")
        or not patience.is_sound
        or not (16 <= checked.width <= 10_000 and 16 <= checked.height <= 10_000 and 1 <= checked.fps <= 240)
    ):
        raise BudayangError("camera.bad_settings")
    return CameraDriver(V4l2Source(checked), patience, V4l2Light(checked) if checked.light_control else None)
