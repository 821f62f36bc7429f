"""Makes the index of a reference file from its content: all of it, or what a change of some entries needs."""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping

from offline_cache.reference import bitmaps
from offline_cache.reference.terms import terms_of_entry, terms_of_text


def build_index(connection: sqlite3.Connection) -> None:
    """Fills `posting` and `code_key` of a file whose content is complete. About 8 s for 134,000 items."""
    postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    terms: dict[str, list[array[int]]] = {}
    for entry, kind, region, level, hot, text in connection.execute(
        "SELECT entry, kind, region, level, hot, search FROM entry ORDER BY entry"
    ):
        # a name stands in many regions: its terms are made once
        lists = terms.get(text)
        if lists is None:
            lists = terms[text] = [postings[term] for term in terms_of_text(text)]
        for numbers in lists:
            numbers.append(entry)
        for term in terms_of_entry(kind, region, level, hot, ""):
            postings[term].append(entry)
    connection.executemany(
        "INSERT INTO posting VALUES (?, ?)",
        ((term, bitmaps.encode_entries(postings.pop(term))) for term in sorted(postings)),
    )
    connection.execute(_ALL_CODES)


_ALL_CODES = """
INSERT INTO code_key SELECT code, entry FROM (
    SELECT item_code AS code, entry FROM item WHERE business_item_code = ''
    UNION ALL SELECT business_item_code, entry FROM item WHERE business_item_code <> ''
    UNION ALL SELECT basic_code, entry FROM item
    UNION ALL SELECT code, entry FROM entry WHERE kind <> 1
) ORDER BY code, entry"""

IndexedEntry = tuple[int, int, str, int, int, str]
"""entry, kind, region, level, hot, search text"""


def change_index(
    connection: sqlite3.Connection, before: Mapping[int, IndexedEntry], after: Mapping[int, IndexedEntry]
) -> None:
    """Takes the entries of `before` out of the index and those of `after` in; reads and writes each term once."""
    out, into = _by_term(before.values()), _by_term(after.values())
    for term in sorted(out.keys() | into.keys()):
        gone, come = out.get(term, set()), into.get(term, set())
        if gone == come:
            continue
        row = connection.execute("SELECT bits FROM posting WHERE term = ?", (term,)).fetchone()
        bitmap = bitmaps.decode(row[0]) if row else 0
        bitmap = bitmap & ~bitmaps.of(gone) | bitmaps.of(come)
        if bitmap:
            connection.execute(
                "INSERT INTO posting VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET bits = excluded.bits",
                (term, bitmaps.encode(bitmap)),
            )
        else:
            connection.execute("DELETE FROM posting WHERE term = ?", (term,))


def rebuild_code_keys(connection: sqlite3.Connection) -> None:
    """Makes `code_key` anew."""
    connection.execute("DELETE FROM code_key")
    connection.execute(_ALL_CODES)


def _by_term(indexed: Iterable[IndexedEntry]) -> dict[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for entry, kind, region, level, hot, text in indexed:
        for term in terms_of_entry(kind, region, level, hot, text):
            found[term].add(entry)
    return found
