"""The A4 printer as the terminal sees it."""

from collections.abc import Callable

import msgspec

from devices.messages import Command
from devices.receipt_printer.job import JobWatch
from devices.sheet_printer.paper_serials import broken_off, untouched
from devices.sheet_printer.types import PRINT, Outcome, PrintSheet, SheetResult
from devices.status import DeviceClass, DeviceStatus
from devices.supervisor import Supervisor

_REPETITIONS = ("sheet_printer.repeated_job", "device.repeated_action")


class SheetPrinter:
    """Typed commands of the class `sheet_printer`; any thread, never blocks."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor

    def print_sheet(
        self, action_id: str, sheet: PrintSheet, timeout_s: float, on_result: Callable[[SheetResult], None]
    ) -> None:
        """Prints one document. `on_result` gets exactly one `SheetResult`, on the supervisor's thread; it must not block."""
        command = Command(action_id, PRINT, timeout_s, msgspec.msgpack.encode(sheet))
        watch = JobWatch(sheet.job_id, lambda result: on_result(accounted(sheet, result)), SheetResult)
        self._supervisor.submit(DeviceClass.SHEET_PRINTER, command, watch)

    def cancel(self, action_id: str) -> None:
        """Gives a job up; its result still comes."""
        self._supervisor.cancel(DeviceClass.SHEET_PRINTER, action_id)

    def status(self) -> DeviceStatus:
        """The last status told."""
        return self._supervisor.status(DeviceClass.SHEET_PRINTER)


def accounted(sheet: PrintSheet, result: SheetResult) -> SheetResult:
    """The result with an account of the numbered sheets also when the host that had them died, hung or was stopped.

    Then nobody has counted: every sheet that the job may have taken is spoiled. A repetition took none, and the first result told.
    """
    if sheet.serials is None or result.serials is not None or result.reason in _REPETITIONS:
        return result
    if result.outcome is Outcome.NOT_PRINTED:
        account = untouched(sheet.serials)
    else:
        # the most that it can be: one page a sheet
        most = sheet.serials.count if sheet.pages is None else sheet.pages
        account = broken_off(sheet.serials, most, finished=None, in_path=0)
    return msgspec.structs.replace(result, pages=sheet.pages, serials=account)
