"""The serial driver against the emulated module, in one process: what it answers, and what it does on the wire."""

import os
import threading
import time
from collections.abc import Callable, Iterator

import msgspec
import pytest

from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.id_card_reader.serial_driver import SerialReader, make
from devices.id_card_reader.types import (
    EVENT_INVALID_MEDIA,
    EVENT_MEDIA_INSERTED,
    FORGET,
    READ,
    WATCH_REMOVAL,
    CardRead,
    ReadCard,
)
from devices.messages import Command, Completion
from devices.status import Action, CompletionCode, DeviceState, Media
from kiosk.base.errors import BudayangError
from tests.devices.scenes import QUICK, line_of

MODULE = "05.01-20160101-000012345-012345678"


class Execution:
    """A running command whose events may pull the strings of the emulator."""

    action_id = "a1"

    def __init__(self, timeout_s: float = 5.0, on_event: Callable[[str, str], None] | None = None) -> None:
        self.events: list[tuple[str, str]] = []
        self._on_event = on_event
        self._ends = time.monotonic() + timeout_s
        self._cancelled = threading.Event()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set() or time.monotonic() > self._ends

    def cancel(self) -> None:
        self._cancelled.set()

    def emit(self, name: str, payload: bytes = b"") -> None:
        text = msgspec.msgpack.decode(payload, type=str) if payload else ""
        self.events.append((name, text))
        if self._on_event is not None:
            self._on_event(name, text)


@pytest.fixture
def emulator() -> Iterator[IdCardReaderEmulator]:
    with line_of() as emulated:
        yield emulated


@pytest.fixture
def driver(emulator: IdCardReaderEmulator) -> Iterator[SerialReader]:
    made = make({"port": emulator.port, "times": QUICK})
    assert isinstance(made, SerialReader)
    yield made
    made.close()


def read(driver: SerialReader, execution: Execution | None = None, wish: ReadCard | None = None) -> Completion:
    payload = msgspec.msgpack.encode(wish) if wish is not None else b""
    return driver.execute(Command("a1", READ, 5.0, payload), execution or Execution())


def number_of(completion: Completion) -> str:
    assert completion.code is CompletionCode.SUCCESS, completion
    return msgspec.msgpack.decode(completion.payload, type=CardRead).text.id_number


def test_opening_tells_status_and_module(driver: SerialReader) -> None:
    status = driver.open()
    assert (status.state, status.media, status.module_id) == (DeviceState.ONLINE, Media.UNKNOWN, MODULE)
    assert driver.status() == status


def test_a_lying_card_is_read_without_its_photo(driver: SerialReader, emulator: IdCardReaderEmulator) -> None:
    driver.open()
    emulator.do("lay", {"card": "resident"})
    execution = Execution()
    completion = read(driver, execution)
    assert number_of(completion) == "440308199901101512"
    assert len(completion.payload) < 600
    assert execution.events == [(EVENT_MEDIA_INSERTED, "")]


@pytest.mark.parametrize(
    "card",
    [
        "long_term",
        "minority",
        "rare_character",
        "hk_permit",
        "tw_permit",
        "foreigner_2017",
        "foreigner_2023",
        "expired",
    ],
)
def test_every_readable_card_is_read(driver: SerialReader, emulator: IdCardReaderEmulator, card: str) -> None:
    driver.open()
    emulator.do("lay", {"card": card})
    assert read(driver).code is CompletionCode.SUCCESS


def test_a_reply_of_1297_bytes_is_read(driver: SerialReader, emulator: IdCardReaderEmulator) -> None:
    driver.open()
    emulator.do("long_reply", {})
    emulator.do("lay", {"card": "resident"})
    assert number_of(read(driver)) == "440308199901101512"


def test_a_dribbled_reply_is_read(driver: SerialReader, emulator: IdCardReaderEmulator) -> None:
    patient = make({"port": emulator.port, "times": {**QUICK, "read_reply": 10.0}})
    emulator.do("dribble", {"ms": 1})
    emulator.do("lay", {"card": "resident"})
    try:
        assert patient.open().state is DeviceState.ONLINE
        assert number_of(patient.execute(Command("a1", READ, 20.0), Execution(20.0))) == "440308199901101512"
    finally:
        patient.close()


