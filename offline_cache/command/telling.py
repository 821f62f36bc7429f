"""The words of ``main.py outbox``: lines for people, a mapping for programs. Never a body, never an order key."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from kiosk.base.clock import HALL_TIME
from kiosk.base.errors import Problem
from kiosk.base.sentences import Language, known_sentences, sentence, sentence_of
from kiosk.base.working_days import Calendar, Light, light_of, working_days_late
from offline_cache.outbox.item import DeadLetter
from offline_cache.process import protocol as wire
from offline_cache.process import rows
from offline_cache.vault.holders import Strength

_LINES = {"closed": "outbox.line_closed", "open": "outbox.line_open", "halfOpen": "outbox.line_half_open"}
_NONE = "-"


def days_late_of(status: wire.StoreStatus, now: datetime, calendar: Calendar) -> float:
    """Working days that the oldest queued item has been waiting.

    By its age, or by the wall clock at its putting in if that says more: after a restart without a network the age is not known. For
    people only; nothing is decided by it.
    """
    since = [now - timedelta(seconds=status.outbox.oldest_s)]
    if status.oldest_created_wall_s is not None:
        since.append(_moment(status.oldest_created_wall_s))
    return max(working_days_late(moment, now, calendar) for moment in since)


def status_as_data(status: wire.StoreStatus, now: datetime, calendar: Calendar) -> dict[str, object]:
    """For ``--json``."""
    late, outbox, line = days_late_of(status, now, calendar), status.outbox, status.line
    return {
        "light": light_of(late).value,
        "workingDaysLate": round(late, 2),
        "storeId": outbox.store_id,
        "lastSeq": outbox.last_seq,
        "queued": outbox.queued,
        "dead": outbox.dead,
        "bytes": outbox.bytes,
        "oldestSeconds": round(outbox.oldest_s, 1),
        "byKind": dict(outbox.by_kind),
        "deadByReason": dict(outbox.dead_by_reason),
        "vault": status.vault,
        "vaultIsStrong": Strength(status.vault).is_strong,
        "vaultPcrs": list(status.vault_pcrs),
        "vaultProblem": None if status.vault_problem is None else status.vault_problem.key,
        "salvagedItems": status.salvaged_items,
        "salvagedLost": status.salvaged_lost,
        "lineProblem": status.line_problem,
        "line": None
        if line is None
        else {
            "circuit": line.circuit,
            "standing": line.standing,
            "heldKinds": list(line.held_kinds),
            "inDoubt": line.in_doubt,
            "ended": line.ended,
            "storeProblem": line.store_problem,
        },
    }


def status_lines(status: wire.StoreStatus, now: datetime, calendar: Calendar, language: Language) -> Iterator[str]:
    """For people."""
    outbox = status.outbox
    yield sentence(
        "outbox.counts",
        language,
        queued=str(outbox.queued),
        dead=str(outbox.dead),
        size=f"{outbox.bytes / (1 << 20):.1f}",
    )
    late = days_late_of(status, now, calendar)
    light = light_of(late)
    yield sentence(f"outbox.{light.value}", language, days=f"{late:.1f}")
    if light is not Light.GREEN and now.year not in calendar.years:
        yield sentence("outbox.year_missing", language, year=str(now.year))
    yield from line_sentences(status, language)
    yield sentence(f"vault.strength_{status.vault}", language)
    if status.vault_pcrs:
        yield sentence("vault.bound_to", language, pcrs=", ".join(map(str, status.vault_pcrs)))
    if status.vault_problem is not None:
        yield sentence_of(Problem(status.vault_problem.key, dict(status.vault_problem.placeholders)), language)
    if status.salvaged_items or status.salvaged_lost:
        counts = {"items": str(status.salvaged_items), "lost": str(status.salvaged_lost)}
        yield sentence("outbox.salvaged", language, **counts)


def line_sentences(status: wire.StoreStatus, language: Language) -> Iterator[str]:
    """How sending stands, for people."""
    line = status.line
    if line is None:
        yield sentence(status.line_problem or "outbox.no_platform", language)
        return
    if line.standing is not None:
        yield sentence("outbox.line_refused", language, code=line.standing)
    else:
        yield sentence(_LINES[line.circuit], language)
    if line.store_problem is not None:
        yield sentence("outbox.line_store", language, reason=sentence_of(Problem(line.store_problem), language))
    if line.held_kinds:
        yield sentence("outbox.kinds_held", language, kinds=", ".join(line.held_kinds))


def item_as_data(item: rows.ItemLine) -> dict[str, object]:
    """For ``--json``."""
    return {
        "seq": item.seq,
        "key": str(item.idem),
        "kind": item.kind,
        "slip": item.slip_number,
        "attempts": item.attempts,
        "lastCode": item.last_code,
        "bytes": item.bytes,
        "created": _moment(item.created_wall_s).isoformat(timespec="seconds"),
    }


def item_line(item: rows.ItemLine, language: Language) -> str:
    """For people."""
    return sentence(
        "outbox.item",
        language,
        seq=str(item.seq),
        key=str(item.idem),
        kind=item.kind,
        slip=item.slip_number or _NONE,
        bytes=str(item.bytes),
        since=_since(item.created_wall_s),
        attempts=str(item.attempts),
        code=item.last_code or _NONE,
    )


def letter_as_data(letter: DeadLetter) -> dict[str, object]:
    """For ``--json``."""
    return {
        "seq": letter.seq,
        "key": str(letter.idem),
        "kind": letter.kind,
        "reason": letter.reason,
        "attempts": letter.attempts,
        "lastCode": letter.last_code,
        "created": _moment(letter.created_wall_s).isoformat(timespec="seconds"),
    }


def letter_line(letter: DeadLetter, language: Language) -> str:
    """For people."""
    reason = f"outbox.reason_{letter.reason}"
    return sentence(
        "outbox.dead_letter",
        language,
        seq=str(letter.seq),
        key=str(letter.idem),
        kind=letter.kind,
        since=_since(letter.created_wall_s),
        attempts=str(letter.attempts),
        code=letter.last_code or _NONE,
        reason=sentence(reason if reason in known_sentences() else "outbox.reason_other", language),
    )


def given_up_as_data(letter: rows.GivenUpLine) -> dict[str, object]:
    """For ``--json``."""
    return {
        "key": str(letter.idem),
        "kind": letter.kind,
        "reason": letter.reason,
        "givenUp": _moment(letter.given_up_wall_s).isoformat(timespec="seconds"),
        "isTold": letter.is_told,
    }


def given_up_line(letter: rows.GivenUpLine, language: Language) -> str:
    """For people."""
    reason = f"outbox.given_up_{letter.reason}"
    return sentence(
        "outbox.given_up_line",
        language,
        key=str(letter.idem),
        kind=letter.kind,
        when=_since(letter.given_up_wall_s),
        reason=sentence(reason if reason in known_sentences() else "outbox.reason_other", language),
        told=sentence("outbox.told_yes" if letter.is_told else "outbox.told_not_yet", language),
    )


def _since(wall_s: float) -> str:
    return _moment(wall_s).strftime("%Y-%m-%d %H:%M")


def _moment(wall_s: float) -> datetime:
    return datetime.fromtimestamp(wall_s, HALL_TIME)
