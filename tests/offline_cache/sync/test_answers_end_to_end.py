"""Each line of the table of answers, from the socket to the outbox."""

from dataclasses import replace
from pathlib import Path

import pytest

from offline_cache.outbox.item import End, ItemState, State
from tests.offline_cache.sync.answering import Said, Script, answering
from tests.offline_cache.sync.running import Drained, drained, question, transport_to

pytestmark = pytest.mark.allow_log("item_buried|sync_held|sync_kind_held|platform_lost")  # what the tests provoke


def _outcome(code: str, **more: object) -> Said:
    return Said(outcome={"code": code} | more)


def _state(drain: Drained, idem: object) -> ItemState:
    state = drain.store.outbox.state_of(idem)  # type: ignore[arg-type]
    assert state is not None
    return state


def _sends(script: Script, count: int) -> bool:
    return len(script.sent) >= count


@pytest.mark.parametrize("code", ["accepted", "replayed", "already_done"])
def test_success_is_acknowledged_with_its_receipt(tmp_path: Path, code: str) -> None:
    with answering(_outcome(code, receipt="R-1")) as script, drained(tmp_path, transport_to(script.port)) as drain:
        item = question()
        drain.store.outbox.put(item)
        drain.rounds(lambda: drain.is_empty)
        assert _state(drain, item.idem) == ItemState(End.ACCEPTED, None, "R-1")
        assert script.sent == [[str(item.idem)]]
        assert script.keys[0].startswith('"')
        assert script.keys[0].endswith('"')


@pytest.mark.parametrize("code", ["taken", "in_progress"])
def test_what_is_not_finished_is_asked_by_key_and_never_sent_again(tmp_path: Path, code: str) -> None:
    pending = {"code": code}
    with (
        answering(_outcome(code, retry_after_s=40.0), status=pending) as script,
        drained(tmp_path, transport_to(script.port)) as drain,
    ):
        item = question()
        drain.store.outbox.put(item)
        drain.rounds(lambda: len(script.asked) == 3)
        assert drain.store.clock.monotonic() >= 40
        assert drain.sync.status().in_doubt == 1
        pending |= {"code": "accepted", "receipt": "R-2"}
        drain.rounds(lambda: drain.is_empty)
        assert _state(drain, item.idem).receipt == "R-2"
        assert len(script.sent) == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (_outcome("other_payload"), "program_error"),
        (_outcome("malformed"), "program_error"),
        (Said(422, problem={"code": "malformed"}), "program_error"),
        (Said(400, problem={"code": "key_missing"}), "program_error"),
        (_outcome("service_withdrawn"), "service_withdrawn"),
        (_outcome("too_large"), "too_large"),
        (Said(413, problem={"type": "urn:budayang:problem:request-too-large"}), "too_large"),
        (_outcome("rejected"), "rejected"),
        (_outcome("sequence_conflict"), "sequence_conflict"),
    ],
)
def test_what_will_never_be_taken_is_a_dead_letter_with_its_reason_and_no_new_key(
    tmp_path: Path, said: Said, reason: str
) -> None:
    with answering(said) as script, drained(tmp_path, transport_to(script.port)) as drain:
        item = question()
        drain.store.outbox.put(item)
        drain.rounds(lambda: bool(drain.store.outbox.dead_letters()))
        assert (_state(drain, item.idem).state, _state(drain, item.idem).reason) == (State.DEAD, reason)
        drain.store.clock.advance(4000)
        drain.sync.round()
        assert script.sent == [[str(item.idem)]]


@pytest.mark.parametrize(
    "said",
    [
        Said(403, problem={"code": "not_enrolled"}),
        Said(401, problem={"code": "certificate_expired"}),
        Said(403, problem={"type": "urn:budayang:problem:terminal-refused"}),
        _outcome("terminal_suspended"),
    ],
)
def test_the_terminals_standing_holds_everything_and_counts_no_attempt(tmp_path: Path, said: Said) -> None:
    with answering(said) as script, drained(tmp_path, transport_to(script.port), recheck_s=300) as drain:
        drain.store.outbox.put_many([question(), question(kind="rating")])
        drain.rounds(lambda: _sends(script, 1))
        assert drain.sync.status().standing is not None
        while drain.store.clock.monotonic() < 299:
            drain.store.clock.advance(min(drain.sync.round() or 0.01, 299 - drain.store.clock.monotonic()))
        assert len(script.sent) == 1
        drain.rounds(lambda: drain.is_empty)
        assert len(script.sent) == 2
        drain.sync.round()
        assert drain.sync.status().standing is None


