"""Sound outputs. Source: Linux ALSA, ``/proc/asound/cards`` and ``/proc/asound/pcm``."""

import re
from collections.abc import Iterator
from pathlib import Path

from devices.probing.findings import Finding, Places, Reason, Trouble, clean
from devices.status import DeviceClass

_CARD = re.compile(r"^ *(\d+) \[(\w+) *\]: (.*)$", re.MULTILINE)
_PCM = re.compile(r"^(\d+)-(\d+): (.*)$", re.MULTILINE)


def look(places: Places) -> Iterator[Finding | Trouble]:
    """One finding a device that plays."""
    folder = Path(places.proc) / "asound"
    try:
        listed = (folder / "cards").read_text(encoding="utf-8", errors="replace")
        pcm = (folder / "pcm").read_text(encoding="utf-8", errors="replace")
    except OSError:
        yield Trouble(Reason("probe.alsa_no_card"))
        return
    cards = {int(card[1]): card[2] for card in _CARD.finditer(listed)}
    for found in _PCM.finditer(pcm):
        card = cards.get(int(found[1]))
        if card is None or "playback" not in found[3]:
            continue
        output = f"plughw:CARD={card},DEV={int(found[2])}"
        name = clean(found[3].split(" : ")[0])
        yield Finding(
            "alsa",
            name,
            output,
            DeviceClass.AUDIO,
            "alsa",
            {"output": output},
            {"driver": Reason("probe.alsa_output", {"name": name}), "output": Reason("probe.alsa_name")},
            (Reason("probe.alsa_listen"),),
        )
