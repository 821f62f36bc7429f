"""The driver of permit rewriters that speak our own serial protocol (docs/permit-rewriter-port.md), 115200 8N1.

Policy: a command that changes a card asks first which chip is inside and is refused for any other; printing asks first whether the
back is blank. A card that lay inside when the device was found is nobody's any more: the status says so, and no other card
is accepted, until it was looked at (`readRawData` without `accept`) and moved. Three misses in a row make the device `powerOff`.
Reading is repeated by itself after the device was switched off and on; what changes a card never is.
"""

import hashlib
import time
from collections.abc import Callable

import msgspec

from devices.driver import Driver, Execution
from devices.messages import Capabilities, Command, Completion
from devices.permit_rewriter import content_codec as content
from devices.permit_rewriter import types
from devices.permit_rewriter.codec import Kind, Result
from devices.permit_rewriter.content_codec import Greeting, Load, State
from devices.permit_rewriter.content_codec import Trouble as Fault
from devices.permit_rewriter.serial_link import Answer, LinkTimes, SerialLink, Trouble
from devices.permit_rewriter.types import Back, CardSeen, ChipIO, EraseMedia, Move, Place, PrintRaw, ReadCard
from devices.status import STARTING, Action, CompletionCode, DeviceState, DeviceStatus, Media, Part
from kiosk.base.errors import BudayangError

MISSES = 3

_POWER_OFF = DeviceStatus(DeviceState.POWER_OFF, media=Media.UNKNOWN, action=Action.MAINTENANCE, reason="rewriter.gone")
_PARTS = {"eraser": Fault.ERASER, "printer": Fault.PRINTER, "chip": Fault.CHIP, "camera": Fault.CAMERA}
_REASONS: dict[Result, tuple[CompletionCode, str]] = {
    Result.NO_CARD: (CompletionCode.COMMAND_ERROR_CODE, "rewriter.card_not_found"),
    Result.JAMMED: (CompletionCode.HARDWARE_ERROR, "rewriter.jammed"),
    Result.FAILED: (CompletionCode.HARDWARE_ERROR, "rewriter.part_failed"),
    Result.CHIP_SILENT: (CompletionCode.HARDWARE_ERROR, "rewriter.chip_silent"),
    Result.NO_PICTURE: (CompletionCode.HARDWARE_ERROR, "rewriter.back_not_seen"),
    Result.WRONG_LOAD: (CompletionCode.HARDWARE_ERROR, "rewriter.part_failed"),
    Result.BIN_FULL: (CompletionCode.DEVICE_NOT_READY, "rewriter.bin_full"),
    Result.BLOCKED: (CompletionCode.DEVICE_NOT_READY, "rewriter.card_inside"),
}
_NOT_LATCHED = {
    Media.JAMMED: _REASONS[Result.JAMMED],
    Media.UNKNOWN: (CompletionCode.HARDWARE_ERROR, "rewriter.not_seen"),
}


