"""The public classes: exactly one result for each job, whatever happens to the host."""

import os
import queue
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.emulators.sheet_printer import SheetPrinterEmulator
from devices.messages import Acknowledge, Completion
from devices.receipt_printer.job import JobWatch
from devices.receipt_printer.printer import ReceiptPrinter
from devices.receipt_printer.types import JobResult, Outcome, PrintReceipt
from devices.sheet_printer.printer import SheetPrinter
from devices.sheet_printer.types import PrintSheet
from devices.status import CompletionCode, DeviceClass
from devices.supervisor import Supervisor
from tests.devices.receipt_printer.slips import LONG, SHORT, wait_until
from tests.devices.sheet_printer.sheets import pdf


@pytest.mark.parametrize(
    ("code", "reason", "is_acknowledged", "outcome"),
    [
        (CompletionCode.HARDWARE_ERROR, "device.interrupted", True, Outcome.UNKNOWN),
        (CompletionCode.HARDWARE_ERROR, "device.interrupted", False, Outcome.UNKNOWN),
        (CompletionCode.TIME_OUT, "device.hung", True, Outcome.UNKNOWN),
        (CompletionCode.CANCELED, "device.stopping", False, Outcome.UNKNOWN),
        (CompletionCode.INVALID_REQUEST_ID, "device.repeated_action", False, Outcome.UNKNOWN),
        (CompletionCode.CANCELED, None, True, Outcome.UNKNOWN),
        (CompletionCode.CANCELED, None, False, Outcome.NOT_PRINTED),
        (CompletionCode.TIME_OUT, "device.no_time_left", False, Outcome.NOT_PRINTED),
        (CompletionCode.DEVICE_NOT_READY, "device.not_configured", False, Outcome.NOT_PRINTED),
        (CompletionCode.DEVICE_NOT_READY, "receipt_printer.bad_settings", True, Outcome.NOT_PRINTED),
    ],
)
def test_a_completion_without_a_result_is_unknown_unless_nothing_can_have_begun(
    code: CompletionCode, reason: str | None, is_acknowledged: bool, outcome: Outcome
) -> None:
    results: list[JobResult] = []
    watch = JobWatch("j-1", results.append, JobResult)
    if is_acknowledged:
        watch(Acknowledge("a-1"))
    watch(Completion("a-1", code, reason))
    watch(Completion("a-1", code, reason))
    assert results == [JobResult("j-1", outcome, reason)]


def test_a_payload_counts_and_a_broken_one_is_unknown() -> None:
    results: list[JobResult] = []
    payload = msgspec.msgpack.encode(JobResult("j-1", Outcome.PRINTED))
    JobWatch("j-1", results.append, JobResult)(Completion("a", CompletionCode.SUCCESS, None, payload))
    JobWatch("j-2", results.append, JobResult)(Completion("a", CompletionCode.SUCCESS, None, b"\xc1"))
    assert [result.outcome for result in results] == [Outcome.PRINTED, Outcome.UNKNOWN]


@contextmanager
def supervised(devices: Mapping[DeviceClass, Mapping[str, Any]]) -> Iterator[Supervisor]:
    supervisor = Supervisor(devices, lambda _device, _status: None)
    supervisor.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()


def test_slip_and_sheet_are_printed_through_their_host_processes(tmp_path: Path) -> None:
    slips = ReceiptPrinterEmulator(paced=False)
    sheets = SheetPrinterEmulator(tmp_path, page_s=0.0)
    slips.start()
    sheets.start()
    results: queue.Queue[JobResult] = queue.Queue()
    try:
        with supervised(
            {
                DeviceClass.RECEIPT_PRINTER: {"driver": "escpos", "port": slips.port},
                DeviceClass.SHEET_PRINTER: {"driver": "file", "tcp_port": sheets.tcp_port},
            }
        ) as supervisor:
            ReceiptPrinter(supervisor).print_receipt("a-1", PrintReceipt("j-1", SHORT), 10, results.put)
            SheetPrinter(supervisor).print_sheet("a-2", PrintSheet("j-2", "sheet", pdf()), 10, results.put)
            outcomes = {result.job_id: result.outcome for result in (results.get(timeout=12), results.get(timeout=12))}
        assert outcomes == {"j-1": Outcome.PRINTED, "j-2": Outcome.PRINTED}
        assert slips.state()["cuts_by_job"] == [1]
        assert sheets.state()["sheets"] == 1
    finally:
        slips.stop()
        sheets.stop()


@pytest.mark.allow_log("host|lost")
def test_a_host_killed_in_mid_slip_leaves_an_unknown_outcome_and_one_cut_at_most() -> None:
    slips = ReceiptPrinterEmulator(mm_per_s=40.0)
    slips.start()
    results: queue.Queue[JobResult] = queue.Queue()
    try:
        with supervised({DeviceClass.RECEIPT_PRINTER: {"driver": "escpos", "port": slips.port}}) as supervisor:
            printer = ReceiptPrinter(supervisor)
            printer.print_receipt("a-1", PrintReceipt("j-1", LONG), 20, results.put)
            wait_until(lambda: int(str(slips.state()["lines"])) >= 2, 20)
            os.kill(supervisor.pids()[DeviceClass.RECEIPT_PRINTER], signal.SIGKILL)
            assert results.get(timeout=20).outcome is Outcome.UNKNOWN
            # the next process clears the printer and cuts the fragment off before anything else
            wait_until(lambda: slips.state()["cuts_by_job"] == [1], 20)
            printer.print_receipt("a-2", PrintReceipt("j-2", SHORT), 20, results.put)
            assert results.get(timeout=20).outcome is Outcome.PRINTED
        assert slips.state()["cuts_by_job"] == [1, 1]
    finally:
        slips.stop()
