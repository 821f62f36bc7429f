"""An HTTP/1.1 proxy that draws a fate for each request: what lies between a terminal and its platform at its worst.

Each request goes to the platform over a connection of its own, so that one may be repeated, cut or answered by nobody.
"""

import asyncio
import contextlib
import random
import re
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable
from enum import Enum
from typing import Self

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_RESET = struct.pack("ii", 1, 0)
_PORTAL = b"<html><body>Please log in to the network</body></html>"


class Fate(str, Enum):
    """What becomes of one request."""

    PASS = "pass"
    DROP_REQUEST = "dropRequest"
    CUT_REQUEST = "cutRequest"
    DROP_REPLY = "dropReply"
    HALF_REPLY = "halfReply"
    DELAY = "delay"
    DUPLICATE = "duplicate"
    PORTAL = "portal"
    BAD_GATEWAY = "badGateway"


Choose = Callable[[str], Fate]
"""From the path to the fate; called in the proxy's thread."""


def drawn(chance: random.Random, faults: float) -> Choose:
    """So many of all requests have a fate that is not to pass."""
    bad = [fate for fate in Fate if fate is not Fate.PASS]
    return lambda _path: chance.choice(bad) if chance.random() < faults else Fate.PASS


class FaultyProxy:
    """In a thread of its own; `upstream_port` may be changed at any time, 0 for nobody there.

    Attributes:
        port: on 127.0.0.1.
        fates: how often each was drawn.
    """

    def __init__(self, upstream_port: int, choose: Choose, delay_s: float = 0.2) -> None:
        self.upstream_port = upstream_port
        self.choose = choose
        self.fates: Counter[Fate] = Counter()
        self._delay_s = delay_s
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = int(self._listener.getsockname()[1])
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="faulty proxy", daemon=True)

    @property
    def bad_fates(self) -> int:
        """Requests that did not just pass."""
        return sum(count for fate, count in self.fates.items() if fate is not Fate.PASS)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(2)
        self._listener.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._listener.setblocking(False)
        self._loop.add_reader(self._listener, self._take)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    def _take(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._listener.accept()
            connection.setblocking(False)
            task = self._loop.create_task(self._serve(connection))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _leave(self) -> None:
        self._loop.remove_reader(self._listener)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _ in range(4):
            await asyncio.sleep(0)  # aborted transports close their sockets in the loop's next rounds

    async def _serve(self, connection: socket.socket) -> None:
        reader, writer = await asyncio.open_connection(sock=connection)
        try:
            while request := await _message(reader):
                reply = await self._treated(request)
                if reply is None:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                    return
                content, is_whole = reply
                writer.write(content)
                await writer.drain()
                if not is_whole:
                    return
        except (OSError, asyncio.IncompleteReadError):
            pass  # a broken connection is what this proxy is for
        finally:
            if writer.transport.get_write_buffer_size():
                writer.transport.abort()
            else:
                writer.close()

    async def _treated(self, request: bytes) -> tuple[bytes, bool] | None:
        path = request.split(b" ", 2)[1].decode("ascii", "replace")
        fate = self.choose(path)
        self.fates[fate] += 1
        if fate is Fate.DROP_REQUEST:
            return None
        if fate is Fate.PORTAL:
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(_PORTAL)
            return head + _PORTAL, True
        if fate is Fate.BAD_GATEWAY:
            return b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", True
        if fate is Fate.CUT_REQUEST:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self._forward(request[: -max(1, len(request) // 4)], reads=False)
            return None
        if fate is Fate.DELAY:
            await asyncio.sleep(self._delay_s)
        try:
            if fate is Fate.DUPLICATE:
                found = await asyncio.gather(self._forward(request), self._forward(request), return_exceptions=True)
                replies = [one for one in found if isinstance(one, bytes)]
                if not replies:
                    return None
                reply = replies[-1]
            else:
                reply = await self._forward(request)
        except (OSError, asyncio.IncompleteReadError):
            return None
        if fate is Fate.DROP_REPLY:
            return None
        if fate is Fate.HALF_REPLY:
            return reply[: -max(1, len(reply.partition(b"\r\n\r\n")[2]) // 2)], False
        return reply, True

    async def _forward(self, request: bytes, *, reads: bool = True) -> bytes:
        if not self.upstream_port:
            raise ConnectionRefusedError
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream_port)
        try:
            writer.write(request)
            await writer.drain()
            reply = await _message(reader) if reads else b""
            if reads and not reply:
                raise ConnectionResetError
            return reply
        finally:
            writer.transport.abort()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """A message with Content-Length, or b"" at an orderly end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return b""
    found = _LENGTH.search(head)
    return head + (await reader.readexactly(int(found.group(1))) if found else b"")
