"""Every status of the module, said at every step of a read, by a module that follows a script."""

import os
import select
import threading
import tty
from collections.abc import Callable, Iterator

import pytest

from devices.emulators.cards import CARDS, PHOTO
from devices.id_card_reader.serial_driver import SerialReader, make
from devices.id_card_reader.sw3 import TABLE, Outcome
from devices.id_card_reader.types import EVENT_INVALID_MEDIA, READ
from devices.messages import Command, Completion
from devices.status import Action, CompletionCode, DeviceState
from tests.devices.id_card_reader.frames import framed
from tests.devices.id_card_reader.test_serial_driver import Execution
from tests.devices.scenes import QUICK

Script = Callable[[bytes, int], bytes | None]
"""Request (CMD PARA) and how often it has come before to the reply; ``None`` for the usual one."""

USUAL = {
    b"\x11\xff": framed(0x90),
    b"\x12\xff": framed(0x90, bytes(16)),
    b"\x20\x01": framed(0x9F, bytes(4)),
    b"\x20\x02": framed(0x90, bytes(8)),
    b"\x30\x01": framed(0x90, b"\x01\x00\x04\x00" + CARDS["resident"].text + PHOTO),
}
FIND, SELECT, READ_TEXT, STATUS, MODULE = b"\x20\x01", b"\x20\x02", b"\x30\x01", b"\x11\xff", b"\x12\xff"


class ScriptedModule:
    """Answers each request by the script; every request arrives in one piece on a pseudo-terminal."""

    def __init__(self) -> None:
        self.script: Script = lambda _request, _times: None
        self.seen: list[bytes] = []
        self._master, self._slave = os.openpty()
        tty.setraw(self._master)
        tty.setraw(self._slave)
        self._stop_read, self._stop_write = os.pipe()
        self.path = os.ttyname(self._slave)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while True:
            ready = select.select([self._master, self._stop_read], [], [])[0]
            if self._stop_read in ready:
                return
            request = os.read(self._master, 64)[7:9]
            reply = self.script(request, self.seen.count(request))
            self.seen.append(request)
            os.write(self._master, USUAL[request] if reply is None else reply)

    def stop(self) -> None:
        os.write(self._stop_write, b"x")
        self._thread.join(2)
        for descriptor in (self._master, self._slave, self._stop_read, self._stop_write):
            os.close(descriptor)


@pytest.fixture
def module() -> Iterator[ScriptedModule]:
    made = ScriptedModule()
    yield made
    made.stop()


@pytest.fixture
def driver(module: ScriptedModule) -> Iterator[SerialReader]:
    made = make({"port": module.path, "times": QUICK})
    assert isinstance(made, SerialReader)
    yield made
    made.close()


def once(wanted: bytes, reply: bytes, times: int = 1) -> Script:
    """The script that answers the first `times` requests of a kind so, all others as usual."""
    return lambda request, before: reply if request == wanted and before < times else None


def read(driver: SerialReader, execution: Execution) -> Completion:
    assert driver.open().state is DeviceState.ONLINE
    return driver.execute(Command("a1", READ, 5.0), execution)


ANYTHING_BUT_DONE = sorted(set(TABLE) - {0x90} | {0x00, 0x42, 0xFF})


@pytest.mark.parametrize("sw3", ANYTHING_BUT_DONE)
def test_after_any_status_to_a_read_the_next_try_succeeds(
    driver: SerialReader, module: ScriptedModule, sw3: int
) -> None:
    module.script = once(READ_TEXT, framed(sw3, sw1=0x6A, sw2=0x82))
    execution = Execution()
    if sw3 in (0x9F, 0x80):
        # no answer to a read: it belongs to an earlier question, and the right one does not come
        module.script = once(READ_TEXT, framed(sw3) + USUAL[READ_TEXT])
    if sw3 == 0x40:
        # this card must be lifted first: three finds without it
        module.script = lambda request, before: (
            framed(0x40)
            if request == READ_TEXT and before == 0
            else framed(0x80)
            if request == FIND and 3 <= before < 6
            else None
        )
    assert read(driver, execution).code is CompletionCode.SUCCESS
    complaints = [text for name, text in execution.events if name == EVENT_INVALID_MEDIA]
    if TABLE.get(sw3) is not None and TABLE[sw3].outcome in (Outcome.FRAMING, Outcome.FOUND, Outcome.NO_CARD):
        assert complaints == []
    else:
        assert complaints == ["card.unknown_type" if sw3 == 0x40 else "card.read_failed"]


