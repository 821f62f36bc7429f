"""The A4 printer as the terminal sees it."""

from collections.abc import Callable

import msgspec

from devices.messages import Command
from devices.receipt_printer.job import JobWatch
from devices.sheet_printer.types import PRINT, PrintSheet, SheetResult
from devices.status import DeviceClass, DeviceStatus
from devices.supervisor import Supervisor


class SheetPrinter:
    """Typed commands of the class `sheet_printer`; any thread, never blocks."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor

    def print_sheet(
        self, action_id: str, sheet: PrintSheet, timeout_s: float, on_result: Callable[[SheetResult], None]
    ) -> None:
        """Prints one document. `on_result` gets exactly one `SheetResult`, on the supervisor's thread; it must not block.

        When a host died, hung or was stopped with numbered sheets in it, the result has no `serials`: then all sheets of the job count
        as spoiled until a person has looked (`paper_serials.broken_off` with `finished` None).
        """
        command = Command(action_id, PRINT, timeout_s, msgspec.msgpack.encode(sheet))
        self._supervisor.submit(DeviceClass.SHEET_PRINTER, command, JobWatch(sheet.job_id, on_result, SheetResult))

    def cancel(self, action_id: str) -> None:
        """Gives a job up; its result still comes."""
        self._supervisor.cancel(DeviceClass.SHEET_PRINTER, action_id)

    def status(self) -> DeviceStatus:
        """The last status told."""
        return self._supervisor.status(DeviceClass.SHEET_PRINTER)
