"""Store processes for tests: started as the terminal starts them, on a small ballast."""

import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

import offline_cache
from kiosk.base import memory
from kiosk.base.errors import Problem
from offline_cache.outbox.item import NewItem
from offline_cache.process import frames
from offline_cache.process import protocol as wire
from offline_cache.process.client import StoreClient
from offline_cache.process.parts import open_parts
from offline_cache.process.server import Server
from offline_cache.process.settings import StoreSettings
from offline_cache.process.supervisor import ANSWER_S, BUSY_S, HEARTBEAT_S, StoreSupervisor
from offline_cache.store.connection import ConnectionFactory, SqliteConnection
from tests.offline_cache.stores import BODY, TERMINAL

ROOT = Path(offline_cache.__file__).parents[1]
ENVIRONMENT = {**os.environ, **memory.WANTED, "PYTHONPATH": str(ROOT)}
"""Of programs that tests start."""

START_S = 20.0
"""How long a start may take on a machine that runs other tests as well."""


def settings_of(folder: Path, **more: object) -> StoreSettings:
    usual = {"terminal_id": TERMINAL, "ballast_bytes": 1 << 16, "vault": "file"}
    return StoreSettings(folder=str(folder), **{**usual, **more})  # type: ignore[arg-type]


def config_text(platform_url: str, terminal_id: str = TERMINAL) -> str:
    """A terminal's configuration with its state beside it."""
    return f"""\
profile: demo
terminal:
  id: {terminal_id}
  site: {{zh_CN: 星河市民中心, zh_HK: 星河市民中心, en: Xinghe Civic Centre}}
panel: {{width_mm: 336, orientation: portrait}}
devices:
  sheet_printer: {{driver: cups, queue: A4}}
platform: {{url: "{platform_url}"}}
state_dir: state
offline: {{vault: {{kind: file}}, free_mib: 64}}
keys: {{attestation_key_id: XH-01-1, attestation_private: a.pem, key_list: list.json, key_list_public: list.pem}}
"""


def item(number: int, body: bytes = BODY) -> NewItem:
    return NewItem(
        UUID(int=number, version=4), f"visit-{number}", "consultation", 1, body, slip_number=f"XH-01-{number:06d}"
    )


@dataclass(frozen=True)
class Times:
    """Of the supervisor."""

    heartbeat_s: float = HEARTBEAT_S
    answer_s: float = ANSWER_S
    busy_s: float = BUSY_S


@dataclass
class Running:
    """A supervised store with a client."""

    folder: Path
    supervisor: StoreSupervisor
    client: StoreClient
    news: "queue.SimpleQueue[Problem | None]"

    def pid(self) -> int:
        pid = self.supervisor.pid
        assert pid is not None
        return pid


@contextmanager
def running(folder: Path, settings: StoreSettings | None = None, times: Times | None = None) -> Iterator[Running]:
    """A store that can be used."""
    news: queue.SimpleQueue[Problem | None] = queue.SimpleQueue()
    supervisor = StoreSupervisor(settings or settings_of(folder), news.put, **asdict(times or Times()))
    client = StoreClient(folder, START_S)
    supervisor.start()
    try:
        first = news.get(timeout=START_S)
        assert first is None, first
        yield Running(folder, supervisor, client, news)
    finally:
        client.close()
        supervisor.stop()


@contextmanager
def serving(
    folder: Path,
    connect: ConnectionFactory = SqliteConnection,
    on_damage: Callable[[], None] = lambda: None,
    **more: object,
) -> Iterator[StoreClient]:
    """A server within this process, and a client of it; `more` are settings."""
    folder.mkdir(mode=0o700, exist_ok=True)
    parts = open_parts(settings_of(folder, **more), on_damage, connect=connect)
    server = Server(parts, folder, hello_s=0.3, frame_s=0.3)
    thread = threading.Thread(target=server.serve)
    thread.start()
    client = StoreClient(folder)
    try:
        yield client
    finally:
        client.close()
        server.stop()
        thread.join(2)
        parts.close()


def raw(folder: Path) -> socket.socket:
    """A connection without manners."""
    end = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    end.settimeout(5)
    with frames.address_in(folder) as address:
        end.connect(address)
    return end


def greet(end: socket.socket, version: int = wire.VERSION, client: str = "") -> wire.Reply:
    return exchange(end, wire.Hello(1, version, client))


def exchange(end: socket.socket, request: wire.Request) -> wire.Reply:
    until = time.monotonic() + 5
    frames.send(end, request, until)
    body = frames.receive(end, until, 5)
    assert body is not None
    return wire.decode_reply(body)
