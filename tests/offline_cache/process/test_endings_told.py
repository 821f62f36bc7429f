"""From a step through the socket to the platform's books: how cases and given-up letters ended, through kills and a cut line."""

import json
import os
import signal
import sqlite3
from pathlib import Path
from uuid import uuid4

import pytest

from devices.emulators.network_cable import NetworkCable
from main import main
from offline_cache.outbox.item import Stored
from offline_cache.process import protocol as wire
from offline_cache.process.client import StoreClient
from tests.offline_cache.process.standing import config_text, running, settings_of
from tests.offline_cache.process.test_draining import until
from tests.offline_cache.sync.conftest import cable, platform_process, terminal_id
from tests.offline_cache.sync.running import question
from tests.provisioning.platform.running import PlatformProcess

__all__ = ["cable", "platform_process", "terminal_id"]


def told_of(folder: Path, terminal: str) -> list[tuple[str, str, str, int | None]]:
    """Case, kind, end and number of what the platform has heard."""
    [file] = (folder / "platform").glob("live-*.sqlite")
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            'SELECT case_id, kind, "end", seq FROM intake_ending WHERE terminal_id=?', (terminal,)
        ).fetchall()
    connection.close()
    return rows


def entries_of(client: StoreClient, case_id: object) -> int:
    entries = client.journal_entries(case_id)  # type: ignore[arg-type]
    assert isinstance(entries, tuple)
    return len(entries)


@pytest.mark.allow_log("store_lost|store_away")
def test_a_case_that_ended_offline_survives_a_kill_and_goes_only_when_the_platform_has_its_end(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    books, case_id = tmp_path_factory.getbasetemp(), uuid4()
    cable.set_state("cut")
    settings = settings_of(tmp_path / "store", terminal_id=terminal_id, base_url=f"http://127.0.0.1:{cable.port}")
    with running(tmp_path / "store", settings=settings) as store:
        client = store.client
        assert client.journal_begin(case_id, 1, "pay", "李明，12.00 元".encode()) is None
        assert client.journal_ended(case_id, 1, "done") is None
        assert client.journal_close(case_id, "paid") is None
        os.kill(store.pid(), signal.SIGKILL)
        assert entries_of(client, case_id) == 1
        assert told_of(books, terminal_id) == []
        cable.set_state("plugged")
        until(lambda: entries_of(client, case_id) == 0 or not _drained(client))
        assert told_of(books, terminal_id) == [(str(case_id), "payment", "paid", None)]


def _drained(client: StoreClient) -> bool:
    """Has the store try at once, as a person would: the pause of the line is not waited for."""
    return isinstance(client.ask(wire.DrainNow, wire.Done), wire.Done)


@pytest.mark.allow_log("item_buried")
def test_a_letter_that_a_person_gives_up_is_told_with_its_reason_and_its_number(
    tmp_path: Path,
    platform_process: PlatformProcess,
    terminal_id: str,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    books, folder = tmp_path_factory.getbasetemp(), tmp_path / "state" / "store"
    url = f"http://127.0.0.1:{platform_process.port}"
    config = tmp_path / "terminal.yaml"
    config.write_text(config_text(url, "XH-01"), encoding="utf-8")
    with running(folder, settings=settings_of(folder, terminal_id=terminal_id, base_url=url)) as store:
        letter = question(kind="rating")
        withdrawn = type(letter)(letter.idem, letter.order_key, "no_such_service", 1, letter.body)
        assert isinstance(store.client.put(question()), Stored)
        assert isinstance(store.client.put(withdrawn), Stored)

        def run(*words: str) -> str:
            assert main(["outbox", "dead-letters", *words, "--json", "--config", str(config)]) == 0
            return capsys.readouterr().out

        until(lambda: bool(json.loads(run())))
        assert json.loads(run("cancel", "2", "--reason", "handled_elsewhere"))["key"] == str(letter.idem)
        until(lambda: json.loads(run("history"))[0]["isTold"] is True)
        assert json.loads(run()) == []
    assert told_of(books, terminal_id) == [(str(letter.idem), "letter.no_such_service", "handled_elsewhere", 2)]
