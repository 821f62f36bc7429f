"""The outbox itself: durable puts, leases in memory, durable ends. Any thread; what blocks waits for one flush of the disk."""

import contextlib
import random
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from kiosk.base.clock import Clock
from kiosk.base.errors import BudayangError, Problem
from offline_cache.outbox import statements
from offline_cache.outbox.expiry import has_expired
from offline_cache.outbox.item import Claim, DeadLetter, End, ItemState, NewItem, OutboxStatus, Stored, Waiting
from offline_cache.outbox.lanes import Lanes
from offline_cache.outbox.retry import wait_s
from offline_cache.outbox.statements import Moment
from offline_cache.sealing.epochs import EpochKeys, key_id_of
from offline_cache.sealing.record_codec import Binding
from offline_cache.store.connection import Connection, DatabaseError, Fault
from offline_cache.store.database import Database
from offline_cache.store.space import Bounds, DiskSpace, Reservation, Room, Usage

EXPIRED = "expired"
"""Reason of a dead letter that was not sent in its time."""


def boot_id() -> str:
    """Which boot of the machine this is; within one, monotonic seconds may be compared."""
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


class DatabaseKeys:
    """Wrapped data keys in the store's own file; fulfils `offline_cache.sealing.epochs.KeyTable`."""

    def __init__(self, database: Database) -> None:
        self._commits = database.commits

    def wrapped_keys(self) -> dict[str, bytes]:
        def read(connection: Connection) -> dict[str, bytes]:
            rows = connection.execute("SELECT key_id, wrapped FROM keys")
            return {str(key_id): wrapped for key_id, wrapped in rows if isinstance(wrapped, bytes)}

        return self._commits.read(read)

    def add_key(self, key_id: str, wrapped: bytes) -> None:
        statement = "INSERT INTO keys (key_id, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING"
        self._commits.write(lambda connection: connection.execute(statement, (key_id, wrapped)))

    def replace_keys(self, wrapped: Mapping[str, bytes]) -> None:
        def replace(connection: Connection) -> None:
            for key_id, fresh in wrapped.items():
                connection.execute("UPDATE keys SET wrapped=? WHERE key_id=?", (fresh, key_id))

        with _told():
            self._commits.write(replace)


