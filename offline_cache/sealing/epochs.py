"""Data keys: one for each epoch of a day or 10,000 records, kept wrapped, destroyed when its last record has ended.

Destroying the wrapped key is the erasure that can be shown: a flash disk keeps old copies of rows, but nobody opens them.
A key is held from the moment something is sealed with it until that has been kept (`release`): housekeeping that destroys
keys under which nothing lies must leave those of `in_use` alone, or an acknowledged row could lose its key.
"""

import os
import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kiosk.base.clock import Clock
from kiosk.base.errors import BudayangError
from offline_cache.sealing.record_codec import NONCE_BYTES, Binding, additional_data, decode, head_of
from offline_cache.sealing.suites import KEY_BYTES, SuiteId, suite_of

EPOCH_S = 86_400.0
EPOCH_RECORDS = 10_000
_NONCES = 64


class Wrapping(Protocol):
    """The vault's key over the data keys; see `offline_cache.vault`."""

    def wrap(self, key: bytes) -> bytes:
        """Seals a data key. Raises BudayangError ``store.vault_closed``."""

    def unwrap(self, wrapped: bytes) -> bytes:
        """Opens a data key.

        Raises:
            BudayangError: ``store.vault_closed`` (its key-encryption key is not here), ``store.cannot_open`` (damaged).
        """

    def is_current(self, wrapped: bytes) -> bool:
        """Whether it is wrapped under the newest key-encryption key."""


class KeyTable(Protocol):
    """Where wrapped keys are kept, durably before a call returns."""

    def wrapped_keys(self) -> dict[str, bytes]:
        """All that are kept, by id."""

    def add_key(self, key_id: str, wrapped: bytes) -> None:
        """Keeps one more."""

    def replace_keys(self, wrapped: Mapping[str, bytes]) -> None:
        """Other wrapped forms for keys that are kept, all or none; one that is kept no more stays gone."""


