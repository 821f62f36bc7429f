"""The bench's figure of a put can be had."""

from pathlib import Path

from tests.offline_cache.process import measured


def test_a_put_is_measured_on_both_sides_of_the_socket(tmp_path: Path) -> None:
    figure = measured.measure(tmp_path, rounds=1, puts=5)
    assert figure.key == "put_ipc_p50_ms"
    assert 0 < figure.value < 100
    assert "inside the store" in figure.detail
