"""What ended here is told to the platform, and is folded away only when that has said so."""

import sqlite3
from collections import deque
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from devices.emulators.network_cable import NetworkCable
from kiosk.base.errors import BudayangError
from kiosk.base.sentences import known_sentences
from offline_cache.journal.giving_up import REASONS, give_up
from offline_cache.outbox.item import End
from offline_cache.sync.breaker import Circuit
from offline_cache.sync.contract import LONGEST_ENDINGS
from tests.offline_cache.sync.answering import Said, answering
from tests.offline_cache.sync.running import Drained, drained, question, transport_to

Told = Callable[[], list[tuple[str, str, int | None]]]


@pytest.fixture
def told(tmp_path_factory: pytest.TempPathFactory, platform_process: object, terminal_id: str) -> Told:
    """Kind, end and number of what the platform has heard of the test's terminal."""
    folder = tmp_path_factory.getbasetemp() / "platform"

    def read() -> list[tuple[str, str, int | None]]:
        [file] = folder.glob("live-*.sqlite")
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            rows = connection.execute(
                'SELECT kind, "end", seq FROM intake_ending WHERE terminal_id=? ORDER BY received_at', (terminal_id,)
            ).fetchall()
        connection.close()
        return rows

    return read


def closed_case(drain: Drained, end: str = "ejected") -> UUID:
    case_id = uuid4()
    drain.journal.open_case(case_id, "endorsement", "李明，440308199901101512".encode())
    place = drain.journal.begin(case_id, "erase")
    drain.journal.ended(case_id, place, "done")
    drain.journal.close(case_id, end)
    drain.sync.tell_endings()
    return case_id


def dead_letter(drain: Drained, **more: object) -> UUID:
    item = question(**more)  # type: ignore[arg-type]
    drain.store.outbox.put(item)
    drain.store.outbox.claim(1)
    drain.store.outbox.bury(item.idem, "rejected", "rejected")
    return item.idem


@pytest.mark.allow_log("platform_lost")
def test_a_case_stays_whole_until_the_platform_has_its_end(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, told: Told
) -> None:
    cable.set_state("cut")
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        case_id = closed_case(drain)
        drain.rounds(lambda: drain.sync.status().circuit is Circuit.OPEN)
        assert len(drain.journal.entries(case_id)) == 2
        assert [one.steps for one in drain.journal.ends()] == [(("erase", "done"),)]
        cable.set_state("plugged")
        drain.rounds(lambda: not drain.journal.ends())
        assert told() == [("endorsement", "ejected", None)]
        assert drain.journal.entries(case_id) == []
        end = drain.journal.end_of(case_id)
        assert end is not None
        assert (end.end, end.is_acknowledged) == ("ejected", True)


