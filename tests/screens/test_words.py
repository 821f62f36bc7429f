"""The words of the outer pages, without any window: devices, greetings, guides, the front's state."""

from datetime import time

import pytest

from devices.status import DeviceClass, DeviceState, DeviceStatus, Paper
from kiosk.base.sentences import sentence
from kiosk.session.state import Availability, Language, PlatformState
from screens.app import fitting
from screens.translations import FOLDER, translator_of
from screens.translations.update import LANGUAGES, unfinished
from screens.view_models.attract import is_night
from screens.view_models.device_words import device_lines, state_of
from screens.view_models.guide import yuan
from screens.view_models.home import greeting_key


def _say(key: str, **placeholders: str) -> str:
    return sentence(key, "zh_CN", **placeholders)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (DeviceStatus(DeviceState.ONLINE), ("ready", "ready")),
        (DeviceStatus(DeviceState.DEVICE_BUSY), ("ready", "ready")),
        (DeviceStatus(DeviceState.STARTING), ("starting", "later")),
        (DeviceStatus(DeviceState.ONLINE, paper=Paper.LOW), ("paper_low", "later")),
        (DeviceStatus(DeviceState.ONLINE, paper=Paper.OUT), ("paper_out", "stopped")),
        (DeviceStatus(DeviceState.HARDWARE_ERROR, paper=Paper.JAMMED), ("jammed", "stopped")),
        (DeviceStatus(DeviceState.ONLINE, cover_open=True), ("cover_open", "stopped")),
        (DeviceStatus(DeviceState.POWER_OFF), ("stopped", "stopped")),
    ],
)
def test_a_status_is_said_in_words(status: DeviceStatus, expected: tuple[str, str]) -> None:
    assert state_of(status) == expected


@pytest.mark.parametrize("state", DeviceState)
def test_every_state_of_a_device_has_a_sentence(state: DeviceState) -> None:
    lines = device_lines(Availability(devices={DeviceClass.ID_CARD_READER: DeviceStatus(state)}), _say)
    assert [line["name"] for line in lines] == ["id_card_reader", "receipt_printer", "sheet_printer", "network"]
    assert all(line["text"] for line in lines)


def test_the_network_is_said_too() -> None:
    kinds = {}
    for platform in PlatformState:
        kinds[platform] = device_lines(Availability(platform=platform), _say)[-1]["kind"]
    assert kinds == {
        PlatformState.UNKNOWN: "later",
        PlatformState.ONLINE: "ready",
        PlatformState.UNREACHABLE: "stopped",
    }


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, "night"), (4, "night"), (5, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"),
     (18, "evening"), (21, "evening"), (22, "night"), (23, "night")],
)  # fmt: skip
def test_the_greeting_follows_the_hour(hour: int, part: str) -> None:
    assert greeting_key(hour) == f"screens.greeting.{part}"


def test_the_night_is_when_counters_are_closed() -> None:
    assert [is_night(time(hour)) for hour in (6, 7, 12, 17, 18, 23)] == [True, False, False, False, True, True]


def test_money_is_two_decimals_and_thousands() -> None:
    assert [yuan(fen) for fen in (0, 5, 1500, 123456789)] == ["0.00", "0.05", "15.00", "1,234,567.89"]


def test_every_text_of_the_pages_is_translated() -> None:
    assert {language: unfinished(FOLDER / f"{language}.ts") for language in LANGUAGES} == {"zh_HK": 0, "en": 0}


def test_a_translator_leaves_unknown_texts_in_their_source() -> None:
    english = translator_of(Language.EN)
    assert english is not None
    assert english.translate("PageFrame", "结束") == "End"
    assert english.translate("PageFrame", "没有这一句") is None
    assert translator_of(Language.ZH_CN) is None


@pytest.mark.parametrize(
    ("room", "size"),
    [((1920, 1080), (571, 1015)), ((3840, 2160), (1080, 1920)), ((1366, 768), (406, 722))],
)
def test_the_window_fits_the_display_and_keeps_its_proportions(room: tuple[int, int], size: tuple[int, int]) -> None:
    assert fitting(room, (1080, 1920)) == size
