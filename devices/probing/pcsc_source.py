"""PC/SC readers, as pcscd lists them."""

import re
from collections import Counter
from collections.abc import Iterator

from devices.probing.findings import Finding, Places, Reason, Trouble, clean
from devices.status import DeviceClass

_NUMBERS = re.compile(r" [0-9A-F]{2} [0-9A-F]{2}$")
"""pcsc-lite puts reader and slot numbers behind a name; they follow the order of plugging."""


def look(_places: Places) -> Iterator[Finding | Trouble]:
    """One finding a reader."""
    try:
        from devices.smart_card import scard_calls
    except ImportError:
        yield Trouble(Reason("probe.pcsc_library_missing"))
        return
    try:
        context = scard_calls.establish_context()
        try:
            names = [str(name) for name in scard_calls.list_readers(context)]
        finally:
            scard_calls.release_context(context)
    except scard_calls.ScardError as error:
        key = "probe.pcsc_no_service" if error.is_service_lost else "probe.pcsc_refused"
        yield Trouble(Reason(key, {"code": str(error)}))
        return
    if not names:
        yield Trouble(Reason("probe.pcsc_no_reader"))
    short = Counter(_NUMBERS.sub("", name) for name in names)
    for name in names:
        stem = _NUMBERS.sub("", name)
        is_alone = sum(count for other, count in short.items() if stem in other) == 1
        yield Finding(
            "pcsc",
            clean(stem),
            clean(name, 127),
            DeviceClass.SMART_CARD,
            "pcsc",
            {"reader": stem if is_alone else name},
            {
                "driver": Reason("probe.pcsc_reader"),
                "reader": Reason("probe.pcsc_name" if is_alone else "probe.pcsc_name_numbered"),
            },
            (Reason("probe.pcsc_note"),),
        )
