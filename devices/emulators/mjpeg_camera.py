"""Emulator of a camera that gives MJPEG over HTTP on loopback: ``/stream``, and ``/light?level=N``.

Every picture carries its number (modulo 256) as eight black or white fields along its upper edge, which survive JPEG and scaling;
`made_at` tells when that picture was finished, so that age, repeats and order can be counted at the far end. Pictures are encoded
once and given again and again, so that the emulator's own work does not disturb what is measured.

Faults: stall (the connection stays, nothing comes), repeat (the same picture again), old (an earlier picture again), truncate (pictures
cut short), garbage between pictures, die (connections are cut and refused), and another picture to show (a JPEG file).
"""

import http.server
import io
import os
import threading
import time
import urllib.parse
from collections import deque

from PIL import Image, ImageDraw

from devices.emulators.picture_code import BITS, field_of
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_exchanges import http as decode_http
from devices.emulators.traffic_http import TappedHandler

_BOUNDARY = "budayang-frame"
_ACTIONS = (
    "stall", "repeat", "old", "truncate", "garbage", "die", "revive", "normal", "show", "light_breaks", "light_works", "save",
)  # fmt: skip
_MODES = frozenset({"normal", "stall", "repeat", "old", "truncate", "garbage"})
_CODES = 1 << BITS
_KEPT_TIMES = 4096


