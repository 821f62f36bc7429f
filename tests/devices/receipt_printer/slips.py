"""Slips and a stage for tests of the receipt printer: the real driver against the emulator's wires."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.messages import Command, Completion
from devices.receipt_printer.escpos_driver import EscposDriver, make
from devices.receipt_printer.types import PRINT, Align, JobResult, Line, PrintReceipt, Style

SHORT = (
    Line("住房公积金查询凭条", Style.TITLE, Align.CENTRE),
    Line("", Style.RULE),
    Line("姓名", right="张*"),
    Line("账户余额（元）", Style.STRONG, right="128,456.07"),
)
LONG = (*SHORT, *(Line(f"明细第 {number} 行：缴存", right=f"{number},000.00") for number in range(1, 40)))


_Result = TypeVar("_Result")


@dataclass
class Stage:
    """A command's `Execution` whose cancellation the test holds."""

    action_id: str = "a-1"
    cancelled: threading.Event = field(default_factory=threading.Event)

    def is_cancelled(self) -> bool:
        return self.cancelled.is_set()

    def emit(self, name: str, payload: bytes = b"") -> None:
        raise AssertionError("a printer tells no events")


def command(job_id: str, lines: tuple[Line, ...] = SHORT, timeout_s: float = 10.0) -> Command:
    """The command of a slip."""
    return Command("a-1", PRINT, timeout_s, msgspec.msgpack.encode(PrintReceipt(job_id, lines)))


def result_of(completion: Completion) -> JobResult:
    """The payload."""
    return msgspec.msgpack.decode(completion.payload, type=JobResult)


def print_slip(
    driver: EscposDriver, job_id: str, lines: tuple[Line, ...] = SHORT, timeout_s: float = 10.0
) -> JobResult:
    """Prints and returns the result."""
    return result_of(driver.execute(command(job_id, lines, timeout_s), Stage()))


@contextmanager
def stage(
    *, wire: str = "serial", paced: bool = False, mm_per_s: float = 250.0, dialect: str = "escpos", **settings: object
) -> Iterator[tuple[ReceiptPrinterEmulator, EscposDriver]]:
    """Emulator and driver on a wire; both are ended.

    `usb`: the pseudo-terminal stands for /dev/usb/lpN; it too is a character device that polls, takes what fits and hangs up.
    """
    emulator = ReceiptPrinterEmulator(paced=paced, mm_per_s=mm_per_s, dialect=dialect)
    emulator.start()
    address: dict[str, object] = {"port": emulator.port}
    if wire == "tcp":
        address = {"host": "127.0.0.1", "tcp_port": emulator.tcp_port}
    if wire == "usb":
        address = {"path": emulator.port}
    driver = make({**address, **settings})
    try:
        yield emulator, driver
    finally:
        driver.close()
        emulator.stop()


def wait_until(holds: Callable[[], bool], within_s: float = 10.0) -> None:
    """Polls what another thread brings about; fails after `within_s`."""
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.002)


@contextmanager
def in_background(call: Callable[[], _Result]) -> Iterator[Callable[[], _Result]]:
    """Runs a job beside the test; the yielded function waits for its result."""
    results: list[_Result] = []
    thread = threading.Thread(target=lambda: results.append(call()), name="job")
    thread.start()

    def result() -> _Result:
        thread.join(20)
        assert results, "the job did not end"
        return results[0]

    try:
        yield result
    finally:
        thread.join(20)
