"""The receipt printer as the terminal sees it."""

import msgspec

from devices.messages import Command
from devices.receipt_printer.job import JobWatch, ResultReceiver
from devices.receipt_printer.types import PRINT, JobResult, PrintReceipt
from devices.status import DeviceClass, DeviceStatus
from devices.supervisor import Supervisor


class ReceiptPrinter:
    """Typed commands of the class `receipt_printer`; any thread, never blocks."""

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor

    def print_receipt(self, action_id: str, receipt: PrintReceipt, timeout_s: float, on_result: ResultReceiver) -> None:
        """Prints one receipt. `on_result` gets exactly one `JobResult`, on the supervisor's thread; it must not block."""
        command = Command(action_id, PRINT, timeout_s, msgspec.msgpack.encode(receipt))
        self._supervisor.submit(DeviceClass.RECEIPT_PRINTER, command, JobWatch(receipt.job_id, on_result, JobResult))

    def cancel(self, action_id: str) -> None:
        """Gives a job up; its result still comes."""
        self._supervisor.cancel(DeviceClass.RECEIPT_PRINTER, action_id)

    def status(self) -> DeviceStatus:
        """The last status told."""
        return self._supervisor.status(DeviceClass.RECEIPT_PRINTER)
