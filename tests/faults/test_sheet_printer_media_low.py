"""The sheet printer's tray is nearly empty: told while idle, and no reason not to print."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.status import Paper, Part
from tests.devices.sheet_printer.real_printer import FULL, LOW
from tests.devices.sheet_printer.real_stage import real_stage

pytestmark = pytest.mark.xdist_group("cups")


def test_little_paper_is_told_of_its_tray_and_printing_goes_on() -> None:
    with real_stage() as stage:
        stage.printer.set_trays(LOW, FULL)
        status = stage.driver.status()
        assert (status.paper, status.reason, status.is_usable) == (Paper.LOW, None, True)
        stage.printer.set_trays(FULL, LOW)
        status = stage.driver.status()
        assert (status.paper, status.parts[1]) == (Paper.FULL, Part("paper.licence_a3", "low"))
        assert stage.print("j-1", paper="licence_a3").outcome is Outcome.PRINTED
