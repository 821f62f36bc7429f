"""Housekeeping of a store that runs: whatever fails is told, done the next time, and keeps nothing else from being done."""

from pathlib import Path

import pytest

from kiosk.base.errors import BudayangError
from offline_cache.process.parts import open_parts
from offline_cache.store.connection import DatabaseError, Fault
from tests.offline_cache.process.standing import settings_of


@pytest.mark.allow_log("store_upkeep_failed|store_upkeep_broke")
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (BudayangError("offline.disk_full"), "store_upkeep_failed reason=offline.disk_full"),
        (DatabaseError(Fault.IO), "store_upkeep_failed reason=offline.disk"),
        (OSError("a mistake of ours"), "store_upkeep_broke error=OSError"),
    ],
)
def test_each_part_of_it_is_done_whatever_the_others_do(
    tmp_path: Path, fault: Exception, told: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    parts = open_parts(settings_of(tmp_path / "store"), lambda: None)
    done: list[str] = []

    def fail(*_: object) -> int:
        raise fault

    try:
        monkeypatch.setattr(parts.attachments, "collect", fail)
        monkeypatch.setattr(parts.journal, "forget_old", lambda offset: done.append(f"journal {offset}"))
        monkeypatch.setattr(parts.outbox, "tidy", lambda: done.append("outbox"))
        parts.look_after()
    finally:
        parts.close()
    assert done == ["journal None", "outbox"]
    assert told in caplog.text
