"""The stamp unit: driver, host and public class on the emulated unit."""

import pytest

from devices.outcomes import Done
from devices.stamp_unit.types import Ink
from devices.stamp_unit.unit import SheetLaid, SheetTaken, StampUnit, StampUnitEvent, events_between, read_status
from devices.status import Action, DeviceClass, DeviceState, DeviceStatus, Media
from kiosk.base.errors import Problem
from tests.devices.described.scenes import described_scene


@pytest.mark.allow_log("device_lost")  # without ink there is no stamping
def test_a_sheet_is_stamped_and_a_dry_pad_says_who_can_help() -> None:
    with described_scene(DeviceClass.STAMP_UNIT, "stamp_unit") as scene:
        unit = StampUnit(scene.supervisor)
        scene.set("ink", "full")
        scene.set("media", "present")
        scene.status(lambda status: status.media is Media.PRESENT and read_status(status).ink is Ink.FULL)
        assert unit.status().media is Media.PRESENT
        assert scene.outcome(lambda action, heard: unit.stamp(action, 2, heard)) == Done()
        assert scene.outcome(unit.eject) == Done()
        assert scene.emulator.taken == [
            ("controlMedia", {"mediaControl": "stamp", "stamp": 2}),
            ("controlMedia", {"mediaControl": "eject", "stamp": 1}),
        ]
        scene.forget()
        scene.set("ink", "out")
        status = scene.status(DeviceState.HARDWARE_ERROR)
        assert (status.action, status.reason) == (Action.CLEAR, "stamp_unit.ink_out")
        assert scene.outcome(lambda action, heard: unit.stamp(action, 1, heard)) == Problem("stamp_unit.ink_out")


def _status(media: Media | None) -> DeviceStatus:
    return DeviceStatus(DeviceState.ONLINE, media=media)


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        (Media.NOT_PRESENT, Media.PRESENT, [SheetLaid()]),
        (Media.PRESENT, Media.NOT_PRESENT, [SheetTaken()]),
        (Media.UNKNOWN, Media.PRESENT, []),
        (None, None, []),
    ],
)
def test_events_are_what_changed(before: Media | None, after: Media | None, events: list[StampUnitEvent]) -> None:
    assert events_between(_status(before), _status(after)) == events


def test_a_unit_without_sensors_says_so() -> None:
    assert (read_status(_status(None)).media, read_status(_status(None)).ink) == (None, None)
