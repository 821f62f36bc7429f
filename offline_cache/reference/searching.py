"""One connection's searches: a query in, ordered hits out. See `lattice` for what is found and `ranking` for the order."""

import re
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from offline_cache.reference import bitmaps, terms
from offline_cache.reference.lattice import CancelledError, find
from offline_cache.reference.query import pattern_of
from offline_cache.reference.ranking import Order, buckets
from offline_cache.reference.rows import Hit, Kind
from offline_cache.reference.units import QUERY_LIMIT, normalise

HIT_LIMIT = 50
_LOOKED_AT = 1500
"""Entries whose text is looked at in one search, at most: some 8 ms."""
_CODES = 2000
_CODE = re.compile(r"[0-9A-Z]{4,33}")
_REGION = re.compile(r"[0-9]{6}|[0-9]{12}")
_CACHED = 96
_NEVER = "\uffff"
NOWHERE = "!"
"""A term begins with a letter of its kind, with ^ or with =."""
_ENTRY = "SELECT kind, code, name, note, region, level, hot, search FROM entry WHERE entry = ?"


@dataclass(frozen=True)
class Hits:
    """The answer to one keystroke.

    Attributes:
        items: at most the limit, first rank first.
        count: entries found; an upper bound where the query is longer than three characters.
        is_more: whether there are (or may be) more than `items`.
        took_s: time spent.
    """

    items: tuple[Hit, ...]
    count: int
    is_more: bool
    took_s: float


class Postings:
    """Sets by term, read from the file; the last few are kept. For one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kept: OrderedDict[str, int] = OrderedDict()

    def get(self, term: str) -> int:
        """The set of one term, empty when unknown."""
        kept = self._kept.get(term)
        if kept is not None:
            self._kept.move_to_end(term)
            return kept
        row = self._connection.execute("SELECT bits FROM posting WHERE term = ?", (term,)).fetchone()
        return self._keep(term, bitmaps.decode(row[0]) if row else 0)

    def starting_with(self, beginning: str) -> int:
        """The union of the sets of all terms that begin so."""
        key = beginning + "*"
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        found = 0
        for (blob,) in self._connection.execute(
            "SELECT bits FROM posting WHERE term >= ? AND term < ?", (beginning, beginning + _NEVER)
        ):
            found |= bitmaps.decode(blob)
        return self._keep(key, found)

    def forget(self) -> None:
        """Drops what is kept: its terms are made of what was typed. SQLite holds the last value of each statement, too."""
        self._kept.clear()
        self.get("")
        self.starting_with(NOWHERE)
        self._kept.clear()

    def _keep(self, key: str, found: int) -> int:
        self._kept[key] = found
        if len(self._kept) > _CACHED:
            self._kept.popitem(last=False)
        return found


class Search:
    """Searches over one read-only connection; for one thread at a time.

    Raises:
        sqlite3.Error, ValueError: the file is damaged (from every method).
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._postings = Postings(connection)
        self._fold = {ord(one): str(simple) for one, simple in connection.execute("SELECT character, simple FROM fold")}
        sounds = connection.execute("SELECT substr(term, 3) FROM posting WHERE term >= 'p ' AND term < 'p!'")
        self._known = frozenset(str(sound) for (sound,) in sounds if len(sound) > 1)
        self._beginnings = frozenset(sound[:end] for sound in self._known for end in range(1, len(sound) + 1))
        self._kinds = {kind: self._postings.get(f"{terms.KIND}{kind.value}") for kind in Kind}
        self._hot = tuple(self._postings.get(f"{terms.HOT}{hot}") for hot in (3, 2, 1))
        self._levels = tuple(self._postings.get(f"{terms.LEVEL}{level}") for level in (6, 5, 4, 3, 2, 1))
        self._chain_of: tuple[str, tuple[int, ...]] = ("", ())  # a terminal stays where it is

    def search(
        self,
        text: str,
        region: str | None,
        limit: int,
        kinds: frozenset[Kind],
        is_cancelled: Callable[[], bool],
    ) -> Hits:
        """See `Reference.search`."""
        started = time.perf_counter()
        query = normalise(text, self._fold, QUERY_LIMIT)
        limit = max(0, min(limit, HIT_LIMIT))
        if not query or not limit:
            return Hits((), 0, False, time.perf_counter() - started)
        allowed = 0
        for kind in kinds:
            allowed |= self._kinds[kind]
        by_code = self._by_code(text) & allowed
        whole = (self._postings.get(terms.WHOLE + query) | by_code) & allowed
        anywhere = self._find(query, False, is_cancelled) & allowed | by_code
        starting = self._find(query, True, is_cancelled) & anywhere if anywhere else 0
        order = Order(self._chain(region), self._hot, self._levels)
        hits: dict[int, Hit] = {}
        pattern, looked_at, is_more = pattern_of(query), 0, False
        for bucket in buckets(whole & anywhere, starting, anywhere, order):
            if is_cancelled():
                raise CancelledError
            for entry in bitmaps.entries(bucket.entries):
                if entry in hits:
                    continue
                if len(hits) == limit or looked_at == _LOOKED_AT:
                    is_more = True
                    break
                looked_at += 1
                hit, search_text = self._entry(entry)
                match = pattern.search(search_text)
                if by_code >> entry & 1 or (match and (not bucket.must_start or _starts(pattern, search_text))):
                    hits[entry] = hit
            if is_more:
                break
        count = anywhere.bit_count() if is_more else len(hits)
        return Hits(tuple(hits.values()), count, is_more, time.perf_counter() - started)

    def forget(self) -> None:
        """Nothing of what was searched for stays in memory; the next search is some milliseconds slower."""
        self._postings.forget()
        self._by_code("NONE0")
        self._connection.execute(_ENTRY, (0,)).fetchone()
        re.purge()  # patterns are made of queries

    def _find(self, query: str, at_start: bool, is_cancelled: Callable[[], bool]) -> int:
        return find(query, self._postings, self._known, self._beginnings, at_start=at_start, is_cancelled=is_cancelled)

    def _by_code(self, text: str) -> int:
        code = text[:100].strip().upper().replace("-", "")
        if not _CODE.fullmatch(code) or not any(one.isdigit() for one in code):
            return 0
        rows = self._connection.execute(
            "SELECT entry FROM code_key WHERE code >= ? AND code < ? LIMIT ?", (code, code + _NEVER, _CODES)
        )
        return bitmaps.of(entry for (entry,) in rows)

    def _chain(self, region: str | None) -> tuple[int, ...]:
        if region is None or not _REGION.fullmatch(region):
            return ()
        if self._chain_of[0] != region:
            chain = tuple(self._postings.get(terms.REGION + code) for code in self._regions_above(region))
            self._chain_of = (region, chain)
        return self._chain_of[1]

    def _regions_above(self, region: str) -> list[str]:
        chain = [region]
        while len(chain) < 8:
            row = self._connection.execute("SELECT parent FROM place WHERE code = ?", (chain[-1],)).fetchone()
            if not row or not row[0] or row[0] in chain:
                break
            chain.append(str(row[0]))
        return chain

    def _entry(self, entry: int) -> tuple[Hit, str]:
        row = self._connection.execute(_ENTRY, (entry,)).fetchone()
        if row is None:
            raise ValueError("the index names an entry that is not there")
        kind, code, name, note, region, level, hot, search_text = row
        hit = Hit(kind=Kind(kind), code=code, name=name, note=note, region=region, level=level, hot=hot)
        return hit, str(search_text)


def _starts(pattern: re.Pattern[str], search_text: str) -> bool:
    return any(match["start"] is not None for match in pattern.finditer(search_text))
