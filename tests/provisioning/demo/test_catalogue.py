"""The demo's catalogue: the terminal's own items among those of its surroundings, made anew only when it has grown old."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.base.clock import ManualClock
from kiosk.services.catalogue import load_catalogue
from offline_cache.reference import ALL_KINDS, Kind
from offline_cache.reference.searching import Hits
from provisioning.demo.catalogue import publish_demo
from tests.offline_cache.reference.published import KEY, OTHER_KEY, OWN, FolderSource, installed, manifest_in

pytestmark = pytest.mark.xdist_group("reference")


def test_it_holds_what_the_demos_terminal_does_and_is_renewed_after_two_days(tmp_path: Path) -> None:
    clock, shelf = ManualClock(), tmp_path / "shelf"
    assert publish_demo(shelf, KEY, OWN, clock.now(), items=300)
    assert not publish_demo(shelf, KEY, OWN, clock.now() + timedelta(days=1))
    reference = installed(tmp_path / "terminal", FolderSource(shelf), clock)
    try:
        for item in load_catalogue().items:
            assert reference.item(item.item_code) is not None
            hits = reference.search(item.name.zh_CN, OWN)
            assert isinstance(hits, Hits)
            assert hits.items[0].code == item.item_code
        near = reference.search("申请", OWN)
        assert isinstance(near, Hits)
        assert near.items[0].region in (OWN, OWN[:4] + "00", OWN[:2] + "0000")
        places = reference.search("崇川", OWN, kinds=ALL_KINDS)
        assert isinstance(places, Hits)
        assert Kind.PLACE in {hit.kind for hit in places.items}
    finally:
        reference.close()
    assert publish_demo(shelf, KEY, OWN, clock.now() + timedelta(days=2), items=300)
    assert manifest_in(shelf).version == 2
    assert publish_demo(shelf, OTHER_KEY, OWN, clock.now() + timedelta(days=2), items=300), "another key, another demo"
