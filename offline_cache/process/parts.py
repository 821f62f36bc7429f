"""What a running store is made of, opened in its order and closed in the other."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.base.clock import Clock, SystemClock
from kiosk.base.errors import BudayangError
from offline_cache.attachments.attachments import Attachments
from offline_cache.journal.journal import Journal
from offline_cache.outbox.outbox import DatabaseKeys, Outbox
from offline_cache.process.keys import VaultStanding, open_keys
from offline_cache.process.log_events import log
from offline_cache.process.sending import make_sync
from offline_cache.process.settings import StoreSettings
from offline_cache.process.watched import DamageWatch
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.store.connection import ConnectionFactory, DatabaseError, SqliteConnection
from offline_cache.store.database import Database
from offline_cache.store.space import Ballast
from offline_cache.sync.drain import Sync
from offline_cache.sync.endings import EndedCases
from offline_cache.sync.transport import PlainFiles


@dataclass
class Parts:
    """An open store.

    Attributes:
        vault: how strongly the key is kept.
        line_problem: key of why nothing can be sent although a platform is configured.
    """

    settings: StoreSettings
    database: Database
    keys: EpochKeys
    outbox: Outbox
    attachments: Attachments
    journal: Journal
    vault: VaultStanding
    sync: Sync | None
    line_problem: str | None

    def look_after(self) -> None:
        """Now and then: files of nobody and old ends of cases go; without a drain also what it would do. Never raises."""
        offset = None if self.sync is None else self.sync.status().platform_less_wall_s
        tasks: list[Callable[[], object]] = [self.attachments.collect, lambda: self.journal.forget_old(offset)]
        if self.sync is None:
            tasks.append(self.outbox.tidy)
        for task in tasks:  # one that fails is done the next time, and keeps the others from nothing
            try:
                task()
            except BudayangError as error:
                log.event("store_upkeep_failed", reason=error.problem.key)
            except DatabaseError:
                log.event("store_upkeep_failed", reason="offline.disk")
            except Exception as error:  # noqa: BLE001 - a mistake in housekeeping must not end the store
                log.event("store_upkeep_broke", error=error)

    def close(self) -> None:
        """Ends the drain and gives the folder to others; within three seconds."""
        if self.sync is not None:
            with contextlib.suppress(TimeoutError):  # it hangs in the system's resolver; the process ends anyway
                self.sync.stop()
        self.database.close()


def open_parts(
    settings: StoreSettings,
    on_damage: Callable[[], None],
    clock: Clock | None = None,
    connect: ConnectionFactory = SqliteConnection,
) -> Parts:
    """Opens everything; the drain is not started.

    Args:
        on_damage: called when the file turns out to be damaged after it was opened.
        connect: opens the file; tests kill the process in it.

    Raises:
        BudayangError: as `Database` and ``store.vault_closed``.
    """
    clock = clock or SystemClock()
    watch = DamageWatch(on_damage, connect)
    folder = Path(settings.folder)
    database = Database(folder, watch, ballast=Ballast(folder / "ballast", settings.ballast_bytes))
    try:
        database.ballast.restore()
        standing, keys = open_keys(settings, DatabaseKeys(database), clock)
        outbox = Outbox(database, keys, settings.terminal_id, clock, settings.bounds)
        attachments = Attachments(database, keys, settings.terminal_id, clock, outbox.room)
        journal = Journal(database, keys, settings.terminal_id, clock)
        sync, line_problem = _sync_or_why_not(settings, outbox, attachments, journal, clock)
    except BaseException:
        database.close()
        raise
    watch.armed = True
    return Parts(settings, database, keys, outbox, attachments, journal, standing, sync, line_problem)


def _sync_or_why_not(
    settings: StoreSettings, outbox: Outbox, files: PlainFiles, cases: EndedCases, clock: Clock
) -> tuple[Sync | None, str | None]:
    """A wrong certificate stops the sending, not the taking in."""
    try:
        return make_sync(settings, outbox, files, cases, clock), None
    except BudayangError as error:
        return None, error.problem.key
