"""The reference as the terminal uses it: catalogue, guides, policies and place names, read only, with one search."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from kiosk.base.clock import Clock
from kiosk.base.errors import Problem
from offline_cache.reference.folder import DATABASE, INSTALLED, MANIFEST, ReferenceFolder, digest_of
from offline_cache.reference.freshness import Age, Freshness, age_at
from offline_cache.reference.lattice import CancelledError
from offline_cache.reference.manifest import Manifest, read_manifest
from offline_cache.reference.rows import GuideRow, ItemRow, Kind, PlaceRow, PolicyRow
from offline_cache.reference.schema import open_read_only
from offline_cache.reference.searching import HIT_LIMIT, Hits, Search

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_Answer = TypeVar("_Answer")
ALL_KINDS = frozenset(Kind)
_ITEM = """SELECT entry.name, entry.note, entry.region, entry.level, entry.hot, item.item_code, item.business_item_code,
item.basic_code, item.department, item.stars, item.theme, item.guide, item.aliases FROM item JOIN entry USING (entry) """
_GUIDE = "SELECT guide.content FROM item JOIN guide ON guide.key = item.guide WHERE item.item_code = ?"
_POLICY = "SELECT content FROM policy WHERE code = ?"


@dataclass(frozen=True)
class Cancelled:
    """A newer keystroke has taken over; there is nothing to show."""


class Reference:
    """An open version of the reference.

    One thread searches (`search` holds a lock), any thread reads; the two have a connection each and never wait for each other.
    Every answer is given only while the data is valid: afterwards each method returns the Problem ``reference.expired``. A
    file that turns out damaged gives ``reference.damaged``. Updates do not disturb an open one; open anew to see them.
    """

    def __init__(self, path: Path, manifest: Manifest, clock: Clock) -> None:
        """Use `open`. Raises sqlite3.Error, ValueError."""
        self._manifest = manifest
        self._clock = clock
        self._searching = threading.Lock()
        self._reading = threading.Lock()
        self._reader = open_read_only(path)
        try:
            self._search_connection = open_read_only(path)
        except BaseException:
            self._reader.close()
            raise
        try:
            self._search = Search(self._search_connection)
        except BaseException:
            self.close()
            raise

    @staticmethod
    def open(folder: Path, trusted_key: "Ed25519PublicKey", clock: Clock) -> "Reference | Problem":
        """Opens the version in use after checking the manifest's signature and the file's digest (0.3 s; call on a worker).

        Problems: ``reference.none`` (nothing installed), ``reference.damaged`` (the file is not the one installed),
        ``reference.manifest_*``, ``reference.rolled_back`` (an older version was put back), ``reference.expired``.
        """
        at = ReferenceFolder(folder)
        place = at.current()
        if place is None:
            return Problem("reference.none")
        try:
            manifest = read_manifest((place / MANIFEST).read_bytes(), trusted_key)
            if isinstance(manifest, Problem):
                return manifest
            if manifest.version < at.highest():
                return Problem("reference.rolled_back")
            if _is_expired(manifest, clock):
                return _expired(manifest)
            installed = (place / INSTALLED).read_text(encoding="ascii")
            if digest_of(place / DATABASE) != installed:
                return Problem("reference.damaged")
            return Reference(place / DATABASE, manifest, clock)
        except (OSError, sqlite3.Error, ValueError):
            return Problem("reference.damaged")

    def search(
        self,
        query: str,
        region: str | None = None,
        limit: int = HIT_LIMIT,
        kinds: frozenset[Kind] = frozenset({Kind.ITEM}),
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Hits | Cancelled | Problem:
        """What a query finds; any text is allowed, only its first 64 letters and digits count.

        Args:
            query: characters, pinyin, initials, digits, the beginning of a code, mixed.
            region: the terminal's own, 6 or 12 digits: what it and those above it offer comes first.
            limit: at most 50.
            kinds: what to look among.
            is_cancelled: asked between steps (each some 0.1 ms), from the calling thread.
        """
        try:
            return self._while_valid(
                self._searching, lambda: self._search.search(query, region, limit, kinds, is_cancelled)
            )
        except CancelledError:
            return Cancelled()

    def item(self, code: str) -> ItemRow | Problem | None:
        """The item with this 31-character code, None when there is none."""
        return self._while_valid(self._reading, lambda: self._item(code))

    def guide(self, code: str) -> GuideRow | Problem | None:
        """The guide of the item with this 31-character code."""
        return self._while_valid(self._reading, lambda: self._decoded(_GUIDE, code, GuideRow))

    def policy(self, code: str) -> PolicyRow | Problem | None:
        """The policy article with this code."""
        return self._while_valid(self._reading, lambda: self._decoded(_POLICY, code, PolicyRow))

    def place(self, code: str) -> PlaceRow | Problem | None:
        """The place with this code."""
        found = self._while_valid(self._reading, lambda: self._places("code", code))
        return found if isinstance(found, Problem) else next(iter(found), None)

    def places(self, parent: str) -> tuple[PlaceRow, ...] | Problem:
        """The places right below `parent` ("" for the top), by code."""
        return self._while_valid(self._reading, lambda: self._places("parent", parent))

    def age(self) -> Freshness:
        """How old the data is now."""
        manifest = self._manifest
        age = age_at(self._clock.now(), manifest.made_at, manifest.fresh_until, manifest.valid_until)
        return Freshness(age, manifest.made_at, manifest.version)

    def forget(self) -> None:
        """Nothing of what was searched for or read stays in this process; at the end of a visit. Waits for a search under way."""
        with self._searching, self._reading, contextlib.suppress(sqlite3.Error, ValueError):
            self._search.forget()
            self._item("")
            self._decoded(_GUIDE, "", GuideRow)
            self._decoded(_POLICY, "", PolicyRow)
            self._places("code", "")
            self._places("parent", "-")
            for connection in (self._search_connection, self._reader):
                connection.execute("PRAGMA shrink_memory")  # pages of what was found

    def close(self) -> None:
        """Closes; waits for a search under way (some 20 ms). Twice is allowed; afterwards every answer is ``reference.none``."""
        with self._searching, self._reading:
            self._search_connection.close()
            self._reader.close()

    def _while_valid(self, lock: threading.Lock, answer: Callable[[], _Answer]) -> _Answer | Problem:
        if _is_expired(self._manifest, self._clock):
            return _expired(self._manifest)
        with lock:
            try:
                return answer()
            except sqlite3.ProgrammingError:  # closed
                return Problem("reference.none")
            except (sqlite3.Error, ValueError):
                return Problem("reference.damaged")

    def _item(self, code: str) -> ItemRow | None:
        row = self._reader.execute(_ITEM + "WHERE item.item_code = ?", (_bounded(code),)).fetchone()
        if row is None:
            return None
        (
            name,
            body,
            region,
            level,
            hot,
            item_code,
            business_code,
            basic_code,
            department,
            stars,
            theme,
            guide,
            aliases,
        ) = row
        return ItemRow(
            item_code=item_code,
            basic_code=basic_code,
            business_item_code=business_code,
            name=name,
            body=body,
            department=department,
            region=region,
            level=level,
            stars=stars,
            theme=theme,
            hot=hot,
            guide=guide,
            aliases=tuple(aliases.split("\n")) if aliases else (),
        )

    def _decoded(self, statement: str, code: str, kind: type[_Answer]) -> _Answer | None:
        row = self._reader.execute(statement, (_bounded(code),)).fetchone()
        return None if row is None else msgspec.msgpack.decode(row[0], type=kind)

    def _places(self, column: str, code: str) -> tuple[PlaceRow, ...]:
        statement = {
            "code": "SELECT code, name, parent, level, romanised FROM place WHERE code = ?",
            "parent": "SELECT code, name, parent, level, romanised FROM place WHERE parent = ? ORDER BY code",
        }[column]
        rows = self._reader.execute(statement, (_bounded(code),))
        return tuple(
            PlaceRow(code=own, name=name, parent=parent, level=level, romanised=romanised)
            for own, name, parent, level, romanised in rows
        )


def _bounded(code: str) -> str:
    """A code as SQLite takes it: no lone surrogates, no longer than any code."""
    return code[:64].encode("utf-8", "replace").decode()


def _is_expired(manifest: Manifest, clock: Clock) -> bool:
    return age_at(clock.now(), manifest.made_at, manifest.fresh_until, manifest.valid_until) is Age.EXPIRED


def _expired(manifest: Manifest) -> Problem:
    return Problem("reference.expired", {"date": f"{manifest.made_at:%Y-%m-%d}"})
