"""The lab: all emulators of a demo terminal and the socket through which a panel or a test breaks them.

Either a process of its own (``python -m devices.emulators``) or in-process: ``Lab(...).start()``. An emulator is a
perfect impersonator, so a production profile refuses its ports; see the architecture's decision on emulators.
"""

import contextlib
import json
import os
import selectors
import socket
import threading
from collections.abc import Mapping
from pathlib import Path

from devices.emulators.control import Emulator

_RECEIVE_BYTES = 65536
_LONGEST_LINE = 65536


class Lab:
    """Emulators by name and their control socket (Unix, mode 0600), served by one thread.

    Args:
        emulators: by name; the lab starts and stops them.
        control_path: where the socket is made; ``None`` for a lab that is used in-process only.
    """

    def __init__(self, emulators: Mapping[str, Emulator], control_path: str | None = None) -> None:
        self.emulators = dict(emulators)
        self._control_path = control_path
        self._listener: socket.socket | None = None
        self._lines: dict[socket.socket, bytearray] = {}
        self._selector = selectors.DefaultSelector()
        self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC)
        self._selector.register(self._wake_fd, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._serve, name="emulators-control", daemon=True)
        self._is_stopped = False

    def start(self) -> "Lab":
        """Starts all emulators, then the control socket. Raises OSError when the socket cannot be made."""
        for emulator in self.emulators.values():
            emulator.start()
        if self._control_path is not None:
            Path(self._control_path).unlink(missing_ok=True)
            self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            before = os.umask(0o177)
            try:
                self._listener.bind(self._control_path)
            finally:
                os.umask(before)
            self._listener.listen(8)
            self._listener.setblocking(False)
            self._selector.register(self._listener, selectors.EVENT_READ)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends the control socket and all emulators; twice is allowed."""
        if self._is_stopped:
            return
        self._is_stopped = True
        os.eventfd_write(self._wake_fd, 1)
        if self._thread.ident is not None:
            self._thread.join(2)
        for end in [*self._lines, *([self._listener] if self._listener is not None else [])]:
            end.close()
        if self._control_path is not None:
            Path(self._control_path).unlink(missing_ok=True)
        self._selector.close()
        os.close(self._wake_fd)
        enders = [threading.Thread(target=emulator.stop, name="emulator-end") for emulator in self.emulators.values()]
        for ender in enders:
            ender.start()
        for ender in enders:
            ender.join(2)

    def wires(self) -> dict[str, dict[str, object]]:
        """By emulator name what a terminal needs to connect: ``{"port": path or number}``."""
        states = {name: emulator.state() for name, emulator in self.emulators.items()}
        return {
            name: {key: state[key] for key in ("port", "tcp_port") if key in state} for name, state in states.items()
        }

    def answer(self, line: bytes) -> bytes:
        """Carries out one request of `devices.emulators.control`; returns the answer's line."""
        try:
            request = json.loads(line)
            name, action = request["emulator"], request["do"]
            arguments = request.get("with") or {}
            emulator = self.emulators.get(name)
            if emulator is None:
                raise ValueError(f"没有“{name}”这个模拟器 / there is no emulator {name!r}")
            if action != "state":
                emulator.do(action, arguments)
            answer = {"ok": True, "state": emulator.state()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            answer = {"ok": False, "error": str(error) or type(error).__name__}
        return json.dumps(answer, ensure_ascii=False).encode() + b"\n"

    def _serve(self) -> None:
        while not self._is_stopped:
            for key, _ in self._selector.select():
                if key.fileobj is self._listener and self._listener is not None:
                    with contextlib.suppress(OSError):
                        end, _address = self._listener.accept()
                        end.settimeout(1)
                        self._lines[end] = bytearray()
                        self._selector.register(end, selectors.EVENT_READ)
                elif isinstance(key.fileobj, socket.socket):
                    self._take(key.fileobj)

    def _take(self, end: socket.socket) -> None:
        buffer = self._lines[end]
        try:
            data = end.recv(_RECEIVE_BYTES)
            buffer += data
            while b"\n" in buffer:
                line, _, rest = bytes(buffer).partition(b"\n")
                buffer[:] = rest
                end.sendall(self.answer(line))
        except OSError:
            data = b""
        if not data or len(buffer) > _LONGEST_LINE:
            self._selector.unregister(end)
            del self._lines[end]
            end.close()
