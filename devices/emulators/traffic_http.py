"""Taps the messages of an emulator's HTTP server: heads of both directions by themselves, bodies where the handler says so."""

import http.server
from typing import Any

from devices.emulators.traffic import Direction, Traffic


class TappedHandler(http.server.BaseHTTPRequestHandler):
    """For servers that have a `traffic`. Quiet: an emulator writes no log."""

    server: Any
    raw_requestline: bytes

    def tap(self, direction: Direction, data: bytes) -> None:
        """Notes a piece of this connection."""
        traffic: Traffic = self.server.traffic
        traffic.note(direction, data, id(self))

    def parse_request(self) -> bool:
        """Notes the head of a request."""
        is_sound = super().parse_request()
        if is_sound:
            headers = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
            self.tap(
                Direction.TO_DEVICE,
                self.raw_requestline.rstrip() + b"\r\n" + headers.encode("latin-1", "replace") + b"\r\n",
            )
        return is_sound

    def flush_headers(self) -> None:
        """Notes the head of an answer."""
        self.tap(Direction.FROM_DEVICE, b"".join(getattr(self, "_headers_buffer", [])))
        super().flush_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Silent."""
