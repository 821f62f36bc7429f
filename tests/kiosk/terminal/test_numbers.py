"""The numbers of the papers as the terminal takes them: a store that is held by another, closed, or out of space."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from kiosk.base.clock import ManualClock
from kiosk.base.config import Config
from kiosk.base.errors import Problem
from kiosk.documents import parse_terminal_number
from kiosk.terminal.assembly import _Numbers
from offline_cache.numbers import DiskFileSystem, NumberStore

NOT_KEPT = Problem("documents.number_not_kept")


@pytest.fixture
def numbers(tmp_state: Path) -> Iterator[_Numbers]:
    config = cast(Config, SimpleNamespace(state_dir=tmp_state, terminal_id="XH-01"))
    numbers = _Numbers(config, ManualClock())
    yield numbers
    numbers.close()


def _counter(number: str | Problem) -> int:
    assert isinstance(number, str)
    parsed = parse_terminal_number(number)
    assert not isinstance(parsed, Problem)
    assert parsed is not None
    return parsed.counter


def test_numbers_go_up_by_one_and_survive(numbers: _Numbers, tmp_state: Path) -> None:
    assert [_counter(numbers.take()) for _ in range(3)] == [1, 2, 3]
    numbers.close()
    store = NumberStore(tmp_state / "numbers", ManualClock().now)
    assert store.take().counter == 4
    store.close()


def test_a_store_that_another_holds_gives_none_until_it_is_free(numbers: _Numbers, tmp_state: Path) -> None:
    other = NumberStore(tmp_state / "numbers", ManualClock().now)
    assert numbers.take() == NOT_KEPT
    other.take()
    other.close()
    assert _counter(numbers.take()) == 2


def test_a_full_disk_gives_none_and_skips_the_number(numbers: _Numbers, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers.take()

    def full(_disk: DiskFileSystem, _path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(DiskFileSystem, "write_durably", full)
        assert numbers.take() == NOT_KEPT
    assert _counter(numbers.take()) == 3


def test_a_closed_store_gives_none(numbers: _Numbers, tmp_state: Path) -> None:
    """A worker that did not end in time must not take numbers that another terminal takes, too."""
    numbers.take()
    numbers.close()
    assert numbers.take() == NOT_KEPT
    store = NumberStore(tmp_state / "numbers", ManualClock().now)
    assert store.take().counter == 2
    store.close()
