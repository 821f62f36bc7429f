"""The serial driver alone, against the emulator: what it refuses by itself, whoever asks."""

import time
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from devices.driver import Driver
from devices.drivers import find
from devices.emulators.permit_rewriter import PermitRewriterEmulator
from devices.emulators.virtual_permit import old_raster, permit
from devices.messages import Command, Completion
from devices.permit_rewriter import types
from devices.permit_rewriter.types import CardSeen, ChipIO, EraseMedia, Move, Place, PrintRaw, Raster, ReadCard
from devices.status import CompletionCode, DeviceState, Media
from tests.devices.permit_rewriter.scenes import NEW_BACK, NEW_CHIP, QUICK, REWRITER

CARD = permit("permit")


class Asked:
    """An `Execution` that ends by time only."""

    action_id = "one"

    def __init__(self, seconds: float = 5.0) -> None:
        self._ends = time.monotonic() + seconds
        self.events: list[str] = []

    def is_cancelled(self) -> bool:
        return time.monotonic() >= self._ends

    def emit(self, name: str, payload: bytes = b"") -> None:
        self.events.append(name)


@pytest.fixture
def emulator() -> Iterator[PermitRewriterEmulator]:
    emulator = PermitRewriterEmulator(is_paced=False, act_s=0.01)
    emulator.start()
    try:
        yield emulator
    finally:
        emulator.stop()


@pytest.fixture
def driver(emulator: PermitRewriterEmulator) -> Iterator[Driver]:
    driver = find(REWRITER, "serial")({"port": emulator.port, "times": QUICK})
    assert driver.open().state is DeviceState.ONLINE
    try:
        yield driver
    finally:
        driver.close()
        driver.close()


def ask(driver: Driver, name: str, payload: msgspec.Struct | bytes = b"", seconds: float = 5.0) -> Completion:
    content = payload if isinstance(payload, bytes) else msgspec.msgpack.encode(payload)
    return driver.execute(Command("one", name, seconds, content), Asked(seconds))


def refused(completion: Completion, code: CompletionCode, reason: str) -> bool:
    return (completion.code, completion.reason) == (code, reason)


def seen(driver: Driver, *, fresh: bool = False) -> CardSeen:
    completion = ask(driver, types.READ, ReadCard(fresh=fresh))
    assert completion.code is CompletionCode.SUCCESS, completion
    return msgspec.msgpack.decode(completion.payload, type=CardSeen)


def accept(emulator: PermitRewriterEmulator, driver: Driver) -> None:
    emulator.do("insert", {"card": "permit"})
    assert ask(driver, types.READ, ReadCard(accept=True)).code is CompletionCode.SUCCESS


