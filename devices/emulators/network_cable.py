"""A network cable that can be broken on purpose: a TCP proxy between a terminal and its platform.

Plugged, cut, silent and slow work on bytes and so under TLS too. The answers of a sick server (error 500, garbage, half a
body) are made on the HTTP/1.1 level and need a line without TLS, as the demo's is; there a state may also hold for the
calls of one path alone, so that one call of a visit fails and the others do not.
"""

import asyncio
import contextlib
import re
import socket
import struct
import threading
from collections.abc import Coroutine
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any, Self

from devices.emulators.traffic import Decoder, Direction, Traffic
from devices.emulators.traffic_exchanges import http

_CHUNK = 64 * 1024
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST instead of FIN
_REQUEST = re.compile(rb"[A-Z]{3,7} (/\S*) HTTP/1\.1\r\n")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)


class CableState(str, Enum):
    """What the cable does."""

    PLUGGED = "plugged"
    CUT = "cut"  # new connections are refused, existing ones reset
    SILENT = "silent"  # takes everything, answers nothing
    SLOW = "slow"  # every answer waits for `delay_s`
    ERROR_500 = "error500"  # a server's failure page that is no problem document
    GARBAGE = "garbage"  # status 200, declared as JSON, and is none
    HALF_BODY = "half_body"  # the platform's own answer, broken off in the middle of its body


@dataclass(frozen=True)
class CableCounters:
    """What went through since the start: chunks as TCP delivered them, answers that were spoiled on purpose."""

    connections: int = 0
    upstream_refused: int = 0
    chunks_out: int = 0
    chunks_back: int = 0
    spoiled: int = 0


_FAILURE = b"<html><body>Internal Server Error</body></html>"
_ERROR_500 = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
)
_GARBAGE = b'{"token": \x00\xff\xfe]]] not json'
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
_SPOILING = (CableState.ERROR_500, CableState.GARBAGE)


