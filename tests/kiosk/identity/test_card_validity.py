"""A card is judged by its two dates, and only on a trusted day."""

from datetime import date

import pytest

from kiosk.identity import CardValidity, judge_card_validity


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "today", "validity"),
    [
        ("20160305", "20260305", date(2026, 3, 5), CardValidity.VALID),
        ("20160305", "20260305", date(2026, 3, 6), CardValidity.EXPIRED),
        ("20160305", "20260305", date(2016, 3, 4), CardValidity.NOT_YET_VALID),
        ("20160305", "长期  ", date(2099, 1, 1), CardValidity.VALID),
        ("20160305", "20260305", None, CardValidity.UNKNOWN),
        ("20160305", "20261305", None, CardValidity.UNREADABLE),
        ("2016030", "20260305", date(2026, 1, 1), CardValidity.UNREADABLE),
        ("", "长期", date(2026, 1, 1), CardValidity.UNREADABLE),
        ("20260305", "20160305", date(2026, 1, 1), CardValidity.UNREADABLE),
        ("２０１６０３０５", "长期", date(2026, 1, 1), CardValidity.UNREADABLE),
    ],
)
def test_validity(valid_from: str, valid_to: str, today: date | None, validity: CardValidity) -> None:
    assert judge_card_validity(valid_from, valid_to, today) is validity
