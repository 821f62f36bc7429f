"""The bench's figure can be had, and over all items it is reached."""

import pytest

from tests.offline_cache.reference.measured import measure

pytestmark = pytest.mark.xdist_group("reference")


def test_the_figure_can_be_had() -> None:
    (figure,) = measure(items=600, queries=4)
    assert figure.key == "search_p95_ms"
    assert 0 < figure.value < 1000
    assert "LIKE" in figure.detail


@pytest.mark.slow
def test_134_000_items_are_searched_in_time() -> None:
    (figure,) = measure()
    assert figure.value <= 20, figure.detail
