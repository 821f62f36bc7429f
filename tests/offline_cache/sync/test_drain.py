"""The drain against the real platform, over sockets: whatever the line does, each item takes effect once."""

from collections.abc import Callable
from pathlib import Path

from devices.emulators.network_cable import NetworkCable
from offline_cache.outbox.item import End, ItemState
from tests.offline_cache.sync.running import drained, question, transport_to

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
