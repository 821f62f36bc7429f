"""Commands and parts of the class `ups` (XFS4IoT Auxiliaries `uninterruptiblePowerSupply`)."""

import msgspec


class ReadCharge(msgspec.Struct, frozen=True):
    """`readCharge`: how full the battery is; not part of the status, since it changes all the time."""


class Charge(msgspec.Struct, frozen=True):
    """Success of `readCharge`; ``None`` = the supply cannot tell.

    Attributes:
        percent: 0 to 100.
        runtime_s: for how long the battery lasts at the present load.
    """

    percent: int | None
    runtime_s: int | None


READ_CHARGE = "readCharge"
LOW, ENGAGED, POWERING, RECOVERED = "low", "engaged", "powering", "recovered"
"""XFS4IoT: battery low; in the circuit; carrying the load; mains back, battery still charging."""
