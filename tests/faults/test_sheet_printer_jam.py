"""The sheet printer jams in the middle of numbered sheets: each of them is accounted for, and nothing is printed again by itself."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.sheet_printer.types import SerialRun
from devices.status import Action, Media
from tests.devices.receipt_printer.slips import wait_until
from tests.devices.sheet_printer.real_stage import real_stage

pytestmark = pytest.mark.xdist_group("cups")


def test_a_jam_in_mid_job_spoils_the_sheets_in_the_path() -> None:
    with real_stage(sheets_in_path=2) as stage:
        stage.printer.set_trouble("media-jam-error", after_pages=1)
        loaded = SerialRun(70, 10, "粤", 6)
        result = stage.print("j-1", 4, serials=loaded)
        assert (result.outcome, result.reason) == (Outcome.UNKNOWN, "sheet_printer.paper_jammed")
        assert result.printed_pages == 1
        account = result.serials
        assert account is not None
        assert account.used.serials() == ["粤000070"]
        assert account.spoiled.serials() == ["粤000071", "粤000072"]
        assert (account.remaining, account.is_certain) == (SerialRun(73, 7, "粤", 6), False)
        status = stage.driver.status()
        assert (status.media, status.action) == (Media.JAMMED, Action.CLEAR)
        stage.printer.clear_trouble()
        wait_until(lambda: stage.driver.status().reason is None, 4.0)

        again = stage.print("j-1", 4, serials=loaded)
        assert (again.outcome, again.reason) == (Outcome.UNKNOWN, "sheet_printer.repeated_job")
        # a reprint is a new job that a person asked for, and never on a number that has left the tray
        old_numbers = stage.print("j-2", 4, serials=loaded)
        assert (old_numbers.outcome, old_numbers.reason) == (Outcome.NOT_PRINTED, "sheet_printer.serials_spent")
        reprint = stage.print("j-3", 4, serials=account.remaining)
        assert reprint.outcome is Outcome.PRINTED
        assert reprint.serials is not None
        assert (reprint.serials.used.count, reprint.serials.remaining.first) == (4, 77)
