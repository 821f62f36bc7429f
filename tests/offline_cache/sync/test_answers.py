"""What is done with each answer: the table of the idempotency rules, line by line."""

import pytest

from offline_cache.sync.answers import KNOWN_CODES, SAME_ANSWERS, Act, Answer, decide


@pytest.mark.parametrize(
    ("answer", "act", "reason"),
    [
        (Answer(200, "accepted", "R-1"), Act.ACKNOWLEDGE, None),
        (Answer(200, "replayed", "R-1"), Act.ACKNOWLEDGE, None),
        (Answer(409, "already_done"), Act.ACKNOWLEDGE, None),
        (Answer(202, "taken"), Act.ASK_STATUS, None),
        (Answer(409, "in_progress", retry_after_s=3), Act.ASK_STATUS, None),
        (Answer(422, "other_payload"), Act.BURY, "program_error"),
        (Answer(400, "malformed"), Act.BURY, "program_error"),
        (Answer(401, "certificate_expired"), Act.HOLD_ALL, None),
        (Answer(403, "not_enrolled"), Act.HOLD_ALL, None),
        (Answer(403, "kind_not_allowed"), Act.HOLD_KIND, None),
        (Answer(410, "service_withdrawn"), Act.BURY, "service_withdrawn"),
        (Answer(413, "too_large"), Act.BURY, "too_large"),
        (Answer(426, "schema_unsupported"), Act.HOLD_KIND, None),
        (Answer(503, "maintenance"), Act.RETRY, None),
        (Answer(429), Act.RETRY, None),
        (Answer(500), Act.RETRY, None),
        (Answer(0, was_sent=False), Act.RETRY, None),
        (Answer(0, was_sent=True), Act.ASK_STATUS, None),
    ],
)
def test_each_answer_has_its_act(answer: Answer, act: Act, reason: str | None) -> None:
    decision = decide(answer)
    assert (decision.act, decision.reason) == (act, reason)
    assert decision.code


@pytest.mark.parametrize("status", [200, 302, 400, 403, 404, 410, 422, 502])
def test_a_status_without_a_known_code_may_come_from_a_proxy_and_is_temporary(status: int) -> None:
    assert decide(Answer(status), same_answers=50).act is Act.RETRY


def test_a_code_that_this_program_does_not_know_is_buried_at_the_third_equal_answer() -> None:
    acts = [decide(Answer(418, "teapot"), same_answers=number).act for number in range(SAME_ANSWERS)]
    assert acts == [Act.RETRY, Act.RETRY, Act.BURY]
    assert decide(Answer(503, "teapot"), same_answers=9).act is Act.RETRY


def test_every_known_code_decides_without_its_status() -> None:
    assert all(decide(Answer(200, code)) == decide(Answer(500, code)) for code in KNOWN_CODES)
