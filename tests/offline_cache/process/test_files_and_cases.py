"""Attachments and the journal through the socket."""

import hashlib
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from kiosk.base.errors import Problem
from offline_cache.outbox.item import NewItem, Stored
from offline_cache.process import protocol as wire
from offline_cache.process import rows
from offline_cache.process.client import Held
from tests.offline_cache.process.standing import Times, exchange, greet, raw, running, serving

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4000
"""About 1 MB."""


class Pieces:
    """A content that counts how often it was asked for, and does something in the middle."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked = 0
        self.in_the_middle: Callable[[], object] = lambda: None

    def __call__(self) -> Iterator[bytes]:
        self.asked += 1
        for start in range(0, len(self.content), wire.CHUNK_BYTES):
            yield self.content[start : start + wire.CHUNK_BYTES]
            if start == wire.CHUNK_BYTES and self.asked == 1:
                self.in_the_middle()


def files_in(folder: Path) -> list[Path]:
    return sorted((folder / "attachments").iterdir())


def item_with(*attachments: UUID) -> NewItem:
    return NewItem(uuid4(), "visit-1", "consultation", 1, b"question", attachments=attachments)


def test_a_file_comes_in_pieces_and_goes_with_its_item(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder) as client:
        held = client.reserve(1, 8 << 20)
        assert isinstance(held, Held)
        kept = client.attach("visit-1", "image/png", "material", Pieces(PNG), held)
        assert isinstance(kept, wire.Attached)
        assert (kept.bytes, kept.sha256) == (len(PNG), hashlib.sha256(PNG).hexdigest())
        assert isinstance(client.put(item_with(kept.attachment_id), held), Stored)
        assert client.visit_ended("visit-1") is None
        assert [file.name for file in files_in(folder)] == [f"{kept.attachment_id}.sealed"]
        assert PNG[:64] not in files_in(folder)[0].read_bytes()


def test_files_that_no_item_took_go_with_the_visit(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder) as client:
        first = client.attach("visit-1", "image/png", "material", Pieces(PNG))
        second = client.attach("visit-1", "image/png", "material", Pieces(PNG))
        other = client.attach("visit-2", "image/png", "material", Pieces(PNG))
        assert isinstance(first, wire.Attached)
        assert isinstance(second, wire.Attached)
        assert isinstance(other, wire.Attached)
        assert client.drop_attachment(first.attachment_id) is True
        assert len(files_in(folder)) == 2
        assert client.visit_ended("visit-1") is None
        assert [file.name for file in files_in(folder)] == [f"{other.attachment_id}.sealed"]
        assert client.put(item_with(first.attachment_id)) == Problem("offline.attachment_missing")


def test_a_file_that_its_client_left_in_the_middle_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder) as client:
        with raw(folder) as end:
            greet(end)
            assert isinstance(exchange(end, wire.AttachBegin(2, "visit-1", "image/png", "material")), wire.Done)
            assert isinstance(exchange(end, wire.AttachAppend(3, PNG[:1000])), wire.Done)
            assert len(files_in(folder)) == 1
            end.shutdown(socket.SHUT_WR)
            assert end.recv(1) == b""
        assert isinstance(client.ping(), wire.Alive)
        assert files_in(folder) == []


def test_what_is_no_file_of_the_kind_is_refused_and_the_connection_lives(tmp_path: Path) -> None:
    with serving(tmp_path / "store") as client:
        assert client.attach("v", "image/png", "material", Pieces(b"%PDF-1.7" + bytes(100))) == Problem(
            "offline.attachment_type"
        )
        assert client.attach("v", "image/png", "face", Pieces(PNG)) == Problem("offline.attachment_type")
        assert isinstance(client.attach("v", "image/png", "material", Pieces(PNG)), wire.Attached)
        with raw(tmp_path / "store") as end:
            greet(end)
            for request in (wire.AttachAppend(2, b"x"), wire.AttachFinish(3)):
                reply = exchange(end, request)
                assert isinstance(reply, wire.Failed)
                assert reply.key == "offline.attachment_missing"
            too_much = exchange(end, wire.AttachAppend(4, bytes(wire.CHUNK_BYTES + 1)))
            assert isinstance(too_much, wire.Failed)
            assert too_much.key == "store.request_too_large"


@pytest.mark.allow_log("store_lost|store_away")
def test_a_file_begins_again_when_the_store_is_killed_in_its_middle(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with running(folder, times=Times(heartbeat_s=0.1, answer_s=2)) as store:
        pieces = Pieces(PNG)
        pieces.in_the_middle = lambda: os.kill(store.pid(), signal.SIGKILL)
        kept = store.client.attach("visit-1", "image/png", "material", pieces)
        assert isinstance(kept, wire.Attached)
        assert pieces.asked == 2
        assert isinstance(store.client.put(item_with(kept.attachment_id)), Stored)
        assert [file.name for file in files_in(folder)] == [f"{kept.attachment_id}.sealed"]


def test_a_visit_is_told_when_its_files_are_too_large(tmp_path: Path) -> None:
    with serving(tmp_path / "store") as client:
        held = client.reserve(1, 100_000)
        assert isinstance(held, Held)
        assert client.attach("v", "image/png", "material", Pieces(PNG), held) == Problem("offline.attachment_too_large")


@pytest.mark.allow_log("store_lost|store_away")
def test_a_step_of_money_survives_the_store_and_says_what_must_be_done_first(tmp_path: Path) -> None:
    case = uuid4()
    with running(tmp_path / "store", times=Times(heartbeat_s=0.1)) as store:
        client = store.client
        assert client.journal_open_case(case, "payment", b"a licence fee") is None
        for _ in range(2):  # a repeat is the same step
            assert client.journal_begin(case, 1, "order", b"order 1") is None
        assert client.journal_begin(case, 2, "pay") == Problem("journal.step_open")
        assert client.journal_ended(case, 1, "placed") is None
        assert client.journal_begin(case, 2, "pay", b"pay 1") is None
        os.kill(store.pid(), signal.SIGKILL)
        cases = client.journal_open_cases()
        assert isinstance(cases, tuple)
        (one,) = cases
        assert (one.case_id, one.step, one.is_under_way, one.rule) == (case, "pay", True, "askPlatform")
        assert one.details == b"pay 1"
        entries = client.journal_entries(case)
        assert isinstance(entries, tuple)
        assert [(entry.step, entry.outcome) for entry in entries] == [
            ("opened", "noted"),
            ("order", "placed"),
            ("pay", None),
        ]
        assert client.journal_ended(case, 2, "paid") is None
        assert client.journal_close(case, "done") is None
        assert client.journal_open_cases() == ()
        assert client.journal_begin(case, 3, "deliver") == Problem("journal.no_such_case")


def test_the_client_of_the_terminal_loads_no_ciphers() -> None:
    import subprocess
    import sys

    from tests.offline_cache.process.standing import ENVIRONMENT

    program = "import sys, offline_cache.process.client, offline_cache.process.supervisor, kiosk.terminal.offline;"
    program += "sys.exit(any(name.split('.')[0] in ('cryptography', 'requests', 'ssl') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], env=ENVIRONMENT, check=False).returncode == 0


def test_details_are_in_no_repr() -> None:
    entry = rows.Entry(1, "pay", None, b"440308199901101512", None)
    case = rows.OpenCase(uuid4(), "payment", 1, "pay", True, "askPlatform", b"440308199901101512")
    assert "440308199901101512" not in f"{entry!r} {case!r}"
