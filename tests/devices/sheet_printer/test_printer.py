"""The public class: numbered sheets are accounted for also when the host that had them is gone."""

import pytest

from devices.receipt_printer.types import Outcome
from devices.sheet_printer.paper_serials import all_used
from devices.sheet_printer.printer import accounted
from devices.sheet_printer.types import PrintSheet, SerialRun, SheetResult

LOADED = SerialRun(100, 10)


@pytest.mark.parametrize(
    ("outcome", "reason", "pages", "spoiled"),
    [
        (Outcome.UNKNOWN, "device.interrupted", 3, 3),
        (Outcome.UNKNOWN, "device.hung", None, 10),
        (Outcome.UNKNOWN, "device.hung", 30, 10),
        (Outcome.NOT_PRINTED, "device.no_time_left", 3, 0),
    ],
)
def test_a_job_whose_host_died_has_spoiled_what_it_may_have_taken(
    outcome: Outcome, reason: str, pages: int | None, spoiled: int
) -> None:
    sheet = PrintSheet("j", "sheet", b"", pages, serials=LOADED)
    account = accounted(sheet, SheetResult("j", outcome, reason)).serials
    assert account is not None
    assert (account.used.count, account.spoiled.count, account.remaining.count) == (0, spoiled, 10 - spoiled)
    assert account.is_certain is (spoiled == 0)


def test_what_the_driver_said_stands_and_a_repetition_is_not_booked_twice() -> None:
    sheet = PrintSheet("j", "sheet", b"", 3, serials=LOADED)
    told = SheetResult("j", Outcome.PRINTED, None, 3, 3, all_used(LOADED, 3))
    assert accounted(sheet, told) is told
    for reason in ("sheet_printer.repeated_job", "device.repeated_action"):
        again = SheetResult("j", Outcome.UNKNOWN, reason)
        assert accounted(sheet, again).serials is None
    plain = SheetResult("j", Outcome.UNKNOWN, "device.hung")
    assert accounted(PrintSheet("j", "sheet", b""), plain) is plain
