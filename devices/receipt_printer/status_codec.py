"""Real-time status of an ESC/POS printer: the four `DLE EOT n` replies made into a `DeviceStatus`, pure.

Source: EPSON ESC/POS Application Programming Guide, command DLE EOT (real-time status transmission). Each reply is one byte whose
bits 0, 1, 4 and 7 are fixed (0xx1xx10); a byte of another form is noise and counts as no reply.
"""

from dataclasses import dataclass

from devices.status import Action, DeviceState, DeviceStatus, Paper

_FIXED_BITS = 0x93
_FIXED_VALUE = 0x12

_OFFLINE = 0x08  # n = 1
_COVER_OPEN, _FEEDING, _PAPER_STOP, _ERROR = 0x04, 0x08, 0x20, 0x40  # n = 2
_CUTTER, _UNRECOVERABLE, _RECOVERS = 0x08, 0x20, 0x40  # n = 3
_NEAR_END, _END = 0x0C, 0x60  # n = 4


def is_reply(byte: int) -> bool:
    """Whether a byte has the form of a DLE EOT reply."""
    return byte & _FIXED_BITS == _FIXED_VALUE


def is_offline(printer: int) -> bool:
    """Whether the reply to DLE EOT 1 says that the printer has stopped."""
    return bool(printer & _OFFLINE)


@dataclass(frozen=True)
class Replies:
    """The replies to DLE EOT 1-4 (0-255); ``None`` where none came. Bytes of another form are taken as none."""

    printer: int | None = None
    offline_cause: int | None = None
    error_cause: int | None = None
    paper_sensor: int | None = None

    def __post_init__(self) -> None:
        for name in ("printer", "offline_cause", "error_cause", "paper_sensor"):
            value = getattr(self, name)
            if value is not None and not is_reply(value):
                object.__setattr__(self, name, None)

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all was said."""
        return self.printer is None


def decode(replies: Replies, module_id: str | None = None) -> DeviceStatus:
    """What the printer says of itself; the gravest trouble gives state, action and reason.

    A missing reply never counts as good: without `paper_sensor` the paper is `unknown`, without `printer` so is everything.
    """
    if replies.printer is None:
        return silent(module_id)
    paper = _paper(replies)
    cover = None if replies.offline_cause is None else bool(replies.offline_cause & _COVER_OPEN)
    cause, error = replies.offline_cause or 0, replies.error_cause or 0
    state, action, reason = DeviceState.ONLINE, None, None
    if error & _UNRECOVERABLE:
        state, action, reason = DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, "receipt_printer.unrecoverable"
    elif error & _CUTTER:
        # what stops a cutter is paper: hall staff can take it out
        state, action, reason = DeviceState.HARDWARE_ERROR, Action.CLEAR, "receipt_printer.cutter_jammed"
        paper = Paper.JAMMED
    elif cover:
        state, action, reason = DeviceState.USER_ERROR, Action.CLEAR, "receipt_printer.cover_open"
    elif paper is Paper.OUT:
        state, action, reason = DeviceState.USER_ERROR, Action.CLEAR, "receipt_printer.paper_out"
    elif error & _RECOVERS:
        state, action, reason = DeviceState.HARDWARE_ERROR, Action.SUSPEND, "receipt_printer.recovering"
    elif cause & _ERROR:
        state, action, reason = DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, "receipt_printer.error"
    elif cause & _FEEDING:
        state, action, reason = DeviceState.USER_ERROR, Action.SUSPEND, "receipt_printer.feeding"
    elif is_offline(replies.printer):
        state, action, reason = DeviceState.HARDWARE_ERROR, Action.SUSPEND, "receipt_printer.stopped"
    elif paper is Paper.UNKNOWN:
        action, reason = Action.SUSPEND, "receipt_printer.paper_unknown"
    return DeviceStatus(state, paper=paper, action=action, reason=reason, module_id=module_id, cover_open=cover)


def silent(module_id: str | None = None) -> DeviceStatus:
    """The status of a printer that has not answered, before it counts as gone."""
    return DeviceStatus(
        DeviceState.ONLINE,
        paper=Paper.UNKNOWN,
        action=Action.SUSPEND,
        reason="receipt_printer.silent",
        module_id=module_id,
    )


def gone(module_id: str | None = None) -> DeviceStatus:
    """The status of a printer that is off or unplugged."""
    return DeviceStatus(
        DeviceState.POWER_OFF,
        paper=Paper.UNKNOWN,
        action=Action.CLEAR,
        reason="receipt_printer.power_off",
        module_id=module_id,
    )


def is_clean(status: DeviceStatus) -> bool:
    """Whether a job may begin, or has ended well: online, nothing to complain of, paper seen."""
    return status.state is DeviceState.ONLINE and status.reason is None and status.paper in (Paper.FULL, Paper.LOW)


def _paper(replies: Replies) -> Paper:
    if replies.offline_cause is not None and replies.offline_cause & _PAPER_STOP:
        return Paper.OUT
    if replies.paper_sensor is None:
        return Paper.UNKNOWN
    if replies.paper_sensor & _END:
        return Paper.OUT
    if replies.paper_sensor & _NEAR_END:
        return Paper.LOW
    return Paper.FULL
