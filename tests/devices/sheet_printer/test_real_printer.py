"""The CUPS driver with a real IPP printer behind its queue: trays, both sides, pages, and the ways to the printer itself."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.sheet_printer.cups_driver import make
from devices.sheet_printer.ipp_wire import Address, address_of
from devices.sheet_printer.types import SerialRun
from devices.status import DeviceState, Paper
from kiosk.base.errors import BudayangError
from tests.devices.sheet_printer.real_printer import EMPTY, FULL
from tests.devices.sheet_printer.real_stage import real_stage
from tests.devices.sheet_printer.sheets import pages_in

pytestmark = pytest.mark.xdist_group("cups")


def test_a_licence_is_printed_on_both_sides_from_its_tray_and_each_page_is_counted() -> None:
    with real_stage() as stage:
        result = stage.print("j-1", 3, paper="licence_a3", duplex=True, serials=SerialRun(100, 10))
        assert (result.outcome, result.printed_pages, result.lost_pages) == (Outcome.PRINTED, 3, 0)
        assert result.serials is not None
        assert result.serials.used.serials() == ["00000100", "00000101"]
        assert stage.printer.wishes()["IPP_SIDES"] == "two-sided-long-edge"
        assert stage.tray_and_width(1) == ("tray-2", 29700)
        assert stage.driver.status().module_id == "Real A3 printer"
        plain = stage.print("j-2", 1)
        assert (plain.outcome, plain.printed_pages) == (Outcome.PRINTED, 1)
        assert stage.printer.wishes()["IPP_SIDES"] == "one-sided"
        assert stage.tray_and_width(2) == ("tray-1", 21000)
        assert [pages_in(sheet) for sheet in stage.printer.printed()] == [3, 1]


def test_a_raw_queue_that_would_lose_the_tray_on_the_way_is_refused() -> None:
    with real_stage(queue="raw") as stage:
        result = stage.print("j-1", paper="licence_a3")
        assert (result.outcome, result.reason) == (Outcome.NOT_PRINTED, "sheet_printer.queue_without_trays")
        stage.driver = make({**stage.settings, "trays": {}})
        assert stage.print("j-2").outcome is Outcome.PRINTED


def test_a_tray_or_a_paper_that_is_not_there_is_refused_before_any_job() -> None:
    with real_stage() as stage:
        assert stage.print("j-1", paper="licence_a5").reason == "sheet_printer.no_paper_kind"
        for trays, key in (({"plain": "tray-3"}, "no_tray"), ({"plain": "tray-1 A5"}, "no_size")):
            stage.driver = make({**stage.settings, "trays": trays})
            result = stage.print("j-1")
            assert (result.outcome, result.reason) == (Outcome.NOT_PRINTED, f"sheet_printer.{key}")
        assert stage.printer.pages_out() == 0


@pytest.mark.parametrize("scheme", ["ipp", "ipps"])
def test_the_printer_is_asked_at_the_address_that_was_set(scheme: str) -> None:
    with real_stage() as stage:
        driver = make({**stage.settings, "ipp_url": f"{scheme}://localhost:{stage.printer.port}/ipp/print"})
        stage.printer.set_trays(EMPTY, FULL)
        assert driver.open().paper is Paper.OUT


def test_without_a_way_to_the_printer_nothing_is_believed_of_the_idle_queue() -> None:
    with real_stage() as stage:
        driver = make({**stage.settings, "ipp_url": "none", "trays": {}})
        stage.printer.set_trays(EMPTY, FULL)
        status = driver.open()
        assert (status.state, status.reason) == (DeviceState.ONLINE, None)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("ipp://printer.hall/ipp/print", Address("/ipp/print", None, "printer.hall", 631)),
        ("ipps://192.0.2.7:443/", Address("/", None, "192.0.2.7", 443, is_tls=True)),
        ("ipp://[fd00::7]:8631/ipp", Address("/ipp", None, "fd00::7", 8631)),
        ("ipp://printer", Address("/", None, "printer", 631)),
        ("ipp://printer:0/", None),
        ("ipp://printer:70000/", None),
        ("socket://printer:9100", None),
        ("usb://Maker/Model?serial=1", None),
        ("ipp://a b/", None),
    ],
)
def test_only_an_ipp_address_is_one(url: str, address: Address | None) -> None:
    assert address_of(url) == address


def test_the_printers_own_name_is_in_what_it_is_asked() -> None:
    assert Address("/ipp", None, "fd00::7", 8631, is_tls=True).uri == "ipps://[fd00::7]:8631/ipp"
    assert Address("/printers/a", "/run/cups/cups.sock").uri == "ipp://localhost/printers/a"


@pytest.mark.parametrize(
    "settings",
    [{"ipp_url": "http://printer/"}, {"trays": {"plain": "Tray"}}, {"paper_wait_s": -1.0}, {"sheets_in_path": -1}],
)
def test_wrong_settings_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"sheet_printer\.bad_settings"):
        make({"queue": "sheets", **settings})
