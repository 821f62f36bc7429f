"""Data keys: one for each epoch of a day or 10,000 records, kept wrapped, destroyed when its last record has ended.

Destroying the wrapped key is the erasure that can be shown: a flash disk keeps old copies of rows, but nobody opens them.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.base.clock import Clock
from kiosk.base.errors import BudayangError
from offline_cache.sealing.record_codec import NONCE_BYTES, Binding, Record, additional_data, decode, encode
from offline_cache.sealing.suites import KEY_BYTES, SuiteId, suite_of

EPOCH_S = 86_400.0
EPOCH_RECORDS = 10_000


class Wrapping(Protocol):
    """The vault's key over the data keys; see `offline_cache.vault`."""

    def wrap(self, key: bytes) -> bytes:
        """Seals a data key. Raises BudayangError ``store.vault_closed``."""

    def unwrap(self, wrapped: bytes) -> bytes:
        """Opens a data key. Raises BudayangError ``store.vault_closed``."""


class KeyTable(Protocol):
    """Where wrapped keys are kept, durably before a call returns."""

    def wrapped_keys(self) -> dict[str, bytes]:
        """All that are kept, by id."""

    def add_key(self, key_id: str, wrapped: bytes) -> None:
        """Keeps one more."""


@dataclass
class _Epoch:
    key_id: str
    key: bytes
    began: float
    records: int


class EpochKeys:
    """Seals and opens records; any thread.

    Args:
        wrapping: the vault.
        table: where wrapped keys are kept.
        clock: only monotonic seconds: an epoch's age.
        suite: for new records; old ones say their own.
        random_bytes: of the operating system; replaced in tests.
    """

    def __init__(
        self,
        wrapping: Wrapping,
        table: KeyTable,
        clock: Clock,
        suite: SuiteId = SuiteId.AES_256_GCM,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._wrapping = wrapping
        self._table = table
        self._clock = clock
        self._suite = suite_of(suite)
        self._random_bytes = random_bytes
        self._lock = threading.Lock()
        self._wrapped = dict(table.wrapped_keys())
        self._open: dict[str, bytes] = {}
        self._epoch: _Epoch | None = None

    def seal(self, plain: bytes, binding: Binding) -> bytes:
        """The record's bytes. Raises BudayangError ``store.vault_closed``, or what the table raises for a new key."""
        with self._lock:
            epoch = self._current()
            epoch.records += 1
        nonce = self._random_bytes(NONCE_BYTES)
        sealed = self._suite.seal(epoch.key, nonce, plain, additional_data(binding, epoch.key_id))
        return encode(Record(self._suite.suite_id, epoch.key_id, nonce, sealed))

    def open(self, sealed: bytes, binding: Binding) -> bytes:
        """The body.

        Raises:
            BudayangError: ``store.cannot_open`` (damaged, or of another item), ``store.key_gone`` (shredded),
                ``store.vault_closed``.
        """
        record = decode(sealed)
        data = additional_data(binding, record.key_id)
        return suite_of(record.suite).open(self._key(record.key_id), record.nonce, record.sealed, data)

    def rotate(self) -> None:
        """The next record begins a new epoch."""
        with self._lock:
            self._epoch = None

    def forget(self, key_id: str) -> None:
        """Drops a key whose wrapped form was destroyed."""
        with self._lock:
            self._wrapped.pop(key_id, None)
            self._open.pop(key_id, None)
            if self._epoch is not None and self._epoch.key_id == key_id:
                self._epoch = None

    @property
    def current_key_id(self) -> str | None:
        """The epoch that takes new records; it must not be destroyed."""
        epoch = self._epoch
        return epoch.key_id if epoch is not None else None

    def _current(self) -> _Epoch:
        epoch, now = self._epoch, self._clock.monotonic()
        if epoch is None or epoch.records >= EPOCH_RECORDS or now - epoch.began >= EPOCH_S:
            key = self._random_bytes(KEY_BYTES)
            key_id = "k" + self._random_bytes(8).hex()
            wrapped = self._wrapping.wrap(key)
            self._table.add_key(key_id, wrapped)
            self._wrapped[key_id] = wrapped
            self._open[key_id] = key
            epoch = self._epoch = _Epoch(key_id, key, now, 0)
        return epoch

    def _key(self, key_id: str) -> bytes:
        with self._lock:
            if (key := self._open.get(key_id)) is not None:
                return key
            if (wrapped := self._wrapped.get(key_id)) is None:
                raise BudayangError("store.key_gone")
            key = self._open[key_id] = self._wrapping.unwrap(wrapped)
            return key


def key_id_of(sealed: bytes) -> str:
    """Which key sealed a record. Raises BudayangError ``store.cannot_open``."""
    return decode(sealed).key_id
