"""Attachments over a real folder: durable before their row, claimed with their item, gone after it; nothing of nobody stays."""

import errno
import hashlib
import random
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.base.errors import BudayangError, Problem
from offline_cache.attachments.attachments import AttachmentBounds, Attachments, KeptAttachment
from offline_cache.sealing.suites import SuiteId
from offline_cache.store.files import DiskFiles, Files, ReadingFile, WritingFile
from offline_cache.store.space import Bounds
from tests.offline_cache.stores import TERMINAL, Standing, item, open_store

SCAN = b"%PDF-1.7 " + "李明，440308199901101512".encode() * 9000


@dataclass
class Visit:
    """A store with attachments."""

    store: Standing
    attachments: Attachments

    def scan(self, content: bytes = SCAN, visit: str = "v1", media_type: str = "application/pdf") -> KeptAttachment:
        with self.attachments.begin(visit, media_type, "material") as writer:
            for at in range(0, len(content), 50_000):
                writer.append(content[at : at + 50_000])
            return writer.finish()

    def plain(self, attachment_id: UUID) -> bytes:
        with self.attachments.open_plain(attachment_id) as reader:
            pieces = [reader.read(at, 100_000) for at in range(0, reader.size, 100_000)]
            assert hashlib.sha256(b"".join(pieces)).digest() == reader.sha256
            return b"".join(pieces)


@contextmanager
def visit(
    folder: Path,
    *,
    files: Files | None = None,
    bounds: AttachmentBounds | None = None,
    boot: str = "boot-1",
    **more: object,
) -> Iterator[Visit]:
    with open_store(folder, boot=boot, **more) as store:  # type: ignore[arg-type]
        yield Visit(
            store,
            Attachments(
                store.database, store.keys, TERMINAL, store.clock, store.outbox.room, bounds, files, boot=lambda: boot
            ),
        )


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "attachments").iterdir()}


@pytest.mark.parametrize("suite", SuiteId)
def test_a_scan_belongs_to_its_item_and_goes_with_it(tmp_path: Path, suite: SuiteId) -> None:
    with visit(tmp_path, suite=suite) as here:
        kept = here.scan()
        assert (kept.size, kept.sha256) == (len(SCAN), hashlib.sha256(SCAN).digest())
        here.store.outbox.put(item(1, attachments=(kept.attachment_id,)))
        path = here.attachments.path(kept.attachment_id)
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
    with visit(tmp_path, suite=suite, boot="boot-2") as here:
        (claim,) = here.store.outbox.claim(1)
        (reference,) = claim.attachments
        assert here.plain(reference.attachment_id) == SCAN
        assert [one.attachment_id for one in here.attachments.of_item(claim.idem)] == [kept.attachment_id]
        here.store.outbox.acknowledge(claim.idem, "R")
        assert path.exists()
        here.attachments.remove_ended([reference.attachment_id])
        assert not path.exists()
        with pytest.raises(BudayangError, match=r"offline\.attachment_missing"):
            here.attachments.open_plain(reference.attachment_id)


def test_nothing_of_a_scan_is_readable_in_any_file(tmp_path: Path) -> None:
    with visit(tmp_path) as here:
        here.scan()
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert any(path.suffix == ".sealed" for path in files)
        for needle in ("李明".encode(), b"440308199901101512", b"%PDF"):
            assert not any(needle in path.read_bytes() for path in files)


def test_any_part_can_be_read_and_an_upload_goes_on_where_it_was(tmp_path: Path) -> None:
    chance = random.Random(4)
    content = b"\xff\xd8\xff" + chance.randbytes(300_000)
    with visit(tmp_path) as here:
        kept = here.scan(content, media_type="image/jpeg")
        here.store.outbox.put(item(1, attachments=(kept.attachment_id,)))
        with here.attachments.open_plain(kept.attachment_id) as reader:
            for _ in range(60):
                at, count = chance.randrange(310_000), chance.randrange(150_000)
                assert reader.read(at, count) == content[at : at + count]
            with pytest.raises(ValueError, match="part"):
                reader.read(0, 2 << 20)
        here.attachments.sent(kept.attachment_id, 131_072)
    with visit(tmp_path) as here:
        (again,) = here.attachments.of_item(UUID(int=1))
        assert again.sent_bytes == 131_072


