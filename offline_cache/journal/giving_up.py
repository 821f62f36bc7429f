"""Giving up a dead letter: a person decides that it will never be sent, and says why.

One transaction: the item ends as cancelled, its body and attachments go, and a closed case of the journal says who died of what and why
it was given up. That stays until the platform has heard it, and in this store's history for a while after.
"""

from uuid import UUID

from offline_cache.journal import ended
from offline_cache.journal.journal import Journal
from offline_cache.journal.log_events import log
from offline_cache.outbox import statements
from offline_cache.outbox.outbox import Outbox
from offline_cache.store.connection import Connection

REASONS = ("handled_elsewhere", "withdrawn", "duplicate", "cannot_be_mended", "test")
"""Why a person gives one up. Words, no free text: a note would hold what no log and no list may hold."""


def give_up(outbox: Outbox, journal: Journal, idem: UUID, reason: str) -> bool:
    """Returns whether there was a dead letter of this key. Raises BudayangError as `Outbox` does; ValueError: no such reason."""
    if reason not in REASONS:
        raise ValueError("no such reason")
    letter = next((one for one in outbox.dead_letters() if one.idem == idem), None)
    if letter is None:
        return False
    died_of = (letter.reason, letter.last_code or "none")
    with journal.closed_letter(idem, letter.kind, reason, letter.seq, died_of) as write:

        def note(connection: Connection) -> bool:
            if statements.is_dead(connection, idem):  # somebody may have had it sent again meanwhile
                write(connection)
            # also of a first try of which nobody knew whether it came through
            return ended.end_of(connection, idem) is not None

        outbox.cancel(idem, note)
    is_given_up = journal.end_of(idem) is not None
    if is_given_up:
        log.event("letter_given_up", reason=reason)
    return is_given_up
