"""The print server keeps documents and history: nothing personal is given to it."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.sheet_printer.cups_driver import make
from devices.status import Action
from tests.devices.sheet_printer.cups_server import cups_server
from tests.devices.sheet_printer.sheets import pdf, print_sheet

pytestmark = pytest.mark.xdist_group("cups")


def test_a_server_that_keeps_jobs_is_refused_and_gets_no_document() -> None:
    with cups_server(keeps_jobs=True) as server:
        driver = make({"queue": "sheets", "socket": str(server.socket), "server_settings": str(server.settings)})
        status = driver.open()
        assert (status.action, status.reason) == (Action.CONFIGURATION, "sheet_printer.keeps_jobs")
        assert not status.is_usable
        result = print_sheet(driver, "j-1", pdf())
        assert (result.outcome, result.reason) == (Outcome.NOT_PRINTED, "sheet_printer.keeps_jobs")
        assert server.printed() == []
        assert server.kept() == []
