"""The configuration's section ``staff``: who may open the staff page on the terminal's own screen."""

from dataclasses import dataclass, field

from kiosk.base.pin_hash import HASH
from kiosk.base.yaml_reading import Section

DEMO_PIN = "135790"
DEMO_PIN_HASH = "scrypt$32768$8$1$AAECAwQFBgcICQoLDA0ODw==$cSeICiMLXbnp/uPXmtzU4LUJQuVTSJArd9w40pBMonE="
"""Of `DEMO_PIN`; a production profile refuses it."""


@dataclass(frozen=True)
class StaffConfig:
    """`pin_hash` as `kiosk.base.pin_hash` makes it; "" and the terminal has no staff page."""

    pin_hash: str = field(default="", repr=False)


def read_staff(section: Section) -> StaffConfig:
    """A missing section means that there is no staff page."""
    read = StaffConfig()
    if section.is_there:
        read = StaffConfig(section.text("pin_hash", pattern=HASH, example="provision staff-pin"))
        section.done()
    return read
