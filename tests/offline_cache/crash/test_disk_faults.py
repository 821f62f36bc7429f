"""The disk is full, or breaks, at every write, truncation and flush; once, or from then on for a while."""

import contextlib
import itertools
from collections.abc import Iterator
from uuid import UUID

import apsw
import pytest

from kiosk.base.errors import BudayangError
from tests.offline_cache.crash.runs import Trouble, break_disk
from tests.offline_cache.crash.workload import Promises

OPERATIONS = 18
SEED = 101  # a life with attachments, a new key over the keys, and a step of the journal
FULL = (apsw.FullError, frozenset({"write"}))
BROKEN = (apsw.IOError, frozenset({"write", "truncate", "sync"}))


@pytest.mark.parametrize("is_lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize(("error", "only"), [FULL, BROKEN], ids=["full", "broken"])
def test_no_promise_is_broken_whichever_call_fails(
    error: type[apsw.Error], only: frozenset[str], is_lasting: bool
) -> None:
    for at in itertools.count(1):
        trouble = Trouble(at, error, is_lasting, only)
        complaint = break_disk(SEED, OPERATIONS, trouble)
        if not trouble.hits:
            break
        assert complaint is None, f"call {at}: {complaint}"
    assert at > 220


@contextlib.contextmanager
def _believing(self: Promises, changes: dict[UUID, tuple[str, str]]) -> Iterator[None]:
    """A caller that swallows the fault and tells the citizen that all is well."""
    with contextlib.suppress(BudayangError):
        yield
    self.state.update({idem: after for idem, (_, after) in changes.items()})


def test_a_store_that_swallows_the_fault_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Promises, "doing", _believing)
    error, only = BROKEN
    assert any(break_disk(SEED, OPERATIONS, Trouble(at, error, True, only)) for at in range(1, 300, 10))
