"""The sheet printer's toner runs low, then out: told while idle, out stops it."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.status import Action, Toner
from tests.devices.sheet_printer.real_stage import real_stage

pytestmark = pytest.mark.xdist_group("cups")


def test_low_toner_prints_on_and_an_empty_cartridge_does_not() -> None:
    with real_stage() as stage:
        stage.printer.set_toner(5)
        status = stage.driver.status()
        assert (status.toner, status.reason) == (Toner.LOW, None)
        assert stage.print("j-1").outcome is Outcome.PRINTED
        stage.printer.set_toner(0)
        status = stage.driver.status()
        assert (status.toner, status.action, status.reason) == (
            Toner.OUT,
            Action.MAINTENANCE,
            "sheet_printer.toner_out",
        )
        assert stage.print("j-2").outcome is Outcome.NOT_PRINTED
        stage.printer.set_toner(90)
        assert stage.driver.status().toner is Toner.FULL
