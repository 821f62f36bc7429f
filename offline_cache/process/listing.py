"""What waits in the store, for technicians: numbers, keys and codes, never a body."""

from uuid import UUID

from offline_cache.journal.journal import LETTER
from offline_cache.outbox.item import DeadLetter
from offline_cache.process.rows import GivenUpLine, ItemLine
from offline_cache.store.connection import Connection
from offline_cache.store.group_commit import GroupCommit


def waiting_after(commits: GroupCommit, seq: int, most: int) -> list[ItemLine]:
    """Queued items after this number, in their order. Raises DatabaseError."""

    def read(connection: Connection) -> list[ItemLine]:
        rows = connection.execute(
            "SELECT seq, idem, kind, slip_number, attempts, last_code, bytes, created_wall_s FROM items"
            " WHERE state='queued' AND seq>? ORDER BY seq LIMIT ?",
            (seq, most),
        )
        return [
            ItemLine(
                int(str(number)), UUID(bytes=bytes(idem)) if isinstance(idem, bytes) else UUID(int=0), str(kind),
                None if slip is None else str(slip), int(str(attempts)), None if code is None else str(code),
                int(str(size)), float(str(created)),
            )
            for number, idem, kind, slip, attempts, code, size, created in rows
        ]  # fmt: skip

    return commits.read(read)


def dead_after(commits: GroupCommit, seq: int, most: int) -> list[DeadLetter]:
    """Dead letters after this number, in their order. Raises DatabaseError."""

    def read(connection: Connection) -> list[DeadLetter]:
        rows = connection.execute(
            "SELECT seq, idem, order_key, kind, reason, attempts, last_code, created_wall_s FROM items"
            " WHERE state='dead' AND seq>? ORDER BY seq LIMIT ?",
            (seq, most),
        )
        return [
            DeadLetter(
                int(str(number)), UUID(bytes=bytes(idem)) if isinstance(idem, bytes) else UUID(int=0), str(order_key),
                str(kind), str(reason), int(str(attempts)), None if code is None else str(code), float(str(created)),
            )
            for number, idem, order_key, kind, reason, attempts, code, created in rows
        ]  # fmt: skip

    return commits.read(read)


def given_up_before(commits: GroupCommit, number: int | None, most: int) -> list[GivenUpLine]:
    """Dead letters that a person gave up, the newest first, as long as the journal has them. Raises DatabaseError."""

    def read(connection: Connection) -> list[GivenUpLine]:
        rows = connection.execute(
            "SELECT number, case_id, substr(kind, ?), end_state, ended_wall_s, is_acknowledged FROM cases"
            " WHERE substr(kind, 1, ?) = ? AND end_state IS NOT NULL AND number < ? ORDER BY number DESC LIMIT ?",
            (len(LETTER) + 1, len(LETTER), LETTER, (1 << 62) if number is None else number, most),
        )
        return [
            GivenUpLine(
                int(str(place)), UUID(bytes=bytes(idem)) if isinstance(idem, bytes) else UUID(int=0), str(kind),
                str(reason), float(str(ended)), bool(is_told),
            )
            for place, idem, kind, reason, ended, is_told in rows
        ]  # fmt: skip

    return commits.read(read)


def oldest_created_wall_s(commits: GroupCommit) -> float | None:
    """Unix time, by this machine's clock, at which the oldest queued item was put in; None when nothing waits."""
    statement = "SELECT created_wall_s FROM items WHERE state='queued' ORDER BY seq LIMIT 1"
    row = commits.read(lambda connection: next(iter(connection.execute(statement)), (None,)))
    return row[0] if isinstance(row[0], float) else None
