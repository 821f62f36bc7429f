"""What an IPP printer or a CUPS queue says of itself, made into a `DeviceStatus`; pure.

Source: RFC 8011 5.4.11-12 (`printer-state`, `printer-state-reasons`), PWG 5100.9 (keywords); CUPS adds its own. A reason ends with
-report, -warning or -error; an unknown `-error` reason stops the device, other unknown reasons do not.
"""

from collections.abc import Sequence

from devices.status import Action, DeviceState, DeviceStatus, Media, Paper, Toner

_STOPPED = 5
_IGNORED = frozenset({"none", "connecting-to-device", "cups-waiting-for-job-completed", "cups-ipp-conformance-failure"})

# reason, what is wrong with it; the gravest first
_TROUBLES: tuple[tuple[frozenset[str], DeviceState, Action, str], ...] = (
    (
        frozenset({"media-jam"}),
        DeviceState.HARDWARE_ERROR,
        Action.CLEAR,
        "sheet_printer.paper_jammed",
    ),
    (
        frozenset({"cover-open", "door-open", "interlock-open", "input-tray-missing"}),
        DeviceState.USER_ERROR,
        Action.CLEAR,
        "sheet_printer.cover_open",
    ),
    (frozenset({"media-empty", "media-needed"}), DeviceState.USER_ERROR, Action.CLEAR, "sheet_printer.paper_out"),
    (
        frozenset({"toner-empty", "marker-supply-empty"}),
        DeviceState.USER_ERROR,
        Action.MAINTENANCE,
        "sheet_printer.toner_out",
    ),
    (frozenset({"offline", "shutdown", "timed-out"}), DeviceState.POWER_OFF, Action.CLEAR, "sheet_printer.power_off"),
    (
        frozenset({"cups-missing-filter"}),
        DeviceState.HARDWARE_ERROR,
        Action.CONFIGURATION,
        "sheet_printer.queue_broken",
    ),
    (frozenset({"paused"}), DeviceState.OFFLINE, Action.CONFIGURATION, "sheet_printer.paused"),
)


def decode(
    state: int | None, reasons: Sequence[str], *, is_accepting: bool = True, model: str | None = None
) -> DeviceStatus:
    """The gravest reason gives state, action and message key; paper and toner are told beside it."""
    keywords = {_keyword(reason) for reason in reasons} - _IGNORED
    paper, toner, media = _supplies(keywords)
    found, action, key = DeviceState.ONLINE, None, None
    for words, trouble, mender, message in _TROUBLES:
        if keywords & words:
            found, action, key = trouble, mender, message
            break
    else:
        if state is None:
            paper, toner, media = Paper.UNKNOWN, Toner.UNKNOWN, Media.UNKNOWN
            found, action, key = DeviceState.HARDWARE_ERROR, Action.SUSPEND, "sheet_printer.silent"
        elif state == _STOPPED or any(reason.endswith("-error") for reason in reasons):
            found, action, key = DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, "sheet_printer.stopped"
        elif not is_accepting:
            found, action, key = DeviceState.OFFLINE, Action.CONFIGURATION, "sheet_printer.paused"
    return DeviceStatus(found, media=media, paper=paper, toner=toner, action=action, reason=key, module_id=model)


def _keyword(reason: str) -> str:
    for severity in ("-report", "-warning", "-error"):
        reason = reason.removesuffix(severity)
    return reason


def _supplies(keywords: set[str]) -> tuple[Paper, Toner, Media]:
    paper, media, toner = Paper.FULL, Media.NOT_PRESENT, Toner.FULL
    if "media-low" in keywords:
        paper = Paper.LOW
    if keywords & {"media-empty", "media-needed"}:
        paper = Paper.OUT
    if "media-jam" in keywords:
        paper, media = Paper.JAMMED, Media.JAMMED
    if keywords & {"toner-low", "marker-supply-low"}:
        toner = Toner.LOW
    if keywords & {"toner-empty", "marker-supply-empty"}:
        toner = Toner.OUT
    return paper, toner, media