class Outbox:
    """See the module.

    Args:
        database: the open store.
        keys: seals and opens.
        terminal_id: of this terminal, part of what each record is bound to.
        clock: monotonic seconds order retries; wall time is only noted.
        bounds, disk: what is taken in at most.
        independent_kinds: see `Lanes`.
        chance: of the jitter.
        boot: id of this boot of the machine.

    Every method that touches the disk raises BudayangError: ``offline.disk_full``, ``offline.disk`` (then nobody knows
    whether it took effect; it may be asked again with the same key), and what `put` adds.
    """

    def __init__(
        self,
        database: Database,
        keys: EpochKeys,
        terminal_id: str,
        clock: Clock,
        bounds: Bounds | None = None,
        disk: DiskSpace | None = None,
        independent_kinds: frozenset[str] = frozenset(),
        chance: random.Random | None = None,
        boot: Callable[[], str] = boot_id,
    ) -> None:
        self._database = database
        self._commits = database.commits
        self._keys = keys
        self._terminal_id = terminal_id
        self._clock = clock
        self._chance = chance or random.Random()
        self._boot_id = boot()
        self._trusted_less_mono_s: float | None = None
        self._lock = threading.Lock()
        self._lanes = Lanes(independent_kinds)
        self._bytes: dict[UUID, int] = {}
        self._total = 0
        self._oldest: dict[UUID, float] = {}
        self.room = Room(bounds or Bounds(), self._usage, database.files.folder, disk)
        self._load()

    # -- taking in -----------------------------------------------------------------------------------------------

    def put(self, item: NewItem, reservation: Reservation | None = None) -> Stored:
        """Takes an item in; when this returns it survives a loss of power. The same item again returns its first place.

        Args:
            reservation: of the visit; without one there must be room now.

        Raises:
            BudayangError: ``offline.full``, ``offline.too_old``, ``offline.other_payload`` (its key is known with another
                body), ``offline.attachment_missing``, and see the class.
        """
        return self.put_many([item], reservation)[0]

    def put_many(self, items: Sequence[NewItem], reservation: Reservation | None = None) -> list[Stored]:
        """All of them or none; see `put`."""
        if reservation is None:
            problem = self.room.refusal(len(items), sum(len(item.body) for item in items))
            if problem is not None:
                raise BudayangError(problem.key, **dict(problem.placeholders))
        sealed: list[bytes] = []
        try:
            sealed.extend(self._keys.seal(item.body, self._binding(item)) for item in items)
            numbers = self._insert(items, sealed)
        finally:
            self._keys.release([key_id_of(record) for record in sealed])
        self._database.count_bytes(sum(len(record) for record in sealed))
        with self._lock:
            for item, (seq, is_repeat, size) in zip(items, numbers, strict=True):
                if not is_repeat:
                    self._lanes.add(Waiting(seq, item.idem, item.order_key, item.kind))
                    self._bytes[item.idem] = size
                    self._total += size
                    self._oldest[item.idem] = self._clock.monotonic()
        return [Stored(self._database.store_id, seq, is_repeat) for seq, is_repeat, _ in numbers]

    def _insert(self, items: Sequence[NewItem], sealed: Sequence[bytes]) -> list[tuple[int, bool, int]]:
        """Of each item: its number, whether it was there, its bytes with attachments."""
        moment = self._moment()
        sizes: dict[UUID, int] = {}

        def insert(connection: Connection) -> list[tuple[int, bool, int]]:
            found = []
            for item, record in zip(items, sealed, strict=True):
                seq, is_repeat = statements.insert(connection, item, record, key_id_of(record), moment)
                if not is_repeat:
                    claimed = statements.claim_attachments(connection, item.idem, item.attachments)
                    sizes[item.idem] = len(record) + claimed
                # a commit that failed and yet came through: done again, the item is there, but it is not a repeat
                found.append((seq, item.idem not in sizes, sizes.get(item.idem, 0)))
            return found

        try:
            with _told():
                return self._commits.write(insert)
        except statements.OtherPayloadError:
            raise BudayangError("offline.other_payload") from None
        except statements.UnknownAttachmentError:
            raise BudayangError("offline.attachment_missing") from None

    def reserve(self, rows: int, size: int) -> Reservation | Problem:
        """Room for a visit's worst case, asked before the citizen begins; see `Room.reserve`."""
        if not self._database.ballast.is_whole:
            return Problem("offline.disk_full")
        return self.room.reserve(rows, size)

    # -- sending -------------------------------------------------------------------------------------------------

    def claim(self, limit: int) -> list[Claim]:
        """Leases at most `limit` items for sending, none of them expired; each must get one of the ends below.

        A body that cannot be opened becomes a dead letter (``unreadable``) instead.
        """
        with self._lock:
            chosen = self._lanes.claim(limit, self._clock.monotonic())
        claims = []
        for waiting in chosen:
            claim = self._opened(waiting)
            if claim is not None:
                claims.append(claim)
        return claims

    def acknowledge(self, idem: UUID, receipt: str | None) -> None:
        """The platform has it: it ends as accepted, durably."""
        self._end(idem, End.ACCEPTED, receipt)

    def acknowledge_many(self, receipts: Sequence[tuple[UUID, str | None]]) -> None:
        """Several in one commit."""
        now = self._clock.now().timestamp()

        def end(connection: Connection) -> None:
            for idem, receipt in receipts:
                statements.end(connection, idem, End.ACCEPTED, receipt, now)

        with _told():
            self._commits.write(end, frees=True)
        self._gone([idem for idem, _ in receipts])

    def cancel(self, idem: UUID) -> None:
        """A person took it back."""
        self._end(idem, End.CANCELLED, None)

    def postpone(self, idem: UUID, code: str, retry_after_s: float | None = None) -> float:
        """The attempt failed for now; returns the seconds until the next one. The count is kept, durably."""
        with self._lock:
            attempts = self._lanes.attempts(idem) + 1
        wait = wait_s(attempts, self._chance, retry_after_s)
        with _told():
            self._commits.write(lambda connection: statements.postpone(connection, idem, attempts, code), frees=True)
        with self._lock:
            self._lanes.give_back(idem, self._clock.monotonic() + wait, counts=True)
        return wait

    def give_back(self, idem: UUID, after_s: float = 0.0) -> None:
        """The attempt did not take place, or does not count (the terminal's standing, not the item's)."""
        with self._lock:
            self._lanes.give_back(idem, self._clock.monotonic() + after_s, counts=False)

    def bury(self, idem: UUID, reason: str, code: str | None = None) -> None:
        """It will not be sent again by itself: a dead letter, which holds its lane."""
        with self._lock:
            attempts = self._lanes.attempts(idem)
        with _told():
            self._commits.write(
                lambda connection: statements.bury(connection, idem, reason, code, attempts), frees=True
            )
        with self._lock:
            self._lanes.bury(idem)

    def retry_dead(self, idem: UUID) -> bool:
        """A person has a dead letter sent again; returns whether there is one of this key."""
        with _told():
            waiting = self._commits.write(lambda connection: statements.revive(connection, idem))
        if waiting is None:
            return False
        with self._lock:
            self._lanes.revive(waiting)
        return True

    def hold_all(self, seconds: float) -> None:
        """Nothing is sent for so long."""
        with self._lock:
            self._lanes.hold_all(self._clock.monotonic() + seconds)

    def hold_kinds(self, kinds: frozenset[str]) -> None:
        """Items of these kinds wait until they are named no more."""
        with self._lock:
            self._lanes.hold_kinds(kinds)

    def connected(self) -> None:
        """The platform is back: waits of earlier failures end."""
        with self._lock:
            self._lanes.connected()

    def next_in_s(self) -> float | None:
        """Seconds until `claim` may have something; None when nothing waits."""
        now = self._clock.monotonic()
        with self._lock:
            moment = self._lanes.next_at(now)
        return None if moment is None else max(0.0, moment - now)

    # -- time and housekeeping -----------------------------------------------------------------------------------

    def learn_time(self, offset_s: float) -> None:
        """Trusted time less this machine's wall time, from an authenticated answer of the platform.

        It is kept against the monotonic clock: a wall clock that jumps afterwards changes nothing.
        """
        is_first = self._trusted_less_mono_s is None
        mono = self._clock.monotonic()
        trusted = self._clock.now().timestamp() + offset_s
        self._trusted_less_mono_s = trusted - mono
        if is_first:
            with _told():
                self._commits.write(
                    lambda connection: statements.date_undated(connection, self._boot_id, mono, trusted), frees=True
                )

    def bury_expired(self) -> int:
        """Makes dead letters of what was not sent in its time; nothing while trusted time is unknown. Returns how many."""
        if self._trusted_less_mono_s is None:
            return 0
        trusted = self._clock.monotonic() + self._trusted_less_mono_s
        rows = self._commits.read(statements.dated)
        expired = [idem for idem, created, after in rows if has_expired(created, after, trusted)]
        for idem in expired:
            self.bury(idem, EXPIRED)
        return len(expired)

    def tidy(self) -> None:
        """After a drain: unused keys are destroyed, old tombstones forgotten, the file shrunk, the ballast restored."""
        before = self._clock.now().timestamp() - statements.KEPT_TOMBSTONES_S

        def clean(connection: Connection) -> list[str]:
            statements.forget_tombstones(connection, before)
            return statements.unused_keys(connection, self._keys.in_use())

        with _told():
            for key_id in self._commits.write(clean, frees=True):
                self._keys.forget(key_id)
            self._database.tidy()

    # -- asking --------------------------------------------------------------------------------------------------

    def state_of(self, idem: UUID) -> ItemState | None:
        """By key; None when this store has never had it."""
        return self._commits.read(lambda connection: statements.state_of(connection, idem))

    def state_of_slip(self, slip_number: str) -> ItemState | None:
        """By the number on the citizen's slip."""
        return self._commits.read(lambda connection: statements.state_of(connection, None, slip_number))

    def dead_letters(self) -> list[DeadLetter]:
        """All of them, in their order."""
        return self._commits.read(statements.dead)

    def status(self) -> OutboxStatus:
        """Counts for staff and heartbeat."""
        last_seq, kinds, reasons = self._commits.read(statements.counts)
        usage = self._usage()
        return OutboxStatus(
            store_id=self._database.store_id,
            last_seq=last_seq,
            queued=sum(kinds.values()),
            dead=sum(reasons.values()),
            bytes=usage.bytes,
            oldest_s=usage.oldest_s,
            by_kind=kinds,
            dead_by_reason=reasons,
        )

    # -- inside --------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        now_mono, now_wall = self._clock.monotonic(), self._clock.now().timestamp()
        for waiting in self._commits.read(statements.queued):
            self._lanes.add(waiting)
        for letter in self._commits.read(statements.dead):
            self._lanes.block(letter.order_key, letter.idem)
        for idem, size, boot, mono, wall in self._commits.read(statements.sizes):
            self._bytes[idem] = size
            self._total += size
            # after a restart of the machine only the wall clock is left; a wrong one must not make an age of centuries
            age = now_mono - mono if boot == self._boot_id else min(max(now_wall - wall, 0.0), 30 * 86_400.0)
            self._oldest[idem] = now_mono - age

    def _usage(self) -> Usage:
        now = self._clock.monotonic()
        with self._lock:
            # in order of putting, which is nearly the order of age
            oldest = next(iter(self._oldest.values()), now)
            return Usage(len(self._bytes), self._total, max(0.0, now - oldest))

    def _opened(self, waiting: Waiting) -> Claim | None:
        found = self._commits.read(lambda connection: statements.sendable(connection, waiting.idem))
        if found is None:  # ended by a person in the meantime
            with self._lock:
                self._lanes.end(waiting.idem)
            return None
        binding = Binding(self._terminal_id, waiting.idem, waiting.order_key, waiting.kind, found.schema_version)
        try:
            body = self._keys.open(found.sealed, binding)
        except BudayangError as error:
            self.bury(waiting.idem, "unreadable", error.problem.key)
            return None
        return Claim(
            self._database.store_id, waiting.seq, waiting.idem, waiting.order_key, waiting.kind, found.schema_version,
            waiting.attempts, found.slip_number, body, found.created_wall_s, found.trusted_created_s, found.attachments,
        )  # fmt: skip

    def _moment(self) -> Moment:
        mono, wall, trusted = self._clock.monotonic(), self._clock.now().timestamp(), self._trusted_less_mono_s
        return Moment(self._boot_id, mono, wall, None if trusted is None else mono + trusted - wall)

    def _binding(self, item: NewItem) -> Binding:
        return Binding(self._terminal_id, item.idem, item.order_key, item.kind, item.schema_version)

    def _end(self, idem: UUID, how: End, receipt: str | None) -> None:
        now = self._clock.now().timestamp()
        with _told():
            self._commits.write(lambda connection: statements.end(connection, idem, how, receipt, now), frees=True)
        self._gone([idem])

    def _gone(self, idems: Sequence[UUID]) -> None:
        with self._lock:
            for idem in idems:
                self._lanes.end(idem)
                self._total -= self._bytes.pop(idem, 0)
                self._oldest.pop(idem, None)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """A fault of the disk becomes a sentence's key."""
    try:
        yield
    except DatabaseError as error:
        raise BudayangError("offline.disk_full" if error.fault is Fault.FULL else "offline.disk") from None
