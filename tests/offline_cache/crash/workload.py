"""What a store does in its life, in small: puts of every size, batches, ends, dead letters, checkpoints, vacuum, new keys, a new key
over them, attachments, steps of the journal, a migration, closing and opening; and what has been promised at each moment."""

import hashlib
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from kiosk.base.clock import ManualClock
from kiosk.base.errors import BudayangError
from offline_cache.attachments.attachments import Attachments
from offline_cache.journal.journal import Journal
from offline_cache.outbox.item import NewItem
from offline_cache.outbox.outbox import DatabaseKeys, Outbox
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.store.connection import Connection, ConnectionFactory, DatabaseError
from offline_cache.store.database import Database
from offline_cache.store.files import DiskFiles, Files
from offline_cache.store.schema import MIGRATIONS, Migrations
from offline_cache.store.space import Ballast, Bounds
from offline_cache.vault.holders import FileHolder, Strength
from offline_cache.vault.opening import VaultChoice, finish_rotation, open_vault, rotate
from offline_cache.vault.vault import Vault
from tests.offline_cache.stores import TERMINAL, EndlessDisk

ABSENT, QUEUED, DEAD, BEGUN, ENDED = "absent", "queued", "dead", "begun", "ended"
VAULT = "vault"


def key_of_step(case_id: UUID, position: int) -> UUID:
    """A step of the journal among the items of `Promises`."""
    return UUID(int=(case_id.int << 16) + position)


def _add_column(connection: Connection) -> None:
    connection.execute("ALTER TABLE items ADD COLUMN note TEXT")
    connection.execute("UPDATE items SET note = kind")
    connection.execute("CREATE INDEX items_by_note ON items (note)")


NEXT_SCHEMA: Migrations = {**MIGRATIONS, max(MIGRATIONS) + 1: _add_column}
"""As a later release will have it."""


@dataclass
class Promises:
    """What the store has promised.

    Attributes:
        state: by item, of what has returned.
        maybe: by item, the states between which the operation under way leads; all of `together` change at once.
        bodies: of every item ever put.
        attachments: of items that have some, in their order.
        files: SHA-256 of every attachment ever begun.
        broken: of operations that raised: these items may be in any of the states, for ever.
    """

    state: dict[UUID, str] = field(default_factory=dict)
    maybe: dict[UUID, tuple[str, str]] = field(default_factory=dict)
    together: bool = False
    bodies: dict[UUID, bytes] = field(default_factory=dict)
    attachments: dict[UUID, list[UUID]] = field(default_factory=dict)
    files: dict[UUID, bytes] = field(default_factory=dict)
    broken: dict[UUID, set[str]] = field(default_factory=dict)
    on_change: Callable[[], None] = field(default=lambda: None)

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "on_change"}

    @contextmanager
    def doing(self, changes: dict[UUID, tuple[str, str]]) -> Iterator[None]:
        """An operation: while it runs both states are right, after it the second one."""
        self.maybe = changes
        self.on_change()
        try:
            yield
        except (BudayangError, DatabaseError):
            for idem, states in changes.items():
                self.broken.setdefault(idem, set()).update(states)
            raise
        else:
            for idem, (_, after) in changes.items():
                if idem in self.broken:
                    self.broken[idem] = {after}
                self.state[idem] = after
        finally:
            self.maybe = {}
            self.on_change()

    def complaint(self, found: dict[UUID, str]) -> str | None:
        """Why this cannot be the store's content; None when it can."""
        for idem in found.keys() | self.state.keys() | self.maybe.keys():
            is_state = found.get(idem, ABSENT)
            allowed = {self.state.get(idem, ABSENT)} | set(self.maybe.get(idem, ())) | self.broken.get(idem, set())
            if is_state not in allowed:
                return f"item {idem.int} is {is_state}, promised was {' or '.join(sorted(allowed))}"
        done = {
            found.get(idem, ABSENT) == after for idem, (before, after) in self.maybe.items() if idem not in self.broken
        }
        return "half a batch" if len(done) > 1 else None


