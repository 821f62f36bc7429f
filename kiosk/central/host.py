"""The central process: ``python -m kiosk.central.host --fd N --fd M``; TLS, HTTP and what the network sends stay in here.

A line is one inherited socket with one `CentralClient`: the visit's and the watch's. A line's reader thread takes
requests and carries out an abort at once; its worker makes the calls one after the other. Ends with its parent, and by a
mistake of ours, which the terminal then learns at once instead of waiting for a line that nobody serves.
"""

import argparse
import os
import queue
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from kiosk.base.confinement import end_with_parent, leave_no_traces
from kiosk.base.errors import Problem
from kiosk.base.logs import install_hooks
from kiosk.central.answers import UNEXPECTED
from kiosk.central.client import CentralClient
from kiosk.central.contract import FactorMethod, Period
from kiosk.central.exchange import ABORT, Answer, Request, receive, send
from kiosk.central.settings import CentralSettings

CALLS: dict[str, Callable[..., object]] = {
    "hello": lambda client: client.hello(),
    "open_visit": lambda client, visit_id: client.open_visit(visit_id),
    "close_visit": lambda client: client.close_visit(),
    "send_code": lambda client, id_number, name: client.send_code(id_number, name),
    "verify": lambda client, method, id_number, name, secret: client.verify(
        FactorMethod(method), id_number, name, secret
    ),
    "statement": lambda client, period: client.statement(Period(period)),
    "department": lambda client, item_code, choice: client.department(item_code, choice),
    "rate": lambda client, item_code, grade: client.rate(item_code, grade),
    "own_cases": lambda client: client.own_cases(),
    "slip_state": lambda client, slip_number, id_number: client.slip_state(slip_number, id_number),
}


class HostLine:
    """One line; see the module. `run` blocks until the other end has gone."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()

    def run(self) -> None:
        settings = receive(self._end)
        if settings is None:
            return
        client = CentralClient(msgspec.msgpack.decode(settings, type=CentralSettings, dec_hook=_path))
        worker = threading.Thread(target=_or_end, args=(lambda: self._work(client),), daemon=True)
        worker.start()
        while True:
            try:
                body = receive(self._end)
            except OSError:
                body = None
            if body is None:
                client.abort()
                self._requests.put(None)
                worker.join(2.0)
                return
            request = msgspec.msgpack.decode(body, type=Request)
            if request.name == ABORT:
                client.abort()
            else:
                self._requests.put(request)
            del body, request  # they hold a citizen's data; the next frame may come in hours

    def _work(self, client: CentralClient) -> None:
        while True:
            request = self._requests.get()
            if request is None:
                client.close()
                return
            value = CALLS[request.name](client, *request.arguments)
            answer = Answer(request.number, *_packed(value), client.traffic)
            del value
            try:
                send(self._end, answer)
            except OSError:
                return
            finally:
                del request, answer


def _packed(value: object) -> tuple[bool, bytes]:
    """Whether it is a problem, and its bytes. JSON has whole numbers of any length, msgpack 64 bits: what is longer is no answer."""
    try:
        return isinstance(value, Problem), msgspec.msgpack.encode(value)
    except OverflowError:
        return True, msgspec.msgpack.encode(UNEXPECTED)


def _or_end(work: Callable[[], None]) -> None:
    """Ends the process when `work` raises. Its text may quote a citizen, so nothing of it is written."""
    try:
        work()
    except BaseException:  # noqa: BLE001 - see above
        os._exit(1)


def _path(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError(kind)


def main(argv: list[str] | None = None) -> int:
    """Serves its lines until the parent ends."""
    parser = argparse.ArgumentParser(prog="kiosk.central.host")
    parser.add_argument("--fd", type=int, action="append", required=True)
    parser.add_argument("--parent", type=int, required=True)
    arguments = parser.parse_args(argv)
    if not end_with_parent(arguments.parent):
        return 0
    leave_no_traces()
    install_hooks()
    # Ctrl+C goes to every process of a window; this one must answer until the wipe and ends with its parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lines = [HostLine(socket.socket(fileno=fd)) for fd in arguments.fd]
    import kiosk.central.transport  # noqa: F401 - the first citizen's call must not wait for it

    threads = [threading.Thread(target=_or_end, args=(line.run,), daemon=True) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # a call that still hangs must not hold the end