@dataclass
class _Epoch:
    key_id: str
    key: bytes = field(repr=False)
    began: float
    records: int
    seal: Callable[[bytes, bytes, bytes], bytes] = field(repr=False)
    head: bytes  # of its records: all that stands before the nonce
    nonces: list[bytes] = field(default_factory=list, repr=False)


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
        random_bytes: Callable[[int], bytes] = os.urandom,
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
        self._held: Counter[str] = Counter()  # zero is left out
        self._counting = threading.Lock()  # never held while anything blocks: `in_use` is asked within a transaction

    @property
    def suite(self) -> SuiteId:
        """Of new records and files."""
        return self._suite.suite_id

    def seal(self, plain: bytes, binding: Binding) -> bytes:
        """The record's bytes; its key is held until `release`.

        Raises BudayangError ``store.vault_closed``, or what the table raises for a new key.
        """
        return self.seal_under(plain, binding)[0]

    def seal_under(self, plain: bytes, binding: Binding) -> tuple[bytes, str]:
        """As `seal`, with the id of the key that is held."""
        epoch = self._take()
        key_id = epoch.key_id
        try:
            nonce = self._nonce(epoch)
            sealed = epoch.seal(nonce, plain, additional_data(binding, key_id))
        except BaseException:
            self.release((key_id,))
            raise
        return epoch.head + nonce + sealed, key_id

    def _nonce(self, epoch: _Epoch) -> bytes:
        """Random, used once. Several are drawn at a time: each question to the system is a turn at the interpreter's lock."""
        try:
            return epoch.nonces.pop()
        except IndexError:
            drawn = self._random_bytes(NONCE_BYTES * _NONCES)
            nonces = [drawn[at : at + NONCE_BYTES] for at in range(0, len(drawn), NONCE_BYTES)]
            nonce = nonces.pop()
            epoch.nonces += nonces
            return nonce

    def hold(self) -> tuple[str, bytes]:
        """The data key for one more record or file, and its id; held until `release`. Raises as `seal` does."""
        epoch = self._take()
        return epoch.key_id, epoch.key

    def release(self, key_ids: Collection[str]) -> None:
        """What was sealed with these has been kept, or given up; one entry for each record."""
        with self._counting:
            for key_id in key_ids:
                self._held[key_id] -= 1
                if self._held[key_id] <= 0:
                    del self._held[key_id]

    def in_use(self) -> frozenset[str]:
        """Keys that must not be destroyed even if nothing lies under them yet. Never blocks."""
        epoch = self._epoch  # before those that are held: who took its key before it was rotated is among them
        with self._counting:
            held = set(self._held)
        return frozenset(held | {epoch.key_id} if epoch is not None else held)

    def open(self, sealed: bytes, binding: Binding) -> bytes:
        """The body.

        Raises:
            BudayangError: ``store.cannot_open`` (damaged, or of another item), ``store.key_gone`` (shredded),
                ``store.vault_closed``.
        """
        record = decode(sealed)
        data = additional_data(binding, record.key_id)
        return suite_of(record.suite).open(self.key(record.key_id), record.nonce, record.sealed, data)

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

    def rewrap_all(self) -> int:
        """Wraps every kept data key under the vault's newest key, in one transaction; returns how many were.

        A damaged one, which no key opens, stays as it is. After this nothing but those wants an older key.

        Raises:
            BudayangError: ``store.vault_closed``: nothing was changed; and what the table raises: all or none were.
        """
        with self._lock:  # no key can be added under the older one meanwhile
            fresh: dict[str, bytes] = {}
            for key_id, wrapped in self._table.wrapped_keys().items():
                if self._wrapping.is_current(wrapped):
                    continue
                try:
                    fresh[key_id] = self._wrapping.wrap(self._wrapping.unwrap(wrapped))
                except BudayangError as error:
                    if error.problem.key != "store.cannot_open":
                        raise
            if fresh:
                self._table.replace_keys(fresh)
                self._wrapped.update(fresh)
            return len(fresh)

    @property
    def current_key_id(self) -> str | None:
        """The epoch that takes new records; None before the first."""
        epoch = self._epoch
        return epoch.key_id if epoch is not None else None

    def _take(self) -> _Epoch:
        with self._counting:
            # nearly always: no second lock
            epoch = self._epoch
            if epoch is not None and self._takes_more(epoch):
                epoch.records += 1
                self._held[epoch.key_id] += 1
                return epoch
        with self._lock:
            epoch = self._current()
            with self._counting:
                epoch.records += 1
                self._held[epoch.key_id] += 1
            return epoch

    def _takes_more(self, epoch: _Epoch) -> bool:
        return epoch.records < EPOCH_RECORDS and self._clock.monotonic() - epoch.began < EPOCH_S

    def _current(self) -> _Epoch:
        epoch = self._epoch
        if epoch is None or not self._takes_more(epoch):
            key = self._random_bytes(KEY_BYTES)
            key_id = "k" + self._random_bytes(8).hex()
            wrapped = self._wrapping.wrap(key)
            with self._counting:
                self._held[key_id] += 1  # before it is kept: nothing lies under it yet
            try:
                self._table.add_key(key_id, wrapped)
                self._wrapped[key_id] = wrapped
                self._open[key_id] = key
                epoch = self._epoch = _Epoch(
                    key_id,
                    key,
                    self._clock.monotonic(),
                    0,
                    self._suite.sealer(key),
                    head_of(self._suite.suite_id, key_id),
                )
            finally:
                self.release((key_id,))
        return epoch

    def lasting_key(self, key_id: str) -> bytes:
        """A key that is made once and seals no record (of fingerprints); whoever destroys keys leaves it alone.

        Raises what `hold` and `key` do.
        """
        with self._lock:
            if key_id not in self._wrapped:
                self._table.add_key(key_id, self._wrapping.wrap(self._random_bytes(KEY_BYTES)))
                self._wrapped.update(self._table.wrapped_keys())
        return self.key(key_id)

    def key(self, key_id: str) -> bytes:
        """A data key. Raises BudayangError ``store.key_gone`` (shredded), ``store.vault_closed``, ``store.cannot_open``."""
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
