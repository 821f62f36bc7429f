"""The cabinet: driver, host and public class on the emulated board."""

from collections.abc import Iterator

import pytest

from devices.cabinet.cabinet import (
    Cabinet,
    CabinetEvent,
    CallPressed,
    DoorMoved,
    Overheated,
    PersonCame,
    PersonLeft,
    Tampered,
    events_between,
    read_status,
)
from devices.cabinet.types import Colour, Door, FlashRate, Light, Presence, Switch
from devices.outcomes import Done
from devices.status import Action, CompletionCode, DeviceClass, DeviceState, DeviceStatus, Part
from kiosk.base.errors import Problem
from tests.devices.described.scenes import DescribedScene, described_scene, has


@pytest.fixture(scope="module")
def standing() -> Iterator[DescribedScene]:
    with described_scene(DeviceClass.CABINET, "io_board") as scene:
        yield scene


@pytest.fixture
def scene(standing: DescribedScene) -> Iterator[DescribedScene]:
    yield standing
    standing.do("normal")
    for key, word in [("doors.front", "closed"), ("tamper", "off"), ("proximity", "notPresent"), ("heat", "off")]:
        standing.set(key, word)
    standing.set("callButton", "off")
    standing.status(lambda _: standing.supervisor.status(DeviceClass.CABINET).state is DeviceState.ONLINE)


@pytest.mark.allow_threads("the emulator and the supervisor live for the module")
@pytest.mark.allow_processes("the host lives for the module")
class TestCabinet:
    def test_an_opened_door_is_told(self, scene: DescribedScene) -> None:
        scene.forget()
        scene.set("doors.front", "open")
        status = scene.status(has("doors.front", "open"))
        assert read_status(status).doors == {"front": Door.OPEN, "paper": Door.CLOSED}

    def test_a_short_press_of_the_call_button_is_told_once(self, scene: DescribedScene) -> None:
        scene.forget()
        scene.do("event", name="call", value=1)
        scene.status(has("callButton", "on"))
        scene.status(has("callButton", "off"))

    def test_a_lamp_shines_as_it_was_told(self, scene: DescribedScene) -> None:
        cabinet = Cabinet(scene.supervisor)
        outcome = scene.outcome(
            lambda action, heard: cabinet.set_light(
                action, Light.CARD_READER, FlashRate.SLOW, heard, colour=Colour.GREEN
            )
        )
        assert outcome == Done()
        assert scene.emulator.taken[-1] == ("setLight", {"light": "cardReader", "flashRate": "slow", "colour": "green"})

    def test_the_buzzer_sounds_and_falls_silent(self, scene: DescribedScene) -> None:
        cabinet = Cabinet(scene.supervisor)
        for is_on, word in [(True, "on"), (False, "off")]:
            outcome = scene.outcome(lambda a, h, is_on=is_on: cabinet.set_audible_alarm(a, is_on, h))  # type: ignore[misc]  # a lambda's default
            assert outcome == Done()
            assert scene.emulator.taken[-1] == ("setAuxiliaries", {"audibleAlarm": word})

    def test_a_lamp_that_the_board_lacks_is_refused_without_a_frame(self, scene: DescribedScene) -> None:
        before = len(scene.emulator.taken)
        completion = scene.give("setLight", light="fingerprint", flashRate="slow", colour="red")
        assert (completion.code, completion.reason) == (CompletionCode.INVALID_DATA, "device.unsupported")
        assert len(scene.emulator.taken) == before

    def test_a_command_that_the_class_lacks_is_refused(self, scene: DescribedScene) -> None:
        assert scene.give("openDoor", door=1).code is CompletionCode.UNSUPPORTED_COMMAND

    def test_a_board_that_says_no_is_believed(self, scene: DescribedScene) -> None:
        scene.do("refuse")
        cabinet = Cabinet(scene.supervisor)
        outcome = scene.outcome(lambda a, h: cabinet.set_light(a, Light.LOCKER, FlashRate.OFF, h))
        assert outcome == Problem("described.refused")

    @pytest.mark.allow_log("device_lost")  # the tamper switch is an alarm
    def test_a_tripped_tamper_switch_stops_every_command(self, scene: DescribedScene) -> None:
        scene.forget()
        scene.set("tamper", "on")
        status = scene.status(DeviceState.FRAUD_ATTEMPT)
        assert (status.action, status.reason) == (Action.MAINTENANCE, "cabinet.tampered")
        completion = scene.give("setAuxiliaries", audibleAlarm="on")
        assert (completion.code, completion.reason) == (CompletionCode.FRAUD_ATTEMPT, "cabinet.tampered")


def _status(**words: str) -> DeviceStatus:
    return DeviceStatus(
        DeviceState.ONLINE, parts=tuple(Part(name.replace("_", "."), word) for name, word in words.items())
    )


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        (_status(doors_a="closed"), _status(doors_a="open"), [DoorMoved("a", Door.OPEN)]),
        (_status(doors_a="unknown"), _status(doors_a="open"), []),
        (_status(), _status(doors_a="open"), []),
        (_status(doors_a="unknown"), _status(doors_a="tampered"), [DoorMoved("a", Door.TAMPERED)]),
        (_status(doors_a="open"), _status(doors_a="unknown"), []),
        (_status(callButton="off"), _status(callButton="on"), [CallPressed()]),
        (_status(callButton="on"), _status(callButton="on"), []),
        (_status(proximity="notPresent"), _status(proximity="present"), [PersonCame()]),
        (_status(proximity="present"), _status(proximity="notPresent"), [PersonLeft()]),
        (_status(proximity="unknown"), _status(proximity="notPresent"), []),
        (_status(tamper="unknown"), _status(tamper="on"), [Tampered()]),
        (_status(heat="off"), _status(heat="on"), [Overheated()]),
    ],
)
def test_events_are_what_changed(before: DeviceStatus, after: DeviceStatus, events: list[CabinetEvent]) -> None:
    assert events_between(before, after) == events


def test_a_cabinet_without_parts_says_so() -> None:
    status = read_status(_status())
    assert (status.doors, status.tamper, status.proximity, status.call_button) == ({}, None, None, None)
    full = read_status(_status(tamper="off", proximity="present", callButton="off", heat="unknown"))
    assert (full.tamper, full.proximity, full.call_button, full.heat) == (
        Switch.OFF,
        Presence.PRESENT,
        Switch.OFF,
        Switch.UNKNOWN,
    )
