"""The printed zone of one document, the chip of another: the chip answers 6300."""

from pathlib import Path

import pytest

from devices.smart_card.types import DocumentRead
from kiosk.base.errors import Problem
from tests.devices.smart_card.scenes import KEY, WRONG_KEY, card_scene, service_scene

pytestmark = pytest.mark.xdist_group("pcscd")


@pytest.mark.parametrize("card", ["permit", "permit_pace"])
def test_it_is_told_at_once_and_the_right_zone_opens_the_same_document(tmp_path: Path, card: str) -> None:
    with service_scene(tmp_path) as standing, card_scene(standing) as scene:
        scene.do("lay", card=card)
        assert scene.read(WRONG_KEY).outcome() == Problem("smart_card.key_refused")
        assert isinstance(scene.read(KEY).outcome(), DocumentRead)