def test_an_acknowledgement_that_the_disk_did_not_keep_is_asked_for_again(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        case_id = closed_case(drain)
        keep, faults = drain.journal.acknowledged, iter([BudayangError("offline.disk")])

        def acknowledged(one: UUID) -> None:
            if (fault := next(faults, None)) is not None:
                raise fault
            keep(one)

        monkeypatch.setattr(drain.journal, "acknowledged", acknowledged)
        with pytest.raises(BudayangError, match=r"offline\.disk"):
            drain.rounds(lambda: not drain.journal.ends())
        assert len(drain.journal.entries(case_id)) == 2
        drain.rounds(lambda: not drain.journal.ends())  # the platform has it: "replayed"
        assert told() == [("endorsement", "ejected", None)]


def test_many_are_told_in_calls_that_the_platform_takes(tmp_path: Path) -> None:
    with answering() as script, drained(tmp_path, transport_to(script.port)) as drain:
        cases = [str(closed_case(drain)) for _ in range(LONGEST_ENDINGS + 3)]
        drain.rounds(lambda: not drain.journal.ends())
        assert script.told == [cases[:LONGEST_ENDINGS], cases[LONGEST_ENDINGS:]]


@pytest.mark.allow_log("ending_refused")
@pytest.mark.parametrize(
    "said", [Said(outcome={"code": "other_payload"}), Said(422, problem={"code": "malformed"})], ids=["one", "whole"]
)
def test_one_that_the_platform_does_not_take_stays_and_stops_nobody(tmp_path: Path, said: Said) -> None:
    is_whole = said.outcome is None
    with (
        answering(endings=deque([said, *([said] if is_whole else [])])) as script,
        drained(tmp_path, transport_to(script.port)) as drain,
    ):
        refused = closed_case(drain)
        if is_whole:
            closed_case(drain)  # refused together, then one by one
        drain.rounds(lambda: len(script.told) == (3 if is_whole else 1))
        closed_case(drain)
        drain.rounds(lambda: len(drain.journal.ends()) == 1)
        assert [one.case_id for one in drain.journal.ends()] == [refused]
        assert len(drain.journal.entries(refused)) == 2


def test_a_platform_that_knows_no_endings_keeps_no_item_waiting(tmp_path: Path) -> None:
    unknown = Said(404)
    with answering(endings=deque([unknown] * 50)) as script, drained(tmp_path, transport_to(script.port)) as drain:
        closed_case(drain)
        for _ in range(5):
            drain.store.outbox.put(question())
            drain.rounds(lambda: drain.is_empty)
            drain.store.clock.advance(61)
            drain.rounds(lambda: drain.store.outbox.next_in_s() is None and drain.sync.round() > 0)
        assert drain.sync.status().circuit is Circuit.CLOSED
        assert len(script.told) >= 4
        assert len(drain.journal.ends()) == 1


@pytest.mark.allow_log("sync_held")
def test_a_suspended_terminal_tells_nothing_until_it_is_mended(tmp_path: Path) -> None:
    suspended = Said(403, problem={"code": "terminal_suspended"})
    with answering(endings=deque([suspended])) as script, drained(tmp_path, transport_to(script.port)) as drain:
        closed_case(drain)
        drain.rounds(lambda: drain.sync.status().standing == "terminal_suspended")
        assert len(drain.journal.ends()) == 1
        drain.rounds(lambda: not drain.journal.ends())
        assert len(script.told) == 2


@pytest.mark.allow_log("letter_given_up")
def test_a_letter_is_given_up_with_a_reason_that_history_and_platform_keep(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, told: Told
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        outbox = drain.store.outbox
        idem = dead_letter(drain, lane="lane", slip_number="XH-01-000007")
        follower = question("lane")
        outbox.put(follower)
        assert not give_up(outbox, drain.journal, follower.idem, "duplicate")  # it waits, it is no dead letter
        assert not give_up(outbox, drain.journal, uuid4(), "duplicate")
        with pytest.raises(ValueError, match="no such reason"):
            give_up(outbox, drain.journal, idem, "李明 said so")
        assert give_up(outbox, drain.journal, idem, "handled_elsewhere")
        drain.sync.tell_endings()
        assert outbox.dead_letters() == []
        state = outbox.state_of_slip("XH-01-000007")
        assert state is not None
        assert state.state is End.CANCELLED
        assert not give_up(outbox, drain.journal, idem, "duplicate")  # it is over
        drain.rounds(lambda: drain.is_empty and not drain.journal.ends())  # the follower is held no more
        assert told() == [("letter.consultation", "handled_elsewhere", 1)]
        end = drain.journal.end_of(idem)
        assert end is not None
        assert (end.kind, end.end) == ("letter.consultation", "handled_elsewhere")


def test_a_letter_that_is_sent_again_meanwhile_is_not_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with answering() as script, drained(tmp_path, transport_to(script.port)) as drain:
        outbox = drain.store.outbox
        idem = dead_letter(drain)
        letters = outbox.dead_letters()
        assert outbox.retry_dead(idem)
        monkeypatch.setattr(outbox, "dead_letters", lambda: letters)  # as they were a moment ago
        assert not give_up(outbox, drain.journal, idem, "test")
        drain.rounds(lambda: drain.is_empty)
        state = outbox.state_of(idem)
        assert state is not None
        assert state.state is End.ACCEPTED


def test_numbers_of_a_salvaged_stores_letters_are_not_taken_for_this_ones(tmp_path: Path) -> None:
    with drained(tmp_path, _NoLine()) as drain:  # type: ignore[arg-type]
        idem = dead_letter(drain)
        with drain.journal.closed_letter(idem, "consultation", "test", 1, ("rejected", "rejected")) as write:
            drain.store.outbox.cancel(idem, lambda connection: write(connection) is None)
        assert [one.seq for one in drain.journal.ends()] == [1]
        drain.journal.store_id = "another"
        assert [one.seq for one in drain.journal.ends()] == [None]


class _NoLine:
    """Never reached."""

    def abort(self) -> None:
        pass


def test_every_reason_can_be_logged_and_said() -> None:
    assert all(f"outbox.given_up_{reason}" in known_sentences() for reason in REASONS)
