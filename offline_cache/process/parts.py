"""What a running store is made of, opened in its order and closed in the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kiosk.base.clock import Clock, SystemClock
from offline_cache.outbox.outbox import DatabaseKeys, Outbox
from offline_cache.process.settings import StoreSettings
from offline_cache.process.watched import DamageWatch
from offline_cache.sealing.epochs import EpochKeys
from offline_cache.sealing.suites import SuiteId
from offline_cache.store.connection import Connection, ConnectionFactory, Row, SqliteConnection
from offline_cache.store.database import Database
from offline_cache.store.space import Ballast

SUITES = {"aes": SuiteId.AES_256_GCM, "sm4": SuiteId.SM4_GCM}


@dataclass
class Parts:
    """An open store."""

    database: Database
    outbox: Outbox
    vault: str

    def oldest_created_wall_s(self) -> float | None:
        """Unix time, by this machine's clock, at which the oldest queued item was put in; None when nothing waits."""

        def read(connection: Connection) -> Iterable[Row]:
            return connection.execute("SELECT created_wall_s FROM items WHERE state='queued' ORDER BY seq LIMIT 1")

        row = next(iter(self.database.commits.read(read)), (None,))
        return row[0] if isinstance(row[0], float) else None

    def close(self) -> None:
        """Gives the folder to others; within two seconds."""
        self.database.close()


def open_parts(
    settings: StoreSettings,
    on_damage: Callable[[], None],
    clock: Clock | None = None,
    connect: ConnectionFactory = SqliteConnection,
) -> Parts:
    """Opens everything.

    Args:
        on_damage: called when the file turns out to be damaged after it was opened.
        connect: opens the file; tests kill the process in it.

    Raises:
        BudayangError: as `Database`, and ``store.vault_closed``.
    """
    clock = clock or SystemClock()
    watch = DamageWatch(on_damage, connect)
    folder = Path(settings.folder)
    database = Database(folder, watch, ballast=Ballast(folder / "ballast", settings.ballast_bytes))
    try:
        database.ballast.restore()
        vault, strength = _open_vault(settings)
        keys = EpochKeys(vault, DatabaseKeys(database), clock, SUITES[settings.suite])
        outbox = Outbox(database, keys, settings.terminal_id, clock, settings.bounds)
    except BaseException:
        database.close()
        raise
    watch.armed = True
    return Parts(database, outbox, strength)


def _open_vault(settings: StoreSettings) -> "tuple[_KeyFile, str]":
    return _KeyFile(Path(settings.folder) / "vault.key"), "file"


class _KeyFile:
    """A key-encryption key in a file of its own, until `offline_cache.vault` is there."""

    def __init__(self, path: Path) -> None:
        import os
        import secrets

        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(secrets.token_bytes(32))
                file.flush()
                os.fsync(file.fileno())
        self._cipher = AESGCM(path.read_bytes())
        self._random = secrets.token_bytes

    def wrap(self, key: bytes) -> bytes:
        nonce = self._random(12)
        return nonce + self._cipher.encrypt(nonce, key, b"data key")

    def unwrap(self, wrapped: bytes) -> bytes:
        return self._cipher.decrypt(wrapped[:12], wrapped[12:], b"data key")

    def is_current(self, wrapped: bytes) -> bool:
        return bool(wrapped)
