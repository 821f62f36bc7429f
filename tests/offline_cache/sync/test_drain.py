"""The drain against the real platform, over sockets: whatever the line does, each item takes effect once."""

import contextlib
import logging
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from devices.emulators.network_cable import NetworkCable
from kiosk.base.errors import BudayangError
from offline_cache.outbox.item import Claim, End, ItemState, State
from offline_cache.sync.answers import Answer
from offline_cache.sync.contract import IntakeBatch
from offline_cache.sync.http_transport import HttpTransport
from offline_cache.sync.transport import BatchAnswer, PlainFile
from tests.chaos.faulty_proxy import Fate, FaultyProxy
from tests.offline_cache.stores import BODY
from tests.offline_cache.sync.running import drained, question, transport_to
from tests.provisioning.platform.running import PlatformProcess

Effects = Callable[[], dict[str, int]]


def test_what_waits_is_sent_acknowledged_and_its_receipt_kept(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, at_platform: Effects
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        items = [question(slip_number=f"XH01-1-{number}") for number in range(60)]
        drain.store.outbox.put_many([*items, question(kind="rating")])
        drain.rounds(lambda: drain.is_empty)
        state = drain.store.outbox.state_of(items[0].idem)
        assert isinstance(state, ItemState)
        assert state.state is End.ACCEPTED
        assert state.receipt is not None
        assert state.receipt.startswith("ZX")
        assert drain.sync.status().ended == 61
        assert at_platform() == {"consultation_case": 60, "rating": 1, "intake_item": 61}


@pytest.mark.allow_log("platform_lost")
@pytest.mark.parametrize("state", ["cut", "silent", "slow", "error500", "garbage", "half_body"])
def test_whatever_the_cable_does_each_item_takes_effect_once(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, at_platform: Effects, state: str
) -> None:
    transport = transport_to(cable.port, terminal_id, read_s=0.3, deadline_s=0.4)
    with drained(tmp_path, transport, terminal_id) as drain:
        items = [question() for _ in range(6)]
        drain.store.outbox.put_many(items)
        cable.set_state(state, path="", **({"delay_s": 5.0} if state == "slow" else {}))
        for _ in range(5):
            drain.store.clock.advance(drain.sync.round())
        assert drain.store.outbox.status().queued == 6
        cable.set_state("plugged")
        drain.rounds(lambda: drain.is_empty)
        assert drain.store.outbox.dead_letters() == []
        assert at_platform() == {"consultation_case": 6, "rating": 0, "intake_item": 6}


@pytest.mark.allow_log("platform_lost")
@pytest.mark.parametrize("fate", [fate for fate in Fate if fate is not Fate.PASS])
def test_whatever_becomes_of_a_request_each_item_takes_effect_once(
    tmp_path: Path, platform_process: PlatformProcess, terminal_id: str, at_platform: Effects, fate: Fate
) -> None:
    left = iter([fate] * 4)
    with (
        FaultyProxy(platform_process.port, lambda _: next(left, Fate.PASS), delay_s=0.5) as proxy,
        drained(tmp_path, transport_to(proxy.port, terminal_id, read_s=0.4, deadline_s=0.45), terminal_id) as drain,
    ):
        drain.store.outbox.put_many([question(), question(kind="rating"), question()])
        drain.rounds(lambda: drain.is_empty)
        assert proxy.fates[fate] >= (4 if fate is not Fate.DUPLICATE else 1)
        assert drain.store.outbox.dead_letters() == []
        assert at_platform() == {"consultation_case": 2, "rating": 1, "intake_item": 3}


class _Careless:
    """Makes a new key and number for each attempt; otherwise the real transport."""

    def __init__(self, inner: HttpTransport, *, keeps_number: bool) -> None:
        self._inner = inner
        self._keeps_number = keeps_number
        self._number = 1000

    def send(self, batch: IntakeBatch) -> BatchAnswer:
        items = []
        for item in batch.items:
            self._number += 1
            items.append(replace(item, key=str(uuid4()), seq=item.seq if self._keeps_number else self._number))
        return self._inner.send(replace(batch, items=tuple(items)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@pytest.mark.allow_log("platform_lost")
def test_the_oracle_sees_a_client_that_makes_a_new_key_per_attempt(
    tmp_path: Path, platform_process: PlatformProcess, terminal_id: str, at_platform: Effects
) -> None:
    left = iter([Fate.DROP_REPLY])
    with FaultyProxy(platform_process.port, lambda path: next(left, Fate.PASS)) as proxy:
        inner = transport_to(proxy.port, terminal_id)
        with drained(tmp_path, _Careless(inner, keeps_number=False), terminal_id) as drain:
            drain.store.outbox.put(question())
            drain.rounds(lambda: drain.is_empty)
        inner.close()
        assert at_platform()["consultation_case"] == 2


@pytest.mark.allow_log("platform_lost|item_buried")
def test_the_platform_sees_a_new_key_for_an_old_number(
    tmp_path: Path, platform_process: PlatformProcess, terminal_id: str, at_platform: Effects
) -> None:
    left = iter([Fate.DROP_REPLY])
    with FaultyProxy(platform_process.port, lambda path: next(left, Fate.PASS)) as proxy:
        inner = transport_to(proxy.port, terminal_id)
        with drained(tmp_path, _Careless(inner, keeps_number=True), terminal_id) as drain:
            drain.store.outbox.put(question())
            drain.rounds(lambda: drain.is_empty)
            assert [letter.reason for letter in drain.store.outbox.dead_letters()] == ["sequence_conflict"]
        inner.close()
        assert at_platform()["consultation_case"] == 1


@pytest.mark.allow_log("item_buried")
@pytest.mark.parametrize("change", [{"body": b"{}"}, {"body": b"\xff"}, {"order_key": "two words"}])
def test_a_poisoned_item_stops_its_own_lane_alone(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, at_platform: Effects, change: dict[str, Any]
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        poison = replace(question("visit-p"), **change)
        follower = question(poison.order_key)
        drain.store.outbox.put_many([question(), poison, follower, *(question() for _ in range(8))])
        drain.rounds(lambda: drain.store.outbox.status().queued == 1)
        [letter] = drain.store.outbox.dead_letters()
        assert (letter.idem, letter.reason) == (poison.idem, "program_error")
        assert at_platform()["consultation_case"] == 9
        state = drain.store.outbox.state_of(follower.idem)
        assert state is not None
        assert state.state is State.QUEUED


@pytest.mark.allow_log("sync_disk")
def test_what_the_disk_could_not_keep_is_asked_again_and_takes_effect_once(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, at_platform: Effects, monkeypatch: pytest.MonkeyPatch
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        drain.store.outbox.put_many([question() for _ in range(3)])
        keep = drain.store.outbox.acknowledge_many
        faults = iter([BudayangError("offline.disk"), BudayangError("offline.disk_full")])

        def acknowledge(receipts: Any) -> None:
            if (fault := next(faults, None)) is not None:
                raise fault
            keep(receipts)

        monkeypatch.setattr(drain.store.outbox, "acknowledge_many", acknowledge)
        drain.rounds(lambda: drain.is_empty)
        assert at_platform()["consultation_case"] == 3


class _Stumbling:
    """Never answers a batch with a certain item in it, as a platform that hangs on it; otherwise the real transport."""

    def __init__(self, inner: HttpTransport, key: str) -> None:
        self._inner = inner
        self._key = key

    def send(self, batch: IntakeBatch) -> BatchAnswer:
        if any(item.key == self._key for item in batch.items):
            return BatchAnswer(Answer(0, was_sent=True))
        return self._inner.send(batch)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


@pytest.mark.allow_log("platform_lost")
def test_an_item_on_which_the_platform_hangs_stops_nobody_else(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, at_platform: Effects
) -> None:
    poison = question()
    inner = transport_to(cable.port, terminal_id)
    with drained(tmp_path, _Stumbling(inner, str(poison.idem)), terminal_id) as drain:
        drain.store.outbox.put_many([question(), poison, *(question() for _ in range(8))])
        drain.rounds(lambda: drain.store.outbox.status().queued == 1)
        drain.store.outbox.put_many([question() for _ in range(5)])
        drain.rounds(lambda: drain.store.outbox.status().queued == 1)
        assert at_platform()["consultation_case"] == 14
        assert drain.store.outbox.dead_letters() == []
    inner.close()


@pytest.mark.allow_log("sync_disk|sync_store|sync_failed")
@pytest.mark.parametrize("fault", [BudayangError("offline.disk"), ZeroDivisionError()])
def test_a_fault_beside_the_sending_loses_no_lease(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, at_platform: Effects, fault: Exception
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        drain.store.outbox.put_many([question() for _ in range(3)])
        outbox, faults = drain.store.outbox, iter([fault])
        acknowledge = outbox.acknowledge_many

        def learn(_offset: float) -> None:
            raise BudayangError("offline.disk")

        def fail_once(receipts: Any) -> None:
            if (one := next(faults, None)) is not None:
                raise one
            acknowledge(receipts)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(outbox, "learn_time", learn)
            patch.setattr(outbox, "acknowledge_many", fail_once)
            with contextlib.suppress(ZeroDivisionError):
                drain.rounds(lambda: drain.is_empty)
            drain.rounds(lambda: drain.is_empty)
        assert at_platform()["consultation_case"] == 3


@pytest.mark.allow_log("item_buried")
def test_an_attachment_waits_for_a_vault_that_is_closed(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, at_platform: Effects
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        drain.store.outbox.put_many([question(attachments=(drain.scan(b"%PDF-1.7 x"),)), question()])

        def closed(_attachment_id: object) -> None:
            raise BudayangError("store.vault_closed")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(drain.files, "open_plain", closed)
            drain.rounds(lambda: drain.store.outbox.status().queued == 1)
            for _ in range(5):
                drain.store.clock.advance(drain.sync.round())
        assert drain.store.outbox.dead_letters() == []
        drain.rounds(lambda: drain.is_empty)
        assert at_platform()["consultation_case"] == 2


@pytest.mark.allow_log("item_buried")
def test_an_attachment_whose_digest_is_never_right_is_a_dead_letter(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, at_platform: Effects
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        drain.store.outbox.put_many([question(attachments=(drain.scan(b"%PDF-1.7 x"),)), question()])
        opened = drain.files.open_plain

        def open_wrongly(attachment_id: UUID) -> PlainFile:
            file: Any = opened(attachment_id)
            file.sha256 = bytes(32)
            return file  # type: ignore[no-any-return]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(drain.files, "open_plain", open_wrongly)
            drain.rounds(lambda: drain.is_empty)
        assert [letter.reason for letter in drain.store.outbox.dead_letters()] == ["attachment_damaged"]
        assert at_platform()["consultation_case"] == 1


@pytest.mark.allow_log("sync_failed|sync_disk|sync_store")
@pytest.mark.parametrize("fault", [ZeroDivisionError(), BudayangError("offline.disk")])
def test_the_thread_outlives_a_fault(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        claim, faults, has_failed = drain.store.outbox.claim, iter([fault]), threading.Event()

        def fail_once(limit: int) -> list[Claim]:
            if (one := next(faults, None)) is not None:
                has_failed.set()
                raise one
            return claim(limit)

        monkeypatch.setattr(drain.store.outbox, "claim", fail_once)
        drain.store.outbox.put(question())
        drain.sync.start()
        assert has_failed.wait(5)
        deadline = time.monotonic() + 5
        while not drain.is_empty and time.monotonic() < deadline:
            drain.sync.wake()
            time.sleep(0.01)  # the store's own state is the event; the deadline bounds the polling
        assert drain.is_empty


def test_a_throttled_drain_keeps_its_pace(tmp_path: Path, cable: NetworkCable, terminal_id: str) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id, pace_items_s=4.0) as drain:
        drain.store.outbox.put_many([question() for _ in range(20)])
        drain.rounds(lambda: drain.is_empty)
        assert 3.5 <= drain.store.clock.monotonic() <= 6


@pytest.mark.allow_log("platform_lost")
def test_an_attachment_is_resumed_where_the_line_broke_and_keeps_no_small_item_waiting(
    tmp_path: Path, platform_process: PlatformProcess, terminal_id: str, at_platform: Effects
) -> None:
    content = b"%PDF-1.7 " + random.Random(3).randbytes(900_000)
    paths: Counter[str] = Counter()

    def choose(path: str) -> Fate:
        paths[path] += 1
        # the platform has the second part, but nobody is told; then the line is away for a while
        return Fate.DROP_REPLY if path.endswith("/attachments") and paths[path] == 2 else Fate.PASS

    with (
        FaultyProxy(platform_process.port, choose) as proxy,
        drained(tmp_path, transport_to(proxy.port, terminal_id), terminal_id) as drain,
    ):
        with_file, small = question(attachments=(drain.scan(content),)), question()
        drain.store.outbox.put_many([with_file, small])
        drain.rounds(lambda: drain.store.outbox.status().queued == 1)
        assert at_platform()["consultation_case"] == 1
        drain.rounds(lambda: drain.is_empty)
        assert paths["/v1/intake/attachments"] == 4  # of 256 KiB each: none went twice
        assert paths["/v1/intake/attachment-states"] == 2
        assert at_platform() == {"consultation_case": 2, "rating": 0, "intake_item": 2}
        assert not list(drain.store.database.files.attachments.iterdir())


@pytest.mark.allow_log("item_buried")
@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_an_attachment_that_cannot_be_opened_is_a_dead_letter_and_stops_nobody(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, at_platform: Effects, damage: str
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        attachment = drain.scan(b"%PDF-1.7" + bytes(300_000))
        file = drain.files.path(attachment)
        if damage == "gone":
            file.unlink()
        else:
            sealed = bytearray(file.read_bytes())
            sealed[-1] ^= 1
            file.write_bytes(sealed)
        drain.store.outbox.put_many([question(attachments=(attachment,)), question()])
        drain.rounds(lambda: drain.is_empty)
        assert [letter.reason for letter in drain.store.outbox.dead_letters()] == ["attachment_damaged"]
        assert at_platform()["consultation_case"] == 1


@pytest.mark.parametrize("state", ["plugged", "silent", "cut"])
def test_the_thread_drains_when_woken_and_stops_in_time(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, state: str
) -> None:
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        drain.sync.start()
        if state == "plugged":
            drain.store.outbox.put(question())
            drain.sync.wake()
            deadline = time.monotonic() + 5
            while not drain.is_empty and time.monotonic() < deadline:
                time.sleep(0.01)  # the store's own state is the event; the deadline bounds the polling
            assert drain.is_empty
        else:
            cable.set_state(state)
            drain.store.outbox.put(question())
            drain.sync.wake()
            deadline = time.monotonic() + 5
            while state == "silent" and cable.counters().connections == 0 and time.monotonic() < deadline:
                time.sleep(0.01)  # as above
        began = time.monotonic()
        drain.sync.stop()
        assert time.monotonic() - began < 2
        # nothing stays leased
        if state != "plugged":
            assert len(drain.store.outbox.claim(5)) == 1


@pytest.mark.allow_log("item_buried")
def test_nothing_personal_is_in_addresses_or_the_log(
    tmp_path: Path, platform_process: PlatformProcess, terminal_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    paths: set[str] = set()

    def choose(path: str) -> Fate:
        paths.add(path)
        return Fate.PASS

    caplog.set_level(logging.DEBUG)
    with (
        FaultyProxy(platform_process.port, choose) as proxy,
        drained(tmp_path, transport_to(proxy.port, terminal_id), terminal_id) as drain,
    ):
        drain.store.outbox.put_many([question(), replace(question(), body=BODY)])
        drain.rounds(lambda: drain.is_empty)
        drain.sync.round()
    assert paths == {"/v1/intake", "/v1/intake/stores"}
    assert not any(text in caplog.text for text in ("440308199901101512", "李", "商贷"))
