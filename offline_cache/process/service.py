"""What one client may ask of the store, request by request; what it has open ends with its connection."""

import os
import time
from collections.abc import Callable
from typing import Protocol

from kiosk.base.errors import BudayangError, Problem
from offline_cache.attachments.writing import AttachmentWriter
from offline_cache.journal.giving_up import give_up
from offline_cache.journal.journal import Journal
from offline_cache.process import export, listing, rows
from offline_cache.process import protocol as wire
from offline_cache.process.bounds import is_within_bounds
from offline_cache.process.log_events import log
from offline_cache.process.parts import Parts
from offline_cache.store.connection import DatabaseError
from offline_cache.store.space import Reservation
from offline_cache.sync.drain import SyncStatus

PAGE = 200


class Busy(Protocol):
    """Since when requests are at work; see `Load`."""

    def oldest_s(self) -> float:
        """Seconds of the oldest, 0 for none."""


class Load:
    """Which requests are at work and since when; any thread. Dict operations of single keys are atomic in CPython."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._began: dict[int, float] = {}

    def begin(self, key: int) -> None:
        self._began[key] = self._monotonic()

    def end(self, key: int) -> None:
        self._began.pop(key, None)

    def oldest_s(self) -> float:
        """See `Busy`."""
        began = list(self._began.values())
        return self._monotonic() - min(began) if began else 0.0


class ClientService:
    """Serves one connection; its thread alone calls, except for `hand_over`.

    Args:
        parts: the open store.
        load: for the heartbeat's answer.
    """

    def __init__(self, parts: Parts, load: Busy) -> None:
        self._parts = parts
        self._outbox = parts.outbox
        self._load = load
        self._reservations: dict[int, Reservation] = {}
        self._file: AttachmentWriter | None = None

    def close(self) -> None:
        """The connection has gone: what was reserved on it, and not taken over by the client's next, is free again."""
        self.release()
        self._abort_file()

    def release(self) -> None:
        """Only what is reserved is free again."""
        for reservation in self.hand_over().values():
            reservation.release()

    def hand_over(self) -> dict[int, Reservation]:
        """What is reserved here, by the client's numbers; from now on it is the caller's. Never beside `release`."""
        handed, self._reservations = self._reservations, {}
        return handed

    def take_over(self, reservations: dict[int, Reservation]) -> None:
        """What this client had reserved on the connection before this one."""
        self._reservations.update(reservations)

    def answer(self, request: wire.Request) -> wire.Reply:
        """Does what is asked; never raises."""
        number = request.number
        if not is_within_bounds(request):
            return wire.Failed(number, "store.request_too_large")
        try:
            return self._do(request)
        except BudayangError as error:
            return _failed(number, error.problem)
        except DatabaseError:
            return wire.Failed(number, "offline.disk")
        except Exception as error:  # noqa: BLE001 - one request's mistake must not cost the others their store
            log.event("store_request_broke", request=type(request).__name__, error=error)
            return wire.Failed(number, "general.something_failed")

    def _do(self, request: wire.Request) -> wire.Reply:
        number, outbox = request.number, self._outbox
        match request:
            case wire.Put():
                reservation = self._reservations.get(request.reservation) if request.reservation is not None else None
                places = tuple(outbox.put_many(request.items, reservation))
                self._wake()
                return wire.Kept(number, places)
            case wire.Ping():
                return wire.Alive(number, self._load.oldest_s())
            case wire.Reserve():
                return self._reserve(request)
            case wire.Release():
                reservation = self._reservations.pop(request.reservation, None)
                if reservation is not None:
                    reservation.release()
                return wire.Done(number, reservation is not None)
            case wire.StateOf():
                return self._state_of(request)
            case wire.Status():
                return self._status(number)
            case wire.DeadLetters():
                letters = listing.dead_after(self._parts.database.commits, request.after_seq, PAGE + 1)
                return wire.Letters(number, tuple(letters[:PAGE]), len(letters) <= PAGE)
            case wire.RetryDead():
                found = outbox.retry_dead(request.idem)
                self._wake()
                return wire.Done(number, found)
            case wire.GiveUpDead():
                found = give_up(outbox, self._parts.journal, request.idem, request.reason)
                self._tell_endings()
                return wire.Done(number, found)
            case wire.GivenUp():
                given_up = listing.given_up_before(self._parts.database.commits, request.before, PAGE + 1)
                return wire.GivenUpLines(number, tuple(given_up[:PAGE]), len(given_up) <= PAGE)
            case wire.DrainNow():
                if self._parts.line_problem is not None:
                    return wire.Failed(number, self._parts.line_problem)
                if self._parts.sync is not None:
                    self._parts.sync.urge()  # also the pauses of line and standing are not waited for
                return wire.Done(number, self._parts.sync is not None)
            case wire.Items():
                lines = listing.waiting_after(self._parts.database.commits, request.after_seq, PAGE + 1)
                return wire.ItemLines(number, tuple(lines[:PAGE]), len(lines) <= PAGE)
            case wire.Export():
                return wire.SealedLetter(
                    number, *export.next_letter(self._parts, request.after_seq, request.public_key)
                )
            case wire.Hello():
                return wire.Welcome(number, wire.VERSION, self._parts.database.store_id, os.getpid())
            case (
                wire.AttachBegin() | wire.AttachAppend() | wire.AttachFinish() | wire.AttachAbort() | wire.AttachDrop()
                | wire.VisitEnded()
            ):  # fmt: skip
                return self._attach(request)
            case _:
                reply = journal_answer(self._parts.journal, request)
                if isinstance(request, wire.JournalClose):
                    self._tell_endings()
                return reply

    def _attach(self, request: wire.Request) -> wire.Reply:
        number, attachments = request.number, self._parts.attachments
        match request:
            case wire.AttachBegin():
                self._abort_file()
                reservation = self._reservations.get(request.reservation) if request.reservation is not None else None
                self._file = attachments.begin(request.visit, request.media_type, request.purpose, reservation)
            case wire.AttachAppend():
                self._open_file().append(request.chunk)
            case wire.AttachFinish():
                kept, self._file = self._open_file().finish(), None
                return wire.Attached(number, kept.attachment_id, kept.size, kept.sha256.hex())
            case wire.AttachAbort():
                self._abort_file()
            case wire.AttachDrop():
                attachments.discard(request.attachment_id)
            case wire.VisitEnded():
                attachments.visit_ended(request.visit)
        return wire.Done(number)

    def _open_file(self) -> AttachmentWriter:
        if self._file is None:
            raise BudayangError("offline.attachment_missing")
        return self._file

    def _abort_file(self) -> None:
        if self._file is not None:
            self._file.abort()
            self._file = None

    def _reserve(self, request: wire.Reserve) -> wire.Reply:
        if request.reservation in self._reservations:
            return wire.Done(request.number, found=False)
        if len(self._reservations) >= wire.MOST_RESERVATIONS:
            return wire.Failed(request.number, "offline.full")
        reserved = self._outbox.reserve(request.rows, request.bytes)
        if isinstance(reserved, Problem):
            return _failed(request.number, reserved)
        self._reservations[request.reservation] = reserved
        return wire.Done(request.number)

    def _state_of(self, request: wire.StateOf) -> wire.Reply:
        state = None
        if request.idem is not None:
            state = self._outbox.state_of(request.idem)
        elif request.slip_number is not None:
            state = self._outbox.state_of_slip(request.slip_number)
        if state is None:
            return wire.ItemStanding(request.number, "")
        return wire.ItemStanding(request.number, state.state.value, state.slip_number, state.receipt, state.reason)

    def _status(self, number: int) -> wire.Reply:
        parts = self._parts
        salvaged = parts.database.salvaged
        return wire.StoreStatus(
            number,
            parts.outbox.status(),
            parts.vault.strength,
            None if parts.sync is None else _line(parts.sync.status()),
            parts.line_problem,
            listing.oldest_created_wall_s(parts.database.commits),
            salvaged.items if salvaged else 0,
            salvaged.unreadable if salvaged else 0,
            parts.vault.pcrs,
            None if parts.vault.problem is None else _told(parts.vault.problem),
        )

    def _tell_endings(self) -> None:
        if self._parts.sync is not None:
            self._parts.sync.tell_endings()

    def _wake(self) -> None:
        if self._parts.sync is not None:
            self._parts.sync.wake()