def test_a_terminal_that_starts_has_no_visit_and_so_only_what_an_item_has_stays(tmp_path: Path) -> None:
    with visit(tmp_path) as here:
        mine, _, _ = here.scan(), here.scan(visit="v2"), here.scan(visit="v3")
        here.store.outbox.put(item(1, attachments=(mine.attachment_id,)))
        here.attachments.visit_ended("")
        assert names(tmp_path) == {f"{mine.attachment_id}.sealed"}


def test_what_no_item_has_is_collected_when_its_visit_must_be_over(tmp_path: Path) -> None:
    with visit(tmp_path) as here:
        mine, other, third = here.scan(), here.scan(visit="v2"), here.scan(visit="v3")
        here.store.outbox.put(item(1, attachments=(mine.attachment_id,)))
        here.attachments.visit_ended("v2")
        assert here.attachments.of_visit("v2") == []
        assert names(tmp_path) == {f"{one.attachment_id}.sealed" for one in (mine, third)}
        here.attachments.visit_ended("v1")  # what an item has stays
        here.store.clock.advance(7000)
        assert here.attachments.collect() == 0
        here.store.clock.advance(300)
        assert here.attachments.collect() == 1
        assert names(tmp_path) == {f"{mine.attachment_id}.sealed"}
        assert here.plain(mine.attachment_id) == SCAN
        assert not (tmp_path / "attachments" / f"{other.attachment_id}.sealed").exists()


def test_a_restart_of_the_store_keeps_the_scans_of_a_visit_and_one_of_the_machine_does_not(tmp_path: Path) -> None:
    with visit(tmp_path) as here:
        kept = here.scan()
    with visit(tmp_path) as here:
        assert [one.attachment_id for one in here.attachments.of_visit("v1")] == [kept.attachment_id]
        here.store.outbox.put(item(1, attachments=(kept.attachment_id,)))
        here.scan()
    with visit(tmp_path, boot="boot-2"):
        assert names(tmp_path) == {f"{kept.attachment_id}.sealed"}


def test_a_file_without_a_row_is_removed_at_the_start_and_others_are_left_alone(tmp_path: Path) -> None:
    with visit(tmp_path) as here:
        kept = here.scan()
        (tmp_path / "attachments" / f"{UUID(int=9)}.sealed").write_bytes(b"torn")
        (tmp_path / "attachments" / "notes.txt").write_bytes(b"a technician's")
    with visit(tmp_path) as here:
        assert names(tmp_path) == {f"{kept.attachment_id}.sealed", "notes.txt"}
        assert here.attachments.missing() == []
        here.attachments.path(kept.attachment_id).unlink()
        assert here.attachments.missing() == [kept.attachment_id]
        with pytest.raises(BudayangError, match=r"offline\.attachment_damaged"):
            here.attachments.open_plain(kept.attachment_id)


@pytest.mark.allow_log("store_damaged|store_salvaged")
def test_a_damaged_stores_files_are_put_beside_it(tmp_path: Path) -> None:
    with visit(tmp_path) as here:
        kept = here.scan()
        here.store.outbox.put(item(1, attachments=(kept.attachment_id,)))
        sealed = here.attachments.path(kept.attachment_id).read_bytes()
    (tmp_path / "store.db").write_bytes(b"no database" * 400)
    with visit(tmp_path):
        assert names(tmp_path) == set()
    assert (tmp_path / "damaged-1" / "attachments" / f"{kept.attachment_id}.sealed").read_bytes() == sealed


def test_a_file_under_way_is_never_collected_and_one_given_up_leaves_nothing(tmp_path: Path) -> None:
    with visit(tmp_path) as here:
        with here.attachments.begin("v1", "application/pdf", "material") as writer:
            writer.append(SCAN)
            here.store.keys.rotate()
            here.store.outbox.tidy()  # the key of a file under way is not destroyed
            assert here.attachments.collect() == 0
            kept = writer.finish()
            writer.abort()
        assert here.plain(kept.attachment_id) == SCAN
        with here.attachments.begin("v1", "application/pdf", "material") as writer:
            writer.append(SCAN)
        assert names(tmp_path) == {f"{kept.attachment_id}.sealed"}
        with pytest.raises(BudayangError):
            writer.append(b"more")
        here.attachments.discard(kept.attachment_id)
        assert names(tmp_path) == set()
        here.store.keys.rotate()
        here.store.outbox.tidy()
        assert here.store.database.commits.read(lambda c: list(c.execute("SELECT key_id FROM keys"))) == []


