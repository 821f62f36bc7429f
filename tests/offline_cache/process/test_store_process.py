"""The thread from a client through the store process to the disk."""

from pathlib import Path

from offline_cache.outbox.item import Stored
from tests.offline_cache.process.standing import item, running


def test_a_put_through_the_socket_is_on_the_disk_when_it_returns(tmp_path: Path) -> None:
    with running(tmp_path / "store") as store:
        stored = store.client.put(item(1))
        assert isinstance(stored, Stored)
        assert stored.seq == 1
        again = store.client.put(item(1))
        assert again == Stored(stored.store_id, 1, is_repeat=True)
