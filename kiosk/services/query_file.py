"""The entry ``query:`` of an item's file: read, checked, turned into a `Query`."""

import re
from collections.abc import Sequence

import yaml

from kiosk.base.errors import Problem
from kiosk.services.nodes import Fields
from kiosk.services.query import Choice, FieldKind, Query, QueryField, Sheet
from kiosk.services.words import Words
from kiosk.session.state import Document

MOST_CHOICES = 6
"""As many as the page has room for, all of them seen at once."""
_ENTRIES = ("nobody", "choices", "headline", "fields", "rows", "sheet")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_CHOICE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,19}")


def read_query(fields: Fields, documents: Sequence[Document]) -> Query | None:
    """The query of the item whose entries are `fields`, None when it has none. `documents`: what the item prints."""
    node = fields.node("query")
    if node is None:
        return None
    entry = fields.inner(node, _ENTRIES)
    if not isinstance(node, yaml.MappingNode):
        return None
    rows = entry.node("rows")
    title, columns = (None, ()) if rows is None else _rows(entry.inner(rows, ("title", "columns")))
    query = Query(
        nobody=entry.words("nobody"),
        choices=_choices(entry),
        headline=entry.text("headline") if entry.has("headline") else None,
        fields=_fields(entry, "fields"),
        rows_title=title,
        columns=columns,
        sheet=_sheet(entry),
    )
    _check_headline(entry, query)
    if not query.fields:
        entry.add("fields", Problem("services.query_no_fields"))
    if (query.sheet is not None) != (Document.SHEET in documents):
        entry.add("sheet", Problem("services.query_sheet"))
    return query


def _choices(entry: Fields) -> tuple[Choice, ...]:
    seen: set[str] = set()

    def read(node: yaml.Node) -> Choice:
        one = entry.inner(node, ("value", "label"))
        value = one.text("value")
        if value and not _CHOICE.fullmatch(value):
            one.add("value", Problem("services.query_choice", {"found": value}))
        elif value in seen:
            one.add("value", Problem("services.twice", {"name": value}))
        if value:
            seen.add(value)
        return Choice(value, one.words("label"))

    choices = entry.many("choices", read)
    if len(choices) > MOST_CHOICES:
        counts = {"most": str(MOST_CHOICES), "count": str(len(choices))}
        entry.add("choices", Problem("services.query_choices", counts))
    return choices


def _fields(entry: Fields, name: str) -> tuple[QueryField, ...]:
    """The fields or columns under `name`; each key is one that a department can send, and there once."""
    seen: set[str] = set()

    def read(node: yaml.Node) -> QueryField:
        one = entry.inner(node, ("key", "kind", "label"))
        key = one.text("key")
        if key and not _KEY.fullmatch(key):
            one.add("key", Problem("services.query_key", {"found": key}))
        elif key in seen:
            one.add("key", Problem("services.twice", {"name": key}))
        if key:
            seen.add(key)
        return QueryField(key, one.member("kind", FieldKind), one.words("label"))

    return entry.many(name, read)


def _rows(entry: Fields) -> tuple[Words, tuple[QueryField, ...]]:
    columns = _fields(entry, "columns")
    if not columns:
        entry.add("columns", Problem("services.query_no_columns"))
    return entry.words("title"), columns


def _sheet(entry: Fields) -> Sheet | None:
    node = entry.node("sheet")
    if node is None:
        return None
    sheet = entry.inner(node, ("title", "note", "is_certificate"))
    return Sheet(sheet.text("title"), sheet.text("note"), sheet.truth("is_certificate", default=False))


def _check_headline(entry: Fields, query: Query) -> None:
    if query.headline and query.field(query.headline) is None:
        allowed = ", ".join(field.key for field in query.fields)
        names = {"name": "headline", "found": query.headline, "allowed": allowed}
        entry.add("headline", Problem("services.not_a_member", names))
