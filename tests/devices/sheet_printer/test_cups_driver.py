"""The CUPS driver against a real cupsd."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.receipt_printer.types import Outcome
from devices.sheet_printer.cups_driver import CupsDriver, keeps_jobs, make
from devices.status import Action, CompletionCode, DeviceState, Paper
from kiosk.base.errors import BudayangError
from tests.devices.receipt_printer.slips import Stage, in_background, wait_until
from tests.devices.sheet_printer.cups_server import CupsServer, cups_server
from tests.devices.sheet_printer.sheets import command, pdf, print_sheet, result_of

pytestmark = pytest.mark.xdist_group("cups")


@pytest.fixture(scope="module")
def _running() -> Iterator[CupsServer]:
    with cups_server() as server:
        yield server


@pytest.fixture
def server(_running: CupsServer) -> Iterator[CupsServer]:
    _running.set_mode("ok")
    yield _running
    _running.set_mode("ok")


def driver_of(server: CupsServer) -> CupsDriver:
    return make({"queue": "sheets", "socket": str(server.socket), "server_settings": str(server.settings)})


def test_a_sheet_is_printed_once_and_nothing_of_it_stays_in_the_spool(server: CupsServer) -> None:
    driver = driver_of(server)
    status = driver.open()
    assert (status.state, status.reason) == (DeviceState.ONLINE, None)
    before = len(server.printed())
    sheet = pdf(2)
    assert print_sheet(driver, "j-1", sheet).outcome is Outcome.PRINTED
    assert server.printed()[before:] == [sheet]
    wait_until(lambda: server.kept() == [])
    assert server.titles()[-1] == "sheet"
    assert driver.status().reason is None
    assert print_sheet(driver, "j-1", sheet).reason == "sheet_printer.repeated_job"
    assert len(server.printed()) == before + 1


def test_an_empty_tray_cancels_the_job_so_that_it_never_comes_out_later(server: CupsServer) -> None:
    driver = driver_of(server)
    driver.open()
    before = len(server.printed())
    server.set_mode("empty")
    result = print_sheet(driver, "j-1", pdf())
    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "sheet_printer.paper_out")
    server.set_mode("ok")
    wait_until(lambda: server.kept() == [])
    # the queue forgets the empty tray a moment after the job
    wait_until(lambda: (driver.status().paper, driver.status().reason) == (Paper.UNKNOWN, None))
    assert len(server.printed()) == before
    assert print_sheet(driver, "j-2", pdf()).outcome is Outcome.PRINTED
    assert len(server.printed()) == before + 1


def test_a_back_end_that_fails_is_no_printed_sheet(server: CupsServer) -> None:
    driver = driver_of(server)
    driver.open()
    server.set_mode("broken")
    result = print_sheet(driver, "j-1", pdf())
    assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "sheet_printer.job_aborted")


def test_a_sheet_that_is_not_ready_in_time_is_cancelled_and_unknown(server: CupsServer) -> None:
    driver = driver_of(server)
    driver.open()
    server.set_mode("slow")
    completion = driver.execute(command("j-1", pdf(), 0.5), Stage())
    assert completion.code is CompletionCode.TIME_OUT
    assert result_of(completion).outcome is Outcome.UNKNOWN
    wait_until(lambda: server.kept() == [])


def test_a_cancelled_sheet_is_cancelled_at_the_server(server: CupsServer) -> None:
    driver = driver_of(server)
    driver.open()
    server.set_mode("slow")
    held = Stage()
    with in_background(lambda: result_of(driver.execute(command("j-1", pdf()), held))) as result:
        wait_until(lambda: server.kept() != [])
        held.cancelled.set()
        assert result().reason == "sheet_printer.cancelled"
    wait_until(lambda: server.kept() == [])


def test_a_queue_that_is_not_there_is_told(server: CupsServer) -> None:
    driver = make({"queue": "other", "socket": str(server.socket), "server_settings": str(server.settings)})
    status = driver.open()
    assert (status.action, status.reason) == (Action.CONFIGURATION, "sheet_printer.no_queue")


def test_a_server_that_is_not_there_is_power_off(tmp_path: Path) -> None:
    driver = make({"queue": "sheets", "socket": str(tmp_path / "none")})
    assert driver.open().state is DeviceState.POWER_OFF
    result = print_sheet(driver, "j-1", pdf())
    assert (result.outcome, result.reason) == (Outcome.NOT_PRINTED, "sheet_printer.power_off")


def test_settings_that_nobody_can_read_are_not_taken_for_good(server: CupsServer, tmp_path: Path) -> None:
    driver = make({"queue": "sheets", "socket": str(server.socket), "server_settings": str(tmp_path / "none")})
    status = driver.open()
    # with rights the server itself tells its settings, without them the driver refuses
    assert status.reason in (None, "sheet_printer.settings_unreadable")


@pytest.mark.parametrize(
    ("text", "keeps"),
    [
        ("", True),
        ("PreserveJobFiles No\n", True),
        ("PreserveJobHistory No\n", True),
        ("PreserveJobFiles No\nPreserveJobHistory No\n", False),
        ("preservejobfiles off # a note\n PRESERVEJOBHISTORY False\n", False),
        ("PreserveJobFiles 86400\nPreserveJobHistory No\n", True),
        ("#PreserveJobFiles No\nPreserveJobHistory No\n", True),
        ("PreserveJobFiles No\nPreserveJobHistory No\nPreserveJobFiles Yes\n", True),
    ],
)
def test_what_the_settings_do_not_say_is_kept(text: str, keeps: bool) -> None:
    assert keeps_jobs(text) is keeps


@pytest.mark.parametrize(
    "settings", [{}, {"queue": "a b"}, {"queue": "x", "colour": 1}, {"queue": "../x"}, {"queue": 3}]
)
def test_wrong_settings_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"sheet_printer\.bad_settings"):
        make(settings)
