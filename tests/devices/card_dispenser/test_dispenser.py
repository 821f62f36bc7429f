"""The card dispenser: driver, host and public class on the emulated dispenser with its ACK and ENQ."""

import pytest

from devices.card_dispenser.dispenser import (
    CardDispenser,
    DispenserEvent,
    MediaPresented,
    MediaTaken,
    StorageChanged,
    events_between,
    read_status,
)
from devices.card_dispenser.types import Place, PrintRaw, Replenishment
from devices.outcomes import Done
from devices.status import CompletionCode, DeviceClass, DeviceState, DeviceStatus, Media, Part
from tests.devices.described.scenes import described_scene, has


def test_a_card_is_printed_and_given_out() -> None:
    with described_scene(DeviceClass.CARD_DISPENSER, "card_dispenser") as scene:
        dispenser = CardDispenser(scene.supervisor)
        scene.set("storage.unit1", "low")
        scene.status(has("storage.unit1", "low"))
        assert dispenser.status().storage == {"unit1": Replenishment.LOW, "retain": Replenishment.OK}
        assert scene.outcome(lambda a, h: dispenser.move(a, Place.UNIT1, Place.TRANSPORT, h)) == Done()
        # bytes that look like the frame's own marks travel as they are: the length tells the end
        assert scene.outcome(lambda a, h: dispenser.print_raw(a, b"\x02\x03\x05\x06\x15" * 90, h)) == Done()
        assert scene.outcome(lambda a, h: dispenser.move(a, Place.TRANSPORT, Place.EXIT, h)) == Done()
        assert scene.emulator.taken == [
            ("move", {"from": "unit1", "to": "transport"}),
            ("printRaw", {"data": 450}),
            ("move", {"from": "transport", "to": "exit"}),
        ]
        assert scene.give("printRaw", data=bytes(481)).code is CompletionCode.INVALID_DATA


def _status(media: Media, **storage: str) -> DeviceStatus:
    parts = tuple(Part(f"storage.{name}", word) for name, word in storage.items())
    return DeviceStatus(DeviceState.ONLINE, media=media, parts=parts)


@pytest.mark.parametrize(
    ("before", "after", "events"),
    [
        (_status(Media.NOT_PRESENT), _status(Media.PRESENT), [MediaPresented()]),
        (_status(Media.ENTERING), _status(Media.PRESENT), [MediaPresented()]),
        (_status(Media.PRESENT), _status(Media.NOT_PRESENT), [MediaTaken()]),
        (_status(Media.UNKNOWN), _status(Media.PRESENT), []),
        (
            _status(Media.UNKNOWN, unit1="ok"),
            _status(Media.UNKNOWN, unit1="empty"),
            [StorageChanged("unit1", Replenishment.EMPTY)],
        ),
        (_status(Media.UNKNOWN, unit1="unknown"), _status(Media.UNKNOWN, unit1="ok"), []),
    ],
)
def test_events_are_what_changed(before: DeviceStatus, after: DeviceStatus, events: list[DispenserEvent]) -> None:
    assert events_between(before, after) == events


def test_what_is_printed_does_not_show() -> None:
    assert repr(PrintRaw(b"secret")) == "PrintRaw(6 bytes)"
    assert read_status(_status(Media.JAMMED)).media is Media.JAMMED
