"""Printer states and reasons and what they mean."""

import pytest

from devices.sheet_printer.status_codec import decode
from devices.sheet_printer.supplies_codec import Supplies
from devices.status import Action, DeviceState, Media, Paper, Part, Toner
from kiosk.base.sentences import LANGUAGES, sentence


@pytest.mark.parametrize(
    ("state", "reasons", "device", "paper", "action", "key"),
    [
        (3, ["none"], DeviceState.ONLINE, Paper.FULL, None, None),
        (4, ["media-low-warning", "toner-low-report"], DeviceState.ONLINE, Paper.LOW, None, None),
        (3, ["a-word-of-the-maker-report"], DeviceState.ONLINE, Paper.FULL, None, None),
        (3, ["media-empty-error"], DeviceState.USER_ERROR, Paper.OUT, Action.CLEAR, "sheet_printer.paper_out"),
        (3, ["media-needed"], DeviceState.USER_ERROR, Paper.OUT, Action.CLEAR, "sheet_printer.paper_out"),
        (
            5,
            ["media-jam", "media-empty"],
            DeviceState.HARDWARE_ERROR,
            Paper.JAMMED,
            Action.CLEAR,
            "sheet_printer.paper_jammed",
        ),
        (3, ["cover-open-error"], DeviceState.USER_ERROR, Paper.FULL, Action.CLEAR, "sheet_printer.cover_open"),
        (3, ["door-open-error"], DeviceState.USER_ERROR, Paper.FULL, Action.CLEAR, "sheet_printer.cover_open"),
        (3, ["toner-empty-error"], DeviceState.USER_ERROR, Paper.FULL, Action.MAINTENANCE, "sheet_printer.toner_out"),
        (3, ["offline-report"], DeviceState.POWER_OFF, Paper.FULL, Action.CLEAR, "sheet_printer.power_off"),
        (
            3,
            ["cups-missing-filter-warning"],
            DeviceState.HARDWARE_ERROR,
            Paper.FULL,
            Action.CONFIGURATION,
            "sheet_printer.queue_broken",
        ),
        (5, ["paused"], DeviceState.OFFLINE, Paper.FULL, Action.CONFIGURATION, "sheet_printer.paused"),
        (5, [], DeviceState.HARDWARE_ERROR, Paper.FULL, Action.MAINTENANCE, "sheet_printer.stopped"),
        (
            3,
            ["fuser-over-temp-error"],
            DeviceState.HARDWARE_ERROR,
            Paper.FULL,
            Action.MAINTENANCE,
            "sheet_printer.stopped",
        ),
        (None, [], DeviceState.HARDWARE_ERROR, Paper.UNKNOWN, Action.SUSPEND, "sheet_printer.silent"),
    ],
)
def test_each_reason_has_its_state_paper_action_and_sentence(
    state: int | None, reasons: list[str], device: DeviceState, paper: Paper, action: Action | None, key: str | None
) -> None:
    status = decode(state, reasons)
    assert (status.state, status.paper, status.action, status.reason) == (device, paper, action, key)
    if key is not None:
        assert all(sentence(key, language) for language in LANGUAGES)


def test_a_queue_that_takes_no_jobs_is_paused() -> None:
    assert decode(3, [], takes_jobs=False).reason == "sheet_printer.paused"


def test_toner_and_jam_are_told_beside_the_state() -> None:
    assert decode(3, ["toner-low"]).toner is Toner.LOW
    assert decode(3, ["marker-supply-empty"]).toner is Toner.OUT
    assert decode(3, ["media-jam"]).media is Media.JAMMED
    assert decode(3, [], model="X").module_id == "X"


TRAYS = {"plain": "tray-1", "licence": "tray-2"}


@pytest.mark.parametrize(
    ("state", "reasons", "first", "second", "paper", "expected", "key"),
    [
        (3, ["media-empty-error"], Paper.FULL, Paper.OUT, "", Paper.FULL, None),
        (3, ["media-empty-error"], Paper.FULL, Paper.OUT, "licence", Paper.OUT, "sheet_printer.paper_out"),
        (3, [], Paper.OUT, Paper.FULL, "", Paper.OUT, "sheet_printer.paper_out"),
        (3, ["media-low-warning"], Paper.FULL, Paper.LOW, "", Paper.FULL, None),
        (3, [], Paper.LOW, Paper.FULL, "", Paper.LOW, None),
        # it waits for paper now, whatever its trays tell
        (4, ["media-needed-error"], Paper.FULL, Paper.FULL, "", Paper.OUT, "sheet_printer.paper_out"),
        (5, ["media-empty-error"], Paper.FULL, Paper.FULL, "", Paper.OUT, "sheet_printer.paper_out"),
    ],
)
def test_the_tray_that_matters_decides(
    state: int, reasons: list[str], first: Paper, second: Paper, paper: str, expected: Paper, key: str | None
) -> None:
    supplies = Supplies({"tray-1": first, "tray-2": second}, Toner.LOW)
    status = decode(state, reasons, supplies=supplies, trays=TRAYS, paper=paper)
    assert (status.paper, status.reason, status.toner) == (expected, key, Toner.LOW)
    assert status.parts == (Part("paper.plain", first.value), Part("paper.licence", second.value))


def test_a_tray_of_which_nothing_is_told_is_unknown() -> None:
    status = decode(3, [], trays=TRAYS)
    assert status.parts == (Part("paper.plain", "unknown"), Part("paper.licence", "unknown"))
    assert status.paper is Paper.FULL


def test_a_word_against_a_level_counts_for_toner() -> None:
    assert decode(3, ["toner-low"], supplies=Supplies({}, Toner.FULL)).toner is Toner.LOW
