"""What can happen to the store process, and what its supervisor and its clients make of it."""

import contextlib
import fcntl
import os
import queue
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest

from kiosk.base import memory
from kiosk.base.errors import Problem
from kiosk.base.sentences import LANGUAGES, sentence_of
from offline_cache.outbox.item import Stored
from offline_cache.process import frames, host
from offline_cache.process import protocol as wire
from offline_cache.process.client import StoreClient
from offline_cache.process.supervisor import StoreSupervisor
from offline_cache.store.connection import Fault, SqliteConnection
from tests.offline_cache.process.standing import (
    ENVIRONMENT,
    ROOT,
    START_S,
    Running,
    Times,
    config_text,
    greet,
    item,
    raw,
    running,
    settings_of,
)
from tests.offline_cache.process.test_connections import Moody

QUICK = Times(heartbeat_s=0.1, answer_s=0.5)


def until_ready(store: Running) -> None:
    while store.news.get(timeout=START_S) is not None:
        pass


@pytest.mark.allow_log("store_lost|store_away")
def test_a_killed_store_is_started_again_and_the_put_comes_through(tmp_path: Path) -> None:
    with running(tmp_path / "store", times=QUICK) as store:
        assert isinstance(store.client.put(item(1)), Stored)
        first = store.pid()
        os.kill(first, signal.SIGKILL)
        stored = store.client.put(item(2))
        assert isinstance(stored, Stored)
        assert stored.seq == 2
        assert store.news.get(timeout=START_S) == Problem("store.away")
        until_ready(store)
        assert store.pid() != first


@pytest.mark.allow_log("store_hung|store_away")
def test_a_stopped_store_is_killed_and_started_again(tmp_path: Path) -> None:
    with running(tmp_path / "store", times=QUICK) as store:
        first = store.pid()
        os.kill(first, signal.SIGSTOP)
        began = time.monotonic()
        slow = store.client.put(item(1), deadline_s=0.3)
        assert slow in (Problem("store.slow"), Problem("store.away"))
        assert time.monotonic() - began < 2
        stored = store.client.put(item(1), deadline_s=START_S)
        assert isinstance(stored, Stored)
        assert stored.seq == 1
        until_ready(store)
        assert store.pid() != first


# in the store's process: a disk that does not answer while a file lies beside it
_HANGING_DISK = """
import os, time
ask = os.statvfs
def hanging(path):
    while os.path.exists({flag!r}):
        time.sleep(0.01)
    return ask(path)
os.statvfs = hanging
"""


@pytest.mark.allow_log("store_hung|store_away")
def test_a_store_that_sits_on_one_request_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flag = tmp_path / "hangs"
    (tmp_path / "sitecustomize.py").write_text(_HANGING_DISK.format(flag=str(flag)))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with running(tmp_path / "store", times=Times(heartbeat_s=0.1, busy_s=0.5)) as store:
        first = store.pid()
        flag.touch()
        assert isinstance(store.client.reserve(1, 10, deadline_s=1.0), Problem)
        assert store.news.get(timeout=START_S) == Problem("store.away")
        flag.unlink()
        until_ready(store)
        assert store.pid() != first
        assert isinstance(store.client.put(item(1)), Stored)


def test_a_second_store_on_the_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with running(folder) as store:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            settings = msgspec.msgpack.encode(settings_of(folder))
            ours.sendall(wire.LENGTH.pack(len(settings)) + settings)
            command = [sys.executable, "-m", "offline_cache.process.host", "--fd", str(theirs.fileno())]
            second = subprocess.run(command, pass_fds=(theirs.fileno(),), timeout=START_S, check=False, env=ENVIRONMENT)
            body = frames.receive(ours, time.monotonic() + 5, 5)
        assert second.returncode == host.NOT_OPENED
        assert body is not None
        reply = wire.decode_reply(body)
        assert isinstance(reply, wire.Failed)
        assert reply.key == "store.in_use"
        assert all(sentence_of(Problem(reply.key), language) for language in LANGUAGES)
        assert isinstance(store.client.put(item(1)), Stored)


