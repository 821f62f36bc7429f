"""Every standing of the store has its sentence, in every language."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from kiosk.base.clock import HALL_TIME
from kiosk.base.sentences import LANGUAGES, Language
from kiosk.base.working_days import china
from offline_cache.command.telling import days_late_of, letter_line, status_as_data, status_lines
from offline_cache.outbox.item import DeadLetter, OutboxStatus
from offline_cache.outbox.outbox import EXPIRED
from offline_cache.process import protocol as wire
from offline_cache.process import rows
from offline_cache.sync.answers import _BY_CODE
from offline_cache.sync.breaker import Circuit
from offline_cache.vault.holders import Strength

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=HALL_TIME)
"""A Wednesday."""


def outbox(queued: int = 3, oldest_s: float = 0.0) -> OutboxStatus:
    return OutboxStatus("store-1", 9, queued, 1, 3 << 20, oldest_s, {"consultation": queued}, {"rejected": 1})


def line(circuit: Circuit = Circuit.CLOSED, standing: str | None = None, held: tuple[str, ...] = ()) -> rows.LineStatus:
    return rows.LineStatus(circuit.value, standing, held, 0, 4, None)


def lines_of(status: wire.StoreStatus, language: Language = "en", now: datetime = NOW) -> list[str]:
    return list(status_lines(status, now, china(), language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("circuit", list(Circuit))
@pytest.mark.parametrize("vault", list(Strength))
def test_every_word_of_line_and_vault_has_a_sentence(language: Language, circuit: Circuit, vault: Strength) -> None:
    status = wire.StoreStatus(1, outbox(), vault.value, line(circuit))
    assert all(lines_of(status, language))


def test_what_is_wrong_is_said() -> None:
    refused = wire.StoreStatus(
        1, outbox(), "tpm", line(standing="not_enrolled", held=("rating",)), salvaged_items=2, salvaged_lost=1
    )
    text = "\n".join(lines_of(refused))
    assert "not_enrolled" in text
    assert "rating" in text
    assert "2 items were recovered, 1 rows" in text
    for problem in ("sync.certificates", "sync.address"):
        assert lines_of(wire.StoreStatus(1, outbox(), "tpm", None, problem)) != lines_of(
            wire.StoreStatus(1, outbox(), "tpm", None)
        )


@pytest.mark.parametrize(("hours", "light"), [(1, "green"), (24, "yellow"), (47, "yellow"), (48, "red")])
def test_lateness_is_told_by_age_or_by_the_wall_clock_whichever_says_more(hours: int, light: str) -> None:
    by_age = wire.StoreStatus(1, outbox(oldest_s=hours * 3600.0), "file", line())
    by_wall = wire.StoreStatus(
        1, outbox(), "file", line(), oldest_created_wall_s=(NOW - timedelta(hours=hours)).timestamp()
    )
    for status in (by_age, by_wall):
        assert status_as_data(status, NOW, china())["light"] == light
        assert days_late_of(status, NOW, china()) == pytest.approx(hours / 24)


def test_a_year_without_holidays_is_told_when_something_is_late() -> None:
    later = NOW + timedelta(days=800)
    late = wire.StoreStatus(1, outbox(oldest_s=10 * 86_400.0), "file", line())
    assert any(str(later.year) in text for text in lines_of(late, now=later))
    assert not any(str(NOW.year) in text for text in lines_of(late))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_that_is_not_known_has_a_sentence_too(language: Language) -> None:
    reasons = [reason for _, reason in _BY_CODE.values() if reason is not None] + [EXPIRED, "unreadable", "refused"]
    reasons = sorted(set(reasons))
    letters = [DeadLetter(1, UUID(int=1), "visit-1", "rating", reason, 3, None, 0.0) for reason in reasons]
    texts = {letter_line(letter, language) for letter in letters}
    assert len(texts) == len(reasons)
    assert not any("visit-1" in text for text in texts)
