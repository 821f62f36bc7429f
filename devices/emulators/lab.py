"""The lab: all emulators of a demo terminal and the socket through which a panel or a test breaks them.

Either a process of its own (``python -m devices.emulators``) or in-process: ``Lab(...).start()``. An emulator is a
perfect impersonator, so a production profile refuses its ports; see the architecture's decision on emulators.
"""

import contextlib
import json
import os
import selectors
import socket
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from devices.emulators.control import HALL, STATE, TRAFFIC, Emulator, MissingError
from devices.emulators.traffic import Traffic, told
from kiosk.base.errors import Problem
from kiosk.base.sentences import LANGUAGES, sentence_of

_RECEIVE_BYTES = 65536
_LONGEST_LINE = 65536
_WIRE_KEYS = ("port", "tcp_port", "reader", "csca_folder", "profile", "file", "ups", "output")
"""Of an emulator's state: what a terminal's configuration may need."""


class Lab:
    """Emulators by name and their control socket (Unix, mode 0600), served by one thread.

    Args:
        emulators: by name; the lab starts and stops them.
        control_path: where the socket is made; ``None`` for a lab that is used in-process only.
        kinds: of the emulators, by name, where they differ from the names.
        reveals: whether traffic is shown with its contents.

    Attributes:
        missing: what this machine cannot run, by name; known after `start`.
    """

    def __init__(
        self,
        emulators: Mapping[str, Emulator],
        control_path: str | None = None,
        *,
        kinds: Mapping[str, str] | None = None,
        reveals: bool = False,
    ) -> None:
        self.emulators = dict(emulators)
        self._order = list(emulators)
        self._kinds = dict(kinds or {})
        self._reveals = reveals
        self.missing: dict[str, Problem] = {}
        self._control_path = control_path
        self._listener: socket.socket | None = None
        self._lines: dict[socket.socket, bytearray] = {}
        self._selector = selectors.DefaultSelector()
        self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC)
        self._selector.register(self._wake_fd, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._serve, name="emulators-control", daemon=True)
        self._is_stopped = False

    def start(self) -> "Lab":
        """Starts all emulators, then the control socket; what is missing on this machine is left out.

        Raises OSError when the socket cannot be made. Processes of emulators end with the thread that calls this.
        """
        for name, emulator in list(self.emulators.items()):
            prepare = getattr(emulator, "prepare", None)
            if prepare is not None:
                self._begin(name, prepare)
        for name, emulator in list(self.emulators.items()):
            self._begin(name, emulator.start)
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

    def _begin(self, name: str, call: Callable[[], None]) -> None:
        try:
            call()
        except MissingError as error:
            self.missing[name] = error.problem
            self.emulators.pop(name).stop()

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
        """By emulator name what a terminal needs to connect: ``{"kind": ..., "port": path or number, ...}``.

        ``settings`` is the whole section of the configuration, of those emulators that know it.
        """
        states = {name: emulator.state() for name, emulator in self.emulators.items()}
        return {
            name: {
                "kind": self._kind(name),
                **{key: state[key] for key in _WIRE_KEYS if state.get(key) is not None},
                **_settings_of(self.emulators[name]),
            }
            for name, state in states.items()
        }

    def hall(self) -> dict[str, object]:
        """Every emulator of the hall in its order, also those that are missing; see `devices.emulators.control`."""
        emulators = {name: self._described(name) for name in self._order}
        return {"emulators": emulators, "temporary": tempfile.gettempdir()}

    def _kind(self, name: str) -> str:
        return self._kinds.get(name, name)

    def _described(self, name: str) -> dict[str, object]:
        problem = self.missing.get(name)
        return {
            "kind": self._kind(name),
            "has_traffic": isinstance(getattr(self.emulators.get(name), "traffic", None), Traffic),
            "missing": None if problem is None else {each: sentence_of(problem, each) for each in LANGUAGES},
        }

    def _traffic(self, emulator: Emulator, arguments: Mapping[str, object]) -> dict[str, object]:
        after = arguments.get("after", 0)
        if isinstance(after, bool) or not isinstance(after, int):
            raise ValueError("after 要写成帧的序号 / after is the number of a frame")  # noqa: TRY004 - what the panel shows
        traffic = getattr(emulator, "traffic", None)
        if not isinstance(traffic, Traffic):
            raise ValueError("这个模拟器没有可看的通信 / this emulator has no wire to look at")  # noqa: TRY004 - as above
        frames = traffic.after(after)
        return {
            "frames": [told(frame, traffic.decoder, reveals=self._reveals) for frame in frames],
            "last": frames[-1].n if frames else after,
        }

    def answer(self, line: bytes) -> bytes:
        """Carries out one request of `devices.emulators.control`; returns the answer's line."""
        try:
            request = json.loads(line)
            name, action = request["emulator"], request["do"]
            answer = {"ok": True, "state": self._carried_out(name, action, request.get("with") or {})}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            answer = {"ok": False, "error": str(error) or type(error).__name__}
        return json.dumps(answer, ensure_ascii=False).encode() + b"\n"

    def _carried_out(self, name: str, action: str, arguments: dict[str, object]) -> dict[str, object]:
        if name == HALL and action == STATE:
            return self.hall()
        emulator = self.emulators.get(name)
        if emulator is None:
            if name in self.missing:
                raise ValueError(" / ".join(sentence_of(self.missing[name], each) for each in ("zh_CN", "en")))
            raise ValueError(f"没有“{name}”这个模拟器 / there is no emulator {name!r}")
        if action == TRAFFIC:
            return self._traffic(emulator, arguments)
        if action != STATE:
            emulator.do(action, arguments)
        return emulator.state()

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


def _settings_of(emulator: Emulator) -> dict[str, object]:
    settings = getattr(emulator, "settings", None)
    return {} if settings is None else {"settings": settings}
