"""The demo's file printer: the IPP driver against the emulator."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import msgspec
import pytest
from PIL import Image

from devices.emulators.sheet_paper import Job
from devices.emulators.sheet_printer import SheetPrinterEmulator
from devices.messages import Command
from devices.receipt_printer.types import Outcome
from devices.sheet_printer.file_driver import make
from devices.sheet_printer.ipp_codec import Attributes
from devices.sheet_printer.ipp_driver import IppDriver
from devices.sheet_printer.types import PRINT, PrintSheet, SerialRun, SheetResult
from devices.status import CompletionCode, DeviceState, Media, Paper, Toner
from kiosk.base.errors import BudayangError
from kiosk.base.sentences import LANGUAGES, sentence
from tests.devices.receipt_printer.slips import Stage, in_background, wait_until
from tests.devices.sheet_printer.sheets import command, pdf, print_sheet, result_of


@contextmanager
def stage(folder: Path, page_s: float = 0.0, **settings: object) -> Iterator[tuple[SheetPrinterEmulator, IppDriver]]:
    emulator = SheetPrinterEmulator(folder / "sheets", page_s=page_s)
    emulator.start()
    driver = make({"tcp_port": emulator.tcp_port, **settings})
    try:
        yield emulator, driver
    finally:
        driver.close()
        emulator.stop()


def sheets(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "sheets").iterdir())


def test_a_sheet_lies_in_the_folder_readable_by_nobody_else(tmp_path: Path) -> None:
    with stage(tmp_path) as (emulator, driver):
        assert driver.open().paper is Paper.FULL
        document = pdf(3)
        assert print_sheet(driver, "j-1", document).outcome is Outcome.PRINTED
        assert sheets(tmp_path) == ["sheet-j-1.pdf"]
        path = tmp_path / "sheets" / "sheet-j-1.pdf"
        assert path.read_bytes() == document
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert emulator.state()["pages"] == 3
        assert emulator.state()["last_sheet"] == str(path)
        emulator.do("forget", {})
        assert sheets(tmp_path) == []


def test_a_repeated_job_is_refused(tmp_path: Path) -> None:
    with stage(tmp_path) as (emulator, driver):
        assert print_sheet(driver, "j-1", pdf()).outcome is Outcome.PRINTED
        driver.close()
        driver.open()
        again = print_sheet(driver, "j-1", pdf())
        assert (again.outcome, again.reason) == (Outcome.PRINTED, "sheet_printer.repeated_job")
        assert emulator.state()["sheets"] == 1


@pytest.mark.parametrize(
    ("action", "key"),
    [("paper_out", "paper_out"), ("jam", "paper_jammed"), ("open_cover", "cover_open"), ("unplug", "power_off")],
)
def test_a_printer_in_trouble_gets_no_document(tmp_path: Path, action: str, key: str) -> None:
    with stage(tmp_path) as (emulator, driver):
        emulator.do(action, {})
        assert driver.open().reason == f"sheet_printer.{key}"
        result = print_sheet(driver, "j-1", pdf())
        assert (result.outcome, result.reason) == (Outcome.NOT_PRINTED, f"sheet_printer.{key}")
        assert emulator.state()["jobs"] == 0


def test_paper_that_ends_in_mid_job_cancels_the_rest(tmp_path: Path) -> None:
    with stage(tmp_path) as (emulator, driver):
        driver.open()
        emulator.do("paper_out_after", {"pages": 2})
        result = print_sheet(driver, "j-1", pdf(5))
        assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "sheet_printer.paper_out")
        emulator.do("refill", {})
        assert driver.status().paper is Paper.FULL
        assert print_sheet(driver, "j-2", pdf(1)).outcome is Outcome.PRINTED
        assert sheets(tmp_path) == ["sheet-j-2.pdf"]
        assert emulator.state()["pages"] == 3
        assert emulator.state()["cut_short"] == 1


class FailingPrinter(SheetPrinterEmulator):
    """Prints while the document still comes, jams, and answers with server-error-device-error."""

    pages_out = 0

    def _take_document(self, job: Job, operation: Attributes, pdf: bytes) -> int:
        super()._take_document(job, operation, pdf)
        job.done = self.pages_out
        self._pages += self.pages_out
        self._is_jammed = True
        return 0x0504


@pytest.mark.parametrize(("pages", "outcome"), [(1, Outcome.UNKNOWN), (0, Outcome.NOT_PRINTED)])
def test_a_printer_that_fails_over_the_document_may_have_printed_unless_it_counts_none(
    tmp_path: Path, pages: int, outcome: Outcome
) -> None:
    emulator = FailingPrinter(tmp_path / "sheets", page_s=60)
    emulator.pages_out = pages
    emulator.start()
    driver = make({"tcp_port": emulator.tcp_port})
    try:
        driver.open()
        result = print_sheet(driver, "j-1", pdf(3))
        assert (result.outcome, result.reason) == (outcome, "sheet_printer.job_aborted")
        assert emulator.state()["waiting"] == 0  # cancelled: it must not come out for the next citizen
    finally:
        driver.close()
        emulator.stop()


def test_a_job_cancelled_before_its_first_page_is_provably_not_printed(tmp_path: Path) -> None:
    with stage(tmp_path, page_s=5.0) as (emulator, driver):
        held = Stage()
        with in_background(lambda: result_of(driver.execute(command("j-1", pdf(2)), held))) as result:
            wait_until(lambda: emulator.state()["waiting"] == 1)
            held.cancelled.set()
            assert (result().outcome, result().reason) == (Outcome.NOT_PRINTED, "sheet_printer.cancelled")
        assert emulator.state()["pages"] == 0


def test_a_sheet_that_is_not_ready_in_time_is_unknown_when_pages_are_out(tmp_path: Path) -> None:
    with stage(tmp_path, page_s=0.15) as (emulator, driver):
        completion = driver.execute(command("j-1", pdf(50), 0.6), Stage())
        assert completion.code is CompletionCode.TIME_OUT
        assert result_of(completion).outcome is Outcome.UNKNOWN
        assert 0 < int(str(emulator.state()["pages"])) < 50
        assert sheets(tmp_path) == []


def test_a_cable_pulled_in_mid_job_makes_the_outcome_unknown(tmp_path: Path) -> None:
    with stage(tmp_path, page_s=0.1) as (emulator, driver):
        driver.open()
        with in_background(lambda: print_sheet(driver, "j-1", pdf(40))) as result:
            wait_until(lambda: int(str(emulator.state()["pages"])) >= 1)
            emulator.do("unplug", {})
            assert (result().outcome, result().reason) == (Outcome.UNKNOWN, "sheet_printer.silent")
        states = [driver.status() for _ in range(3)]
        assert states[-1].state is DeviceState.POWER_OFF
        assert {status.paper for status in states} == {Paper.UNKNOWN}
        assert states[-1].media is Media.UNKNOWN


def test_other_commands_and_broken_jobs_are_refused(tmp_path: Path) -> None:
    with stage(tmp_path) as (emulator, driver):
        assert driver.execute(Command("a", "dispense", 1.0), Stage()).code is CompletionCode.UNSUPPORTED_COMMAND
        assert driver.execute(Command("a", PRINT, 1.0, b"\xc1"), Stage()).code is CompletionCode.INVALID_DATA
        assert print_sheet(driver, "j-1", b"no document").reason == "sheet_printer.bad_job"
        assert print_sheet(driver, "j-2", b"%PDF-1.7 broken").outcome is Outcome.NOT_PRINTED
        assert emulator.state()["sheets"] == 0


TRAYS = {"plain": "tray-1", "licence_a3": "tray-2 A3"}


def full_result(driver: IppDriver, job: PrintSheet) -> SheetResult:
    command = Command(f"a-{job.job_id}", PRINT, 8.0, msgspec.msgpack.encode(job))
    return msgspec.msgpack.decode(driver.execute(command, Stage()).payload, type=SheetResult)


def test_a_licence_comes_out_of_its_tray_on_both_sides_and_its_numbers_are_used(tmp_path: Path) -> None:
    with stage(tmp_path, trays=TRAYS) as (emulator, driver):
        emulator.do("load_serials", {"tray": "tray-2", "first": 500, "sheets": 10})
        job = PrintSheet("j-1", "sheet", pdf(3), 3, "licence_a3", True, SerialRun(500, 10))
        result = full_result(driver, job)
        assert (result.outcome, result.printed_pages, result.lost_pages) == (Outcome.PRINTED, 3, 0)
        assert result.serials is not None
        assert result.serials.remaining == SerialRun(502, 8)
        state = emulator.state()
        assert (state["last_tray"], state["duplex"]) == ("tray-2", True)
        assert state["serials_printed"] == [500, 501]


def test_a_jam_costs_the_sheets_that_the_printer_says_it_costs(tmp_path: Path) -> None:
    with stage(tmp_path, trays=TRAYS, sheets_in_path=2) as (emulator, driver):
        emulator.do("load_serials", {"first": 500, "sheets": 10})
        emulator.do("jam_after", {"pages": 3, "in_path": 2})
        result = full_result(driver, PrintSheet("j-1", "s", pdf(8), 8, "licence_a3", serials=SerialRun(500, 10)))
        assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "sheet_printer.paper_jammed")
        account = result.serials
        assert account is not None
        state = emulator.state()
        assert account.used.serials() == [f"{n:08d}" for n in cast("list[int]", state["serials_printed"])]
        assert account.spoiled.serials() == [f"{n:08d}" for n in cast("list[int]", state["serials_spoiled"])]
        assert account.remaining.count == 5
        emulator.do("clear_jam", {})
        assert driver.status().reason is None


def test_a_page_that_the_printer_lost_is_seen_although_it_says_that_all_is_done(tmp_path: Path) -> None:
    with stage(tmp_path) as (emulator, driver):
        emulator.do("lose_page", {})
        result = full_result(driver, PrintSheet("j-1", "sheet", pdf(3), 3))
        assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "sheet_printer.pages_missing")
        assert (result.printed_pages, result.lost_pages) == (2, 1)
        assert full_result(driver, PrintSheet("j-2", "sheet", pdf(3))).lost_pages is None


@pytest.mark.parametrize(
    ("job", "key"),
    [
        (PrintSheet("j", "s", pdf(), 1, "licence_a5"), "no_paper_kind"),
        (PrintSheet("j", "s", pdf(), 0), "bad_job"),
        (PrintSheet("j", "s", pdf(), None, serials=SerialRun(1, 5)), "bad_job"),
        (PrintSheet("j", "s", pdf(), 1, serials=SerialRun(1, -5)), "bad_job"),
        (PrintSheet("j", "s", pdf(), 3, serials=SerialRun(1, 2)), "serials_short"),
    ],
)
def test_a_job_that_cannot_be_is_refused_before_it_is_made(tmp_path: Path, job: PrintSheet, key: str) -> None:
    with stage(tmp_path, trays=TRAYS) as (emulator, driver):
        result = full_result(driver, job)
        assert (result.outcome, result.reason) == (Outcome.NOT_PRINTED, f"sheet_printer.{key}")
        assert result.serials is None or result.serials.remaining == job.serials
        assert emulator.state()["jobs"] == 0
        assert all(sentence(f"sheet_printer.{key}", language) for language in LANGUAGES)


def test_a_tray_that_the_printer_does_not_have_is_refused(tmp_path: Path) -> None:
    with stage(tmp_path, trays={"plain": "tray-9"}) as (emulator, driver):
        completion = driver.execute(command("j-1", pdf()), Stage())
        assert completion.code is CompletionCode.UNSUPPORTED_DATA
        assert result_of(completion).reason == "sheet_printer.no_tray"
        assert emulator.state()["jobs"] == 0


def test_toner_that_is_out_stops_the_printer(tmp_path: Path) -> None:
    with stage(tmp_path) as (emulator, driver):
        emulator.do("toner_low", {})
        assert driver.status().toner is Toner.LOW
        emulator.do("toner_out", {})
        assert (driver.status().toner, driver.status().reason) == (Toner.OUT, "sheet_printer.toner_out")


def test_the_panel_sees_the_first_page_of_the_last_sheet(tmp_path: Path) -> None:
    with stage(tmp_path) as (emulator, driver):
        with pytest.raises(ValueError, match="path"):
            emulator.do("save", {"path": str(tmp_path / "p.png")})
        assert print_sheet(driver, "j-1", pdf()).outcome is Outcome.PRINTED
        emulator.do("save", {"path": str(tmp_path / "p.png")})
        assert stat.S_IMODE((tmp_path / "p.png").stat().st_mode) == 0o600
        with Image.open(tmp_path / "p.png") as picture:
            assert (picture.format, picture.width > 800, picture.height > picture.width) == ("PNG", True, True)


@pytest.mark.parametrize(
    ("action", "arguments"),
    [("paper_out", {"tray": "tray-3"}), ("load_serials", {"first": -1, "sheets": 3}), ("explode", {})],
)
def test_the_panel_cannot_ask_for_what_there_is_not(tmp_path: Path, action: str, arguments: dict[str, object]) -> None:
    with stage(tmp_path) as (emulator, _), pytest.raises(ValueError, match=r"\w"):
        emulator.do(action, arguments)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"tcp_port": 1, "trays": {"plain": "tray 1"}},
        {"tcp_port": 1, "sheets_in_path": -1},
        {"tcp_port": "1"},
        {"tcp_port": 1, "host": "10.0.0.1"},
        {"tcp_port": 1, "host": "printer"},
        {"tcp_port": 1, "x": 1},
    ],
)
def test_wrong_settings_and_any_other_machine_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"sheet_printer\.bad_settings"):
        make(settings)
