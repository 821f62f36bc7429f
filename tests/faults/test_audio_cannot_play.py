"""The sound output cannot be opened, or the player is missing: the screen says it all, the terminal goes on."""

from pathlib import Path

import pytest

from devices.audio.alsa_driver import AlsaOutput, AlsaSettings
from devices.messages import Command
from devices.status import CompletionCode, DeviceState

_KEYPRESS = Command("x", "playSignal", 1.0, b"\x81\xa6signal\xa8keypress")


class _Running:
    action_id = "x"

    def is_cancelled(self) -> bool:
        return False

    def emit(self, name: str, payload: bytes = b"") -> None:
        raise AssertionError(name)


@pytest.mark.parametrize(
    "settings",
    [AlsaSettings("hw:31"), AlsaSettings("null", program="/nowhere/aplay")],
)
def test_it_is_told_and_tried_again_at_the_next_opening(settings: AlsaSettings, tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    cards.write_text("31 [Gone           ]: USB-Audio - Gone\n", encoding="utf-8")  # its driver is there, it is not
    output = AlsaOutput(settings, cards)
    assert output.open().state is DeviceState.ONLINE
    completion = output.execute(_KEYPRESS, _Running())
    assert (completion.code, completion.reason) == (CompletionCode.HARDWARE_ERROR, "audio.not_played")
    assert output.status().reason == "audio.gone"
    assert output.open().state is DeviceState.ONLINE
