"""The terminal's standing at the real platform, reports, and the platform's time in the store."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests

from devices.emulators.network_cable import NetworkCable
from kiosk.base.clock import SystemClock
from offline_cache.sync.breaker import Circuit
from tests.offline_cache.sync.running import Drained, drained, question, transport_to
from tests.provisioning.platform.running import PlatformProcess

Effects = Callable[[], dict[str, int]]


class JumpingClock(SystemClock):
    """The machine's, whose wall time can be set; both can be moved on."""

    def __init__(self) -> None:
        self.wall_off_s = 0.0
        self.moved_s = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.moved_s

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.wall_off_s + self.moved_s)

    def advance(self, seconds: float) -> None:
        self.moved_s += seconds


def _stand(platform: PlatformProcess, terminal_id: str, query: str) -> None:
    address = f"http://127.0.0.1:{platform.port}/demo/terminals/{terminal_id}?{query}"
    assert requests.put(address, timeout=5).status_code == 200


@pytest.mark.allow_log("sync_held")
def test_a_suspended_terminal_waits_and_goes_on_when_it_is_mended(
    tmp_path: Path, platform_process: PlatformProcess, terminal_id: str, at_platform: Effects
) -> None:
    _stand(platform_process, terminal_id, "standing=terminal_suspended")
    with drained(tmp_path, transport_to(platform_process.port, terminal_id), terminal_id) as drain:
        drain.store.outbox.put_many([question(), question(kind="rating")])
        drain.rounds(lambda: drain.sync.status().standing == "terminal_suspended")
        assert drain.store.outbox.status().queued == 2
        assert at_platform()["intake_item"] == 0
        _stand(platform_process, terminal_id, "standing=")
        drain.rounds(lambda: drain.is_empty)
        assert at_platform()["intake_item"] == 2


@pytest.mark.allow_log("sync_kind_held")
def test_a_kind_without_permission_waits_alone(
    tmp_path: Path, platform_process: PlatformProcess, terminal_id: str, at_platform: Effects
) -> None:
    _stand(platform_process, terminal_id, "refused=consultation")
    with drained(tmp_path, transport_to(platform_process.port, terminal_id), terminal_id) as drain:
        drain.store.outbox.put_many([question(), question(kind="rating")])
        drain.rounds(lambda: drain.store.outbox.status().queued == 1)
        _stand(platform_process, terminal_id, "refused=")
        drain.rounds(lambda: drain.is_empty)
        assert at_platform() == {"consultation_case": 1, "rating": 1, "intake_item": 2}


@pytest.mark.allow_log("platform_lost")
def test_a_platform_away_is_probed_by_reports_and_everything_goes_when_it_is_back(
    tmp_path: Path, cable: NetworkCable, terminal_id: str
) -> None:
    cable.set_state("cut")
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        drain.store.outbox.put_many([question() for _ in range(5)])
        drain.rounds(lambda: drain.sync.status().circuit is Circuit.OPEN)
        for _ in range(12):
            drain.store.clock.advance(drain.sync.round())
        # the line's failures are not the items': no attempt is counted
        claims = drain.store.outbox.claim(5)
        assert [claim.attempts for claim in claims] == [0] * 5
        for claim in claims:
            drain.store.outbox.give_back(claim.idem)
        cable.set_state("plugged")
        drain.rounds(lambda: drain.is_empty)
        assert drain.sync.status().circuit is Circuit.CLOSED


@pytest.mark.allow_log("platform_lost")
def test_a_technician_has_it_tried_at_once(
    tmp_path: Path, cable: NetworkCable, terminal_id: str, at_platform: Effects
) -> None:
    cable.set_state("cut")
    with drained(tmp_path, transport_to(cable.port, terminal_id), terminal_id) as drain:
        drain.store.outbox.put(question())
        drain.rounds(lambda: drain.sync.status().circuit is Circuit.OPEN)
        cable.set_state("plugged")
        before = drain.store.clock.monotonic()
        assert drain.sync.round() > 0
        drain.sync.urge()
        drain.rounds(lambda: drain.is_empty)
        assert drain.store.clock.monotonic() - before < 0.1
        assert at_platform()["intake_item"] == 1


@pytest.mark.allow_log("item_buried")
def test_the_platforms_time_dates_items_whatever_the_wall_clock_says(
    tmp_path: Path, platform_process: PlatformProcess, terminal_id: str
) -> None:
    clock = JumpingClock()
    clock.wall_off_s = -26 * 365 * 86_400.0  # a dead battery: the year 2000
    transport = transport_to(platform_process.port, terminal_id)
    with drained(tmp_path, transport, terminal_id, clock=clock) as drain:
        assert drain.sync.round() == 0.0  # a report
        offset = drain.sync.status().platform_less_wall_s
        assert offset is not None
        assert abs(offset + clock.wall_off_s) < 3
        # the wall clock is mended, goes a year ahead and back again: nothing expires before its time
        for jump in (0.0, 366 * 86_400.0, -500 * 86_400.0):
            clock.wall_off_s = jump
            drain.store.outbox.put(question("lane", "unknown_kind", expires_after_s=3600.0))
        drain.store.outbox.hold_kinds(frozenset({"unknown_kind"}))
        clock.advance(3500)
        _rounds_of_a_minute(drain)
        assert drain.store.outbox.dead_letters() == []
        clock.advance(200)
        _rounds_of_a_minute(drain)
        assert [letter.reason for letter in drain.store.outbox.dead_letters()] == ["expired"] * 3


def _rounds_of_a_minute(drain: Drained) -> None:
    """Long enough for the drain's look after what has expired."""
    for _ in range(10):
        drain.store.clock.advance(min(drain.sync.round(), 6.0))
