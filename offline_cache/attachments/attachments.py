"""Sealed files under the same promise as the outbox: an item that was acknowledged has all its attachments, whole.

A file is written in sealed chunks and flushed, then its folder, and only then its row is inserted; so every row has its whole file.
`Outbox.put` gives rows to an item in the item's transaction. When the item ends its rows go with it and the files after that: a file
without a row is nobody's. Memory stays bounded at any size: one chunk a writer, one a reader.
"""

import re
import secrets
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from kiosk.base.clock import Clock
from kiosk.base.errors import BudayangError
from offline_cache.attachments import statements
from offline_cache.attachments.faults import damage, told
from offline_cache.attachments.reading import AttachmentReader
from offline_cache.attachments.statements import AttachmentRow, KeptAttachment, kept
from offline_cache.attachments.writing import MEDIA_TYPES, AttachmentWriter, Desk, Draft
from offline_cache.log_events import log
from offline_cache.outbox.outbox import boot_id
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.store.database import Database
from offline_cache.store.files import DiskFiles, Files
from offline_cache.store.space import Reservation, Room

__all__ = ["PURPOSES", "AttachmentBounds", "AttachmentReader", "AttachmentWriter", "Attachments", "KeptAttachment"]

PURPOSES = frozenset({"material", "form", "signature"})
"""What a file is for. Faces are never kept."""
_ONLY_SIGNATURES = "image/svg+xml"
_NAME = re.compile(r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.sealed")


@dataclass(frozen=True)
class AttachmentBounds:
    """What one visit may attach at most.

    Attributes:
        file_bytes: of one plain file.
        visit_bytes, visit_files: of all files of a visit that no item has yet.
        visit_s: after so long a visit must be over, and files that it gave to no item are removed.
    """

    file_bytes: int = 32 << 20
    visit_bytes: int = 64 << 20
    visit_files: int = 20
    visit_s: float = 2 * 3600.0


@dataclass
class _Writing:
    """A file under way."""

    visit: str
    size: int = 0


class Attachments:
    """See the module. Any thread; a writer or reader belongs to one thread at a time.

    Args:
        database: the open store; the files lie in its folder.
        keys: seals and opens.
        terminal_id: part of what each file is bound to.
        clock: only monotonic seconds: how old a visit is.
        room: of the outbox; asked for a file without a reservation.
        files: the disk.
        new_id: random ids.
        boot: id of this boot of the machine.

    Files of nobody are collected at once. Raises BudayangError ``offline.disk_full``, ``offline.disk``; so do all methods that
    touch the disk.
    """

    def __init__(
        self,
        database: Database,
        keys: EpochKeys,
        terminal_id: str,
        clock: Clock,
        room: Room,
        bounds: AttachmentBounds | None = None,
        files: Files | None = None,
        new_id: Callable[[], UUID] = uuid.uuid4,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
        boot: Callable[[], str] = boot_id,
    ) -> None:
        self._folder = database.files.attachments
        self._store_folder = database.files.folder
        self._commits = database.commits
        self._keys = keys
        self._terminal_id = terminal_id
        self._clock = clock
        self._room = room
        self._bounds = bounds or AttachmentBounds()
        self._files = files or DiskFiles()
        self._new_id = new_id
        self._boot_id = boot()
        self._desk = Desk(
            self._files, keys, terminal_id, clock, self._boot_id, random_bytes, self.path, self._count, self._keep, self._ended,
        )  # fmt: skip
        self._lock = threading.Lock()
        self._writing: dict[UUID, _Writing] = {}
        with told():
            self._files.make_folder(self._folder)
        self.collect(is_start=True)

    # -- taking in -----------------------------------------------------------------------------------------------

    def begin(
        self,
        visit: str,
        media_type: str,
        purpose: str,
        reservation: Reservation | None = None,
        attachment_id: UUID | None = None,
    ) -> AttachmentWriter:
        """A new file of the visit. Nothing of it is promised before `AttachmentWriter.finish`.

        Args:
            visit: a random name of the visit, nothing personal.
            reservation: of the visit; without one there must be room for a file of the largest size now.
            attachment_id: random, never used before; made here unless given.

        Raises:
            BudayangError: ``offline.attachment_type``, ``offline.attachment_too_large`` (too many of this visit),
                ``offline.full``, ``offline.too_old``, ``store.vault_closed``, and see the class.
        """
        if media_type not in MEDIA_TYPES or purpose not in PURPOSES:
            raise BudayangError("offline.attachment_type")
        if media_type == _ONLY_SIGNATURES and purpose != "signature":
            raise BudayangError("offline.attachment_type")
        limit = self._bounds.visit_bytes
        if reservation is not None:
            limit = min(limit, reservation.bytes)
        elif (problem := self._room.refusal(0, self._bounds.file_bytes)) is not None:
            raise BudayangError(problem.key, **dict(problem.placeholders))
        kept = self.of_visit(visit)
        attachment_id = attachment_id or self._new_id()
        with self._lock:
            others = sum(1 for one in self._writing.values() if one.visit == visit)
            if len(kept) + others >= self._bounds.visit_files:
                raise BudayangError("offline.attachment_too_large")
            # before the file is made: it must not be taken for nobody's
            self._writing[attachment_id] = _Writing(visit)
        try:
            key_id, key = self._keys.hold()
        except BaseException:
            self._forget(attachment_id)
            raise
        draft = Draft(attachment_id, visit, media_type, purpose, key_id, limit)
        try:
            return AttachmentWriter(draft, self._desk, key)
        except BaseException:
            self._ended(draft)
            raise

    def discard(self, attachment_id: UUID) -> None:
        """The citizen scans the paper again: one that no item owns is removed."""
        with told():
            self._commits.write(lambda connection: statements.drop(connection, attachment_id), frees=True)
        self.remove_ended([attachment_id])

    def visit_ended(self, visit: str) -> None:
        """What the visit gave to no item is removed; an empty `visit` is every one: none is under way."""
        with told():
            dropped = self._commits.write(lambda connection: statements.drop_unclaimed(connection, visit), frees=True)
        if dropped:
            self.collect()

    # -- sending -------------------------------------------------------------------------------------------------

    def of_item(self, idem: UUID) -> list[KeptAttachment]:
        """Of an item that has not ended, in their order."""
        with told():
            return [kept(row) for row in self._commits.read(lambda connection: statements.of_item(connection, idem))]

    def of_visit(self, visit: str) -> list[KeptAttachment]:
        """Of a visit, those that no item owns yet."""
        with told():
            return [kept(row) for row in self._commits.read(lambda connection: statements.of_visit(connection, visit))]

    def open_plain(self, attachment_id: UUID) -> AttachmentReader:
        """Reads the plain file in any parts.

        Raises:
            BudayangError: ``offline.attachment_missing`` (no such row), ``offline.attachment_damaged``, ``store.key_gone``,
                ``store.vault_closed``, ``offline.disk`` (it may be read the next time).
        """
        with told():
            row = self._commits.read(lambda connection: statements.find(connection, attachment_id))
        if row is None:
            raise BudayangError("offline.attachment_missing")
        with damage():
            file = self._files.open(self.path(attachment_id))
        try:
            return AttachmentReader(file, row, self._keys, self._terminal_id)
        except BaseException:
            file.close()
            raise

    def sent(self, attachment_id: UUID, count: int) -> None:
        """The platform has so many plain bytes of it: an upload goes on from there."""
        with told():
            self._commits.write(lambda connection: statements.sent(connection, attachment_id, count), frees=True)

    # -- housekeeping --------------------------------------------------------------------------------------------

    def remove_ended(self, attachment_ids: Iterable[UUID]) -> None:
        """Removes the files of these whose rows are gone; to be called when their item has ended."""
        with told():
            known = self._commits.read(statements.all_ids)
            self._remove([one for one in attachment_ids if one not in known])

    def collect(self, *, is_start: bool = False) -> int:
        """Removes what is nobody's: rows of visits that must be over, files without a row; returns how many files.

        Never a file that has a row, nor one that is being written. At the start, if a damaged store lies aside, such files are
        moved there instead: their rows may be in it.
        """
        oldest = self._clock.monotonic() - self._bounds.visit_s
        with told():
            rows = self._commits.write(
                lambda connection: statements.drop_old(connection, self._boot_id, oldest), frees=True
            )
            # in this order: a file seen here is in `writing`, or its row is in before the rows are read
            there = self._there()
            with self._lock:
                writing = set(self._writing)
            known = self._commits.read(statements.all_ids)
            nobodys = [one for one in there if one not in known and one not in writing]
            aside = self._damaged_store() if is_start else None
            if aside is not None and nobodys:
                self._move(nobodys, aside)
            else:
                self._remove(nobodys)
        if nobodys or rows:
            log.event("attachments_collected", files=len(nobodys), rows=rows)
        return len(nobodys)

    def missing(self) -> list[UUID]:
        """Rows without a file: nothing of this program makes such a one, so the disk or a person did. For the status."""
        with told():
            known = self._commits.read(statements.all_ids)
            there = set(self._there())
        return sorted(known - there)

    def path(self, attachment_id: UUID) -> Path:
        """Where the sealed file lies."""
        return self._folder / f"{attachment_id}.sealed"

    # -- inside --------------------------------------------------------------------------------------------------

    def _there(self) -> list[UUID]:
        return [UUID(found[1]) for name in self._files.names(self._folder) if (found := _NAME.fullmatch(name))]

    def _remove(self, ids: list[UUID]) -> None:
        for one in ids:
            self._files.remove(self.path(one))
        if ids:
            self._files.flush_folder(self._folder)

    def _move(self, ids: list[UUID], to: Path) -> None:
        self._files.make_folder(to)
        for one in ids:
            self._files.move(self.path(one), to / self.path(one).name)
        self._files.flush_folder(to)
        self._files.flush_folder(self._folder)

    def _damaged_store(self) -> Path | None:
        """Where to put files whose rows may be in a damaged store: the newest of those aside."""
        folders = sorted(self._store_folder.glob("damaged-*"), key=lambda folder: int(folder.name.partition("-")[2]))
        return folders[-1] / self._folder.name if folders else None

    def _forget(self, attachment_id: UUID) -> None:
        with self._lock:
            self._writing.pop(attachment_id, None)

    def _ended(self, draft: Draft) -> None:
        self._keys.release([draft.key_id])
        self._forget(draft.attachment_id)

    def _count(self, draft: Draft, size: int, *, is_whole: bool) -> None:
        """Of a whole file with what is kept already; before that without, since asking the database for each chunk is dear."""
        with self._lock:
            self._writing[draft.attachment_id].size = size
            total = sum(one.size for one in self._writing.values() if one.visit == draft.visit)
        if is_whole:
            total += sum(one.size for one in self.of_visit(draft.visit))
        if size > self._bounds.file_bytes or total > draft.limit:
            raise BudayangError("offline.attachment_too_large")

    def _keep(self, row: AttachmentRow) -> None:
        with told():
            self._commits.write(lambda connection: statements.insert(connection, row))