@pytest.mark.parametrize("code", ["kind_not_allowed", "schema_unsupported"])
def test_a_permission_or_a_version_holds_its_kind_alone(tmp_path: Path, code: str) -> None:
    with answering(_outcome(code)) as script, drained(tmp_path, transport_to(script.port), recheck_s=300) as drain:
        held = question()
        drain.store.outbox.put(held)
        drain.rounds(lambda: drain.sync.status().held_kinds == ("consultation",))
        drain.store.outbox.put_many([question(), question(kind="rating")])
        drain.rounds(lambda: drain.store.outbox.status().queued == 2)
        assert drain.store.outbox.status().by_kind == {"consultation": 2}
        assert drain.store.clock.monotonic() < 299
        drain.rounds(lambda: drain.is_empty)
        assert drain.store.clock.monotonic() >= 300
        assert script.sent.count([str(held.idem)]) == 1


@pytest.mark.parametrize(
    "said",
    [
        Said(408),
        Said(425),
        Said(429, retry_after_s=60),
        Said(500),
        Said(503, retry_after_s=60),
        Said(503, problem={"type": "urn:budayang:problem:unavailable"}, retry_after_s=60),
        _outcome("maintenance", retry_after_s=60.0),
        _outcome("busy"),
        _outcome("failed"),
        Said(200),  # a captive portal
        Said(404),
        Said(403),
    ],
)
def test_what_is_temporary_is_sent_again_under_its_key(tmp_path: Path, said: Said) -> None:
    with answering(said, said) as script, drained(tmp_path, transport_to(script.port)) as drain:
        item = question()
        drain.store.outbox.put(item)
        drain.rounds(lambda: drain.is_empty)
        assert script.sent == [[str(item.idem)]] * 3
        assert _state(drain, item.idem).receipt == "R-9"
        if said.retry_after_s or (said.outcome or {}).get("retry_after_s"):
            assert drain.store.clock.monotonic() >= 120


def test_a_code_that_this_program_does_not_know_is_a_dead_letter_at_the_third_equal_answer(tmp_path: Path) -> None:
    said = Said(418, problem={"code": "teapot"})
    with answering(*[said] * 5) as script, drained(tmp_path, transport_to(script.port)) as drain:
        drain.store.outbox.put(question())
        drain.rounds(lambda: bool(drain.store.outbox.dead_letters()))
        assert drain.store.outbox.dead_letters()[0].reason == "refused"
        assert len(script.sent) == 3


def test_a_refusal_of_the_whole_batch_is_cleared_up_item_by_item(tmp_path: Path) -> None:
    bad = Said(422, problem={"code": "malformed"})
    with answering(bad, bad) as script, drained(tmp_path, transport_to(script.port)) as drain:
        items = [question() for _ in range(5)]
        drain.store.outbox.put_many(items)
        drain.rounds(lambda: drain.is_empty)
        # the second refusal met the first item alone
        assert [len(keys) for keys in script.sent] == [5, 1, 1, 1, 1, 1]
        assert [letter.idem for letter in drain.store.outbox.dead_letters()] == [items[0].idem]


def test_batches_stay_below_a_megabyte_and_what_never_fits_is_a_dead_letter(tmp_path: Path) -> None:
    with answering() as script, drained(tmp_path, transport_to(script.port)) as drain:
        large = [replace(question(), body=b'"' + b"x" * 300_000 + b'"') for _ in range(7)]
        huge = replace(question(), body=b'"' + b"x" * 1_100_000 + b'"')
        drain.store.outbox.put_many([huge, *large, question()])
        drain.rounds(lambda: drain.is_empty)
        assert [len(keys) for keys in script.sent] == [3, 3, 2]
        assert [(letter.idem, letter.reason) for letter in drain.store.outbox.dead_letters()] == [
            (huge.idem, "too_large")
        ]
