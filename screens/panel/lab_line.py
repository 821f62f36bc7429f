"""The panel's end of the lab's control socket: one JSON object a line, request and answer in turn, over a Unix socket.

Request ``{"emulator": name, "do": action, "with": {...}}``; answer ``{"ok": true, "state": {...}}`` or
``{"ok": false, "error": sentence}``. The format is this project's own.
"""

import contextlib
import json
import socket
import threading
from collections.abc import Mapping
from pathlib import Path

TIMEOUT_S = 6.0  # an emulator may take five seconds for an action while it sends
_LONGEST_ANSWER = 1 << 20

State = Mapping[str, object]


class LabGoneError(Exception):
    """Nobody answers on the socket, or not in the agreed format."""


class LabRefusedError(Exception):
    """The lab answered no; the text is its sentence."""


class LabLine:
    """A connection that is made when it is needed, and anew after it was lost.

    Threads: `ask` and `close` in one thread; `break_off` from any.
    """

    def __init__(self, path: Path, timeout_s: float = TIMEOUT_S) -> None:
        self._path = path
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._rest = b""
        self._is_broken_off = False

    def ask(self, emulator: str, action: str, arguments: Mapping[str, object] | None = None) -> State:
        """Carries out one action (``state`` only asks); returns the emulator's state after it.

        Blocks until the answer has come, at most the time-out for each piece of it.

        Raises:
            LabGoneError, LabRefusedError: see there.
        """
        request = {"emulator": emulator, "do": action, "with": dict(arguments or {})}
        try:
            line = self._exchange(json.dumps(request).encode() + b"\n")
            answer = json.loads(line)
            if answer["ok"] is True:
                return dict(answer["state"])
            refusal = str(answer["error"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.close()
            raise LabGoneError from error
        raise LabRefusedError(refusal)

    def close(self) -> None:
        """Ends the connection; the next `ask` makes another."""
        with self._lock:
            end, self._socket = self._socket, None
        self._rest = b""
        if end is not None:
            end.close()

    def break_off(self) -> None:
        """Ends a waiting `ask` and every later one."""
        with self._lock:
            self._is_broken_off = True
            if self._socket is not None:
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def _exchange(self, request: bytes) -> bytes:
        end = self._connected()
        end.sendall(request)
        answer = bytearray(self._rest)
        while b"\n" not in answer:
            piece = end.recv(65536)
            if not piece or len(answer) > _LONGEST_ANSWER:
                raise ConnectionError
            answer += piece
        line, _, self._rest = bytes(answer).partition(b"\n")
        return line

    def _connected(self) -> socket.socket:
        with self._lock:
            if self._is_broken_off:
                raise ConnectionError
            if self._socket is not None:
                return self._socket
            end = self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        end.settimeout(self._timeout_s)
        end.connect(str(self._path))
        return end
