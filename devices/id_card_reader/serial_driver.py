"""The driver of a serial ID-card reader (SAM-V module, 115200 8N1).

Policy: status and module id are asked at each opening, at each poll and before each read. A reply of any kind ends a row
of misses; three misses in a row make the reader `powerOff`. While a screen waits, find is sent at `find_interval_s`;
on 9F the card is selected and read. A failed try is told as an event and the read goes on waiting; after `retries`
further failures the card must be lifted (three finds without it) before it is tried again. Frames that are damaged are
asked for again twice. The photo is copied out of the receive buffer, which is overwritten after each frame, only where a
decoder is installed; it is kept, undecoded, until `readPhoto` takes it, the card goes or another one is waited for.

A frame is not authenticated: whatever hangs on the cable is any citizen. So the module's id can be pinned (`module_id`);
another id is a fraud attempt and every command is refused.
"""

import time
from collections.abc import Callable

import msgspec

from devices.driver import Driver, Execution
from devices.id_card_reader import codec, sw3
from devices.id_card_reader.codec import Reply, Request
from devices.id_card_reader.photo import KeptPhoto, PhotoPlugin, capabilities_of, photo_completion
from devices.id_card_reader.serial_link import SerialLink, Trouble
from devices.id_card_reader.text import parse_text
from devices.id_card_reader.types import (
    EVENT_INVALID_MEDIA,
    EVENT_MEDIA_INSERTED,
    FORGET,
    READ,
    READ_PHOTO,
    WATCH_REMOVAL,
    CardRead,
    CardText,
    ReadCard,
)
from devices.messages import Capabilities, Command, Completion
from devices.notes import note
from devices.status import STARTING, Action, CompletionCode, DeviceState, DeviceStatus, Media
from kiosk.base.errors import BudayangError, Problem

MISSES = 3
"""So many in a row mean gone: of replies for the reader, of finds for the card."""

_FRAME_REPEATS = 2
_POWER_OFF = DeviceStatus(DeviceState.POWER_OFF, media=Media.UNKNOWN, action=Action.MAINTENANCE, reason="reader.gone")


