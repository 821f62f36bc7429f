"""What an IPP printer or a CUPS queue says of itself, made into a `DeviceStatus`; pure.

Source: RFC 8011 5.4.11-12 (`printer-state`, `printer-state-reasons`), PWG 5100.9 (keywords); CUPS adds its own. A reason ends with
-report, -warning or -error; an unknown `-error` reason stops the device, other unknown reasons do not. A reason names no tray: where the
printer tells what lies in each, the tray that matters decides whether paper is out, and the others are told as parts.
"""

from collections.abc import Mapping, Sequence

from devices.sheet_printer.ipp_codec import Attributes
from devices.sheet_printer.supplies_codec import Supplies
from devices.status import Action, DeviceState, DeviceStatus, Media, Paper, Part, Toner

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


_NO_PAPER = frozenset({"media-empty", "media-needed"})
_LITTLE_PAPER = frozenset({"media-low"})


def decode(
    state: int | None,
    reasons: Sequence[str],
    *,
    takes_jobs: bool = True,
    model: str | None = None,
    supplies: Supplies | None = None,
    trays: Mapping[str, str] | None = None,
    paper: str = "",
) -> DeviceStatus:
    """The gravest reason gives state, action and message key; paper and toner are told beside it.

    Args:
        supplies: what the printer tells of its trays and cartridges.
        trays: paper kind -> `media-source`, as configured.
        paper: the paper kind that matters; empty: the first of `trays`.
    """
    told = Supplies() if supplies is None else supplies
    kinds = {} if trays is None else trays
    own = told.trays.get(kinds.get(paper or next(iter(kinds), ""), ""))
    keywords = _of_this_tray({_keyword(reason) for reason in reasons} - _IGNORED, own, is_stopped=state == _STOPPED)
    sheets, toner, media = _supplies(keywords)
    if toner is Toner.FULL and told.toner is not None:
        toner = told.toner
    found, action, key = DeviceState.ONLINE, None, None
    for words, trouble, mender, message in _TROUBLES:
        if keywords & words:
            found, action, key = trouble, mender, message
            break
    else:
        if state is None:
            sheets, toner, media = Paper.UNKNOWN, Toner.UNKNOWN, Media.UNKNOWN
            found, action, key = DeviceState.HARDWARE_ERROR, Action.SUSPEND, "sheet_printer.silent"
        elif state == _STOPPED or any(
            reason.endswith("-error") and _keyword(reason) not in _NO_PAPER | _LITTLE_PAPER for reason in reasons
        ):
            found, action, key = DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, "sheet_printer.stopped"
        elif not takes_jobs:
            found, action, key = DeviceState.OFFLINE, Action.CONFIGURATION, "sheet_printer.paused"
    parts = tuple(Part(f"paper.{kind}", told.trays.get(source, Paper.UNKNOWN).value) for kind, source in kinds.items())
    return DeviceStatus(
        found, media=media, paper=sheets, toner=toner, action=action, reason=key, module_id=model, parts=parts
    )


def _of_this_tray(keywords: set[str], own: Paper | None, *, is_stopped: bool) -> set[str]:
    """The keywords with what is known of the one tray in place of what was said of any tray."""
    if own is None or (is_stopped and own is not Paper.OUT):
        return keywords
    rest = keywords - _NO_PAPER - _LITTLE_PAPER
    if own is Paper.OUT:
        return rest | {"media-empty"}
    # needed: it waits for paper at this moment, whatever its trays tell
    rest |= keywords & {"media-needed"}
    return rest | _LITTLE_PAPER if own is Paper.LOW else rest


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


def unanswered(state: DeviceState, reason: str, action: Action) -> DeviceStatus:
    """The status of a printer that has not answered."""
    return DeviceStatus(
        state, media=Media.UNKNOWN, paper=Paper.UNKNOWN, toner=Toner.UNKNOWN, action=action, reason=reason
    )


def whole(attributes: Attributes, name: str) -> int | None:
    """An integer or enum attribute, None when it is not there."""
    value = attributes.get(name, [None])[0]
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def reasons_of(printer: Attributes) -> list[str]:
    """`printer-state-reasons`."""
    return [reason for reason in printer.get("printer-state-reasons", []) if isinstance(reason, str)]


def is_accepting(printer: Attributes) -> bool:
    """`printer-is-accepting-jobs`; what is not said is true."""
    return printer.get("printer-is-accepting-jobs", [True])[0] is not False