class RewriterTimes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All waits of the driver, in seconds; replaceable in tests."""

    link: LinkTimes = msgspec.field(default_factory=LinkTimes)
    answer: float = 3.0  # of what moves nothing
    work: float = 40.0  # of one erasing, writing, printing or moving
    find_interval: float = 0.2  # while a card is awaited or awaited to go
    retry: float = 0.3  # after a miss within a command


class RewriterSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """This driver's part of the configuration."""

    port: str
    baud_rate: int = 115200
    times: RewriterTimes = msgspec.field(default_factory=RewriterTimes)


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value."""
    try:
        return SerialRewriter(msgspec.convert(settings, RewriterSettings))
    except msgspec.ValidationError:
        raise BudayangError("device.configuration") from None


class _EndedEarlyError(Exception):
    """A command came to its end early; holds its completion, never a text."""

    def __init__(self, code: CompletionCode, reason: str | None = None) -> None:
        super().__init__()
        self.code = code
        self.reason = reason


def _never() -> bool:
    return False


class SerialRewriter:
    """A rewriter behind one serial port. All methods from one thread."""

    def __init__(self, settings: RewriterSettings) -> None:
        self._times = settings.times
        self._link = SerialLink(settings.port, settings.baud_rate, settings.times.link)
        self._greeting: Greeting | None = None
        self._misses = 0
        self._status = STARTING
        self._is_known = False  # whether the card inside was accepted or looked at in this host's life
        self._held: str | None = None

    def capabilities(self) -> Capabilities:
        """All commands of the port."""
        return Capabilities(types.COMMANDS, types.EVENTS)

    def open(self) -> DeviceStatus:
        """Opens the port, greets, asks the status; a failure counts as one miss."""
        self._greeting = None
        if not self._link.open():
            return self._missed(Trouble.GONE)
        return self.status()

    def status(self) -> DeviceStatus:
        """Asks the status; greets or opens the port again when need be."""
        if not self._link.is_open:
            self._greeting = None
            if not self._link.open():
                return self._missed(Trouble.GONE)
        state = self._state(_never)
        return self._tell(state) if isinstance(state, State) else self._missed(state)

    def close(self) -> None:
        """Releases the port; twice is allowed."""
        self._link.close()

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out one command of `types.COMMANDS`."""
        carry_out = {
            types.READ: self._read,
            types.ERASE: self._erase,
            types.CHIP_IO: self._write_chip,
            types.PRINT: self._print,
            types.MOVE: self._move,
            types.WATCH_REMOVAL: self._watch_removal,
            types.RESET: self._reset,
        }.get(command.name)
        if carry_out is None:
            return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        try:
            return Completion(command.action_id, CompletionCode.SUCCESS, payload=carry_out(command, execution))
        except _EndedEarlyError as ended:
            return Completion(command.action_id, ended.code, ended.reason)
        except msgspec.DecodeError:
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
        finally:
            self._link.forget()

    # -- the device ----------------------------------------------------------------------------------------------

    def _greet(self, give_up: Callable[[], bool]) -> Trouble | None:
        answer = self._link.exchange(Kind.HELLO, b"", self._times.answer, give_up)
        if isinstance(answer, Trouble):
            return answer
        self._greeting = content.decode_greeting(answer.content)
        return Trouble.DAMAGED if self._greeting is None else None

    def _ask(
        self, kind: Kind, data: bytes, give_up: Callable[[], bool], reply_s: float | None = None
    ) -> Answer | Trouble:
        """Asks what changes nothing; greets before when need be."""
        answer: Answer | Trouble = Trouble.RESTARTED
        for _ in range(2):
            if self._greeting is None and (trouble := self._greet(give_up)) is not None:
                return trouble
            answer = self._link.exchange(kind, data, reply_s or self._times.answer, give_up)
            if answer is not Trouble.RESTARTED:
                break
            self._greeting = None
        return answer

    def _state(self, give_up: Callable[[], bool]) -> State | Trouble:
        answer = self._ask(Kind.STATUS, b"", give_up)
        if isinstance(answer, Trouble):
            return answer
        state = content.decode_state(answer.content)
        if state is None:
            return Trouble.DAMAGED
        self._misses = 0
        if state.media in (Media.NOT_PRESENT, Media.ENTERING):
            self._is_known = False
            self._held = None
        return state

    def _tell(self, state: State) -> DeviceStatus:
        parts = [Part(name, "inoperative" if state.trouble & fault else "ok") for name, fault in _PARTS.items()]
        bin_word = "full" if state.trouble & Fault.BIN_FULL else "high" if state.trouble & Fault.BIN_HIGH else "ok"
        device, action, reason = self._judge(state)
        self._status = DeviceStatus(
            device,
            media=state.media,
            action=action,
            reason=reason,
            module_id=self._greeting.model or None if self._greeting is not None else None,
            parts=(*parts, Part("bin", bin_word)),
        )
        return self._status

    def _judge(self, state: State) -> tuple[DeviceState, Action | None, str | None]:
        if state.media is Media.JAMMED:
            return DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, self._held or "rewriter.jammed"
        if state.media is Media.LATCHED and self._held is not None:
            return DeviceState.USER_ERROR, Action.MAINTENANCE, self._held
        if state.media is Media.LATCHED and not self._is_known:
            return DeviceState.USER_ERROR, Action.CLEAR, "rewriter.card_inside"
        if any(state.trouble & fault for fault in _PARTS.values()):
            return DeviceState.HARDWARE_ERROR, Action.MAINTENANCE, "rewriter.part_failed"
        if state.trouble & Fault.BIN_FULL:
            return DeviceState.USER_ERROR, Action.CLEAR, "rewriter.bin_full"
        return DeviceState.ONLINE, None, None

    def _missed(self, trouble: Trouble) -> DeviceStatus:
        """One more miss, unless we gave up ourselves; the status changes with the third only."""
        if trouble is Trouble.BUSY:
            self._misses = 0
            self._status = DeviceStatus(DeviceState.DEVICE_BUSY, media=Media.UNKNOWN)
        elif trouble is not Trouble.CANCELED:
            self._misses += 1
        if self._misses >= MISSES:
            self._status = _POWER_OFF
        return self._status

    # -- within a command ----------------------------------------------------------------------------------------

    def _need(self, answer: Answer | Trouble) -> bytes:
        """The content of a good answer; anything else ends the command."""
        if isinstance(answer, Answer):
            if answer.result is Result.DONE:
                return answer.content
            raise _EndedEarlyError(*_REASONS[answer.result])
        if answer is Trouble.CANCELED:
            raise _EndedEarlyError(CompletionCode.CANCELED)
        self._missed(answer)
        if answer is Trouble.RESTARTED:
            self._greeting = None
        code = CompletionCode.DEVICE_NOT_READY if answer is Trouble.GONE else CompletionCode.HARDWARE_ERROR
        raise _EndedEarlyError(code, "rewriter.gone" if answer is Trouble.GONE else "rewriter.outcome_unknown")

    def _need_state(self, execution: Execution) -> State:
        """The state, asked until it comes or the device is gone."""
        while True:
            if not self._link.is_open:
                self._greeting = None
                self._link.open()
            state = self._state(execution.is_cancelled) if self._link.is_open else Trouble.GONE
            if isinstance(state, State):
                return state
            if execution.is_cancelled():
                raise _EndedEarlyError(CompletionCode.CANCELED)
            if self._missed(state) is _POWER_OFF:
                raise _EndedEarlyError(CompletionCode.DEVICE_NOT_READY, "rewriter.gone")
            self._wait(self._times.retry, execution)

    def _wait(self, seconds: float, execution: Execution) -> None:
        ends = time.monotonic() + seconds
        while not execution.is_cancelled() and (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, 0.05))

    def _work(self, kind: Kind, data: bytes, execution: Execution) -> None:
        """What changes or moves a card: asked for once, and never again by itself."""
        self._need(self._link.exchange(kind, data, self._times.work, execution.is_cancelled))

    def _chip_id(self, execution: Execution) -> bytes:
        found = content.decode_chip_id(self._need(self._ask(Kind.READ_ID, b"", execution.is_cancelled)))
        if found is None:
            raise _EndedEarlyError(CompletionCode.HARDWARE_ERROR, "rewriter.chip_silent")
        return found

    def _need_latched(self, execution: Execution) -> None:
        """Ends the command unless a card is inside and can be moved."""
        media = self._need_state(execution).media
        if media is not Media.LATCHED:
            raise _EndedEarlyError(*_NOT_LATCHED.get(media, _REASONS[Result.NO_CARD]))

    def _expect(self, chip_id: bytes, execution: Execution) -> None:
        """Ends the command unless this very card is inside."""
        self._need_latched(execution)
        if self._chip_id(execution) != chip_id:
            raise _EndedEarlyError(CompletionCode.INVALID_DATA, "rewriter.other_card")

    def _back(self, execution: Execution) -> tuple[Back, bytes] | None:
        answer = self._ask(Kind.READ_BACK, b"", execution.is_cancelled)
        if isinstance(answer, Answer) and answer.result is Result.NO_PICTURE:
            return None
        return content.decode_back(self._need(answer))

    def _chip(self, execution: Execution, *, is_fresh: bool) -> bytes | None:
        """The endorsement file; ``None`` when it does not come whole."""
        found = bytearray()
        while True:
            wish = content.encode_chip_wish(len(found), is_fresh and not found)
            piece = content.decode_chip_piece(self._need(self._ask(Kind.READ_CHIP, wish, execution.is_cancelled)))
            if piece is None or piece.total > types.MOST_CHIP_BYTES:
                return None
            found += piece.data
            if len(found) >= piece.total:
                return bytes(found) if len(found) == piece.total else None
            if not piece.data:
                return None

    def _load(self, which: Load, data: bytes, execution: Execution) -> None:
        for offset in range(0, len(data), content.LOAD_PIECE):
            piece = content.encode_load(which, offset, data[offset : offset + content.LOAD_PIECE])
            # loading twice changes nothing, but what was loaded is lost with the power: so never after a new greeting
            self._need(self._link.exchange(Kind.LOAD, piece, self._times.answer, execution.is_cancelled))

    # -- commands ------------------------------------------------------------------------------------------------

    def _read(self, command: Command, execution: Execution) -> bytes:
        wish = msgspec.msgpack.decode(command.payload, type=ReadCard) if command.payload else ReadCard()
        if wish.accept:
            self._accept(execution)
        media = self._need_state(execution).media
        if media is not Media.LATCHED:
            return msgspec.msgpack.encode(CardSeen(media))
        self._is_known = True
        chip_id, chip = b"", None
        try:
            chip_id = self._chip_id(execution)
            chip = self._chip(execution, is_fresh=wish.fresh)
        except _EndedEarlyError as ended:
            if ended.reason != "rewriter.chip_silent":
                raise
        back = self._back(execution)
        word, digest = back if back is not None else (None, b"")
        return msgspec.msgpack.encode(CardSeen(media, chip_id, chip, word, digest))

    def _accept(self, execution: Execution) -> None:
        """Waits for a card that somebody put into the slot, and draws it in."""
        while not execution.is_cancelled():
            state = self._need_state(execution)
            if state.media is Media.JAMMED:
                raise _EndedEarlyError(CompletionCode.HARDWARE_ERROR, "rewriter.jammed")
            if state.media is Media.LATCHED:
                # whoever's it is, it must not become the next person's
                raise _EndedEarlyError(CompletionCode.DEVICE_NOT_READY, "rewriter.card_inside")
            if state.trouble & Fault.BIN_FULL:
                # a forgotten card could not be kept safe
                raise _EndedEarlyError(CompletionCode.DEVICE_NOT_READY, "rewriter.bin_full")
            if state.media is Media.ENTERING and not state.is_presented:
                execution.emit(types.EVENT_MEDIA_INSERTED)
                self._work(Kind.ACCEPT, b"", execution)
                return
            self._wait(self._times.find_interval, execution)
        raise _EndedEarlyError(CompletionCode.CANCELED)

    def _erase(self, command: Command, execution: Execution) -> bytes:
        wish = msgspec.msgpack.decode(command.payload, type=EraseMedia)
        self._expect(wish.chip_id, execution)
        self._work(Kind.ERASE, b"", execution)
        return b""

    def _write_chip(self, command: Command, execution: Execution) -> bytes:
        wish = msgspec.msgpack.decode(command.payload, type=ChipIO)
        greeting = self._greeting
        if len(wish.data) > min(types.MOST_CHIP_BYTES, greeting.most_chip_bytes if greeting is not None else 0xFFFF):
            raise _EndedEarlyError(CompletionCode.UNSUPPORTED_DATA, "rewriter.data_too_large")
        self._expect(wish.chip_id, execution)
        self._load(Load.CHIP, wish.data, execution)
        order = content.encode_write(len(wish.data), hashlib.sha256(wish.data).digest())
        self._work(Kind.WRITE_CHIP, order, execution)
        return b""

    def _print(self, command: Command, execution: Execution) -> bytes:
        wish = msgspec.msgpack.decode(command.payload, type=PrintRaw)
        raster, greeting = wish.raster, self._greeting
        is_too_large = greeting is not None and (
            raster.width > greeting.most_width or raster.height > greeting.most_height
        )
        if is_too_large or not raster.is_whole():
            raise _EndedEarlyError(CompletionCode.UNSUPPORTED_DATA, "rewriter.data_too_large")
        self._expect(wish.chip_id, execution)
        back = self._back(execution)
        if back is None or back[0] is not Back.BLANK:
            raise _EndedEarlyError(CompletionCode.SEQUENCE_ERROR, "rewriter.not_erased")
        self._load(Load.RASTER, raster.bits, execution)
        self._work(Kind.PRINT, content.encode_print(raster.width, raster.height, raster.digest()), execution)
        return b""

    def _move(self, command: Command, execution: Execution) -> bytes:
        wish = msgspec.msgpack.decode(command.payload, type=Move)
        if wish.to is Place.TRANSPORT:
            self._held = wish.reason or "rewriter.card_inside"
            return b""
        self._need_latched(execution)
        self._work(Kind.EJECT if wish.to is Place.EXIT else Kind.RETAIN, b"", execution)
        return b""

    def _watch_removal(self, _: Command, execution: Execution) -> bytes:
        while not execution.is_cancelled():
            media = self._need_state(execution).media
            if media is Media.NOT_PRESENT:
                return b""
            if media is not Media.ENTERING:
                raise _EndedEarlyError(CompletionCode.COMMAND_ERROR_CODE, "rewriter.card_inside")
            self._wait(self._times.find_interval, execution)
        raise _EndedEarlyError(CompletionCode.CANCELED)

    def _reset(self, _: Command, __: Execution) -> bytes:
        self._link.forget()
        return b""
