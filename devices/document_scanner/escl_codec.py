"""What an eSCL scanner says of itself: its `ScannerStatus`, pure. Source: Mopria eSCL specification 2.97, section 9.

SANE's network backend tells a jam, an empty feeder and an open door from all else, but not two sheets at once, and it says nothing
while it is idle. Two elements are enough, so no XML parser reads what comes from the network.
"""

import re

from devices.document_scanner.types import ScanError
from devices.status import Action, DeviceState, DeviceStatus, Media

_STATE = re.compile(rb"<(?:\w+:)?State>\s*(\w{1,40})\s*</")
_ADF_STATE = re.compile(rb"<(?:\w+:)?AdfState>\s*(\w{1,60})\s*</")
_FAULTS: dict[bytes, ScanError] = {
    b"ScannerAdfJam": ScanError.MEDIA_JAMMED,
    b"ScannerAdfMispick": ScanError.MEDIA_JAMMED,
    b"ScannerAdfInputTrayFailed": ScanError.MEDIA_JAMMED,
    b"ScannerAdfMultipickDetected": ScanError.MEDIA_REJECTED,
    b"ScannerAdfHatchOpen": ScanError.COVER_OPEN,
    b"ScannerAdfDoorOpen": ScanError.COVER_OPEN,  # not in the specification, but some say so
    b"ScannerAdfDuplexPageTooShort": ScanError.MEDIA_SIZE,
    b"ScannerAdfDuplexPageTooLong": ScanError.MEDIA_SIZE,
}
REASONS: dict[ScanError, str] = {
    ScanError.MEDIA_JAMMED: "scanner.jammed",
    ScanError.MEDIA_REJECTED: "scanner.double_feed",
    ScanError.MEDIA_SIZE: "scanner.page_size",
    ScanError.NO_MEDIA: "scanner.no_documents",
    ScanError.COVER_OPEN: "scanner.cover_open",
    ScanError.DEVICE_BUSY: "scanner.busy",
    ScanError.READ_ERROR: "scanner.read_error",
    ScanError.NO_SPACE: "scanner.no_space",
}
"""Message key of each error."""


def fault_of(body: bytes) -> ScanError | None:
    """The feeder's fault, if it has one."""
    found = _ADF_STATE.search(body)
    return _FAULTS.get(found[1]) if found else None


def decode(body: bytes) -> DeviceStatus | None:
    """The scanner's status; ``None`` for what is no `ScannerStatus`. A scanner without a feeder has no `media`."""
    state = _STATE.search(body)
    if state is None:
        return None
    adf = _ADF_STATE.search(body)
    media = None
    if adf is not None:
        media = {b"ScannerAdfEmpty": Media.NOT_PRESENT, b"ScannerAdfLoaded": Media.PRESENT}.get(adf[1], Media.UNKNOWN)
    fault = fault_of(body)
    if fault is not None:
        return trouble(fault)
    if state[1] in (b"Stopped", b"Down"):
        return DeviceStatus(
            DeviceState.HARDWARE_ERROR, media=media, action=Action.MAINTENANCE, reason="scanner.stopped"
        )
    if state[1] in (b"Processing", b"Testing"):
        return DeviceStatus(DeviceState.DEVICE_BUSY, media=media)
    return DeviceStatus(DeviceState.ONLINE, media=media)


def trouble(error: ScanError) -> DeviceStatus:
    """The status while a fault that hall staff can mend lasts."""
    media = Media.JAMMED if error is ScanError.MEDIA_JAMMED else Media.PRESENT
    state = DeviceState.HARDWARE_ERROR if error is ScanError.MEDIA_JAMMED else DeviceState.USER_ERROR
    is_open = True if error is ScanError.COVER_OPEN else None
    return DeviceStatus(state, media=media, action=Action.CLEAR, reason=REASONS[error], cover_open=is_open)
