"""Cameras that give MJPEG over HTTP, as network and many document cameras do.

The stream is read here and only its pictures are decoded by OpenCV: its own network reader (FFmpeg) hides a picture that was cut
short, gives a repeated picture a new time stamp, and after one time-out is dead. Only JPEG pictures of the newest frame are decoded.
"""

import contextlib
import http.client
import socket
import time
import urllib.parse
from typing import TYPE_CHECKING

import msgspec

from devices.camera.capture import prepare
from devices.camera.driver import POWER_OFF, CameraDriver, Patience
from devices.camera.mjpeg_codec import MjpegDecoder, Part, boundary_of
from devices.camera.source import RawFrame, SourceLostError
from devices.status import DeviceState, DeviceStatus
from kiosk.base.errors import BudayangError

if TYPE_CHECKING:
    from devices.camera.source import Pixels

_RECEIVE_BYTES = 262144
_PROBE_S = 0.8


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Attributes:
    url: of the stream, ``http://...``.
    light_path: for the light, on the same host, ``{level}`` = 0 to 100, e.g. ``/light?level={level}``; empty = no light.
    open_s, read_s: time-outs.
    stall_s, lost_s: see `Patience`.
    """

    url: str
    light_path: str = ""
    open_s: float = 1.0
    read_s: float = 1.0
    stall_s: float = 1.0
    lost_s: float = 4.0


class MjpegSource:
    """Fulfils `devices.camera.source.Source`."""

    def __init__(self, settings: Settings) -> None:
        parts = urllib.parse.urlsplit(settings.url)
        self._host, self._port = parts.hostname or "", parts.port
        self._path = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
        self._settings = settings
        self._connection: http.client.HTTPConnection | None = None
        self._response: http.client.HTTPResponse | None = None
        self._socket: socket.socket | None = None
        self._decoder = MjpegDecoder(b"--")
        self._parts: list[Part] = []
        self._last: Part | None = None

    def probe(self) -> DeviceStatus:
        """Asks for the stream and reads no picture of it."""
        connection = http.client.HTTPConnection(self._host, self._port, timeout=_PROBE_S)
        try:
            self._ask(connection)
        except SourceLostError:
            return POWER_OFF
        finally:
            connection.close()
        return DeviceStatus(DeviceState.ONLINE)

    def prepare(self) -> None:
        prepare()

    def open(self) -> None:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self._settings.open_s)
        self._connection = connection
        self._response, boundary = self._ask(connection, is_stream=True)
        if self._socket is not None:
            self._socket.settimeout(self._settings.read_s)
        self._decoder = MjpegDecoder(boundary)
        self._parts.clear()

    def read(self) -> RawFrame:
        while not self._parts:
            response = self._response
            try:
                data = response.read1(_RECEIVE_BYTES) if response is not None else b""
            except (OSError, http.client.HTTPException, ValueError):
                raise SourceLostError from None
            if not data:
                raise SourceLostError
            self._parts = self._decoder.feed(data)
        part = self._parts.pop(0)
        last = self._last
        has_moved = last is None or (
            part.stamp > last.stamp if part.stamp is not None and last.stamp is not None else part.jpeg != last.jpeg
        )
        if has_moved and part.is_whole:
            self._last = part
        return RawFrame(lambda: decode(part.jpeg), has_moved, part.is_whole, time.monotonic())

    def close(self) -> None:
        connection, self._connection, response, self._response = self._connection, None, self._response, None
        if response is not None:
            response.close()
        if connection is not None:
            connection.close()
        self._socket = None
        self._last = None

    def interrupt(self) -> None:
        end = self._socket
        if end is not None:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _ask(
        self, connection: http.client.HTTPConnection, *, is_stream: bool = False
    ) -> tuple[http.client.HTTPResponse, bytes]:
        try:
            connection.connect()
            if is_stream:
                self._socket = connection.sock  # the connection forgets it when the server means to close
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.request("GET", self._path)
            response = connection.getresponse()
        except (OSError, http.client.HTTPException):
            raise SourceLostError from None
        boundary = boundary_of(response.headers.get("Content-Type", ""))
        if response.status != 200 or boundary is None:
            raise SourceLostError
        return response, boundary


class HttpLight:
    """Fulfils `devices.camera.source.Light`."""

    def __init__(self, settings: Settings) -> None:
        parts = urllib.parse.urlsplit(settings.url)
        self._host, self._port = parts.hostname or "", parts.port
        self._path = settings.light_path

    def set(self, level: int) -> bool:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=_PROBE_S)
        try:
            connection.request("GET", self._path.replace("{level}", str(level)))
            return connection.getresponse().status == 200
        except http.client.HTTPException as error:
            raise OSError("no answer from the light") from error
        finally:
            connection.close()


def decode(jpeg: bytes) -> "Pixels | None":
    """A JPEG picture as blue, green, red; ``None`` when it is none."""
    import cv2
    import numpy as np

    try:
        return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)  # type: ignore[return-value]  # shape by flag
    except cv2.error:
        return None


def make(settings: dict[str, object]) -> CameraDriver:
    """Makes the driver from its part of the configuration; raises `BudayangError` for a wrong value."""
    try:
        checked = msgspec.convert(settings, type=Settings, strict=True)
        parts = urllib.parse.urlsplit(checked.url)
        is_sound = parts.scheme == "http" and bool(parts.hostname) and (parts.port or 80) > 0
    except (msgspec.ValidationError, ValueError):
        raise BudayangError("camera.bad_settings") from None
    patience = Patience(checked.stall_s, checked.lost_s)
    if (
        not is_sound
        or not patience.is_sound
        or not 0.1 <= checked.open_s <= 1.5
        or not 0.1 <= checked.read_s <= 1.5
        or (checked.light_path and not checked.light_path.startswith("/"))
    ):
        raise BudayangError("camera.bad_settings")
    return CameraDriver(MjpegSource(checked), patience, HttpLight(checked) if checked.light_path else None)
