"""The driver ``serial`` of a signature pad; the port is described in docs/signature-pad-port.md.

Policy: the pad is asked for its area at each opening, at each poll and every `hello_s` within a capture; three misses in a row
mean gone. A capture ends when it is cancelled, and then hands over what was written: whether that was a finish or a giving up only
the caller knows. A pad that is lost while nothing is written is waited for; after the first touch the capture ends, since half a
signature is none. Points lie in one builder that goes with the command.
"""

import time
from collections.abc import Callable

import msgspec

from devices.driver import Driver, Execution
from devices.messages import Capabilities, Command, Completion
from devices.serial_port import PortGoneError, SerialPort
from devices.signature_pad.point_codec import Order, PacketReader, PadInfo, PenPoint, Taken, encode_order
from devices.signature_pad.strokes import StrokeBuilder
from devices.signature_pad.types import (
    EVENT_OUTSIDE,
    EVENT_PEN_MOVED,
    MOST_POINTS,
    READ_SIGNATURE,
    RESET,
    PenMoved,
    ReadSignature,
)
from devices.status import STARTING, Action, CompletionCode, DeviceState, DeviceStatus
from devices.unasked_line import MISSES, pause
from kiosk.base.errors import BudayangError

_SLICE_S = 0.02
_TELL_S = 0.04
_GONE = DeviceStatus(DeviceState.POWER_OFF, action=Action.MAINTENANCE, reason="signature.gone")


class PadSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """This driver's part of the configuration.

    Attributes:
        stuck_s: a pen that lies still on the pad for so long is stuck or left behind.
        hello_s: how often the pad is asked within a capture.
    """

    port: str
    baud_rate: int = 115200
    reply_s: float = 0.3
    retry_s: float = 0.3
    stuck_s: float = 15.0
    hello_s: float = 2.0


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value."""
    try:
        return SerialPad(msgspec.convert(settings, PadSettings))
    except msgspec.ValidationError:
        raise BudayangError("device.configuration") from None


def _never() -> bool:
    return False


class SerialPad:
    """A pad behind one serial port. All methods from one thread."""

    def __init__(self, settings: PadSettings) -> None:
        self._settings = settings
        self._port = SerialPort(settings.port, settings.baud_rate)
        self._packets = PacketReader()
        self._builder: StrokeBuilder | None = None
        self._misses = 0
        self._status = STARTING

    def capabilities(self) -> Capabilities:
        """A capture with its live strokes."""
        return Capabilities((READ_SIGNATURE, RESET), (EVENT_PEN_MOVED, EVENT_OUTSIDE))

    def open(self) -> DeviceStatus:
        """Opens the port and asks the area. Ends a stream that a host before this one may have left running."""
        status = self.status()
        if self._misses == 0:
            self._tell(Order.END, _never)
        return status

    def status(self) -> DeviceStatus:
        """Asks the area; opens the port again when it was lost."""
        if self._ask_info(_never) is not None:
            self._status = DeviceStatus(DeviceState.ONLINE)
        elif self._misses >= MISSES:
            self._status = _GONE
        return self._status

    def close(self) -> None:
        """Releases the port; twice is allowed."""
        self._port.close()
        self._packets.clear()

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `readSignature` or `reset`."""
        if command.name not in (READ_SIGNATURE, RESET):
            return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        try:
            wish = msgspec.msgpack.decode(command.payload, type=ReadSignature) if command.payload else ReadSignature()
        except msgspec.DecodeError:
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
        if not (0 < wish.most_points <= MOST_POINTS and wish.longest_s > 0):
            return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
        info = self._settle(execution)
        if info is None:
            if execution.is_cancelled():
                return Completion(command.action_id, CompletionCode.CANCELED)
            return Completion(command.action_id, CompletionCode.DEVICE_NOT_READY, "signature.gone")
        if command.name == RESET:
            is_done = self._tell(Order.CLEAR, execution.is_cancelled)
            code = CompletionCode.SUCCESS if is_done else CompletionCode.HARDWARE_ERROR
            return Completion(command.action_id, code, None if is_done else "signature.gone")
        try:
            return self._capture(wish, info, execution)
        finally:
            self._builder = None
            self._packets.clear()
            for order in (Order.END, Order.CLEAR):
                self._tell(order, _never)

    # -- the capture ---------------------------------------------------------------------------------------------

    def _capture(self, wish: ReadSignature, info: PadInfo, execution: Execution) -> Completion:
        self._builder = builder = StrokeBuilder(info)
        teller = _Teller(builder, execution)
        began_at = asked_at = time.monotonic()
        is_started = self._start(execution)
        while not execution.is_cancelled():
            try:
                self._listen(_SLICE_S)
            except PortGoneError:
                is_started = False
            now = time.monotonic()
            teller.tell(now)
            if builder.moved_at is not None and now - builder.moved_at >= self._settings.stuck_s:
                return Completion(execution.action_id, CompletionCode.USER_ERROR, "signature.pen_stuck")
            if builder.points > wish.most_points or now - began_at > wish.longest_s:
                return Completion(execution.action_id, CompletionCode.USER_ERROR, "signature.too_long")
            if is_started and now - asked_at < self._settings.hello_s:
                continue
            if not is_started and builder.strokes:
                return Completion(execution.action_id, CompletionCode.HARDWARE_ERROR, "signature.interrupted")
            if self._settle(execution) is None:
                break
            is_started = is_started or self._start(execution)
            asked_at = time.monotonic()
        if execution.is_cancelled():
            teller.tell(float("inf"))
            payload = msgspec.msgpack.encode(builder.signature())
            return Completion(execution.action_id, CompletionCode.CANCELED, payload=payload)
        self._status = _GONE
        return Completion(execution.action_id, CompletionCode.DEVICE_NOT_READY, "signature.gone")

    def _start(self, execution: Execution) -> bool:
        return self._tell(Order.CLEAR, execution.is_cancelled) and self._tell(Order.START, execution.is_cancelled)

    # -- the line ------------------------------------------------------------------------------------------------

    def _settle(self, execution: Execution) -> PadInfo | None:
        """Asks until there is an answer or the third miss; ``None`` also when the command was cancelled."""
        while not execution.is_cancelled():
            info = self._ask_info(execution.is_cancelled)
            if info is not None or self._misses >= MISSES:
                return info
            pause(self._settings.retry_s, execution)
        return None

    def _ask_info(self, give_up: Callable[[], bool]) -> PadInfo | None:
        """One round; a failure is one miss, unless we gave up ourselves."""
        answer = None
        if self._port.is_open or self._port.open():
            answer = self._exchange(Order.INFO, lambda found: isinstance(found, PadInfo), give_up)
        if isinstance(answer, PadInfo):
            self._misses = 0
            return answer
        if not give_up():
            self._misses += 1
        return None

    def _tell(self, order: Order, give_up: Callable[[], bool]) -> bool:
        return self._exchange(order, lambda found: found == Taken(order.value), give_up) is not None

    def _exchange(
        self, order: Order, fits: Callable[[PadInfo | Taken], bool], give_up: Callable[[], bool]
    ) -> PadInfo | Taken | None:
        """Sends an order and waits for its answer; points that come before it are taken."""
        try:
            self._listen(0.0)
            self._port.send(encode_order(order))
            ends = time.monotonic() + self._settings.reply_s
            while (left := ends - time.monotonic()) > 0 and not give_up():
                for answer in self._listen(min(left, _SLICE_S)):
                    if fits(answer):
                        return answer
        except PortGoneError:
            self._packets.clear()
        return None

    def _listen(self, wait_s: float) -> list[PadInfo | Taken]:
        """Takes the points that come; returns the answers among them. Raises `PortGoneError`."""
        data = self._port.receive(wait_s)
        now = time.monotonic()
        answers: list[PadInfo | Taken] = []
        for packet in self._packets.feed(data):
            if isinstance(packet, PenPoint):
                if self._builder is not None:
                    self._builder.take(packet, now)
            elif isinstance(packet, PadInfo | Taken):
                answers.append(packet)
        data[:] = bytes(len(data))
        return answers


class _Teller:
    """Tells the screen what was added, every `_TELL_S` at most."""

    def __init__(self, builder: StrokeBuilder, execution: Execution) -> None:
        self._builder = builder
        self._execution = execution
        self._stroke = 0
        self._told = 0
        self._outside = 0
        self._told_at = 0.0

    def tell(self, now: float) -> None:
        if now - self._told_at < _TELL_S:
            return
        self._told_at = now
        strokes = self._builder.strokes
        for number in range(self._stroke, len(strokes)):
            points = tuple(strokes[number][self._told :])
            if points:
                payload = msgspec.msgpack.encode(PenMoved(number, points))
                self._execution.emit(EVENT_PEN_MOVED, payload)
            self._stroke, self._told = number, len(strokes[number])
            if number + 1 < len(strokes):
                self._stroke, self._told = number + 1, 0
        if self._builder.outside > self._outside:
            self._outside = self._builder.outside
            self._execution.emit(EVENT_OUTSIDE)