def _attach(here: Visit, media_type: str, purpose: str, content: bytes) -> None:
    with here.attachments.begin("v1", media_type, purpose) as writer:
        writer.append(content)
        writer.finish()


@pytest.mark.parametrize(
    ("media_type", "purpose", "content"),
    [
        ("image/jpeg", "face", b"\xff\xd8\xff"),
        ("image/webp", "material", b"RIFF"),
        ("image/svg+xml", "material", b"<svg"),
        ("image/jpeg", "material", b"%PDF-1.7"),
        ("application/pdf", "material", b""),
    ],
)
def test_no_faces_and_only_what_the_platform_takes(
    tmp_path: Path, media_type: str, purpose: str, content: bytes
) -> None:
    with visit(tmp_path) as here:
        with pytest.raises(BudayangError, match=r"offline\.attachment_type"):
            _attach(here, media_type, purpose, content)
        assert names(tmp_path) == set()
        with here.attachments.begin("v1", "image/svg+xml", "signature") as writer:
            writer.append(b"<svg/>")
            assert writer.finish().purpose == "signature"


def test_files_are_bounded_by_one_by_visit_by_number_and_by_what_was_reserved(tmp_path: Path) -> None:
    bounds = AttachmentBounds(file_bytes=300_000, visit_bytes=500_000, visit_files=2)
    with visit(tmp_path, bounds=bounds) as here:
        too_large = pytest.raises(BudayangError, match=r"offline\.attachment_too_large")
        with too_large:
            here.scan(b"%PDF-" + bytes(300_000))
        here.scan(b"%PDF-" + bytes(250_000))
        with too_large:
            here.scan(b"%PDF-" + bytes(260_000))
        here.scan(b"%PDF-" + bytes(240_000))
        with too_large:
            here.scan(b"%PDF-")
        reservation = here.store.outbox.reserve(1, 100_000)
        assert not isinstance(reservation, Problem)
        with too_large, here.attachments.begin("v2", "application/pdf", "material", reservation) as writer:
            writer.append(b"%PDF-" + bytes(100_000))
        assert len(names(tmp_path)) == 2


def test_an_items_attachments_count_as_what_the_store_holds(tmp_path: Path) -> None:
    with visit(tmp_path, bounds=AttachmentBounds(file_bytes=250_000)) as here:
        kept = here.scan(SCAN[:200_000])
        before = here.store.outbox.status().bytes
        here.store.outbox.put(item(1, attachments=(kept.attachment_id,)))
        held = here.store.outbox.status().bytes
        assert held - before > 200_000
    with open_store(tmp_path) as store:
        assert store.outbox.status().bytes == held
        store.outbox.acknowledge(UUID(int=1), None)
        assert store.outbox.status().bytes == 0
    with open_store(tmp_path / "small", bounds=Bounds(bytes=1000)) as store:
        attachments = Attachments(store.database, store.keys, TERMINAL, store.clock, store.outbox.room)
        with pytest.raises(BudayangError, match=r"offline\.full"):
            attachments.begin("v1", "application/pdf", "material")


def test_an_attachment_belongs_to_one_item_only(tmp_path: Path) -> None:
    with visit(tmp_path) as here:
        kept = here.scan()
        here.store.outbox.put(item(1, attachments=(kept.attachment_id,)))
        for number, ids in ((2, (kept.attachment_id,)), (3, (UUID(int=77),))):
            with pytest.raises(BudayangError, match=r"offline\.attachment_missing"):
                here.store.outbox.put(item(number, attachments=ids))
            assert here.store.outbox.state_of(UUID(int=number)) is None


