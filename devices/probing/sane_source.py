"""Scanners that SANE's backends list. Its own process matters: a backend may search the network for many seconds, or hang."""

import re
from collections.abc import Iterator

from devices.document_scanner.sane_library import Sane, SaneError
from devices.probing.findings import Finding, Places, Reason, Trouble, clean
from devices.status import DeviceClass

_NETWORK = ("airscan", "escl", "net")
_CAMERA = "v4l"
_SANE_NAME = re.compile(r"[a-z0-9_]{1,30}(:.{0,200})?")


def look(_places: Places) -> Iterator[Finding | Trouble]:
    """This machine's scanners first, then those in the network, so that a slow network does not hide them."""
    try:
        sane = Sane()
    except OSError:
        yield Trouble(Reason("probe.sane_missing"))
        return
    except SaneError:
        yield Trouble(Reason("probe.sane_refused"))
        return
    seen: set[str] = set()
    try:
        for local_only in (True, False):
            for name, words in sane.devices(local_only=local_only):
                if name not in seen:
                    seen.add(name)
                    yield _finding(name, clean(words))
    except SaneError:
        yield Trouble(Reason("probe.sane_refused"))
    finally:
        sane.exit()


def _finding(name: str, words: str) -> Finding:
    backend = name.partition(":")[0]
    if backend == _CAMERA or not _SANE_NAME.fullmatch(name):
        return Finding("sane", words, clean(name, 200), notes=(Reason("probe.sane_no_scanner"),))
    if backend in _NETWORK:
        return Finding("sane", words, clean(name, 200), notes=(Reason("probe.sane_network"),))
    return Finding(
        "sane",
        words,
        name,
        DeviceClass.DOCUMENT_SCANNER,
        "sane",
        {"device": name},
        {"driver": Reason("probe.sane_scanner", {"name": words}), "device": Reason("probe.sane_name")},
    )