class ReaderTimes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All waits of the driver, in seconds; replaceable in tests."""

    reply: float = 0.3
    read_reply: float = 3.0
    gap: float = 0.25  # a reply that has begun and stops for so long is damaged
    write: float = 0.5
    find_interval: float = 0.1
    removal_interval: float = 0.2
    retry: float = 0.3  # after a miss within a command


class ReaderSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """This driver's part of the configuration. `photo_decoder`: see `devices.id_card_reader.photo.PhotoPlugin`."""

    port: str
    module_id: str | None = None
    photo_decoder: str | None = None
    baud_rate: int = 115200
    retries: int = 2
    times: ReaderTimes = msgspec.field(default_factory=ReaderTimes)


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value."""
    try:
        return SerialReader(msgspec.convert(settings, ReaderSettings))
    except msgspec.ValidationError:
        raise BudayangError("device.configuration") from None


def _never() -> bool:
    return False


class SerialReader:
    """A reader behind one serial port. All methods from one thread."""

    def __init__(self, settings: ReaderSettings) -> None:
        self._settings = settings
        self._times = settings.times
        self._link = SerialLink(settings.port, settings.baud_rate, self._times.write, self._times.gap)
        self._photos = PhotoPlugin(settings.photo_decoder)
        self._photo = KeptPhoto()
        self._misses = 0
        self._status = STARTING

    def capabilities(self) -> Capabilities:
        """XFS4IoT CardReader's commands, photos where there is a decoder."""
        return capabilities_of(self._photos)

    def open(self) -> DeviceStatus:
        """Opens the port and asks status and module id; a failure counts as one miss."""
        if not self._link.open():
            return self._missed(Trouble.GONE)
        return self._probe(_never)

    def status(self) -> DeviceStatus:
        """Asks status and module id; opens the port again when it was lost."""
        return self._probe(_never) if self._link.is_open else self.open()

    def close(self) -> None:
        """Releases the port; twice is allowed."""
        self._photo.erase()
        self._link.close()

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `readRawData`, `readPhoto`, `watchRemoval` or `reset`."""
        if command.name == FORGET:
            self._photo.erase()
            self._link.forget()
            return Completion(command.action_id, CompletionCode.SUCCESS)
        if command.name == WATCH_REMOVAL:
            return self._refusal(execution) or self._watch_removal(execution)
        if command.name == READ_PHOTO:
            return photo_completion(command.action_id, self._photos, self._photo.take)
        if command.name != READ:
            return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        try:
            wish = msgspec.msgpack.decode(command.payload, type=ReadCard) if command.payload else ReadCard()
        except msgspec.DecodeError:
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
        return self._refusal(execution) or self._read(execution, wish)

    # -- the reader ----------------------------------------------------------------------------------------------

    def _probe(self, give_up: Callable[[], bool]) -> DeviceStatus:
        reply = self._ask(Request.STATUS, give_up)
        if isinstance(reply, Trouble):
            return self._missed(reply)
        said = sw3.meaning(reply.sw3)
        if said.outcome is not sw3.Outcome.DONE:
            state, action, key = said.state, said.action, said.key
            if state is DeviceState.ONLINE:  # a status that makes no sense as an answer here
                state, action, key = DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, "reader.self_test_failed"
            return self._now(DeviceStatus(state, media=Media.UNKNOWN, action=action, reason=key))
        reply = self._ask(Request.MODULE_ID, give_up)
        if isinstance(reply, Trouble):
            return self._missed(reply)
        module = codec.module_id(reply.data) if reply.sw3 == 0x90 else None
        pinned = self._settings.module_id
        if pinned is not None and module != pinned:
            if self._status.state is not DeviceState.FRAUD_ATTEMPT:
                note("module_changed", device="id_card_reader")
            return self._now(
                DeviceStatus(
                    DeviceState.FRAUD_ATTEMPT,
                    media=Media.UNKNOWN,
                    action=Action.CONFIGURATION,
                    reason="reader.module_changed",
                    module_id=module,
                )
            )
        return self._now(DeviceStatus(DeviceState.ONLINE, media=Media.UNKNOWN, module_id=module))

    def _now(self, status: DeviceStatus) -> DeviceStatus:
        self._misses = 0
        self._status = status
        return status

    def _missed(self, trouble: Trouble) -> DeviceStatus:
        """One more miss, unless we gave up ourselves; the status changes with the third only."""
        if trouble is not Trouble.CANCELED:
            self._misses += 1
        if self._misses >= MISSES:
            self._status = _POWER_OFF
        return self._status

    def _ask(self, request: Request, give_up: Callable[[], bool]) -> Reply | Trouble:
        """Exchanges; asks again when a frame was damaged on its way or the module says that ours was."""
        timeout_s = self._times.read_reply if request is Request.READ else self._times.reply
        for attempt in range(_FRAME_REPEATS + 1):
            reply = self._link.exchange(request, timeout_s, give_up)
            if isinstance(reply, Reply):
                outcome = sw3.meaning(reply.sw3).outcome
                if outcome not in (sw3.Outcome.DONE, sw3.Outcome.FOUND, sw3.Outcome.NO_CARD):
                    note("reader_reply", request=request.name, sw1=reply.sw1, sw2=reply.sw2, sw3=reply.sw3)
                if outcome is not sw3.Outcome.FRAMING:
                    self._misses = 0
                    return reply
            elif reply is not Trouble.DAMAGED:
                return reply
            note("reader_line", request=request.name, attempt=attempt + 1)
        return Trouble.DAMAGED

    # -- commands ------------------------------------------------------------------------------------------------

    def _refusal(self, execution: Execution) -> Completion | None:
        """Probes until there is an answer or the third miss; returns why no command may run, ``None`` if it may."""
        while True:
            status = self._probe(execution.is_cancelled) if self._link.is_open else self.open()
            if execution.is_cancelled():
                return Completion(execution.action_id, CompletionCode.CANCELED)
            if self._misses == 0 or self._misses >= MISSES:
                break
            self._wait(self._times.retry, execution)
        if status.is_usable:
            return None
        code = CompletionCode.DEVICE_NOT_READY
        if status.state is DeviceState.FRAUD_ATTEMPT:
            code = CompletionCode.FRAUD_ATTEMPT
        elif status.state is DeviceState.HARDWARE_ERROR:
            code = CompletionCode.HARDWARE_ERROR
        return Completion(execution.action_id, code, status.reason)

    def _wait(self, seconds: float, execution: Execution) -> None:
        ends = time.monotonic() + seconds
        while not execution.is_cancelled() and (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, 0.05))

    def _find(self, execution: Execution) -> bool | Completion | None:
        """One find: whether a card lies there, the end of the command, or ``None`` for a miss that is no end yet."""
        reply = self._ask(Request.FIND, execution.is_cancelled)
        if isinstance(reply, Trouble):
            self._missed(reply)
            if reply is Trouble.GONE or self._misses >= MISSES:
                # what answers after a pulled plug may be another module: never go on without asking who it is
                return self._refusal(execution)
            return None
        said = sw3.meaning(reply.sw3)
        if said.outcome is sw3.Outcome.FOUND:
            return True
        if said.outcome in (sw3.Outcome.OUT_OF_SERVICE, sw3.Outcome.REFUSED):
            self._now(DeviceStatus(said.state, media=Media.UNKNOWN, action=said.action, reason=said.key))
            return Completion(execution.action_id, CompletionCode.HARDWARE_ERROR, said.key)
        return False

    def _read(self, execution: Execution, wish: ReadCard) -> Completion:
        self._photo.erase()
        tries = 0
        absent = 0
        must_be_lifted = not wish.accepts_lying
        while not execution.is_cancelled():
            found = self._find(execution)
            if isinstance(found, Completion):
                return found
            if found and not must_be_lifted:
                absent = 0
                execution.emit(EVENT_MEDIA_INSERTED)
                result = self._take(execution)
                if isinstance(result, CardText):
                    payload = msgspec.msgpack.encode(CardRead(result))
                    return Completion(execution.action_id, CompletionCode.SUCCESS, payload=payload)
                self._photo.erase()  # first: however the command ends, this card was not read
                if execution.is_cancelled():
                    break
                still_there = self._find(execution)
                if isinstance(still_there, Completion):
                    return still_there
                if still_there is False:
                    absent = 1
                    result = Problem("card.removed")
                tries += 1
                must_be_lifted = result.key == "card.unknown_type" or tries > self._settings.retries
                execution.emit(EVENT_INVALID_MEDIA, msgspec.msgpack.encode(result.key))
            elif found is False:
                absent += 1
                if absent >= MISSES:
                    must_be_lifted = False
                    tries = 0
            elif found:
                absent = 0
            self._wait(self._times.find_interval, execution)
        return Completion(execution.action_id, CompletionCode.CANCELED)

    def _take(self, execution: Execution) -> CardText | Problem:
        """Selects and reads the card that was found; a silent module is left to the next find to judge."""
        for request in (Request.SELECT, Request.READ):
            reply = self._ask(request, execution.is_cancelled)
            if isinstance(reply, Trouble):
                return Problem("card.read_failed")
            said = sw3.meaning(reply.sw3)
            if said.outcome is not sw3.Outcome.DONE:
                return Problem("card.unknown_type" if said.outcome is sw3.Outcome.UNKNOWN_CARD else "card.read_failed")
            if request is Request.READ:
                block = codec.text_block(reply.data)
                if self._photos.is_installed:
                    self._photo.keep(codec.photo_block(reply.data))
                reply.erase()
                if block is not None:
                    text = parse_text(block)
                    block[:] = bytes(len(block))
                    return text
        return Problem("card.read_failed")

    def _watch_removal(self, execution: Execution) -> Completion:
        absent = 0
        while not execution.is_cancelled():
            found = self._find(execution)
            if isinstance(found, Completion):
                return found
            if found is not None:
                absent = 0 if found else absent + 1
                if absent >= MISSES:
                    self._photo.erase()
                    return Completion(execution.action_id, CompletionCode.SUCCESS)
            self._wait(self._times.removal_interval, execution)
        return Completion(execution.action_id, CompletionCode.CANCELED)