def test_damage_and_another_files_content_are_found_before_a_byte_is_given_out(tmp_path: Path) -> None:
    with visit(tmp_path) as here:
        kept, other = here.scan(), here.scan(visit="v2")
        path = here.attachments.path(kept.attachment_id)
        whole = path.read_bytes()
        swapped = here.attachments.path(other.attachment_id).read_bytes()
        damages = (whole[:-1], whole[:-70_000], whole[:100], b"", swapped, whole[:-20] + bytes(20), b"\x02" + whole[1:])
        for damaged in damages:
            path.write_bytes(damaged)
            with pytest.raises(BudayangError, match=r"offline\.attachment_damaged"):
                here.plain(kept.attachment_id)
        path.write_bytes(whole)
        assert here.plain(kept.attachment_id) == SCAN


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (errno.EMFILE, "offline.disk"),
        (errno.EACCES, "offline.disk"),
        (errno.ENOENT, "offline.attachment_damaged"),
        (errno.EIO, "offline.attachment_damaged"),
    ],
)
def test_what_may_pass_is_no_damage_and_is_read_the_next_time(
    tmp_path: Path, number: int, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with visit(tmp_path) as here:
        kept = here.scan()

        def fail(*_: object) -> ReadingFile:
            raise OSError(number, "as the machine says it")

        with monkeypatch.context() as patch:
            patch.setattr(DiskFiles, "open", fail)
            with pytest.raises(BudayangError) as caught:
                here.attachments.open_plain(kept.attachment_id)
        assert caught.value.problem.key == problem
        assert here.plain(kept.attachment_id) == SCAN


class FullWriting:
    """A file on a disk that gets full after so many bytes, or breaks at the flush."""

    def __init__(self, file: WritingFile, room: int, *, breaks: bool) -> None:
        self._file = file
        self._room = room
        self._breaks = breaks

    def write(self, data: bytes) -> None:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(28, "no space")
        self._file.write(data)

    def flush(self) -> None:
        if self._breaks:
            raise OSError(5, "broken")
        self._file.flush()

    def close(self) -> None:
        self._file.close()


class FullFiles(DiskFiles):
    """See `FullWriting`."""

    def __init__(self, room: int, *, breaks: bool = False) -> None:
        self._room = room
        self._breaks = breaks

    def create(self, path: Path) -> WritingFile:
        return FullWriting(super().create(path), self._room, breaks=self._breaks)


@pytest.mark.parametrize(
    ("room", "breaks", "key"),
    [(10, False, "offline.disk_full"), (100_000, False, "offline.disk_full"), (1 << 30, True, "offline.disk")],
)
def test_a_full_or_broken_disk_is_told_and_leaves_no_torn_file(
    tmp_path: Path, room: int, breaks: bool, key: str
) -> None:
    with visit(tmp_path, files=FullFiles(room, breaks=breaks)) as here:
        with pytest.raises(BudayangError) as caught:
            here.scan()
        assert caught.value.problem.key == key
        assert names(tmp_path) == set()
        assert here.store.keys.in_use() == {here.store.keys.current_key_id}


def test_memory_is_bounded_whatever_the_size(tmp_path: Path) -> None:
    piece = bytes(1 << 16)
    with visit(tmp_path) as here:
        tracemalloc.start()
        try:
            with here.attachments.begin("v1", "application/pdf", "material") as writer:
                writer.append(b"%PDF-")
                for _ in range(320):
                    writer.append(piece)
                kept = writer.finish()
            with here.attachments.open_plain(kept.attachment_id) as reader:
                for at in range(0, reader.size, 1 << 18):
                    reader.read(at, 1 << 18)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert kept.size > 20 << 20
        assert most < 2 << 20


def test_four_visits_scan_side_by_side_while_others_are_collected(tmp_path: Path) -> None:
    with visit(tmp_path) as here:
        stop = threading.Event()
        found: list[UUID] = []

        def collect() -> None:
            while not stop.is_set():
                here.attachments.collect()

        def scan(name: str) -> None:
            found.extend(here.scan(SCAN[:90_000], name).attachment_id for _ in range(8))

        collector = threading.Thread(target=collect)
        visits = [threading.Thread(target=scan, args=(f"v{number}",)) for number in range(4)]
        for thread in (collector, *visits):
            thread.start()
        for thread in visits:
            thread.join(20)
        stop.set()
        collector.join(5)
        assert len(found) == 32
        assert all(here.plain(one) == SCAN[:90_000] for one in found)