def test_what_is_no_command_or_no_payload_is_refused(driver: Driver) -> None:
    assert refused(ask(driver, "fly"), CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
    assert refused(ask(driver, types.ERASE, b"\xc1"), CompletionCode.INVALID_DATA, "device.unsupported")
    assert ask(driver, types.RESET).code is CompletionCode.SUCCESS


def test_nothing_is_done_without_a_card(driver: Driver) -> None:
    for name, wish in (
        (types.ERASE, EraseMedia(CARD.chip_id)),
        (types.CHIP_IO, ChipIO(CARD.chip_id, NEW_CHIP)),
        (types.PRINT, PrintRaw(CARD.chip_id, NEW_BACK)),
        (types.MOVE, Move(Place.EXIT)),
    ):
        completion = ask(driver, name, wish)
        assert refused(completion, CompletionCode.COMMAND_ERROR_CODE, "rewriter.card_not_found")
    assert seen(driver) == CardSeen(Media.NOT_PRESENT)
    assert ask(driver, types.WATCH_REMOVAL).code is CompletionCode.SUCCESS


def test_another_card_is_never_changed(emulator: PermitRewriterEmulator, driver: Driver) -> None:
    accept(emulator, driver)
    other = permit("other_permit").chip_id
    for name, wish in (
        (types.ERASE, EraseMedia(other)),
        (types.CHIP_IO, ChipIO(other, NEW_CHIP)),
        (types.PRINT, PrintRaw(other, NEW_BACK)),
    ):
        assert refused(ask(driver, name, wish), CompletionCode.INVALID_DATA, "rewriter.other_card")
    card = emulator.card
    assert card is not None
    assert (card.erasures, card.writes, card.prints) == (0, 0, 0)


def test_nothing_is_printed_on_a_print(emulator: PermitRewriterEmulator, driver: Driver) -> None:
    accept(emulator, driver)
    completion = ask(driver, types.PRINT, PrintRaw(CARD.chip_id, NEW_BACK))
    assert refused(completion, CompletionCode.SEQUENCE_ERROR, "rewriter.not_erased")
    card = emulator.card
    assert card is not None
    assert card.prints == 0
    assert ask(driver, types.ERASE, EraseMedia(CARD.chip_id)).code is CompletionCode.SUCCESS
    assert ask(driver, types.PRINT, PrintRaw(CARD.chip_id, NEW_BACK)).code is CompletionCode.SUCCESS
    assert seen(driver, fresh=True).back_digest == NEW_BACK.digest()


@pytest.mark.parametrize("raster", [Raster(648, 1, bytes(81)), Raster(8, 401, bytes(401)), Raster(8, 2, b"\x00")])
def test_what_the_device_cannot_print_is_refused(
    emulator: PermitRewriterEmulator, driver: Driver, raster: Raster
) -> None:
    accept(emulator, driver)
    completion = ask(driver, types.PRINT, PrintRaw(CARD.chip_id, raster))
    assert refused(completion, CompletionCode.UNSUPPORTED_DATA, "rewriter.data_too_large")


def test_what_the_chip_cannot_hold_is_refused(driver: Driver) -> None:
    completion = ask(driver, types.CHIP_IO, ChipIO(CARD.chip_id, bytes(4097)))
    assert refused(completion, CompletionCode.UNSUPPORTED_DATA, "rewriter.data_too_large")


def test_a_silent_chip_and_a_blind_camera_are_told_as_such(emulator: PermitRewriterEmulator, driver: Driver) -> None:
    accept(emulator, driver)
    emulator.do("silent_chip", {})
    emulator.do("break_part", {"part": "camera"})
    assert seen(driver) == CardSeen(Media.LATCHED)
    completion = ask(driver, types.ERASE, EraseMedia(CARD.chip_id))
    assert refused(completion, CompletionCode.HARDWARE_ERROR, "rewriter.chip_silent")
    status = driver.status()
    assert (status.state, status.reason) == (DeviceState.HARDWARE_ERROR, "rewriter.part_failed")
    assert {part.name: part.word for part in status.parts}["camera"] == "inoperative"


def test_a_card_inside_is_not_watched_for_removal(emulator: PermitRewriterEmulator, driver: Driver) -> None:
    accept(emulator, driver)
    completion = ask(driver, types.WATCH_REMOVAL)
    assert refused(completion, CompletionCode.COMMAND_ERROR_CODE, "rewriter.card_inside")


def test_a_full_bin_takes_no_card(emulator: PermitRewriterEmulator, driver: Driver) -> None:
    accept(emulator, driver)
    emulator.do("fill_bin", {})
    completion = ask(driver, types.MOVE, Move(Place.RETAIN))
    assert refused(completion, CompletionCode.DEVICE_NOT_READY, "rewriter.bin_full")
    assert emulator.state()["media"] == "latched"


def test_a_jam_while_the_card_is_drawn_in_is_told(emulator: PermitRewriterEmulator, driver: Driver) -> None:
    accept(emulator, driver)
    emulator.do("jam", {"step": "eject"})
    completion = ask(driver, types.MOVE, Move(Place.EXIT))
    assert refused(completion, CompletionCode.HARDWARE_ERROR, "rewriter.jammed")
    completion = ask(driver, types.READ, ReadCard(accept=True))
    assert refused(completion, CompletionCode.HARDWARE_ERROR, "rewriter.jammed")
    assert seen(driver) == CardSeen(Media.JAMMED)


def test_a_device_that_says_nothing_is_gone_after_three_misses(
    emulator: PermitRewriterEmulator, driver: Driver
) -> None:
    emulator.do("silence", {})
    assert [driver.status().state for _ in range(3)] == [
        DeviceState.ONLINE,
        DeviceState.ONLINE,
        DeviceState.POWER_OFF,
    ]
    completion = ask(driver, types.READ)
    assert refused(completion, CompletionCode.DEVICE_NOT_READY, "rewriter.gone")
    emulator.do("normal", {})
    assert driver.status().state is DeviceState.ONLINE


def test_a_pulled_cable_is_gone_and_comes_back(emulator: PermitRewriterEmulator, driver: Driver) -> None:
    emulator.do("unplug", {})
    assert [driver.status().state for _ in range(3)][-1] is DeviceState.POWER_OFF
    emulator.do("plug", {})
    driver.close()
    assert driver.open().state is DeviceState.ONLINE


def test_waiting_ends_by_time(driver: Driver) -> None:
    assert ask(driver, types.READ, ReadCard(accept=True), 0.1).code is CompletionCode.CANCELED


def test_a_device_at_work_is_busy_and_not_disturbed() -> None:
    emulator = PermitRewriterEmulator(is_paced=False, act_s=5.0)
    emulator.start()
    try:
        settings: dict[str, Any] = {"port": emulator.port, "times": {**QUICK, "answer": 0.4, "link": {"ack": 0.4}}}
        first = find(REWRITER, "serial")(settings)
        first.open()
        emulator.do("inside", {"card": "permit"})
        given_up = first.execute(
            Command("one", types.ERASE, 0.2, msgspec.msgpack.encode(EraseMedia(CARD.chip_id))), Asked(0.2)
        )
        assert given_up.code is CompletionCode.CANCELED
        first.close()
        second = find(REWRITER, "serial")(settings)
        assert second.open().state is DeviceState.DEVICE_BUSY
        second.close()
        card = emulator.card
        assert card is not None
        assert emulator.wait_for("erase", 1, 5)
    finally:
        emulator.stop()


def test_the_emulator_tells_what_an_action_lacks(emulator: PermitRewriterEmulator) -> None:
    for action, arguments in (
        ("fly", {}),
        ("insert", {"card": "passport"}),
        ("jam", {"step": "dance"}),
        ("jam", {"step": "erase", "count": 0}),
        ("power_cut", {"step": "erase", "when": "never"}),
        ("break_part", {"part": "wheel"}),
        ("save", {}),
    ):
        with pytest.raises(ValueError, match=r"/ "):
            emulator.do(action, dict(arguments))
    emulator.do("insert", {"card": "permit"})
    with pytest.raises(ValueError, match="already"):
        emulator.do("insert", {"card": "permit"})
    actions = emulator.state()["actions"]
    assert isinstance(actions, list)
    assert {"insert", "take", "power_cut", "normal"} <= set(actions)


def test_the_virtual_card_shows_what_heat_did() -> None:
    card = permit("permit")
    card.print(NEW_BACK)
    assert card.overprints == 1
    assert card.back()[0] is types.Back.UNREADABLE
    assert card.shown != old_raster(0x11)
    assert permit("new_permit").png().startswith(b"\x89PNG")
