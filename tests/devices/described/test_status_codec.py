"""Meanings to one status."""

import pytest

from devices.described.description import Description, LineSettings, Shape
from devices.described.status_codec import Readings
from devices.status import Action, DeviceState, DeviceStatus, Media, Paper, Part, Toner

SHAPE = Shape(("data",))


def readings(device: str = "cabinet", *parts: str) -> Readings:
    return Readings(Description(device, "X", LineSettings(), SHAPE, SHAPE, {}, {}, parts=parts))


def test_a_part_that_nobody_told_is_unknown_and_a_button_rests() -> None:
    status = readings("cabinet", "callButton", "doors.front").status()
    assert status.parts == (Part("callButton", "off"), Part("doors.front", "unknown"))


def test_the_newest_word_holds() -> None:
    found = readings("cabinet", "doors.front")
    found.take("a", [{"doors.front": "open"}])
    found.take("b", [{"doors.front": "closed"}])
    assert found.status().parts == (Part("doors.front", "closed"),)


def test_a_press_is_told_once_however_short() -> None:
    found = readings("cabinet", "callButton")
    found.take("call", [{"callButton": "on"}], is_event=True)
    assert found.status(is_told=False).parts == (Part("callButton", "on"),)
    assert found.status().parts == (Part("callButton", "on"),)
    assert found.status().parts == (Part("callButton", "off"),)
    found.take("poll", [{"callButton": "on"}])
    found.take("poll", [{"callButton": "off"}])
    assert found.status().parts == (Part("callButton", "on"),)
    assert found.status().parts == (Part("callButton", "off"),)


def test_the_worst_trouble_is_told_until_its_field_says_otherwise() -> None:
    found = readings()
    found.take("a", [{"device": "deviceBusy", "reason": "described.busy"}])
    found.take("b", [{"device": "hardwareError", "reason": "described.jammed", "action": "clear"}])
    assert found.status() == DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.CLEAR, reason="described.jammed")
    assert found.failure() == found.status()
    found.take("b", [])
    assert found.status().state is DeviceState.DEVICE_BUSY
    assert found.failure() is None
    found.take("a", [{"device": "online"}])
    assert found.status() == DeviceStatus(DeviceState.ONLINE)


def test_a_commands_reason_is_not_the_devices() -> None:
    found = readings()
    found.take("a", [{"completion": "hardwareError", "reason": "described.jammed"}])
    assert found.status() == DeviceStatus(DeviceState.ONLINE)
    found.take("a", [{"completion": "hardwareError", "device": "hardwareError", "reason": "described.jammed"}])
    assert found.status().reason == "described.jammed"


@pytest.mark.parametrize(("word", "holds"), [("present", True), ("notPresent", False)])
def test_what_a_command_waits_for_holds_or_not(word: str, holds: bool) -> None:
    found = readings("card_dispenser", "media")
    found.take("a", [{"media": word}])
    assert found.holds({"media": "present", "device": "online"}) is holds


def test_general_statuses_have_their_own_fields() -> None:
    found = readings("card_dispenser", "media", "paper", "toner", "storage.unit1")
    found.take("a", [{"media": "jammed", "paper": "low", "toner": "out", "storage.unit1": "empty"}])
    found.module_id = "X-1"
    assert found.status() == DeviceStatus(
        DeviceState.ONLINE,
        media=Media.JAMMED,
        paper=Paper.LOW,
        toner=Toner.OUT,
        module_id="X-1",
        parts=(Part("storage.unit1", "empty"),),
    )


def test_a_lost_device_knows_nothing() -> None:
    found = readings("locker", "doors.1")
    found.take("a", [{"doors.1": "open"}])
    assert found.gone() == DeviceStatus(
        DeviceState.POWER_OFF, action=Action.MAINTENANCE, reason="locker.gone", parts=(Part("doors.1", "unknown"),)
    )