@pytest.mark.parametrize("sw3", [0x31, 0x41, 0x81])
def test_after_a_failed_select_the_next_try_succeeds(driver: SerialReader, module: ScriptedModule, sw3: int) -> None:
    module.script = once(SELECT, framed(sw3))
    execution = Execution()
    assert read(driver, execution).code is CompletionCode.SUCCESS
    assert (EVENT_INVALID_MEDIA, "card.read_failed") in execution.events


@pytest.mark.parametrize(
    ("sw3", "reason"),
    [
        (0x60, "reader.self_test_failed"),
        (0x66, "reader.not_authorised"),
        (0x21, "reader.refused"),
        (0x23, "reader.refused"),
        (0x24, "reader.refused"),
    ],
)
def test_a_module_that_gives_up_ends_the_read_with_a_reason(
    driver: SerialReader, module: ScriptedModule, sw3: int, reason: str
) -> None:
    module.script = once(FIND, framed(sw3))
    completion = read(driver, Execution())
    assert (completion.code, completion.reason) == (CompletionCode.HARDWARE_ERROR, reason)


@pytest.mark.parametrize("sw3", [0x10, 0x11, 0x3F])
def test_a_request_that_came_damaged_is_sent_again(driver: SerialReader, module: ScriptedModule, sw3: int) -> None:
    module.script = once(FIND, framed(sw3), times=2)
    execution = Execution()
    assert read(driver, execution).code is CompletionCode.SUCCESS
    assert module.seen.count(FIND) == 3
    assert len(execution.events) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x10\x04\x00" + bytes(256) + PHOTO,
        b"\x01\x00\x04\x00" + " ".encode("utf-16-le") * 128 + PHOTO,
        b"\x01\x00\x04\x00" + CARDS["resident"].text + PHOTO[:-1],
    ],
)
def test_a_text_that_makes_no_sense_is_a_failed_try(driver: SerialReader, module: ScriptedModule, data: bytes) -> None:
    module.script = once(READ_TEXT, framed(0x90, data))
    execution = Execution()
    assert read(driver, execution).code is CompletionCode.SUCCESS
    assert [name for name, _ in execution.events].count(EVENT_INVALID_MEDIA) == 1


@pytest.mark.parametrize("sw3", [0x40, 0x41, 0x91, 0xFF])
def test_a_status_reply_that_makes_no_sense_calls_the_technician(
    driver: SerialReader, module: ScriptedModule, sw3: int
) -> None:
    module.script = once(STATUS, framed(sw3))
    status = driver.open()
    assert (status.state, status.action) == (DeviceState.HARDWARE_ERROR, Action.MAINTENANCE)
    assert driver.status().state is DeviceState.ONLINE


@pytest.mark.allow_log("module_changed")
def test_a_module_without_an_id_is_online_unless_one_is_pinned(module: ScriptedModule, driver: SerialReader) -> None:
    module.script = lambda request, _before: framed(0x21) if request == MODULE else None
    assert (driver.open().state, driver.status().module_id) == (DeviceState.ONLINE, None)
    driver.close()
    pinned = make({"port": module.path, "times": QUICK, "module_id": "05.01-20160101-000012345-012345678"})
    assert pinned.open().state is DeviceState.FRAUD_ATTEMPT
    pinned.close()


def test_a_reply_to_an_earlier_question_is_skipped(driver: SerialReader, module: ScriptedModule) -> None:
    module.script = lambda request, _before: {
        FIND: framed(0x90) + USUAL[FIND],
        SELECT: framed(0x9F, bytes(4)) + USUAL[SELECT],
        READ_TEXT: USUAL[SELECT] + USUAL[READ_TEXT],
        STATUS: framed(0x80) + USUAL[STATUS],
        MODULE: USUAL[STATUS] + USUAL[MODULE],
    }.get(request)
    execution = Execution()
    assert read(driver, execution).code is CompletionCode.SUCCESS
    assert len(execution.events) == 1
