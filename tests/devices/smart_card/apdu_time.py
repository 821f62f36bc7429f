"""``python -m tests.devices.smart_card.apdu_time``: our own time per APDU in a full read with BAC, the card's time taken out.

From the wish to the outcome through supervisor, host, driver, pcscd and back, less the time between a command's arrival at the
virtual card and its answer's leaving. `driver_ms` also takes out pcscd and its reader: what our own programs take. The document
lies there already, so that pcscd's look into the slot (0.4 s) is not counted as ours.
"""

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from devices.smart_card.types import DocumentRead
from devices.status import Media
from tests.devices.smart_card.scenes import KEY, CardScene, card_scene, service_scene

RUNS = 21


@dataclass(frozen=True)
class ApduTime:
    """Milliseconds an APDU, of one read."""

    host_ms: float
    driver_ms: float
    exchanges: int


def one_read(scene: CardScene) -> ApduTime:
    """Reads the document that lies there."""
    busy_before = scene.emulator.busy_s
    began = time.perf_counter()
    document = scene.read(KEY).outcome()
    took = time.perf_counter() - began
    assert isinstance(document, DocumentRead), document
    card = scene.emulator.busy_s - busy_before
    count = document.exchanges
    return ApduTime((took - card) * 1000 / count, (took * 1000 - document.exchange_ms) / count, count)


def measure(runs: int = RUNS) -> list[ApduTime]:
    """So many reads of one document with DG1 and DG11; the first, which loads libraries, is left out."""
    with (
        tempfile.TemporaryDirectory(prefix="by") as folder,
        service_scene(Path(folder)) as standing,
        card_scene(standing) as scene,
    ):
        scene.do("lay", card="permit")
        scene.statuses.wait_for(lambda status: status.media is Media.PRESENT)
        one_read(scene)
        return [one_read(scene) for _ in range(runs)]


if __name__ == "__main__":
    found = measure()
    hosts, drivers = sorted(time.host_ms for time in found), sorted(time.driver_ms for time in found)
    json.dump(
        {
            "apdu_host_ms": round(median(hosts), 3),
            "range": [round(hosts[0], 3), round(hosts[-1], 3)],
            "driver_ms": round(median(drivers), 3),
            "apdus": found[0].exchanges,
            "must": 2,
        },
        sys.stdout,
    )
    sys.stdout.write("\n")
