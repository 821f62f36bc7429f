"""Nothing of a body stays: not in the store's memory, not in the client's, not in any file, and no core may be written."""

import contextlib
import re
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from offline_cache.process.client import StoreClient
from offline_cache.process.protocol import StoreStatus
from tests.journeys.residue import search_files, search_processes
from tests.offline_cache.process.standing import ENVIRONMENT, Running, running, settings_of

NAME = "欧阳" + "青禾"


def texts() -> dict[str, str]:
    """What a citizen wrote, unlike anything in our own code."""
    return {"name": NAME + secrets.token_hex(6), "question": "怎样办理" + secrets.token_hex(12)}


def body_of(needles: dict[str, str], size: int = 0) -> bytes:
    return ("；".join(needles.values()) + "。" * size).encode()


class Visitor:
    """A process like the terminal: forgetting allocator, our client."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.offline_cache.process.visitor", str(folder)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
        )

    def do(self, line: str) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "True\n"

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


def find_all(store: Running, visitor: Visitor, needles: dict[str, str]) -> list[str]:
    found = search_processes([("store", store.pid()), ("client", visitor.process.pid)], needles)
    found += search_files((store.folder, store.folder.parent), needles, lambda _: False)
    return [f"{one.what} ({one.encoding}) in {one.where}" for one in found]


def test_a_body_and_a_scan_are_nowhere_after_they_were_kept(tmp_path: Path) -> None:
    needles, held = texts(), texts()
    with running(tmp_path / "store") as store:
        visitor = Visitor(store.folder)
        try:
            for size in (0, 300, 40_000, 0):
                visitor.do(body_of(needles, size).hex())
            for size in (10, 200_000):
                visitor.do("attach " + (b"%PDF-1.7\n" + body_of(needles, size)).hex())
            assert find_all(store, visitor, needles) == []
            # the search itself: what a client holds is found
            visitor.do(f"hold {body_of(held).hex()}")
            assert find_all(store, visitor, held) != []
        finally:
            visitor.close()


@contextlib.contextmanager
def refusing() -> Iterator[str]:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        port = bound.getsockname()[1]
    yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def hanging_up() -> Iterator[str]:
    """A server that reads what comes and ends the connection without an answer."""
    with socket.create_server(("127.0.0.1", 0)) as bound:

        def serve() -> None:
            while True:
                try:
                    taken, _ = bound.accept()
                except OSError:
                    return
                with taken:
                    taken.recv(1 << 16)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            bound.shutdown(socket.SHUT_RDWR)
            thread.join(2)


@pytest.mark.parametrize("platform", [refusing, hanging_up])
def test_no_body_stays_open_while_the_platform_is_away(
    tmp_path: Path, platform: Callable[[], contextlib.AbstractContextManager[str]]
) -> None:
    needles = texts()
    with (
        platform() as url,
        running(tmp_path / "store", settings=settings_of(tmp_path / "store", base_url=url)) as store,
    ):
        visitor = Visitor(store.folder)
        try:
            for size in (0, 300):
                visitor.do(body_of(needles, size).hex())
            until = time.monotonic() + 20
            while not is_given_up(store.client):
                assert time.monotonic() < until, "the platform is not seen to be away"
                time.sleep(0.05)  # the store tells nobody; the deadline bounds it
            found = search_processes([("store", store.pid())], needles)
            assert {f"{one.what} ({one.encoding})" for one in found} == set()
        finally:
            visitor.close()


def is_given_up(client: StoreClient) -> bool:
    status = client.status()
    assert isinstance(status, StoreStatus), status
    return status.line is not None and status.line.circuit == "open"


def test_the_store_can_leave_no_core_behind(tmp_path: Path) -> None:
    with running(tmp_path / "store") as store:
        limits = Path(f"/proc/{store.pid()}/limits").read_text(encoding="ascii")
        assert re.search(r"Max core file size\s+0\s+0\s", limits)


def test_every_file_of_the_store_is_its_owners_alone(tmp_path: Path) -> None:
    with running(tmp_path / "store") as store:
        for path in (store.folder, *store.folder.rglob("*")):
            assert path.stat().st_mode & 0o077 == 0, path.name
