"""A client that hangs, babbles or asks too much costs only its own connection."""

import os
import random
import socket
import stat
import struct
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.base.errors import Problem
from offline_cache.outbox.item import NewItem, Stored
from offline_cache.process import frames
from offline_cache.process import protocol as wire
from offline_cache.process.client import Held, StoreClient
from offline_cache.process.schema import SCHEMA_PATH, schema
from offline_cache.process.server import MOST_CLIENTS
from offline_cache.store.connection import Connection, DatabaseError, Fault, SqliteConnection
from offline_cache.store.space import Bounds
from tests.offline_cache.process.standing import exchange, greet, item, raw, serving


def is_cut(end: socket.socket) -> bool:
    """Whether the other side hung up."""
    try:
        return end.recv(1) == b""
    except ConnectionResetError:
        return True


def test_the_published_schema_is_up_to_date() -> None:
    assert SCHEMA_PATH.read_text(encoding="utf-8") == schema(), "run: python -m offline_cache.process.schema"


def test_the_socket_is_the_owners_alone(tmp_path: Path) -> None:
    with serving(tmp_path / "store"):
        mode = (tmp_path / "store" / frames.SOCKET).stat().st_mode
        assert stat.S_ISSOCK(mode)
        assert stat.S_IMODE(mode) == 0o600
    assert not (tmp_path / "store" / frames.SOCKET).exists()


def test_a_folder_with_a_long_name_has_a_socket_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 40) / "store"
    folder.parent.mkdir()
    with serving(folder) as client:
        assert isinstance(client.put(item(1)), Stored)


@pytest.mark.allow_log("store_client_dropped.*garbage")
@pytest.mark.parametrize(
    "babble",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        struct.pack(">I", 0xFFFFFFFF),
        struct.pack(">I", 3) + b"\xc1\xc1\xc1",
        struct.pack(">I", 2) + b"\x80\x80",
        struct.pack(">I", 60_000) + b"\x91" * 60_000,
        random.Random(4).randbytes(4096),
    ],
    ids=["http", "endless", "no msgpack", "empty map", "deep", "noise"],
)
def test_garbage_ends_the_connection_it_came_on(tmp_path: Path, babble: bytes) -> None:
    folder = tmp_path / "store"
    with serving(folder) as client, raw(folder) as end, raw(folder) as greeted:
        assert isinstance(client.put(item(1)), Stored)
        greet(greeted)
        for one in (end, greeted):
            one.sendall(babble)
            one.shutdown(socket.SHUT_WR)
            assert is_cut(one)
        assert isinstance(client.put(item(2)), Stored)


@pytest.mark.allow_log("store_client_dropped.*slow")
def test_a_client_that_stops_in_the_middle_of_a_frame_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder) as client, raw(folder) as silent, raw(folder) as halting:
        greet(halting)
        halting.sendall(struct.pack(">I", 100) + b"\x80")
        assert is_cut(halting)
        assert is_cut(silent)
        assert isinstance(client.put(item(1)), Stored)


@pytest.mark.allow_log("store_client_dropped.*noHello")
def test_nothing_is_done_before_the_greeting(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder) as client, raw(folder) as end:
        end.sendall(wire.encode(wire.Put(1, (item(1),))))
        assert is_cut(end)
        standing = client.state_of(item(1).idem)
        assert isinstance(standing, wire.ItemStanding)
        assert standing.state == ""


@pytest.mark.parametrize("version", [0, wire.VERSION + 1])
def test_a_client_of_another_version_is_told_so(tmp_path: Path, version: int) -> None:
    folder = tmp_path / "store"
    with serving(folder), raw(folder) as end:
        reply = greet(end, version)
        assert isinstance(reply, wire.Failed)
        assert reply.key == "store.other_version"
        assert reply.placeholders == {"theirs": str(version), "ours": str(wire.VERSION)}
        assert is_cut(end)


@pytest.mark.allow_log("store_client_dropped.*tooMany")
def test_more_clients_than_there_is_room_for_are_turned_away(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder) as client:
        assert isinstance(client.put(item(1)), Stored)
        ends = [raw(folder) for _ in range(MOST_CLIENTS - 1)]
        try:
            for end in ends:
                greet(end)
            with raw(folder) as one_more:
                assert is_cut(one_more)
            assert isinstance(client.put(item(2)), Stored)
        finally:
            for end in ends:
                end.close()


def test_a_body_beyond_the_bounds_is_refused_and_the_connection_lives(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder) as client:
        assert client.put(item(1, bytes(wire.LONGEST_BODY + 1))) == Problem("store.request_too_large")
        assert client.put(item(1, bytes(wire.MAX_FRAME_BYTES))) == Problem("store.request_too_large")
        assert client.put(NewItem(UUID(int=1), "", "consultation", 1, b"x")) == Problem("store.request_too_large")
        assert isinstance(client.put(item(1, bytes(wire.LONGEST_BODY))), Stored)