def test_at_the_real_pace_the_completion_follows_the_last_byte_at_once() -> None:
    with line_of(is_paced=True) as emulator:
        driver = make({"port": emulator.port})
        try:
            driver.open()
            emulator.do("lay", {"card": "resident"})
            lags = []
            for _ in range(3):
                assert driver.execute(Command("a1", READ, 5.0), Execution()).code is CompletionCode.SUCCESS
                lags.append(time.monotonic() - emulator.last_read_sent_at)
                # select and read cannot be faster than the line carries 10 + 19 + 10 + 1295 bytes
                assert emulator.last_read_sent_at - emulator.last_9f_at >= 1334 / 11520 * 0.98
            # 0.3 ms on an idle machine; the limit leaves room for other tests beside this one
            assert min(lags) < 0.02
        finally:
            driver.close()


def test_an_unknown_card_is_told_and_the_next_one_is_read(driver: SerialReader, emulator: IdCardReaderEmulator) -> None:
    def swap(name: str, _text: str) -> None:
        if name == EVENT_INVALID_MEDIA:
            emulator.do("pull", {})
            threading.Timer(0.3, emulator.do, ("lay", {"card": "resident"})).start()

    driver.open()
    emulator.do("lay", {"card": "unknown_type"})
    execution = Execution(on_event=swap)
    assert read(driver, execution).code is CompletionCode.SUCCESS
    assert execution.events == [
        (EVENT_MEDIA_INSERTED, ""),
        (EVENT_INVALID_MEDIA, "card.unknown_type"),
        (EVENT_MEDIA_INSERTED, ""),
    ]


def test_a_card_that_lay_there_before_must_be_lifted_when_asked(
    driver: SerialReader, emulator: IdCardReaderEmulator
) -> None:
    driver.open()
    emulator.do("lay", {"card": "resident"})
    execution = Execution(0.3)
    assert read(driver, execution, ReadCard(accepts_lying=False)).code is CompletionCode.CANCELED
    assert execution.events == []


def test_a_model_that_latches_is_read_once_per_laying() -> None:
    with line_of(latches=True) as emulator:
        driver = make({"port": emulator.port, "times": QUICK})
        try:
            driver.open()
            emulator.do("lay", {"card": "resident"})
            assert driver.execute(Command("a1", READ, 5.0), Execution()).code is CompletionCode.SUCCESS
            assert driver.execute(Command("a2", READ, 5.0), Execution(0.3)).code is CompletionCode.CANCELED
            emulator.do("lay", {"card": "resident"})
            assert driver.execute(Command("a3", READ, 5.0), Execution()).code is CompletionCode.SUCCESS
        finally:
            driver.close()


def test_removal_needs_three_misses(driver: SerialReader, emulator: IdCardReaderEmulator) -> None:
    driver.open()
    emulator.do("lay", {"card": "resident"})
    lifting = threading.Timer(0.2, emulator.do, ("pull", {}))
    started = time.monotonic()
    lifting.start()
    assert driver.execute(Command("a1", WATCH_REMOVAL, 5.0), Execution()).code is CompletionCode.SUCCESS
    lifting.join()
    assert time.monotonic() - started >= 0.2 + 2 * QUICK["removal_interval"]


def test_removal_is_told_at_once_when_nothing_lies_there(driver: SerialReader) -> None:
    driver.open()
    assert driver.execute(Command("a1", WATCH_REMOVAL, 5.0), Execution()).code is CompletionCode.SUCCESS


def test_a_cancelled_watch_ends(driver: SerialReader, emulator: IdCardReaderEmulator) -> None:
    driver.open()
    emulator.do("lay", {"card": "resident"})
    execution = Execution()
    giving_up = threading.Timer(0.15, execution.cancel)
    giving_up.start()
    started = time.monotonic()
    assert driver.execute(Command("a1", WATCH_REMOVAL, 0.0), execution).code is CompletionCode.CANCELED
    giving_up.join()
    assert time.monotonic() - started < 2


def test_forgetting_succeeds_and_other_commands_are_unsupported(driver: SerialReader) -> None:
    driver.open()
    assert driver.execute(Command("a1", FORGET, 1.0), Execution()).code is CompletionCode.SUCCESS
    assert driver.execute(Command("a1", "retainCard", 1.0), Execution()).code is CompletionCode.UNSUPPORTED_COMMAND
    assert driver.execute(Command("a1", READ, 1.0, b"\xc1"), Execution()).code is CompletionCode.INVALID_DATA


