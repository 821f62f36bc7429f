"""All benches, one for each driver of `devices.drivers.BUILT_IN`."""

from tests.devices.conformance.bench import Bench
from tests.devices.conformance.benches import (
    cameras,
    described_devices,
    id_card_readers,
    inputs,
    power_and_sound,
    printers,
    rewriters,
    scanners,
    smart_cards,
)

BENCHES: tuple[Bench, ...] = (
    *id_card_readers.BENCHES,
    *smart_cards.BENCHES,
    *described_devices.BENCHES,
    *printers.BENCHES,
    *inputs.BENCHES,
    *rewriters.BENCHES,
    *scanners.BENCHES,
    *cameras.BENCHES,
    *power_and_sound.BENCHES,
)