class MjpegCameraEmulator:
    """Fulfils `devices.emulators.control.Emulator`. All public members may be used from any thread.

    Args:
        name: of the emulator in the lab; there may be two cameras.
        has_stamps: pictures carry an ``X-Timestamp``, as some cameras' do.
    """

    def __init__(
        self,
        name: str = "document_camera",
        *,
        width: int = 1920,
        height: int = 1080,
        fps: float = 25.0,
        has_stamps: bool = False,
    ) -> None:
        self.name = name
        self.traffic = Traffic(decode_http)
        self._size = (width, height)
        self._pace_s = 1 / fps
        self.has_stamps = has_stamps
        self._changed = threading.Condition()
        self._background: Image.Image | None = None
        self._encoded: dict[int, bytes] = {}
        self._mode = "normal"
        self._is_dead = False
        self._has_ended = False
        self._has_light = True
        self._number = 0
        self._current = b""
        self._times: deque[tuple[int, float]] = deque(maxlen=_KEPT_TIMES)
        self._connections: set[_Handler] = set()
        self.light = 0
        self.streams = 0
        self._server: _Server | None = None
        self._threads: list[threading.Thread] = []

    @property
    def tcp_port(self) -> int:
        """Where it listens on 127.0.0.1."""
        assert self._server is not None
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """For the driver's `url`."""
        return f"http://127.0.0.1:{self.tcp_port}/stream"

    def start(self) -> None:
        self._server = _Server(self)
        serve = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="emulated-camera-server", daemon=True
        )
        self._threads = [serve, threading.Thread(target=self._make, name="emulated-camera", daemon=True)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        with self._changed:
            self._has_ended = True
            self._cut()
            self._changed.notify_all()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        for thread in self._threads:
            thread.join(2)

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """One action; ``show`` wants ``path`` of a picture, without it the test pattern comes back."""
        with self._changed:
            if action in _MODES:
                self._mode = action
            elif action in ("die", "revive"):
                self._is_dead = action == "die"
                if self._is_dead:
                    self._cut()
            elif action in ("light_breaks", "light_works"):
                self._has_light = action == "light_works"
            elif action == "show":
                path = arguments.get("path", "")
                self._background = Image.open(str(path)).convert("RGB").resize(self._size) if path else None
                self._encoded.clear()
            elif action == "save":
                self._save(arguments.get("path"))
            else:
                raise ValueError(f"摄像头没有“{action}”这个动作 / the camera has no action {action!r}")
            self._changed.notify_all()

    def _save(self, path: object) -> None:
        """Writes the last picture that was given out as JPEG (0600) to `path`."""
        if not isinstance(path, str) or not self._current:
            raise ValueError("还没有人看过画面，或没有写明“path”")
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(self._current)

    def state(self) -> dict[str, object]:
        with self._changed:
            return {
                "tcp_port": self.tcp_port,
                "mode": "dead" if self._is_dead else self._mode,
                "frames": self._number,
                "streams": len(self._connections),
                "light": self.light,
                "has_light": self._has_light,
                "actions": list(_ACTIONS),
            }

    def made_at(self, code: int, before_s: float) -> float:
        """CLOCK_MONOTONIC when the latest picture with that code was finished, no later than `before_s`."""
        with self._changed:
            times = [made for number, made in self._times if number % _CODES == code and made <= before_s]
        if not times:
            raise ValueError("that picture was never made")
        return times[-1]

    def number_at(self, code: int, before_s: float) -> int:
        """The full number of that picture."""
        with self._changed:
            numbers = [n for n, made in self._times if n % _CODES == code and made <= before_s]
        if not numbers:
            raise ValueError("that picture was never made")
        return numbers[-1]

    def wait_for_streams(self, count: int, timeout_s: float) -> bool:
        """Waits until just so many clients are watching."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._connections) == count, timeout_s)

    def wait_for_opened(self, count: int, timeout_s: float) -> bool:
        """Waits until the stream was opened so many times since the start."""
        with self._changed:
            return self._changed.wait_for(lambda: self.streams >= count, timeout_s)

    # -- the sensor's thread

    def _make(self) -> None:
        due = time.monotonic()
        while True:
            with self._changed:
                if self._has_ended:
                    return
                watched = bool(self._connections)
            if not watched:
                with self._changed:
                    self._changed.wait_for(lambda: bool(self._connections) or self._has_ended)
                due = time.monotonic()
                continue
            jpeg = self.picture((self._number + 1) % _CODES)
            due = max(due + self._pace_s, time.monotonic() - self._pace_s)
            with self._changed:
                if self._changed.wait_for(lambda: self._has_ended, max(due - time.monotonic(), 0)):
                    return
                self._number += 1
                self._current = jpeg
                self._times.append((self._number, time.monotonic()))
                self._changed.notify_all()

    def picture(self, code: int) -> bytes:
        """The picture with that code, drawn once."""
        found = self._encoded.get(code)
        if found is None:
            found = self._encoded[code] = _encode(self._size, code, self._background)
        return found

    # -- for the server's threads

    def enter(self, connection: "_Handler") -> int | None:
        """A client begins to watch; the number of the last picture before, ``None`` while the camera is dead."""
        with self._changed:
            if self._is_dead or self._has_ended:
                return None
            self._connections.add(connection)
            self.streams += 1
            self._changed.notify_all()
            return self._number

    def leave(self, connection: "_Handler") -> None:
        with self._changed:
            self._connections.discard(connection)
            self._changed.notify_all()

    def is_dead(self) -> bool:
        return self._is_dead

    def next_part(self, seen: int, connection: "_Handler") -> tuple[int, bytes, str, int] | None:
        """Waits for the picture after `seen`: its number, the bytes, the mode and the stamp; ``None`` when the connection ends."""
        with self._changed:
            self._changed.wait_for(
                lambda: connection not in self._connections or (self._number > seen and self._mode != "stall")
            )
            if connection not in self._connections:
                return None
            number, jpeg, mode = self._number, self._current, self._mode
            is_old = mode == "old" and number % 2 == 1
            older = self._encoded.get((number - 5) % _CODES, jpeg)
        return number, older if is_old else jpeg, mode, number - 5 if is_old else number

    def set_light(self, level: int) -> bool:
        with self._changed:
            if not self._has_light:
                return False
            self.light = level
            return True

    def _cut(self) -> None:
        for connection in list(self._connections):
            connection.cut()
        self._connections.clear()
        self._changed.notify_all()


def _encode(size: tuple[int, int], code: int, background: Image.Image | None) -> bytes:
    width, height = size
    if background is not None:
        picture = background.copy()
        draw = ImageDraw.Draw(picture)
    else:
        picture = Image.new("RGB", size, (70, 90, 110))
        draw = ImageDraw.Draw(picture)
        for column in range(16):
            for row in range(9):
                box = (
                    width * column // 16,
                    height * row // 9,
                    width * (column + 1) // 16 - 2,
                    height * (row + 1) // 9 - 2,
                )
                draw.rectangle(box, fill=(column * 15, row * 28, (column * row * 7) % 256))
    for bit in range(BITS):
        draw.rectangle(field_of(bit, width), fill="white" if code >> bit & 1 else "black")
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=75)
    return body.getvalue()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, emulator: MjpegCameraEmulator) -> None:
        self.emulator = emulator
        self.traffic = emulator.traffic
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has gone is no error of ours."""


class _Handler(TappedHandler):
    protocol_version = "HTTP/1.0"
    timeout = 5
    server: _Server

    def do_GET(self) -> None:
        emulator = self.server.emulator
        if emulator.is_dead():
            self.close_connection = True
            return
        parts = urllib.parse.urlsplit(self.path)
        if parts.path == "/light":
            level = urllib.parse.parse_qs(parts.query).get("level", [""])[0]
            self.send_response(200 if level.isdecimal() and emulator.set_light(int(level)) else 503)
            self.end_headers()
        elif parts.path == "/stream":
            self._stream(emulator)
        else:
            self.send_response(404)
            self.end_headers()

    def _stream(self, emulator: MjpegCameraEmulator) -> None:
        seen = emulator.enter(self)
        if seen is None:
            return
        try:
            self.send_response(200)
            self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY}")
            self.end_headers()
            last = b""
            while (found := emulator.next_part(seen, self)) is not None:
                seen, jpeg, mode, stamp = found
                if mode == "repeat" and last:
                    jpeg = last
                last = jpeg
                self.wfile.write(self._part(emulator, stamp, jpeg, mode))
        except OSError:
            return  # the client has gone, or was cut
        finally:
            emulator.leave(self)

    def _part(self, emulator: MjpegCameraEmulator, number: int, jpeg: bytes, mode: str) -> bytes:
        if mode == "truncate":
            jpeg = jpeg[: len(jpeg) // 2]
        stamp = f"X-Timestamp: {number / 25:.3f}\r\n" if emulator.has_stamps else ""
        noise = b"\xff\xd8noise\r\n\r\n" * 3 if mode == "garbage" else b""
        head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n{stamp}\r\n".encode()
        return noise + head + jpeg + b"\r\n"

    def cut(self) -> None:
        """From another thread: this connection ends now."""
        try:
            self.connection.shutdown(2)
        except OSError:
            return