def test_a_reader_that_was_never_there_is_starting_then_off(emulator: IdCardReaderEmulator) -> None:
    driver = make({"port": emulator.port + "-nowhere", "times": QUICK})
    states = [driver.open().state, driver.status().state, driver.status().state, driver.status().state]
    assert states == [DeviceState.STARTING, DeviceState.STARTING, DeviceState.POWER_OFF, DeviceState.POWER_OFF]
    completion = driver.execute(Command("a1", READ, 5.0), Execution())
    assert (completion.code, completion.reason) == (CompletionCode.DEVICE_NOT_READY, "reader.gone")


def test_a_port_that_is_taken_already_is_not_opened(driver: SerialReader, emulator: IdCardReaderEmulator) -> None:
    assert driver.open().state is DeviceState.ONLINE
    second = make({"port": emulator.port, "times": QUICK})
    assert [second.open().state for _ in range(3)][-1] is DeviceState.POWER_OFF
    second.close()
    assert driver.status().state is DeviceState.ONLINE


def test_a_failed_self_test_calls_the_technician(driver: SerialReader, emulator: IdCardReaderEmulator) -> None:
    emulator.do("self_test_failed", {})
    status = driver.open()
    assert (status.state, status.action, status.reason) == (
        DeviceState.HARDWARE_ERROR,
        Action.MAINTENANCE,
        "reader.self_test_failed",
    )
    completion = read(driver)
    assert (completion.code, completion.reason) == (CompletionCode.HARDWARE_ERROR, "reader.self_test_failed")
    emulator.do("normal", {})
    assert driver.status().state is DeviceState.ONLINE


def test_a_module_without_authorisation_is_a_matter_of_configuration(
    driver: SerialReader, emulator: IdCardReaderEmulator
) -> None:
    emulator.do("sam_unauthorised", {})
    status = driver.open()
    assert (status.state, status.action) == (DeviceState.HARDWARE_ERROR, Action.CONFIGURATION)


def test_a_failure_of_the_module_in_mid_wait_ends_the_read(
    driver: SerialReader, emulator: IdCardReaderEmulator
) -> None:
    driver.open()
    failing = threading.Timer(0.2, emulator.do, ("sam_unauthorised", {}))
    failing.start()
    completion = read(driver)
    failing.join()
    assert (completion.code, completion.reason) == (CompletionCode.HARDWARE_ERROR, "reader.not_authorised")


def test_a_late_reply_is_not_taken_for_the_next_ones() -> None:
    """A module that answers every question with the answer to an earlier one first."""
    from devices.id_card_reader.codec import Request
    from devices.id_card_reader.serial_link import SerialLink, Trouble
    from tests.devices.id_card_reader.frames import framed

    master, slave = os.openpty()
    import tty

    tty.setraw(master)
    tty.setraw(slave)
    link = SerialLink(os.ttyname(slave), 115200, 0.5, 0.1)
    try:
        assert link.open()

        def answer() -> None:
            os.read(master, 64)
            os.write(master, framed(0x90, bytes(8)) + framed(0x9F, bytes(4)))

        module = threading.Thread(target=answer)
        module.start()
        reply = link.exchange(Request.FIND, 1.0, lambda: False)
        module.join(2)
        assert not isinstance(reply, Trouble)
        assert reply.sw3 == 0x9F
    finally:
        link.close()
        os.close(master)
        os.close(slave)


@pytest.mark.parametrize(
    "settings",
    [{}, {"port": 5}, {"port": "/dev/ttyS0", "baud": 9600}, {"port": "/dev/ttyS0", "times": {"reply": "soon"}}],
)
def test_wrong_settings_are_refused_with_a_key(settings: dict[str, object]) -> None:
    with pytest.raises(BudayangError) as raised:
        make(settings)
    assert raised.value.problem.key == "device.configuration"


def test_closing_twice_is_allowed_and_opening_again_works(driver: SerialReader) -> None:
    driver.open()
    driver.close()
    driver.close()
    assert driver.open().state is DeviceState.ONLINE
