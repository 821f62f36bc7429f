"""The vault: wraps data keys under a key-encryption key that somebody stronger than a file holds, if the machine has one.

A wrapped key: version 1 (``01``) · id of the key-encryption key 8 · the key by AES key wrap (RFC 3394). The vault's file holds one
entry for each key-encryption key, the newest last; it has two only between the beginning and the end of a rotation, so a loss of
power at any moment leaves every wrapped key openable. The keys themselves are recovered once, at the opening, and stay in
this process.

A rotation: a new key is added durably (`add_key`), every data key is wrapped under it in one transaction of the store
(`EpochKeys.rewrap_all`), then the older ones are dropped (`drop_older`). It is finished at the next start when it was cut off.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives import keywrap

from kiosk.base.errors import BudayangError
from offline_cache.store.files import DiskFiles, Files
from offline_cache.vault.holders import KEY_BYTES, Holder, Strength, VaultClosedError

FILE = "vault.json"
_FILE_VERSION = 1
_WRAP_VERSION = 1
_ID_BYTES = 8


class _Entry(msgspec.Struct, frozen=True):
    key_id: str
    strength: str
    protected: bytes


class _VaultFile(msgspec.Struct, frozen=True):
    version: int
    keys: tuple[_Entry, ...]


@dataclass(frozen=True)
class _Key:
    entry: _Entry
    key: bytes = field(repr=False)


class Vault:
    """An open vault; any thread may wrap and unwrap, one may rotate. Made by `make` and `unlock`."""

    def __init__(self, path: Path, keys: Sequence[_Key], files: Files, random_bytes: Callable[[int], bytes]) -> None:
        self._path = path
        self._files = files
        self._random_bytes = random_bytes
        self._keys = {bytes.fromhex(key.entry.key_id): key for key in keys}
        self._current = bytes.fromhex(keys[-1].entry.key_id)

    @property
    def strength(self) -> Strength:
        """Of the newest key."""
        return Strength(self._keys[self._current].entry.strength)

    @property
    def protected(self) -> bytes:
        """The newest key as its holder keeps it."""
        return self._keys[self._current].entry.protected

    @property
    def is_rotating(self) -> bool:
        """Whether older keys are kept still: a rotation was begun and not ended."""
        return len(self._keys) > 1

    def wrap(self, key: bytes) -> bytes:
        """Seals a data key of 32 bytes under the newest key."""
        current = self._current
        return bytes([_WRAP_VERSION]) + current + keywrap.aes_key_wrap(self._keys[current].key, key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Opens a data key.

        Raises:
            BudayangError: ``store.vault_closed`` (wrapped by another vault), ``store.cannot_open`` (damaged).
        """
        if len(wrapped) < 1 + _ID_BYTES or wrapped[0] != _WRAP_VERSION:
            raise BudayangError("store.cannot_open")
        holding = self._keys.get(wrapped[1 : 1 + _ID_BYTES])
        if holding is None:
            raise VaultClosedError("vault.other_vault")
        try:
            return keywrap.aes_key_unwrap(holding.key, wrapped[1 + _ID_BYTES :])
        except (keywrap.InvalidUnwrap, ValueError):
            raise BudayangError("store.cannot_open") from None

    def is_current(self, wrapped: bytes) -> bool:
        """Whether it is wrapped under the newest key."""
        return wrapped[1 : 1 + _ID_BYTES] == self._current

    def add_key(self, holder: Holder) -> None:
        """Begins a rotation: from now on the newest key is a fresh one with this holder.

        Raises:
            VaultClosedError: the holder, or the disk, did not take it, or what it took does not come back; the vault is as it was.
        """
        fresh = _fresh(holder, self._random_bytes)
        keys = [*self._keys.values(), fresh]
        _keep(self._path, keys, self._files)
        key_id = bytes.fromhex(fresh.entry.key_id)
        self._keys[key_id] = fresh
        self._current = key_id

    def drop_older(self) -> None:
        """Ends a rotation: nothing is wrapped under the older keys any more. Raises VaultClosedError; they are kept then."""
        newest = self._keys[self._current]
        _keep(self._path, [newest], self._files)
        self._keys = {self._current: newest}


def make(
    path: Path, holder: Holder, files: Files | None = None, random_bytes: Callable[[int], bytes] = secrets.token_bytes
) -> Vault:
    """A new vault with one key. Raises VaultClosedError: nothing was made."""
    files = files or DiskFiles()
    fresh = _fresh(holder, random_bytes)
    try:
        files.make_folder(path.parent)
    except OSError:
        raise VaultClosedError("vault.disk") from None
    _keep(path, [fresh], files)
    return Vault(path, [fresh], files, random_bytes)


def unlock(
    path: Path,
    holders: Mapping[Strength, Holder],
    files: Files | None = None,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> Vault:
    """Recovers every key of the vault's file from its holder.

    Raises:
        VaultClosedError: with what a technician must do; nothing was changed.
        FileNotFoundError: there is no vault.
    """
    files = files or DiskFiles()
    keys = []
    for entry in _entries(path, files):
        try:
            holder = holders[Strength(entry.strength)]
        except (KeyError, ValueError):
            raise VaultClosedError("vault.newer") from None
        keys.append(_Key(entry, holder.recover(entry.protected)))
    return Vault(path, keys, files, random_bytes)


def _entries(path: Path, files: Files) -> tuple[_Entry, ...]:
    try:
        found = msgspec.json.decode(files.read(path), type=_VaultFile)
        if found.version != _FILE_VERSION:
            raise VaultClosedError("vault.newer")
        if not found.keys or any(len(bytes.fromhex(entry.key_id)) != _ID_BYTES for entry in found.keys):
            raise VaultClosedError("vault.file_damaged")
    except FileNotFoundError:
        raise
    except OSError:
        raise VaultClosedError("vault.disk") from None
    except ValueError:  # msgspec's errors are ValueErrors too
        raise VaultClosedError("vault.file_damaged") from None
    return found.keys


def _fresh(holder: Holder, random_bytes: Callable[[int], bytes]) -> _Key:
    key = random_bytes(KEY_BYTES)
    protected = holder.protect(key)
    if holder.recover(protected) != key:  # before anything depends on it
        raise VaultClosedError("vault.not_kept")
    return _Key(_Entry(random_bytes(_ID_BYTES).hex(), holder.strength.value, protected), key)


def _keep(path: Path, keys: Sequence[_Key], files: Files) -> None:
    try:
        files.replace(path, msgspec.json.encode(_VaultFile(_FILE_VERSION, tuple(key.entry for key in keys))))
    except OSError:
        raise VaultClosedError("vault.disk") from None
