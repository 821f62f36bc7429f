"""What the terminal says of its store, from the outbox."""

from offline_cache.outbox.outbox import Outbox
from offline_cache.sync.contract import StoreReport

MOST_DEAD_TOLD = 1000


def report_of(outbox: Outbox, terminal_id: str) -> StoreReport:
    """As of now. Raises BudayangError: the store cannot be read."""
    status = outbox.status()
    dead = tuple(letter.seq for letter in outbox.dead_letters()[:MOST_DEAD_TOLD])
    return StoreReport(terminal_id, status.store_id, status.last_seq, status.queued, status.dead, status.oldest_s, dead)
