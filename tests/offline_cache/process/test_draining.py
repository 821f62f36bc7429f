"""The store process sends while it runs: from a put through the socket to the platform's books, over real HTTP."""

import json
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from main import main
from offline_cache.outbox.item import NewItem, Stored
from offline_cache.process import protocol as wire
from offline_cache.process.client import StoreClient
from tests.journeys.residue import Find, search_files, search_processes
from tests.offline_cache.process.standing import config_text, running, settings_of
from tests.offline_cache.process.test_files_and_cases import PNG, Pieces
from tests.offline_cache.sync.conftest import at_platform, cable, platform_process, terminal_id
from tests.offline_cache.sync.running import question
from tests.provisioning.platform.intake.submissions import consultation
from tests.provisioning.platform.running import PlatformProcess

__all__ = ["at_platform", "cable", "platform_process", "terminal_id"]
PATIENCE_S = 15.0


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come in time"
        time.sleep(0.05)  # the store tells no client when an item has ended; the deadline bounds it


def state_of(client: StoreClient, item: NewItem) -> str:
    standing = client.state_of(item.idem)
    assert isinstance(standing, wire.ItemStanding), standing
    return standing.state


def test_what_is_put_reaches_the_platform_with_its_attachment_and_gets_its_receipt(
    tmp_path: Path, platform_process: PlatformProcess, terminal_id: str, at_platform: Callable[[], dict[str, int]]
) -> None:
    url = f"http://127.0.0.1:{platform_process.port}"
    with running(
        tmp_path / "store", settings=settings_of(tmp_path / "store", terminal_id=terminal_id, base_url=url)
    ) as store:
        client = store.client
        kept = client.attach("visit-1", "image/png", "material", Pieces(PNG))
        assert isinstance(kept, wire.Attached)
        items = [question(), question(kind="rating"), question(attachments=(kept.attachment_id,))]
        for item in items:
            assert isinstance(client.put(item), Stored)
        until(lambda: all(state_of(client, item) == "accepted" for item in items))
        standing = client.state_of(items[2].idem)
        assert isinstance(standing, wire.ItemStanding)
        assert standing.receipt
        assert sum(at_platform().values()) >= 3
        until(lambda: not list((store.folder / "attachments").iterdir()))
        status = client.status()
        assert isinstance(status, wire.StoreStatus)
        assert status.line is not None
        assert (status.outbox.queued, status.line.circuit) == (0, "closed")


def test_the_command_drains_a_store_that_nobody_runs(
    tmp_path: Path, platform_process: PlatformProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = "XH-" + uuid4().hex[:8].upper()
    with running(
        tmp_path / "state" / "store", settings=settings_of(tmp_path / "state" / "store", terminal_id=terminal)
    ) as store:
        assert isinstance(store.client.put(question()), Stored)
    config = tmp_path / "terminal.yaml"
    config.write_text(config_text(f"http://127.0.0.1:{platform_process.port}", terminal), encoding="utf-8")
    assert main(["outbox", "drain", "--wait", "15", "--json", "--config", str(config)]) == 0
    assert json.loads(capsys.readouterr().out) == {"queued": 0}


def test_nothing_of_what_was_sent_stays_in_the_store(
    tmp_path: Path, platform_process: PlatformProcess, terminal_id: str
) -> None:
    needles = {"title": "异地" + secrets.token_hex(8), "question": "怎样办理" + secrets.token_hex(12)}
    body = consultation(visit_id="visit-1", title=needles["title"], content=needles["question"])
    encoded = json.dumps(body, ensure_ascii=False).encode()
    escaped = {f"{name}, escaped": json.dumps(text)[1:-1] for name, text in needles.items()}
    picture = PNG[:70_000] + secrets.token_hex(40).encode()
    url = f"http://127.0.0.1:{platform_process.port}"
    settings = settings_of(tmp_path / "store", terminal_id=terminal_id, base_url=url)
    with running(tmp_path / "store", settings=settings) as store:
        kept = store.client.attach("visit-1", "image/png", "material", Pieces(picture))
        assert isinstance(kept, wire.Attached)
        items = [
            NewItem(uuid4(), "visit-1", "consultation", 1, encoded, attachments=(kept.attachment_id,)),
            NewItem(uuid4(), "visit-2", "consultation", 1, encoded),
        ]
        for item in items:
            assert isinstance(store.client.put(item), Stored)
        until(lambda: all(state_of(store.client, item) == "accepted" for item in items))
        sought = needles | escaped | {"picture": picture[-80:].decode()}
        found: list[Find] = []

        def is_clean() -> bool:
            found[:] = search_processes([("store", store.pid())], sought)
            found.extend(search_files((store.folder,), sought, lambda _: False))
            return not found

        # the drain's round ends a moment after the platform's answer
        until(is_clean)