class Life:
    """One store from its first opening.

    Args:
        faulty: operations may raise (a disk that is full or breaks); then the life goes on.
        files: the disk of attachments and vault.
    """

    def __init__(
        self, folder: Path, connect: ConnectionFactory, seed: int, *, faulty: bool = False, files: Files | None = None
    ) -> None:
        self._files = files or DiskFiles()
        self._vault: Vault | None = None
        self._attachments: Attachments | None = None
        self._journal: Journal | None = None
        self._scans: list[UUID] = []
        self._steps: dict[UUID, int] = {}
        self.folder = folder
        self.connect = connect
        self.promises = Promises()
        self._chance = random.Random(seed)
        self._faulty = faulty
        self._clock = ManualClock()
        self._number = 0
        self._migrations: Migrations = MIGRATIONS
        self._database: Database | None = None
        self._keys: EpochKeys | None = None
        self._outbox: Outbox | None = None

    def play(self, operations: int) -> None:
        """The whole life."""
        self._try(self.open)
        steps: list[Callable[[], None]] = [
            *[self.put] * 5, *[self.put_three] * 2, *[self.end] * 3, self.end_three, self.bury, self.retry_dead, self.postpone,
            self.tidy, self.rotate, self.reopen, self.rewrap, *[self.scan] * 2, *[self.put_with_scans] * 2, self.discard,
            self.step_begins, self.step_ends,
        ]  # fmt: skip
        for number in range(operations):
            if self._outbox is None:
                self._try(self.open)
            if self._outbox is None:
                continue
            if number == operations // 2:
                self._try(self.upgrade)
            else:
                self._try(self._chance.choice(steps))
        self.close()

    def _try(self, step: Callable[[], None]) -> None:
        try:
            step()
        except (BudayangError, DatabaseError):
            if not self._faulty:
                raise

    # -- the steps -----------------------------------------------------------------------------------------------

    def open(self) -> None:
        self._database = Database(
            self.folder, self.connect, ballast=Ballast(self.folder / "ballast", 4096), migrations=self._migrations,
            checkpoint_commits=5,
        )  # fmt: skip
        try:
            table = DatabaseKeys(self._database)
            self._vault = open_vault(
                self.folder / VAULT, VaultChoice(Strength.FILE), table.wrapped_keys().values(),
                holders={Strength.FILE: FileHolder()}, files=self._files,
            )  # fmt: skip
            self._keys = EpochKeys(self._vault, table, self._clock)
            finish_rotation(self._vault, self._keys)
            self._outbox = Outbox(
                self._database, self._keys, TERMINAL, self._clock, Bounds(oldest_s=1e9), EndlessDisk(), chance=self._chance,
                boot=lambda: "boot",
            )  # fmt: skip
            self._attachments = Attachments(
                self._database, self._keys, TERMINAL, self._clock, self._outbox.room, files=self._files,
                new_id=lambda: UUID(int=self._chance.getrandbits(128)), boot=lambda: "boot",
            )  # fmt: skip
            self._journal = Journal(self._database, self._keys, TERMINAL, self._clock)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        database, self._database, self._outbox = self._database, None, None
        if database is not None:
            try:
                database.close()
            except DatabaseError:
                if not self._faulty:
                    raise

    def reopen(self) -> None:
        self.close()
        self.open()

    def upgrade(self) -> None:
        self.close()
        self._migrations = NEXT_SCHEMA
        self.open()

    def put(self) -> None:
        item = self._item()
        with self.promises.doing({item.idem: (ABSENT, QUEUED)}):
            self.outbox.put(item)

    def put_three(self) -> None:
        items = [self._item() for _ in range(3)]
        with self.promises.doing({item.idem: (ABSENT, QUEUED) for item in items}):
            self.outbox.put_many(items)

    def end(self) -> None:
        for idem in self._some(QUEUED, 1):
            with self.promises.doing({idem: (QUEUED, ENDED)}):
                self.outbox.acknowledge(idem, "R")
            self.attachments.remove_ended(self.promises.attachments.get(idem, []))

    def end_three(self) -> None:
        idems = self._some(QUEUED, 3)
        with self.promises.doing(dict.fromkeys(idems, (QUEUED, ENDED))):
            self.outbox.acknowledge_many([(idem, "R") for idem in idems])

    def bury(self) -> None:
        for idem in self._some(QUEUED, 1):
            with self.promises.doing({idem: (QUEUED, DEAD)}):
                self.outbox.bury(idem, "schema", "422")

    def retry_dead(self) -> None:
        for idem in self._some(DEAD, 1):
            with self.promises.doing({idem: (DEAD, QUEUED)}):
                self.outbox.retry_dead(idem)

    def postpone(self) -> None:
        for idem in self._some(QUEUED, 1):
            self.outbox.postpone(idem, "503")

    def tidy(self) -> None:
        self.outbox.tidy()
        self.attachments.collect()

    def scan(self) -> None:
        content = b"%PDF-" + self._chance.randbytes(self._chance.choice((0, 900, 3000, 66_000)))
        with self.attachments.begin("a visit", "application/pdf", "material") as writer:
            self.promises.files[writer.attachment_id] = hashlib.sha256(content).digest()
            self.promises.on_change()
            writer.append(content)
            self._scans.append(writer.finish().attachment_id)

    def put_with_scans(self) -> None:
        scans = [self._scans.pop() for _ in range(min(len(self._scans), self._chance.randint(1, 2)))]
        item = self._item(tuple(scans))
        with self.promises.doing({item.idem: (ABSENT, QUEUED)}):
            self.outbox.put(item)

    def discard(self) -> None:
        if self._scans:
            self.attachments.discard(self._scans.pop())

    def rewrap(self) -> None:
        assert self._keys is not None
        assert self._vault is not None
        rotate(self._vault, self._keys, FileHolder())

    def step_begins(self) -> None:
        assert self._journal is not None
        case_id = UUID(int=self._chance.randrange(1 << 30, 1 << 31))
        with self.promises.doing({key_of_step(case_id, 1): (ABSENT, BEGUN)}):
            self._journal.begin(case_id, "pay", self._chance.randbytes(200))
        self._steps[case_id] = 1

    def step_ends(self) -> None:
        assert self._journal is not None
        if self._steps:
            case_id, position = self._steps.popitem()
            with self.promises.doing({key_of_step(case_id, position): (BEGUN, ENDED)}):
                self._journal.ended(case_id, position, "done", self._chance.randbytes(100))

    def rotate(self) -> None:
        assert self._keys is not None
        self._keys.rotate()

    # -- inside --------------------------------------------------------------------------------------------------

    @property
    def outbox(self) -> Outbox:
        assert self._outbox is not None
        return self._outbox

    @property
    def attachments(self) -> Attachments:
        assert self._attachments is not None
        return self._attachments

    def _item(self, attachments: tuple[UUID, ...] = ()) -> NewItem:
        self._number += 1
        body = self._chance.randbytes(self._chance.choice((1, 200, 1000, 5000, 9000)))
        item = NewItem(
            UUID(int=self._number),
            f"visit-{self._chance.randrange(5)}",
            "consultation",
            1,
            body,
            attachments=attachments,
        )
        self.promises.bodies[item.idem] = body
        self.promises.attachments[item.idem] = list(attachments)
        return item

    def _some(self, state: str, count: int) -> list[UUID]:
        known = self.promises
        there = [idem for idem, is_state in known.state.items() if is_state == state and idem not in known.broken]
        return self._chance.sample(there, min(count, len(there)))
