"""The locker: driver, host and public class on the emulated board."""

import pytest

from devices.cabinet.types import Door, Presence
from devices.locker.locker import (
    CellEmptied,
    CellFilled,
    Locker,
    LockerDoorMoved,
    LockerEvent,
    events_between,
    read_status,
)
from devices.outcomes import Done
from devices.status import CompletionCode, DeviceClass, DeviceState, DeviceStatus, Part
from tests.devices.described.scenes import described_scene, has


def test_a_door_is_opened_filled_and_closed() -> None:
    with described_scene(DeviceClass.LOCKER, "locker_12") as scene:
        locker = Locker(scene.supervisor)
        scene.status(has("doors.3", "closed"))
        assert len(locker.status().doors) == 12
        assert scene.outcome(lambda action, heard: locker.open_door(action, 3, heard)) == Done()
        assert scene.emulator.taken == [("openDoor", {"door": 3})]
        assert read_status(scene.status(has("doors.3", "open"))).doors[4] is Door.CLOSED
        scene.set("cells.3", "present")
        scene.set("doors.3", "closed")
        status = read_status(scene.status(has("cells.3", "present")))
        assert status.cells[3] is Presence.PRESENT
        assert scene.give("openDoor", door=13).code is CompletionCode.INVALID_DATA


def _status(**words: str) -> DeviceStatus:
    return DeviceStatus(
        DeviceState.ONLINE, parts=tuple(Part(name.replace("_", "."), word) for name, word in words.items())
    )


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        (_status(doors_2="closed"), _status(doors_2="open"), [LockerDoorMoved(2, Door.OPEN)]),
        (_status(doors_2="unknown"), _status(doors_2="open"), []),
        (_status(doors_2="open"), _status(doors_2="unknown"), []),
        (_status(cells_2="present"), _status(cells_2="notPresent"), [CellEmptied(2)]),
        (_status(cells_2="notPresent"), _status(cells_2="present"), [CellFilled(2)]),
        (_status(cells_2="unknown"), _status(cells_2="present"), []),
        (_status(doors_x="closed"), _status(doors_x="open"), []),
    ],
)
def test_events_are_what_changed(before: DeviceStatus, after: DeviceStatus, events: list[LockerEvent]) -> None:
    assert events_between(before, after) == events
