"""The driver alone on a line: random bytes, closing, devices that tell who they are."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from devices.described.driver import DescribedDevice
from devices.described.reading import load_description, profile_path
from devices.emulators.pty_wire import PtyWire
from devices.messages import Command
from devices.status import CompletionCode, DeviceState
from tests.devices.described.scenes import emulated

FILE = Path(__file__).with_name("queue_lamps.yaml")
_LAMP = Command("x", "setLight", 2.0, b"\x82\xa5light\xaastatusGood\xa9flashRate\xa3off")


class _Running:
    action_id = "x"

    def __init__(self, is_cancelled: bool = False) -> None:
        self._is_cancelled = is_cancelled

    def is_cancelled(self) -> bool:
        return self._is_cancelled

    def emit(self, name: str, payload: bytes = b"") -> None:
        raise AssertionError(name)


@pytest.fixture
def wire() -> Iterator[PtyWire]:
    wire = PtyWire("noise", is_paced=False)
    wire.plug()
    yield wire
    wire.close()


def _hasty(tmp_path: Path) -> Path:
    """The description with a short time-out, so that many rounds fit into a test."""
    file = tmp_path / "hasty.yaml"
    text = FILE.read_text(encoding="utf-8")
    file.write_text(text.replace("    code: 01\n", "    code: 01\n    reply_s: 0.02\n"), encoding="utf-8")
    return file


def test_random_bytes_never_break_the_driver_and_are_never_believed(wire: PtyWire, tmp_path: Path) -> None:
    driver = DescribedDevice(wire.path, _hasty(tmp_path))
    chance = random.Random(20)
    driver.open()
    for _ in range(40):
        noise = bytes(chance.choice((0x5A, 0x21, 0x81, 0xC1, 1, chance.randrange(256))) for _ in range(200))
        os.write(wire.fileno(), noise)
        status = driver.status()
        assert status.state in (DeviceState.STARTING, DeviceState.POWER_OFF)
        assert all(part.word in ("unknown", "off") for part in status.parts)
    driver.close()


def test_a_port_that_does_not_exist_is_three_misses(tmp_path: Path) -> None:
    driver = DescribedDevice(str(tmp_path / "none"), FILE)
    assert [driver.open().state, driver.status().state] == [DeviceState.STARTING, DeviceState.STARTING]
    assert driver.status().state is DeviceState.POWER_OFF
    driver.close()
    driver.close()


def test_a_taken_port_is_not_opened_twice() -> None:
    with emulated(FILE) as emulator:
        first, second = DescribedDevice(emulator.port, FILE), DescribedDevice(emulator.port, FILE)
        assert first.open().state is DeviceState.ONLINE
        assert second.open().state is DeviceState.STARTING
        first.close()
        assert second.status().state is DeviceState.ONLINE
        second.close()


def test_a_cancelled_command_sends_nothing() -> None:
    with emulated(FILE) as emulator:
        driver = DescribedDevice(emulator.port, FILE)
        driver.open()
        assert driver.execute(_LAMP, _Running(is_cancelled=True)).code is CompletionCode.CANCELED
        assert emulator.taken == []
        assert driver.execute(_LAMP, _Running()).code is CompletionCode.SUCCESS
        driver.close()


def test_a_door_that_was_told_to_open_is_never_told_as_merely_cancelled() -> None:
    path = profile_path("locker_12")
    with emulated(path) as emulator:
        driver = DescribedDevice(emulator.port, path)
        driver.open()
        emulator.do("stuck", {"key": "doors.3"})  # taken and answered, but the door does not move
        asked = emulator.count("requests") + len(load_description(path).polls) + 1

        class Impatient(_Running):
            def is_cancelled(self) -> bool:
                return emulator.count("requests") > asked

        completion = driver.execute(Command("x", "openDoor", 5.0, msgspec.msgpack.encode({"door": 3})), Impatient())
        assert (completion.code, completion.reason) == (CompletionCode.HARDWARE_ERROR, "described.outcome_unknown")
        assert emulator.taken == [("openDoor", {"door": 3})]
        driver.close()


def test_a_device_tells_its_name(tmp_path: Path) -> None:
    file = tmp_path / "named.yaml"
    text = FILE.read_text(encoding="utf-8")
    named = """\
  name:
    code: 03
    reply:
      code: 83
      fields: {moduleId: {kind: text, bytes: 4}}
events:
"""
    file.write_text(text.replace("events:\n", named), encoding="utf-8")
    with emulated(file) as emulator:
        driver = DescribedDevice(emulator.port, file)
        assert driver.open().module_id == "QL-8"
        driver.close()
