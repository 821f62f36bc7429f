"""A USB sound card leaves the kernel's list for a moment, as at a bump of its plug, and then for good."""

from pathlib import Path

from devices.audio.alsa_driver import AlsaOutput, AlsaSettings
from devices.status import DeviceState

CARD = " 0 [Device         ]: USB-Audio - USB Audio Device\n"
NONE = "--- no soundcards ---\n"


def test_a_moments_absence_is_no_loss_and_the_third_look_is(tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    cards.write_text(CARD, encoding="utf-8")
    output = AlsaOutput(AlsaSettings(), cards)
    assert output.open().state is DeviceState.ONLINE
    for absences in (1, 2, 1):
        cards.write_text(NONE, encoding="utf-8")
        assert [output.status().state for _ in range(absences)] == [DeviceState.ONLINE] * absences
        cards.write_text(CARD, encoding="utf-8")
        assert output.status().state is DeviceState.ONLINE
    cards.write_text(NONE, encoding="utf-8")
    states = [output.status().state for _ in range(4)]
    assert states == [DeviceState.ONLINE, DeviceState.ONLINE, DeviceState.POWER_OFF, DeviceState.POWER_OFF]
    cards.write_text(CARD, encoding="utf-8")
    assert output.status().state is DeviceState.ONLINE
