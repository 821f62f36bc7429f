"""Prints sheets through a CUPS queue, by IPP on the server's own Unix socket.

Why not the other ways: pycups needs a compiler and blocks without a bound; the `lp` and `lpstat` programs give sentences in the
machine's language instead of states. IPP is what both speak underneath.

CUPS keeps printed documents for a day by default. This driver refuses to print unless `PreserveJobFiles` and `PreserveJobHistory` are both
off, in the server's settings **and** by what it shows: a list of ended jobs proves that they are kept. Without history a job vanishes
the moment it ends, so how it ended is learnt from a subscription (RFC 3995/3996, pulled). Idle health: CUPS refreshes its printer's
reasons only while a job runs, so an empty tray shows when a job meets it, and afterwards the paper is `unknown` until the next one.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from devices.sheet_printer.ipp_codec import STATUS_OK_LIMIT, Attribute, JobState, Operation, Tag
from devices.sheet_printer.ipp_driver import IppDriver
from devices.sheet_printer.ipp_wire import Address, PrinterSilentError, PrinterUnreachableError
from devices.status import Action, DeviceState, DeviceStatus
from kiosk.base.errors import BudayangError

_OFF = frozenset({"no", "off", "false", "0"})
_KEPT = ("preservejobfiles", "preservejobhistory")
_LEASE_S = 3600
_OWNER = Attribute(Tag.NAME, "requesting-user-name", ["terminal"])


@dataclass(frozen=True)
class Settings:
    """Attributes:
    queue: name of the CUPS queue.
    socket: the server's Unix socket.
    server_settings: the server's `cupsd.conf`; when it may not be read, the server itself is asked for it.
    """

    queue: str
    socket: str = "/run/cups/cups.sock"
    server_settings: str = "/etc/cups/cupsd.conf"


def keeps_jobs(settings: str) -> bool:
    """Whether a `cupsd.conf` keeps documents or history; what is not said is kept (CUPS 2.4 `cupsd.conf(5)`)."""
    values = dict.fromkeys(_KEPT, "yes")
    for line in settings.splitlines():
        words = line.split("#", 1)[0].split()
        if len(words) >= 2 and words[0].lower() in values:
            values[words[0].lower()] = words[1].lower()
    return any(value not in _OFF for value in values.values())


class CupsDriver(IppDriver):
    """A queue of a CUPS server on this machine."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            Address(f"/printers/{settings.queue}", settings.socket), counts_pages=False, has_stale_reasons=True
        )
        self._settings_path = Path(settings.server_settings)
        self._subscription: int | None = None

    def refusal(self) -> DeviceStatus | None:
        text = self._server_settings()
        if text is None:
            return _misconfigured("sheet_printer.settings_unreadable")
        if keeps_jobs(text) or self._shows_ended_jobs():
            return _misconfigured("sheet_printer.keeps_jobs")
        return None

    def before_job(self) -> None:
        """Asks to be told how jobs end."""
        wishes = [
            Attribute(Tag.KEYWORD, "notify-pull-method", ["ippget"]),
            Attribute(Tag.KEYWORD, "notify-events", ["job-completed"]),
            Attribute(Tag.INTEGER, "notify-lease-duration", [_LEASE_S]),
        ]
        answer = self.wire.ask(Operation.CREATE_PRINTER_SUBSCRIPTIONS, [_OWNER], [(Tag.SUBSCRIPTION, wishes)])
        number = answer.first(Tag.SUBSCRIPTION).get("notify-subscription-id", [None])[0]
        self._subscription = number if isinstance(number, int) else None

    def after_job(self) -> None:
        if self._subscription is None:
            return
        chosen = Attribute(Tag.INTEGER, "notify-subscription-id", [self._subscription])
        self._subscription = None
        try:
            self.wire.ask(Operation.CANCEL_SUBSCRIPTION, [_OWNER, chosen])
        except (PrinterUnreachableError, PrinterSilentError):
            return  # its lease ends it

    def ending_of_gone_job(self, job_number: int) -> JobState | None:
        if self._subscription is None:
            return None
        chosen = Attribute(Tag.INTEGER, "notify-subscription-ids", [self._subscription])
        try:
            answer = self.wire.ask(Operation.GET_NOTIFICATIONS, [_OWNER, chosen])
        except (PrinterUnreachableError, PrinterSilentError):
            return None
        for event in reversed(answer.all(Tag.EVENT)):
            state = event.get("job-state", [None])[0]
            if (
                event.get("notify-job-id", [None])[0] == job_number
                and isinstance(state, int)
                and state in set(JobState)
            ):
                return JobState(state)
        return None

    def _server_settings(self) -> str | None:
        try:
            return self._settings_path.read_text("utf-8", "replace")
        except OSError:
            answer = self.wire.read("/admin/conf/cupsd.conf")
        return None if answer is None else answer.decode("utf-8", "replace")

    def _shows_ended_jobs(self) -> bool:
        wanted = [
            _OWNER,
            Attribute(Tag.INTEGER, "limit", [1]),
            Attribute(Tag.KEYWORD, "requested-attributes", ["job-id"]),
            Attribute(Tag.KEYWORD, "which-jobs", ["completed"]),
        ]
        answer = self.wire.ask(Operation.GET_JOBS, wanted)
        return answer.code >= STATUS_OK_LIMIT or bool(answer.all(Tag.JOB))


def _misconfigured(reason: str) -> DeviceStatus:
    return DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.CONFIGURATION, reason=reason)


def make(settings: dict[str, object]) -> CupsDriver:
    """Makes the driver from its part of the configuration; raises `BudayangError` for a wrong value."""
    try:
        checked = msgspec.convert(settings, type=Settings, strict=True)
    except msgspec.ValidationError:
        raise BudayangError("sheet_printer.bad_settings") from None
    if (
        set(settings) - set(Settings.__dataclass_fields__)
        or not checked.queue.replace("-", "").replace("_", "").isalnum()
    ):
        raise BudayangError("sheet_printer.bad_settings")
    return CupsDriver(checked)
