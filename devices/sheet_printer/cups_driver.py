"""Prints sheets through a CUPS queue, by IPP on the server's own Unix socket.

Why not the other ways: pycups needs a compiler and blocks without a bound; the `lp` and `lpstat` programs give sentences in the
machine's language instead of states. IPP is what both speak underneath.

CUPS keeps printed documents for a day by default. This driver refuses to print unless `PreserveJobFiles` and `PreserveJobHistory` are both
off, in the server's settings **and** by what it shows: a list of ended jobs proves that they are kept. Without history a job vanishes
the moment it ends, so how it ended is learnt from a subscription (RFC 3995/3996, pulled). Idle health: CUPS refreshes its printer's
reasons only while a job runs. So the printer itself is asked over IPP (the queue's device, or `ipp_url`) for its state, trays, toner and
pages; documents go through the queue alone. Without such a way (USB, raw sockets) an empty tray shows when a job meets it, and afterwards
the paper is `unknown` until the next one.
"""

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from devices.sheet_printer.ipp_codec import STATUS_OK_LIMIT, Attribute, Attributes, JobState, Operation, Tag
from devices.sheet_printer.ipp_driver import STATUS_S, IppDriver
from devices.sheet_printer.ipp_wire import Address, IppWire, PrinterSilentError, PrinterUnreachableError, address_of
from devices.sheet_printer.job_account import JobRules
from devices.sheet_printer.paper_choice import Papers, read_trays
from devices.status import Action, DeviceState, DeviceStatus
from kiosk.base.errors import BudayangError

_OFF = frozenset({"no", "off", "false", "0"})
_KEPT = ("preservejobfiles", "preservejobhistory")
_LEASE_S = 3600
NO_URL = "none"
"""The value of `ipp_url` that keeps the driver from asking the printer itself."""
_OWNER = Attribute(Tag.NAME, "requesting-user-name", ["terminal"])


@dataclass(frozen=True)
class Settings:
    """Attributes:
    queue: name of the CUPS queue.
    socket: the server's Unix socket.
    server_settings: the server's `cupsd.conf`; when it may not be read, the server itself is asked for it.
    ipp_url: of the printer itself, ``ipp://host/ipp/print`` or ``ipps:``; None: the queue's device, if it is one; "none": do not ask.
    trays: paper kind -> the printer's `media-source`, with the size when it is not A4: ``{plain: tray-1, licence_a3: tray-2 A3}``.
    duplex: print on both sides unless a job says otherwise.
    paper_wait_s, sheets_in_path: see `JobRules`.
    """

    queue: str
    socket: str = "/run/cups/cups.sock"
    server_settings: str = "/etc/cups/cupsd.conf"
    ipp_url: str | None = None
    trays: dict[str, str] = field(default_factory=dict)
    duplex: bool = False
    paper_wait_s: float = 0.0
    sheets_in_path: int = 1


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
            Address(f"/printers/{settings.queue}", settings.socket),
            counts_pages=False,
            is_queue=True,
            papers=Papers(read_trays(settings.trays), settings.duplex),
            rules=JobRules(settings.paper_wait_s, settings.sheets_in_path),
        )
        self._settings_path = Path(settings.server_settings)
        self._ipp_url = settings.ipp_url
        self._direct: IppWire | None = None
        self._subscription: int | None = None

    def direct(self, queue: Attributes) -> IppWire | None:
        """The printer behind the queue, if it speaks IPP."""
        url = queue.get("device-uri", [None])[0] if self._ipp_url is None else self._ipp_url
        # what CUPS adds to a device behind "?" are options of its back end
        address = address_of(url.partition("?")[0]) if isinstance(url, str) else None
        if address is None:
            return None
        if self._direct is None or self._direct.address != address:
            self._direct = IppWire(address, STATUS_S)
        return self._direct

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
        if self.is_deaf:
            return
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
    is_known = not set(settings) - set(Settings.__dataclass_fields__)
    is_url = checked.ipp_url in (None, NO_URL) or address_of(checked.ipp_url or "") is not None
    is_queue = checked.queue.replace("-", "").replace("_", "").isalnum()
    if not (is_known and is_url and is_queue and checked.paper_wait_s >= 0 and checked.sheets_in_path >= 0):
        raise BudayangError("sheet_printer.bad_settings")
    try:
        return CupsDriver(checked)
    except ValueError:
        raise BudayangError("sheet_printer.bad_settings") from None
