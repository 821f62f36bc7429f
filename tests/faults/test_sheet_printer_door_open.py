"""The sheet printer's door is opened: told while idle, and in the middle of a job."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.status import Action, DeviceState
from tests.devices.receipt_printer.slips import wait_until
from tests.devices.sheet_printer.real_stage import real_stage

pytestmark = pytest.mark.xdist_group("cups")


def test_a_door_opened_in_mid_job_gives_it_up_and_shows_until_it_is_closed() -> None:
    with real_stage() as stage:
        # the only one of these words that ippeveprinter knows; `door-open` is in the table of test_status_codec
        stage.printer.set_trouble("cover-open-error", after_pages=1)
        result = stage.print("j-1", 2)
        assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "sheet_printer.cover_open")
        status = stage.driver.status()
        assert (status.state, status.action) == (DeviceState.USER_ERROR, Action.CLEAR)
        assert stage.print("j-2").outcome is Outcome.NOT_PRINTED
        stage.printer.clear_trouble()
        wait_until(lambda: stage.driver.status().reason is None, 4.0)
        assert stage.print("j-3").outcome is Outcome.PRINTED
