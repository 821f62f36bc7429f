"""How large the parts of a request may be. Pure."""

from offline_cache.journal.giving_up import REASONS
from offline_cache.outbox.item import NewItem
from offline_cache.process import protocol as wire


def is_within_bounds(request: wire.Request) -> bool:
    """Whether every part of a request has a size that the store takes."""
    match request:
        case wire.Put():
            return 0 < len(request.items) <= wire.MOST_ITEMS and all(_fits(item) for item in request.items)
        case wire.Reserve():
            return 0 < request.rows <= wire.MOST_ROWS and 0 <= request.bytes <= wire.MOST_BYTES
        case wire.AttachBegin():
            texts = (request.visit, request.media_type, request.purpose)
            return all(0 < len(text) <= wire.LONGEST_TEXT for text in texts)
        case wire.AttachAppend():
            return len(request.chunk) <= wire.CHUNK_BYTES
        case wire.StateOf():
            return len(request.slip_number or "") <= wire.LONGEST_TEXT
        case wire.VisitEnded():
            return len(request.visit) <= wire.LONGEST_TEXT
        case wire.JournalOpenCase():
            return len(request.kind) <= wire.LONGEST_TEXT and len(request.details) <= wire.LONGEST_BODY
        case wire.JournalBegin():
            is_short = len(request.step) <= wire.LONGEST_TEXT and len(request.details) <= wire.LONGEST_BODY
            return is_short and 0 < request.position < 1 << 31
        case wire.JournalEnded():
            return len(request.outcome) <= wire.LONGEST_TEXT and len(request.details or b"") <= wire.LONGEST_BODY
        case wire.JournalClose():
            return 0 < len(request.end) <= wire.LONGEST_TEXT
        case wire.GiveUpDead():
            return request.reason in REASONS
        case wire.Export():
            return len(request.public_key) <= 1 << 16
    return True


def _fits(item: NewItem) -> bool:
    texts = (item.order_key, item.kind, item.slip_number or "")
    return (
        len(item.body) <= wire.LONGEST_BODY
        and all(len(text) <= wire.LONGEST_TEXT for text in texts)
        and bool(item.order_key and item.kind)
        and 0 <= item.schema_version < 1 << 31
        and len(item.attachments) <= wire.MOST_ITEMS
    )