def test_a_store_that_runs_already_is_used_and_left_running(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with running(folder) as store:
        with running(folder) as other:
            assert other.supervisor.pid is None
            assert isinstance(other.client.put(item(1)), Stored)
        assert isinstance(store.client.put(item(2)), Stored)


def test_the_stop_closes_the_file_within_two_seconds_and_leaves_nothing_to_replay(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with running(folder) as store:
        assert isinstance(store.client.put(item(1)), Stored)
        began = time.monotonic()
        store.supervisor.stop()
        assert time.monotonic() - began < 2
    assert not (folder / "store.db-wal").exists()
    assert not (folder / frames.SOCKET).exists()


_TERMINAL = """
import queue, sys
from pathlib import Path
from offline_cache.process.client import StoreClient
from offline_cache.process.supervisor import StoreSupervisor
from tests.offline_cache.process.standing import settings_of
news = queue.SimpleQueue()
supervisor = StoreSupervisor(settings_of(Path(sys.argv[1])), news.put)
supervisor.start()
while news.get(timeout=20) is not None:
    pass
print(supervisor.pid, flush=True)
sys.stdin.read()
"""


def test_the_store_ends_with_a_killed_terminal_and_gives_the_folder_free(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    command = [sys.executable, "-c", _TERMINAL, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as terminal:
        assert terminal.stdout is not None
        pid = int(terminal.stdout.readline())
        ending = os.pidfd_open(pid)
        try:
            terminal.kill()
            assert select.select([ending], [], [], 5)[0], "the store outlived its terminal"
        finally:
            os.close(ending)
    with (folder / "store.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.allow_log("store_lost|store_away")
def test_a_store_damaged_while_it_was_down_is_moved_aside_and_salvaged(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with running(folder, times=QUICK) as store:
        for number in range(1, 40):
            assert isinstance(store.client.put(item(number)), Stored)
    with (folder / "store.db").open("r+b") as file:
        file.seek(8 * 4096)
        file.write(b"\xa5" * 4096)
    with running(folder, times=QUICK) as store:
        status = store.client.status()
        assert isinstance(status, wire.StoreStatus)
        assert status.salvaged_items >= 20
        assert (folder / "damaged-1" / "store.db").exists()
        assert isinstance(store.client.put(item(99)), Stored)


def test_a_store_that_finds_damage_while_it_runs_ends_at_once_without_an_answer(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        moody = Moody()

        def tell(_: wire.Reply) -> None:
            moody.fault = Fault.CORRUPT

        os._exit(host.run(settings_of(folder), tell, theirs, moody))
    theirs.close()
    with ours:
        deadline = time.monotonic() + START_S
        while not (folder / frames.SOCKET).exists() and time.monotonic() < deadline:
            time.sleep(0.01)  # a file's birth has no event for us; the deadline bounds it
        with raw(folder) as end:
            greet(end)
            end.sendall(wire.encode(wire.Put(2, (item(1),))))
            assert end.recv(1) == b""
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == host.DAMAGED


@pytest.mark.allow_log("store_away")
def test_a_store_of_a_newer_program_is_told_with_its_reason_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with running(folder):
        pass
    connection = SqliteConnection(folder / "store.db")
    connection.execute("PRAGMA user_version=999")
    connection.close()
    before = (folder / "store.db").read_bytes()
    news: list[Problem | None] = []
    told = threading.Event()

    def hear(problem: Problem | None) -> None:
        news.append(problem)
        told.set()

    supervisor = StoreSupervisor(settings_of(folder), hear)
    supervisor.start()
    try:
        assert told.wait(START_S)
    finally:
        supervisor.stop()
    assert news[0] == Problem("store.newer")
    assert (folder / "store.db").read_bytes() == before


def test_as_a_service_it_reads_the_configuration_serves_and_ends_when_it_is_told(tmp_path: Path) -> None:
    config = tmp_path / "terminal.yaml"
    config.write_text(config_text("http://127.0.0.1:9"), encoding="utf-8")
    folder = tmp_path / "state" / "store"
    command = [sys.executable, "-m", "offline_cache.process.host", "--config", str(config)]
    # without the terminal's allocator: it must see to it by itself
    plain = {name: value for name, value in ENVIRONMENT.items() if name not in memory.WANTED}
    with subprocess.Popen(command, env=plain, cwd=ROOT) as service:
        client = StoreClient(folder, START_S)
        try:
            assert isinstance(client.put(item(1)), Stored)
            environment = Path(f"/proc/{service.pid}/environ").read_bytes()
            assert b"PYTHONMALLOC=malloc" in environment
            second = subprocess.run(
                command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, check=False, timeout=START_S
            )
            assert second.returncode == host.NOT_OPENED
            assert second.stderr.decode().splitlines() == [
                sentence_of(Problem("store.in_use"), language) for language in LANGUAGES
            ]
        finally:
            client.close()
            service.terminate()
            assert service.wait(5) == 0
    assert not (folder / "store.db-wal").exists()
    wrong = subprocess.run(
        [*command[:-1], str(tmp_path / "none.yaml")], env=ENVIRONMENT, cwd=ROOT, capture_output=True, check=False
    )
    assert wrong.returncode == 2
    assert wrong.stderr


@pytest.mark.allow_log("store_away")
def test_a_terminal_takes_over_when_the_service_it_used_has_ended(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with contextlib.ExitStack() as stack:
        service = stack.enter_context(running(folder, times=QUICK))
        with running(folder, times=QUICK) as terminal:
            pids = [service.supervisor.pid, terminal.supervisor.pid]
            stack.close()
            until_ready(terminal)
            pids.append(terminal.supervisor.pid)
            assert pids[1] is None
            assert pids[2] not in (None, pids[0])
            assert isinstance(terminal.client.put(item(1)), Stored)


def test_a_stop_in_the_middle_of_a_start_takes_no_longer(tmp_path: Path) -> None:
    supervisor = StoreSupervisor(settings_of(tmp_path / "store"), lambda _: None)
    supervisor.start()
    while supervisor.pid is None:
        time.sleep(0.001)  # a process's birth has no event for us; the test's own time bounds it
    began = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - began < 2.2


@pytest.mark.allow_log("store_away")
def test_a_store_that_cannot_be_opened_is_tried_again_with_pauses(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("in the way", encoding="utf-8")
    news: queue.SimpleQueue[Problem | None] = queue.SimpleQueue()
    supervisor = StoreSupervisor(settings_of(tmp_path / "store"), news.put)
    supervisor.start()
    try:
        assert news.get(timeout=START_S) == Problem("store.disk")
        (tmp_path / "store").unlink()
        assert news.get(timeout=START_S) is None
    finally:
        supervisor.stop()


@pytest.mark.allow_log("store_away")
def test_a_store_of_another_version_that_has_the_folder_is_named_as_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    with running(folder, times=Times(heartbeat_s=60)):  # its own heartbeat would be of the other version, too
        monkeypatch.setattr(wire, "VERSION", wire.VERSION + 1)  # of this terminal; its children keep theirs
        news: queue.SimpleQueue[Problem | None] = queue.SimpleQueue()
        supervisor = StoreSupervisor(settings_of(folder), news.put)
        supervisor.start()
        try:
            problem = news.get(timeout=START_S)
        finally:
            supervisor.stop()
    assert problem is not None
    assert problem.key == "store.other_version"
    assert "2" in sentence_of(problem, "en")


@pytest.mark.allow_log("store_supervisor_broke|store_lost|store_away")
def test_a_mistake_in_the_supervisor_does_not_leave_the_terminal_without_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path / "store", times=QUICK) as store:
        first = store.pid()
        broken = threading.Event()

        def ping(_deadline_s: float) -> wire.Alive:
            monkeypatch.undo()
            broken.set()
            raise ZeroDivisionError

        monkeypatch.setattr(store.supervisor._heart, "ping", ping)
        assert broken.wait(START_S)
        stored = store.client.put(item(1))
        assert isinstance(stored, Stored)
        while store.supervisor.pid in (None, first):
            time.sleep(0.01)  # the test's own time bounds it


def test_many_clients_at_once_get_a_place_each(tmp_path: Path) -> None:
    with running(tmp_path / "store") as store:
        places: list[Stored | Problem] = []

        def visit(number: int) -> None:
            client = StoreClient(store.folder, START_S)
            places.extend(client.put(item(number * 100 + one)) for one in range(20))
            client.close()

        threads = [threading.Thread(target=visit, args=(number,)) for number in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(START_S)
        seqs = [place.seq for place in places if isinstance(place, Stored)]
        assert sorted(seqs) == list(range(1, 161))
