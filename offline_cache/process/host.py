"""The store process: ``python -m offline_cache.process.host --fd N --parent PID`` or ``--config FILE``.

Started by the terminal it takes its settings from an inherited socket, says on it whether the store could be opened, and ends
with that socket or its parent, whichever goes first. Started alone, as a service, it reads the terminal's configuration and ends
at SIGTERM. A store that turns out to be damaged while it runs ends the process at once, as if it had been killed: no answer
goes out that may not be true, and the next start moves the file aside and salvages.
"""

import argparse
import contextlib
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import msgspec

from kiosk.base import memory
from kiosk.base.confinement import end_with_parent, leave_no_traces
from kiosk.base.errors import BudayangError
from kiosk.base.logs import install_hooks, start_logging
from offline_cache.process import frames
from offline_cache.process import protocol as wire
from offline_cache.process.log_events import log
from offline_cache.process.parts import Parts, open_parts
from offline_cache.process.server import Server
from offline_cache.process.settings import StoreSettings
from offline_cache.store.connection import ConnectionFactory, SqliteConnection
from offline_cache.vault.holders import VaultClosedError

DAMAGED = 70
NOT_OPENED = 1
SETTINGS_S = 5.0
UPKEEP_S = 600.0
Tell = Callable[[wire.Reply], None]
"""Tells whoever started the process how it went; never raises."""


def main(argv: list[str] | None = None) -> int:
    """Serves until it is told to end; 0, `NOT_OPENED`, or 2 for wrong use or a wrong configuration."""
    parser = argparse.ArgumentParser(prog="offline_cache.process.host")
    parser.add_argument("--fd", type=int)
    parser.add_argument("--parent", type=int)
    parser.add_argument("--config", type=Path)
    arguments = parser.parse_args(argv)
    if arguments.parent is not None and not end_with_parent(arguments.parent):
        return 0
    leave_no_traces()
    install_hooks()
    if arguments.fd is not None:
        return _serve_parent(socket.socket(fileno=arguments.fd))
    if arguments.config is None:
        parser.error("--config FILE")
    return _serve_alone(arguments.config)


def _serve_parent(parent: socket.socket) -> int:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to every process of a window; the terminal ends us
    body = frames.receive(parent, time.monotonic() + SETTINGS_S, SETTINGS_S)
    if body is None:
        return 0
    settings = msgspec.msgpack.decode(body, type=StoreSettings)

    def tell(reply: wire.Reply) -> None:
        with contextlib.suppress(OSError):
            frames.send(parent, reply, time.monotonic() + SETTINGS_S)

    return run(settings, tell, parent)


def _serve_alone(config: Path) -> int:
    from kiosk.base.config import ConfigError, load_config
    from offline_cache.process.configured import store_settings

    try:
        settings = store_settings(load_config(config))
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    ours, theirs = socket.socketpair()

    def end(_number: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(OSError):
            theirs.shutdown(socket.SHUT_WR)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)

    def tell(reply: wire.Reply) -> None:
        if isinstance(reply, wire.Failed):
            from kiosk.base.errors import Problem
            from kiosk.base.sentences import LANGUAGES, sentence_of

            problem = Problem(reply.key, reply.placeholders)
            sys.stderr.write("".join(f"{sentence_of(problem, language)}\n" for language in LANGUAGES))

    with ours, theirs:
        return run(settings, tell, ours)


def run(
    settings: StoreSettings,
    tell: Tell,
    until_end_of: socket.socket,
    connect: ConnectionFactory = SqliteConnection,
    upkeep_s: float = UPKEEP_S,
) -> int:
    """Serves the store until the end of file on `until_end_of`; `tell` hears first how the opening went. Returns the status."""
    folder = Path(settings.log_folder) if settings.log_folder else None
    with start_logging("store", folder, stderr=False):
        try:
            parts = open_parts(settings, _end_damaged, connect=connect)
        except BudayangError as error:
            reason = error.remedy if isinstance(error, VaultClosedError) else error.problem
            log.event("store_not_opened", reason=reason.key)
            tell(wire.Failed(0, error.problem.key, dict(error.problem.placeholders)))
            return NOT_OPENED
        try:
            return _serve(parts, settings, tell, until_end_of, upkeep_s)
        finally:
            parts.close()
            log.event("store_closed")


def _serve(parts: Parts, settings: StoreSettings, tell: Tell, until_end_of: socket.socket, upkeep_s: float) -> int:
    try:
        server = Server(parts, Path(settings.folder))
    except OSError:
        log.event("store_not_opened", reason="store.disk")
        tell(wire.Failed(0, "store.disk"))
        return NOT_OPENED
    thread = threading.Thread(target=server.serve, name="store-server", daemon=True)
    thread.start()
    if parts.sync is not None:
        parts.sync.start()
    log.event("store_ready")
    tell(wire.Welcome(0, wire.VERSION, parts.database.store_id, os.getpid()))
    while not _has_ended(until_end_of, upkeep_s):
        parts.look_after()
    server.stop()
    return 0


def _has_ended(link: socket.socket, wait_s: float) -> bool:
    """Waits so long at most for whoever is at the other end; whether it has gone."""
    try:
        return bool(select.select([link], [], [], wait_s)[0]) and not link.recv(4096)
    except OSError:
        return True


def _end_damaged() -> None:
    log.event("store_found_damage")
    os._exit(DAMAGED)


if __name__ == "__main__":
    memory.ensure([*(["-P"] if sys.flags.safe_path else []), "-m", "offline_cache.process.host", *sys.argv[1:]])
    status = main()
    sys.stdout.flush()
    os._exit(status)  # a thread that still hangs must not hold the end
