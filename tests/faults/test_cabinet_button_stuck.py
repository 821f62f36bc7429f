"""The call button hangs in its pressed state: one call, not one a second."""

import itertools

from devices.cabinet.cabinet import CallPressed, events_between
from devices.status import DeviceClass
from tests.devices.described.scenes import described_scene, has


def test_a_stuck_button_calls_once() -> None:
    with described_scene(DeviceClass.CABINET, "io_board") as scene:
        before = scene.supervisor.status(DeviceClass.CABINET)
        scene.forget()
        scene.set("callButton", "on")
        scene.do("stuck", key="callButton")
        scene.status(has("callButton", "on"))
        scene.set("callButton", "off")  # in vain
        asked = scene.emulator.state()["counters"]["inputs"]  # type: ignore[index]  # a dict, as the panel's JSON
        assert scene.emulator.wait_for("inputs", asked + 4, 10)
        told = [before, *scene.statuses.items]
        events = [event for a, b in itertools.pairwise(told) for event in events_between(a, b)]
        assert events.count(CallPressed()) == 1
        assert has("callButton", "on")(told[-1])