class NetworkCable:
    """The proxy, in a thread of its own.

    Threads: `set_state`, `state` and `counters` from any thread; `set_state` returns once the state is in force for every
    byte that comes later. `stop` joins within 2 s.

    Fulfils `devices.emulators.control.Emulator`.

    Attributes:
        port: on 127.0.0.1, kept for the whole life, also while cut.
    """

    name = "network_cable"

    def __init__(self, upstream_host: str, upstream_port: int, decoder: Decoder = http) -> None:
        self.traffic = Traffic(decoder)
        self._upstream = (upstream_host, upstream_port)
        self._state = CableState.PLUGGED
        self._delay_s = 0.0
        self._path = ""
        self._counters = CableCounters()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._listener: socket.socket | None = None
        self._links: set[_Link] = set()
        # bound and never listening: the port stays ours, and refuses, while nothing else listens on it
        self._holder = _bind(0)
        self.port = int(self._holder.getsockname()[1])

    def start(self) -> None:
        """Plugs the cable in."""
        loop = asyncio.new_event_loop()
        self._loop = loop
        self._thread = threading.Thread(target=self._run, args=(loop,), name="network cable", daemon=True)
        self._thread.start()
        self._do(self._enter(CableState.PLUGGED, 0.0, ""))

    def stop(self) -> None:
        """Takes the cable away for good: existing connections are reset. Within 2 s; a second call does nothing."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            self._holder.close()
            return
        self._loop = self._thread = None
        asyncio.run_coroutine_threadsafe(self._leave(), loop).result(2)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(2)
        self._holder.close()
        if thread.is_alive():
            raise TimeoutError("the network cable did not stop")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def set_state(self, name: str, *, path: str = "", **options: float) -> None:
        """Changes the state.

        Args:
            name: a value of `CableState`.
            path: the state holds for requests to this path only, such as ``/v1/ratings``; "" for all.
            **options: ``delay_s`` for slow, seconds.

        Raises:
            ValueError: unknown state or option.
        """
        state = CableState(name)
        if options.keys() - {"delay_s"}:
            raise ValueError("the only option is delay_s")
        self._do(self._enter(state, float(options.get("delay_s", 0.0)), path))

    @property
    def condition(self) -> CableState:
        """The present state of the cable."""
        return self._state

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """An action of the panel: the name of a state, with ``delay_s`` for slow, and ``path`` as in `set_state`."""
        if action not in set(CableState):
            raise ValueError(f"网线没有“{action}”这个动作")
        delay, path = arguments.get("delay_s", 0.0), arguments.get("path", "")
        if isinstance(delay, int | float) and isinstance(path, str):
            self.set_state(action, path=path, delay_s=float(delay))
        else:
            raise ValueError("delay_s 要写成秒数，path 要写成路径")  # noqa: TRY004 - what the panel shows

    def state(self) -> dict[str, object]:
        """For the panel: port, condition, counters, actions."""
        return {
            "port": self.port,
            "condition": self._state.value,
            "counters": asdict(self._counters),
            "actions": [state.value for state in CableState],
        }

    def counters(self) -> CableCounters:
        """The counters now."""
        return self._counters

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        if self._loop is None:
            work.close()
            raise RuntimeError("the cable is not started")
        asyncio.run_coroutine_threadsafe(work, self._loop).result(2)

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            loop.close()

    async def _enter(self, state: CableState, delay_s: float, path: str) -> None:
        self._state, self._delay_s, self._path = state, delay_s, path
        if state is CableState.CUT and not path:
            self._stop_listening()
            await self._drop_links()
            return
        for link in self._links:
            link.changed.set()
        if self._listener is None:
            self._listener = _bind(self.port)
            self._listener.listen(64)
            # our own accepting: asyncio's servers lose a connection that is accepted while they close (CPython 3.11)
            asyncio.get_running_loop().add_reader(self._listener, self._take, self._listener)

    def _take(self, listener: socket.socket) -> None:
        try:
            connection, _ = listener.accept()
        except OSError:
            return  # gone again before we took it
        connection.setblocking(False)
        self._count(connections=1)
        link = _Link(connection)
        link.task = asyncio.get_running_loop().create_task(self._serve(link))
        self._links.add(link)

    async def _leave(self) -> None:
        self._stop_listening()
        await self._drop_links()

    def _stop_listening(self) -> None:
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener)
            self._listener.close()
            self._listener = None

    async def _drop_links(self) -> None:
        links = list(self._links)
        for link in links:
            if link.task is not None:
                link.task.cancel()
        await asyncio.gather(*(link.task for link in links if link.task is not None), return_exceptions=True)
        for link in links:
            link.drop()
        self._links.difference_update(links)
        for _ in range(4):
            await asyncio.sleep(0)  # aborted transports close their sockets in the loop's next rounds

    async def _serve(self, link: "_Link") -> None:
        try:
            await link.open()
            await self._carry(link)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # a broken connection is what this cable is for; a cancelled one was dropped by us
        finally:
            link.drop()
            self._links.discard(link)

    async def _carry(self, link: "_Link") -> None:
        back: asyncio.Task[None] | None = None
        try:
            while chunk := await link.reader.read(_CHUNK):
                link.note(chunk)
                self.traffic.note(Direction.TO_DEVICE, chunk, id(link))
                state = self._state_for(link)
                if state is CableState.SILENT:
                    continue
                if state is CableState.CUT:
                    return
                self._count(chunks_out=1)
                if state in _SPOILING:
                    await self._answer_spoiled(link, chunk)
                    return
                if link.upstream is None:
                    source, link.upstream = await asyncio.open_connection(*self._upstream)
                    back = asyncio.create_task(self._carry_back(link, source))
                link.upstream.write(chunk)
                await link.upstream.drain()
        except ConnectionRefusedError:
            self._count(upstream_refused=1)
        finally:
            if back is not None:
                back.cancel()
                with contextlib.suppress(asyncio.CancelledError, OSError, asyncio.IncompleteReadError):
                    await back

    async def _carry_back(self, link: "_Link", source: asyncio.StreamReader) -> None:
        while chunk := await source.read(_CHUNK):
            if self._state_for(link) is CableState.SLOW:
                await self._delay(link)
            state = self._state_for(link)
            if state is CableState.SILENT:
                continue
            if state in _SPOILING:
                await self._spoil(link)
                return
            if state is CableState.HALF_BODY:
                await self._send_half(link, source, chunk)
                return
            self._count(chunks_back=1)
            self.traffic.note(Direction.FROM_DEVICE, chunk, id(link))
            link.writer.write(chunk)
            await link.writer.drain()
        link.finish()

    def _state_for(self, link: "_Link") -> CableState:
        """The state as this connection's present request meets it."""
        return self._state if self._path in link.path else CableState.PLUGGED

    async def _delay(self, link: "_Link") -> None:
        """Waits for the delay, or until the state is changed."""
        link.changed.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(link.changed.wait(), self._delay_s)

    async def _answer_spoiled(self, link: "_Link", chunk: bytes) -> None:
        """Reads the request to its end first: closing on unread bytes would reset the connection before the answer."""
        await _whole_message(link.reader, chunk)
        await self._spoil(link)

    async def _spoil(self, link: "_Link") -> None:
        body, head = (_FAILURE, _ERROR_500) if self._state is CableState.ERROR_500 else (_GARBAGE, _OK)
        self._count(spoiled=1)
        self.traffic.note(Direction.FROM_DEVICE, head % len(body) + body, id(link))
        link.writer.write(head % len(body) + body)
        await link.writer.drain()
        link.finish()

    async def _send_half(self, link: "_Link", source: asyncio.StreamReader, chunk: bytes) -> None:
        message = await _whole_message(source, chunk)
        head, separator, body = message.partition(b"\r\n\r\n")
        self._count(spoiled=1)
        self.traffic.note(Direction.FROM_DEVICE, head + separator + body[: len(body) // 2], id(link))
        link.writer.write(head + separator + body[: len(body) // 2])
        await link.writer.drain()
        link.finish()

    def _count(self, **more: int) -> None:
        now = self._counters
        self._counters = replace(now, **{name: getattr(now, name) + count for name, count in more.items()})


class _Link:
    """One connection through the cable."""

    def __init__(self, connection: socket.socket) -> None:
        self.task: asyncio.Task[None] | None = None
        self.upstream: asyncio.StreamWriter | None = None
        self.changed = asyncio.Event()
        self.path = ""
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter
        self._connection = connection
        self._is_open = False
        self._is_finished = False

    def note(self, chunk: bytes) -> None:
        """Remembers to which path the present request goes, where that can be read."""
        if found := _REQUEST.match(chunk):
            self.path = found.group(1).decode("ascii", "replace")

    async def open(self) -> None:
        """Makes streams of the accepted connection."""
        self.reader, self.writer = await asyncio.open_connection(sock=self._connection)
        self._is_open = True

    def finish(self) -> None:
        """An orderly end: what was written still arrives."""
        self._is_finished = True
        if self.upstream is not None:
            self.upstream.close()
        if self.writer.can_write_eof() and not self.writer.is_closing():
            self.writer.write_eof()

    def drop(self) -> None:
        """The end of the link, with RST unless it was finished before; a second call does nothing."""
        if self.upstream is not None:
            self.upstream.transport.abort()
        if not self._is_finished:
            with contextlib.suppress(OSError):
                self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        if not self._is_open:
            self._connection.close()
        elif self._is_finished and not self.writer.transport.get_write_buffer_size():
            self.writer.close()
        else:
            self.writer.transport.abort()


def _bind(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    return sock


async def _whole_message(source: asyncio.StreamReader, start: bytes) -> bytes:
    """An HTTP/1.1 message with Content-Length (none means no body) that begins with `start`."""
    message = start
    while b"\r\n\r\n" not in message:
        more = await source.read(_CHUNK)
        if not more:
            return message
        message += more
    head = message.partition(b"\r\n\r\n")[0]
    found = _LENGTH.search(head)
    missing = len(head) + 4 + (int(found.group(1)) if found else 0) - len(message)
    return message + (await source.readexactly(missing) if missing > 0 else b"")