def test_what_a_client_had_reserved_is_free_when_it_has_gone(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder, bounds=Bounds(rows=10)) as client:
        other = StoreClient(folder)
        held = other.reserve(9, 1000)
        assert isinstance(held, Held)
        assert client.reserve(2, 1000) == Problem("offline.full")
        assert isinstance(other.put(item(1), held), Stored)
        assert other.put_many([item(number) for number in range(2, 4)]) == Problem("offline.full")
        other.close()
        freed = client.reserve(2, 1000, deadline_s=5)
        for _ in range(100):  # the server notices the end of the line in its own time
            if isinstance(freed, Held):
                break
            freed = client.reserve(2, 1000)
        assert isinstance(freed, Held)
        client.release(freed)
        client.release(freed)
        assert isinstance(client.reserve(9, 1000), Held)


def test_a_client_that_comes_back_has_its_reservation_again(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder, bounds=Bounds(rows=10)) as client:
        held = client.reserve(9, 1000)
        assert isinstance(held, Held)
        assert client._end is not None
        client._end.shutdown(socket.SHUT_RDWR)
        assert isinstance(client.put_many([item(number) for number in range(5)], held), tuple)
        with raw(folder) as end:
            greet(end)
            refused = exchange(end, wire.Reserve(2, 1, 5, 10))
            assert isinstance(refused, wire.Failed)


def test_a_client_that_comes_back_before_the_store_saw_it_go_keeps_its_room(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder, bounds=Bounds(rows=10)), raw(folder) as first, raw(folder) as again, raw(folder) as other:
        greet(first, client="one")
        greet(other, client="other")
        assert isinstance(exchange(first, wire.Reserve(2, 1, 9, 10)), wire.Done)
        greet(again, client="one")
        assert exchange(again, wire.Reserve(2, 1, 9, 10)) == wire.Done(2, found=False)
        assert isinstance(exchange(other, wire.Reserve(2, 1, 5, 10)), wire.Failed)
        first.close()
        assert isinstance(exchange(other, wire.Reserve(3, 1, 5, 10)), wire.Failed)
        assert exchange(again, wire.Release(3, 1)) == wire.Done(3, found=True)
        assert isinstance(exchange(other, wire.Reserve(4, 1, 5, 10)), wire.Done)


def test_nobody_takes_over_the_room_of_a_client_without_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder, bounds=Bounds(rows=10)), raw(folder) as first, raw(folder) as second:
        greet(first)
        assert isinstance(exchange(first, wire.Reserve(2, 1, 9, 10)), wire.Done)
        greet(second)
        assert isinstance(exchange(second, wire.Reserve(2, 1, 9, 10)), wire.Failed)


class Moody:
    """A connection that fails as it is told."""

    def __init__(self) -> None:
        self.fault: Fault | None = None

    def __call__(self, path: Path, *, read_only: bool = False) -> Connection:
        inner = SqliteConnection(path, read_only=read_only)
        mood = self

        class Failing:
            def execute(self, statement: str, values: object = ()) -> object:
                if statement.startswith(("COMMIT", "INSERT")) and mood.fault is not None:
                    raise DatabaseError(mood.fault)
                return inner.execute(statement, values)  # type: ignore[arg-type]

            def close(self) -> None:
                inner.close()

        return Failing()  # type: ignore[return-value]


def test_a_full_disk_is_told_and_the_same_item_can_be_put_later(tmp_path: Path) -> None:
    moody = Moody()
    with serving(tmp_path / "store", moody) as client:
        assert isinstance(client.put(item(1)), Stored)
        moody.fault = Fault.FULL
        assert client.put(item(2)) == Problem("offline.disk_full")
        moody.fault = None
        stored = client.put(item(2))
        assert isinstance(stored, Stored)
        assert not stored.is_repeat


def test_too_little_room_on_the_disk_refuses_before_the_visit(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    numbers = os.statvfs(tmp_path)
    with serving(folder, bounds=Bounds(free_bytes=numbers.f_blocks * numbers.f_frsize * 2)) as client:
        assert client.reserve(1, 10) == Problem("offline.disk_full")
        assert client.put(item(1)) == Problem("offline.disk_full")


def test_a_file_that_turns_out_to_be_damaged_is_told_to_the_process(tmp_path: Path) -> None:
    moody, met = Moody(), []
    with serving(tmp_path / "store", moody, lambda: met.append(True)) as client:
        assert isinstance(client.put(item(1)), Stored)
        assert not met
        moody.fault = Fault.CORRUPT
        assert isinstance(client.put(item(2)), Problem)
        assert met


def test_states_are_told_by_key_and_by_slip(tmp_path: Path) -> None:
    with serving(tmp_path / "store") as client:
        client.put(item(1))
        by_key, by_slip = client.state_of(item(1).idem), client.state_of_slip("XH-01-000001")
        assert isinstance(by_key, wire.ItemStanding)
        assert isinstance(by_slip, wire.ItemStanding)
        assert by_key.state == by_slip.state == "queued"
        assert by_key.slip_number == "XH-01-000001"
        status = client.status()
        assert isinstance(status, wire.StoreStatus)
        assert (status.outbox.queued, status.outbox.dead, dict(status.outbox.by_kind)) == (1, 0, {"consultation": 1})
        letters = client.ask(wire.DeadLetters, wire.Letters)
        assert isinstance(letters, wire.Letters)
        assert (letters.letters, letters.is_last) == ((), True)


def test_messages_do_not_show_what_they_hold() -> None:
    for message in (wire.Put(1, (item(1),)), wire.AttachAppend(2, b"440308199901101512")):
        assert "440308199901101512" not in repr(message) + str(message)