def journal_answer(journal: Journal, request: wire.Request) -> wire.Reply:
    """Does what is asked of the journal. Raises as `Journal` does."""
    number = request.number
    match request:
        case wire.JournalOpenCase():
            journal.open_case(request.case_id, request.kind, request.details)
        case wire.JournalBegin():
            journal.begin(
                request.case_id, request.step, request.details, position=request.position, supersedes=request.supersedes
            )
        case wire.JournalEnded():
            journal.ended(request.case_id, request.position, request.outcome, request.details)
        case wire.JournalClose():
            journal.close(request.case_id, request.end)
        case wire.JournalOpenCases():
            cases = [
                rows.OpenCase(
                    case.case_id, case.kind, case.position, case.step, case.is_under_way, case.rule.value, case.details
                )
                for case in journal.open_cases()
            ]
            return wire.Cases(number, tuple(cases))
        case wire.JournalEntries():
            entries = [
                rows.Entry(entry.position, entry.step, entry.outcome, entry.details, entry.end_details)
                for entry in journal.entries(request.case_id)
            ]
            return wire.Entries(number, tuple(entries))
        case _:
            return wire.Failed(number, "store.not_offered")
    return wire.Done(number)


def _line(status: SyncStatus) -> rows.LineStatus:
    return rows.LineStatus(
        status.circuit.value,
        status.standing,
        status.held_kinds,
        status.in_doubt,
        status.ended,
        status.platform_less_wall_s,
        status.store_problem,
    )


def _told(problem: Problem) -> rows.ToldProblem:
    return rows.ToldProblem(problem.key, dict(problem.placeholders))


def _failed(number: int, problem: Problem) -> wire.Failed:
    return wire.Failed(number, problem.key, dict(problem.placeholders))
