"""A data group was changed after the state signed it; nothing of the document leaves the host."""

from pathlib import Path

import pytest

from devices.emulators.virtual_document import Holder
from devices.smart_card.reader import DocumentDoubted
from devices.smart_card.types import DocumentRead
from kiosk.base.errors import Problem
from kiosk.base.sentences import sentence_of
from tests.devices.smart_card.scenes import card_scene, service_scene

pytestmark = pytest.mark.xdist_group("pcscd")


def test_it_is_doubted_with_a_sentence_and_a_genuine_document_follows(tmp_path: Path) -> None:
    with service_scene(tmp_path) as standing, card_scene(standing) as scene:
        for card in ("tampered_zone", "tampered_details"):
            scene.do("lay", card=card)
            doubted = scene.read().outcome()
            assert doubted == DocumentDoubted(Problem("smart_card.altered"))
            assert "窗口" in sentence_of(doubted.problem, "zh_CN")
            assert Holder.number not in repr(doubted)
            scene.take_away()
        scene.do("lay", card="permit")
        assert isinstance(scene.read().outcome(), DocumentRead)
