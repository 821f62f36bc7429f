"""The store's socket: who may come in, one thread for each client, and what a client that hangs or babbles costs: itself."""

import contextlib
import os
import socket
import struct
import threading
import time
from pathlib import Path

from offline_cache.process import frames
from offline_cache.process import protocol as wire
from offline_cache.process.log_events import log
from offline_cache.process.parts import Parts
from offline_cache.process.service import ClientService, Load

MOST_CLIENTS = 16
HELLO_S = 3.0
FRAME_S = 5.0
SEND_S = 5.0
STOP_S = 1.0
_CREDENTIALS = struct.Struct("3i")


class Server:
    """Listens in the store's folder, which the caller has locked; `serve` blocks until `stop`.

    Raises:
        OSError: the socket cannot be made.
    """

    def __init__(self, parts: Parts, folder: Path, *, hello_s: float = HELLO_S, frame_s: float = FRAME_S) -> None:
        self._parts = parts
        self._folder = folder
        self._hello_s = hello_s
        self._frame_s = frame_s
        self._load = Load()
        self._lock = threading.Lock()
        self._clients: dict[socket.socket, threading.Thread] = {}
        self._named: dict[str, ClientService] = {}
        self._is_stopping = False
        self._listener = _listen(folder)

    def serve(self) -> None:
        """Takes clients in until `stop`."""
        while True:
            try:
                end, _ = self._listener.accept()
            except OSError:
                if self._is_stopping:
                    return
                time.sleep(0.05)  # out of descriptors or memory: others may give some back
                continue
            self._take_in(end)

    def stop(self) -> None:
        """Ends all connections, each after the request at work, and removes the socket; within `STOP_S`. Any thread."""
        self._is_stopping = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with contextlib.suppress(OSError):
            (self._folder / frames.SOCKET).unlink(missing_ok=True)
        with self._lock:
            clients = dict(self._clients)
        for end in clients:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RD)  # the answer at work still goes out
        deadline = time.monotonic() + STOP_S
        for thread in clients.values():
            thread.join(max(0.0, deadline - time.monotonic()))

    def _take_in(self, end: socket.socket) -> None:
        if not _is_of_this_user(end):
            log.event("store_client_dropped", why="stranger")
            end.close()
            return
        with self._lock:
            if len(self._clients) >= MOST_CLIENTS or self._is_stopping:
                is_full = True
            else:
                is_full = False
                thread = threading.Thread(target=self._run, args=(end,), name="store-client", daemon=True)
                self._clients[end] = thread
                thread.start()
        if is_full:
            log.event("store_client_dropped", why="tooMany")
            end.close()

    def _run(self, end: socket.socket) -> None:
        service = ClientService(self._parts, self._load)
        try:
            if self._greet(end, service):
                while self._serve_one(end, service):
                    pass
        except wire.WireError:
            log.event("store_client_dropped", why="garbage")
        except TimeoutError:
            log.event("store_client_dropped", why="slow")
        except OSError:
            pass  # it has gone
        finally:
            with self._lock:
                service.release()
                for name in [name for name, named in self._named.items() if named is service]:
                    del self._named[name]
                del self._clients[end]
            service.close()
            end.close()

    def _greet(self, end: socket.socket, service: ClientService) -> bool:
        body = frames.receive(end, time.monotonic() + self._hello_s, self._frame_s)
        if body is None:
            return False
        request = wire.decode_request(body)
        if not isinstance(request, wire.Hello):
            log.event("store_client_dropped", why="noHello")
            return False
        is_same = request.version == wire.VERSION
        if is_same:
            self._succeed(request.client, service)
            reply = service.answer(request)
        else:
            versions = {"theirs": str(request.version), "ours": str(wire.VERSION)}
            reply = wire.Failed(request.number, "store.other_version", versions)
        frames.send(end, reply, time.monotonic() + SEND_S)
        return is_same

    def _succeed(self, name: str, service: ClientService) -> None:
        """The client's connection before this one may not have been seen to end: others must not get its room meanwhile."""
        if not name:
            return
        with self._lock:
            before = self._named.get(name)
            if before is not None:
                service.take_over(before.hand_over())
            self._named[name] = service

    def _serve_one(self, end: socket.socket, service: ClientService) -> bool:
        # a function of its own: its names end with each request, and with them what they hold of a citizen
        body = frames.receive(end, None, self._frame_s)
        if body is None:
            return False
        try:
            request = wire.decode_request(body)
        finally:
            body[:] = bytes(len(body))
        key = threading.get_ident()
        if not isinstance(request, wire.Ping):
            self._load.begin(key)
        try:
            reply = service.answer(request)
        finally:
            self._load.end(key)
        del request
        frames.send(end, reply, time.monotonic() + SEND_S)
        return True


def _listen(folder: Path) -> socket.socket:
    (folder / frames.SOCKET).unlink(
        missing_ok=True
    )  # of a process that was killed: the lock is ours, so nobody serves it
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        before = os.umask(0o177)
        try:
            with frames.address_in(folder) as address:
                listener.bind(address)
        finally:
            os.umask(before)
        listener.listen(MOST_CLIENTS)
    except BaseException:
        listener.close()
        raise
    return listener


def _is_of_this_user(end: socket.socket) -> bool:
    """Only this user's programs, and root's (a technician)."""
    raw = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _, user, _ = _CREDENTIALS.unpack(raw)
    return user in (os.geteuid(), 0)
