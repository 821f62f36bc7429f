"""The outbox itself: durable puts, leases in memory, durable ends. Any thread; what blocks waits for one flush of the disk."""

import random
from collections.abc import Callable, Sequence
from uuid import UUID

from kiosk.base.clock import Clock
from kiosk.base.errors import BudayangError, Problem
from offline_cache.outbox import statements
from offline_cache.outbox.expiry import has_expired
from offline_cache.outbox.item import Claim, DeadLetter, End, ItemState, NewItem, OutboxStatus, Stored, Waiting
from offline_cache.outbox.kept_keys import DatabaseKeys, told
from offline_cache.outbox.putting import Intake
from offline_cache.outbox.retry import wait_s
from offline_cache.outbox.stock import Stock
from offline_cache.outbox.trusted_time import TrustedTime, boot_id
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.sealing.record_codec import Binding
from offline_cache.store.connection import Connection
from offline_cache.store.database import OPERATION_BYTES, Database
from offline_cache.store.group_commit import MOST
from offline_cache.store.space import Bounds, DiskSpace, Reservation, Room

__all__ = ["DatabaseKeys", "Outbox", "boot_id"]

EXPIRED = "expired"  # reason of a dead letter that was not sent in its time
_UNREADABLE = frozenset({"store.cannot_open", "store.key_gone"})


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
        self._time = TrustedTime(clock, boot())
        self._stock = Stock(independent_kinds)
        self._intake = Intake(database, keys, terminal_id, self._time, self._stock)
        self.room = Room(bounds or Bounds(), self._stock.usage, database.files.folder, disk, clock.monotonic)
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
        size = 0
        for item in items:
            size += len(item.body)
        problem = self.room.refusal(len(items), size, reservation)
        if problem is not None:
            raise BudayangError(problem.key, **dict(problem.placeholders))
        key_ids: list[str] = []
        try:
            placed = self._intake.put_in(items, key_ids)
        finally:
            self._keys.release(key_ids)
        if reservation is not None:
            fresh = [one.bytes for one in placed if not one.is_repeat]
            reservation.use(len(fresh), sum(fresh))
        store_id = self._database.store_id
        return [Stored(store_id, one.seq, one.is_repeat) for one in placed]

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
        chosen = self._stock.claim(limit, self._clock.monotonic())
        claims: list[Claim] = []
        if not chosen:
            return claims
        try:
            with told():
                found = self._commits.read(
                    lambda connection: [statements.sendable(connection, waiting.idem) for waiting in chosen]
                )
            for waiting, sendable in zip(chosen, found, strict=True):
                if sendable is None:
                    self._is_over(waiting)
                elif (claim := self._opened(waiting, sendable)) is not None:
                    claims.append(claim)
        except BaseException:
            # nobody gets them: who has ended in the meantime is ignored
            self._stock.give_back([waiting.idem for waiting in chosen], self._clock.monotonic(), counts=False)
            raise
        return claims

    def acknowledge(self, idem: UUID, receipt: str | None) -> None:
        """The platform has it: it ends as accepted, durably."""
        self.acknowledge_many([(idem, receipt)])

    def acknowledge_many(self, receipts: Sequence[tuple[UUID, str | None]]) -> None:
        """Several in one commit."""
        now = self._time.end()

        def end(connection: Connection) -> None:
            for idem, receipt in receipts:
                statements.end(connection, idem, End.ACCEPTED, receipt, now)

        idems = [idem for idem, _ in receipts]
        self._database.count_bytes(max(0, len(idems) - 1) * OPERATION_BYTES)
        with told():
            self._commits.write(end, frees=True, then=lambda _: self._stock.gone(idems))

    def cancel(self, idem: UUID, note: Callable[[Connection], bool] = lambda _: True) -> None:
        """A person took it back. `note` is done first, in the same transaction; when it says no, nothing is."""
        now = self._time.end()
        with told():
            self._commits.write(
                lambda connection: (
                    note(connection) and (statements.end(connection, idem, End.CANCELLED, None, now) or True)
                ),
                frees=True,
                then=lambda is_over: self._stock.gone([idem] if is_over else []),
            )

    def postpone(self, idem: UUID, code: str, retry_after_s: float | None = None) -> float:
        """The attempt failed for now; returns the seconds until the next one. The count is kept, durably."""
        attempts = self._stock.attempts(idem) + 1
        wait = wait_s(attempts, self._chance, retry_after_s)
        with told():
            self._commits.write(
                lambda connection: statements.postpone(connection, idem, attempts, code),
                frees=True,
                then=lambda _: self._stock.give_back([idem], self._clock.monotonic() + wait, counts=True),
            )
        return wait

    def give_back(self, idem: UUID, after_s: float = 0.0) -> None:
        """The attempt did not take place, or does not count (the terminal's standing, not the item's)."""
        self._stock.give_back([idem], self._clock.monotonic() + after_s, counts=False)

    def bury(self, idem: UUID, reason: str, code: str | None = None) -> None:
        """It will not be sent again by itself: a dead letter, which holds its lane."""
        self._bury([idem], reason, code)

    def retry_dead(self, idem: UUID) -> bool:
        """A person has a dead letter sent again; returns whether there is one of this key."""

        def revive(connection: Connection) -> Waiting | None:
            # or one whose revival was kept without anybody being told (a fault of the disk)
            return statements.revive(connection, idem) or statements.queued_one(connection, idem)

        revived: list[bool] = []
        with told():
            self._commits.write(
                revive, then=lambda waiting: revived.append(waiting is not None and self._stock.revive(waiting))
            )
        return revived[0]

    def hold_all(self, seconds: float) -> None:
        """Nothing is sent for so long."""
        self._stock.hold_all(self._clock.monotonic() + seconds)

    def hold_kinds(self, kinds: frozenset[str]) -> None:
        """Items of these kinds wait until they are named no more."""
        self._stock.hold_kinds(kinds)

    def connected(self) -> None:
        """The platform is back: waits of earlier failures end."""
        self._stock.connected()

    def next_in_s(self) -> float | None:
        """Seconds until `claim` may have something; None when nothing waits."""
        now = self._clock.monotonic()
        moment = self._stock.next_at(now)
        return None if moment is None else max(0.0, moment - now)

    # -- time and housekeeping -----------------------------------------------------------------------------------

    def learn_time(self, offset_s: float) -> None:
        """Trusted time less this machine's wall time, from an authenticated answer of the platform.

        It is kept against the monotonic clock: a wall clock that jumps afterwards changes nothing.
        """
        is_first = self._time.learn(offset_s)
        mono, trusted = self._clock.monotonic(), self._time.now()
        assert trusted is not None
        if self._time.has_undated:
            # before, not after: what is put in meanwhile without a date says so again
            self._time.has_undated = False
            try:
                with told():
                    self._commits.write(
                        lambda connection: statements.date_undated(connection, self._time.boot_id, mono, trusted),
                        frees=True,
                    )
            except BudayangError:
                self._time.has_undated = True
                raise
        if is_first:
            self._learn_ages()

    def bury_expired(self) -> int:
        """Makes dead letters of what was not sent in its time; nothing while trusted time is unknown. Returns how many.

        What is being sent this moment is left alone: its answer decides.
        """
        trusted = self._time.now()
        if trusted is None:
            return 0
        with told():
            rows = self._commits.read(statements.dated)
        expired = [
            idem
            for idem, created, after in rows
            if has_expired(created, after, trusted) and not self._stock.is_in_flight(idem)
        ]
        for start in range(0, len(expired), MOST):
            self._bury(expired[start : start + MOST], EXPIRED, None)
        return len(expired)

    def tidy(self) -> None:
        """After a drain: unused keys are destroyed, old tombstones forgotten, the file shrunk, the ballast restored."""
        now = self._time.now()

        def clean(connection: Connection) -> list[str]:
            if now is not None:
                statements.forget_tombstones(connection, now - statements.KEPT_TOMBSTONES_S)
            return statements.unused_keys(connection, self._keys.in_use())

        with told():
            for key_id in self._commits.write(clean, frees=True):
                self._keys.forget(key_id)
            self._database.tidy()

    # -- asking --------------------------------------------------------------------------------------------------

    def state_of(self, idem: UUID) -> ItemState | None:
        """By key; None when this store has never had it."""
        with told():
            return self._commits.read(lambda connection: statements.state_of(connection, idem))

    def state_of_slip(self, slip_number: str) -> ItemState | None:
        """By the number on the citizen's slip."""
        with told():
            return self._commits.read(lambda connection: statements.state_of(connection, None, slip_number))

    def dead_letters(self) -> list[DeadLetter]:
        """All of them, in their order."""
        with told():
            return self._commits.read(statements.dead)

    def status(self) -> OutboxStatus:
        """Counts for staff and heartbeat."""
        with told():
            last_seq, kinds, reasons = self._commits.read(statements.counts)
        usage = self._stock.usage(self._clock.monotonic())
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
        now = self._clock.monotonic()
        with told():
            lying = self._commits.read(statements.lying)
        for one in lying:
            # of another boot nothing is known yet: the wall clock alone decides nothing
            born = min(one.created_mono_s, now) if one.boot_id == self._time.boot_id else now
            self._stock.take_in(one.waiting, one.bytes, born, is_dead=one.is_dead)

    def _learn_ages(self) -> None:
        """Trusted time is known: the ages of what was put in before this boot are, too."""
        with told():
            lying = self._commits.read(statements.lying)
        self._stock.redate(
            {
                one.waiting.idem: self._time.mono_of(one.trusted_created_s)
                for one in lying
                if one.trusted_created_s is not None and one.boot_id != self._time.boot_id
            }
        )

    def _is_over(self, waiting: Waiting) -> None:
        """It is queued no more in the file: an end that was kept without anybody being told (a fault of the disk)."""
        with told():
            is_dead = self._commits.read(lambda connection: statements.is_dead(connection, waiting.idem))
        if is_dead:
            self._stock.bury([waiting.idem])
        else:
            self._stock.gone([waiting.idem])

    def _opened(self, waiting: Waiting, found: statements.Sendable) -> Claim | None:
        binding = Binding(self._terminal_id, waiting.idem, waiting.order_key, waiting.kind, found.schema_version)
        try:
            body = self._keys.open(found.sealed, binding)
        except BudayangError as error:
            if error.problem.key not in _UNREADABLE:
                raise  # the vault is closed: it opens again
            self.bury(waiting.idem, "unreadable", error.problem.key)
            return None
        return Claim(
            self._database.store_id, waiting.seq, waiting.idem, waiting.order_key, waiting.kind, found.schema_version,
            waiting.attempts, found.slip_number, body, found.created_wall_s, found.trusted_created_s, found.attachments,
        )  # fmt: skip

    def _bury(self, idems: Sequence[UUID], reason: str, code: str | None) -> None:
        attempts = [self._stock.attempts(idem) for idem in idems]

        def bury(connection: Connection) -> None:
            for idem, tried in zip(idems, attempts, strict=True):
                statements.bury(connection, idem, reason, code, tried)

        with told():
            self._commits.write(bury, frees=True, then=lambda _: self._stock.bury(idems))
