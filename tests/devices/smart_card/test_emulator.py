"""The emulated slot as the panel sees it; no pcscd is needed to lay cards."""

import json

import pytest

from devices.emulators.smart_card import SmartCardEmulator


def test_it_tells_what_can_be_done_and_refuses_the_rest() -> None:
    emulator = SmartCardEmulator(port=1)  # nobody listens there
    emulator.start()
    try:
        emulator.do("lay", {"card": "permit"})
        state = emulator.state()
        assert json.loads(json.dumps(state))["card"] == "permit"
        actions, cards = state["actions"], state["cards"]
        assert isinstance(actions, list)
        assert isinstance(cards, list)
        for card in cards:
            emulator.do("lay", {"card": card})
        for action in actions:
            emulator.do(action, {})
        with pytest.raises(ValueError, match="no card"):
            emulator.do("lay", {"card": "none"})
        with pytest.raises(ValueError, match="no action"):
            emulator.do("explode", {})
        emulator.do("pull", {})
        assert emulator.wait_until_empty(1.0)
    finally:
        emulator.stop()
        emulator.stop()
