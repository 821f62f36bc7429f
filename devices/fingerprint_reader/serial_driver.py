"""The driver ``serial`` of an EF01 fingerprint module (57600 8N1).

Policy: the password is verified after each opening, the parameters are asked at each poll; three misses in a row mean gone. A
press whose image is no good is told with what to do better and asked for again, `retries` times in all. The module's buffers are
overwritten after each command, its library of stored fingers is never touched; a template leaves the host once, in its completion.
"""

from collections.abc import Callable

import msgspec

from devices.driver import Driver, Execution
from devices.fingerprint_reader.packet_codec import Answer, Confirmation, Instruction, Parameters, parse_parameters
from devices.fingerprint_reader.sensor_link import SensorLink, Trouble
from devices.fingerprint_reader.types import (
    EVENT_IMAGE_REFUSED,
    EVENT_PRESENT_SUBJECT,
    EVENT_REMOVE_SUBJECT,
    EVENT_SUBJECT_DETECTED,
    LEAST_TEMPLATE,
    MATCH,
    MOST_TEMPLATE,
    READ,
    RESET,
    FingerMatched,
    FingerRead,
    MatchFinger,
    PresentSubject,
)
from devices.messages import Capabilities, Command, Completion
from devices.serial_port import SerialPort
from devices.status import STARTING, Action, CompletionCode, DeviceState, DeviceStatus
from devices.unasked_line import MISSES, hex_bytes, pause
from kiosk.base.errors import BudayangError

_ONLINE = DeviceStatus(DeviceState.ONLINE)
_GONE = DeviceStatus(DeviceState.POWER_OFF, action=Action.MAINTENANCE, reason="fingerprint.gone")
_LOCKED = DeviceStatus(DeviceState.HARDWARE_ERROR, action=Action.CONFIGURATION, reason="fingerprint.wrong_password")
_BLANK_BYTES = 512
_PRESSES = 2
_BETTER = {
    Confirmation.IMAGE_FAILED: "fingerprint.press_again",
    Confirmation.NO_IMAGE: "fingerprint.press_again",
    Confirmation.DISORDERLY: "fingerprint.wipe",
    Confirmation.TOO_FEW_FEATURES: "fingerprint.press_flatter",
}


class SensorSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """This driver's part of the configuration.

    Attributes:
        address, password: hexadecimal, 4 bytes each; the modules' factory values.
        reply_s: from a question to its answer.
        retries: presses that may fail within one command.
        look_s: between two looks for a finger.
        retry_s: between two rounds within a command.
    """

    port: str
    baud_rate: int = 57600
    address: str = "FFFFFFFF"
    password: str = "00000000"
    reply_s: float = 1.0
    retries: int = 5
    look_s: float = 0.1
    retry_s: float = 0.3


def make(settings: dict[str, object]) -> Driver:
    """Makes the driver; raises `BudayangError` ``device.configuration`` for a wrong value."""
    try:
        wanted = msgspec.convert(settings, SensorSettings)
    except msgspec.ValidationError:
        raise BudayangError("device.configuration") from None
    if len(hex_bytes(wanted.address)) != 4 or len(hex_bytes(wanted.password)) != 4 or not 0 <= wanted.retries <= 20:
        raise BudayangError("device.configuration")
    return SerialSensor(wanted)


def _never() -> bool:
    return False


class _EndedError(Exception):
    """Ends a command from within; holds its completion."""

    def __init__(self, code: CompletionCode, reason: str | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.reason = reason


class SerialSensor:
    """A module behind one serial port. All methods from one thread."""

    def __init__(self, settings: SensorSettings) -> None:
        self._settings = settings
        self._password = hex_bytes(settings.password)
        port = SerialPort(settings.port, settings.baud_rate)
        self._link = SensorLink(port, hex_bytes(settings.address), settings.reply_s)
        self._parameters: Parameters | None = None
        self._is_verified = False
        self._left_bytes = _BLANK_BYTES  # what a finger, also of a host before this one, may have left in a buffer
        self._misses = 0
        self._status = STARTING

    def capabilities(self) -> Capabilities:
        """XFS4IoT Biometric's commands."""
        events = (EVENT_PRESENT_SUBJECT, EVENT_SUBJECT_DETECTED, EVENT_REMOVE_SUBJECT, EVENT_IMAGE_REFUSED)
        return Capabilities((READ, MATCH, RESET), events)

    def open(self) -> DeviceStatus:
        """Opens the port, verifies the password, asks the parameters; blanks the buffers."""
        self._left_bytes = max(self._left_bytes, _BLANK_BYTES)
        return self.status()

    def status(self) -> DeviceStatus:
        """One round; opens the port again when it was lost, and blanks what could not be blanked then."""
        self._round(_never)
        if self._status is _ONLINE and self._left_bytes:
            self._blank()
        return self._status

    def close(self) -> None:
        """Releases the port; twice is allowed."""
        self._link.close()
        self._is_verified = False

    def execute(self, command: Command, execution: Execution) -> Completion:
        """Carries out `read`, `match` or `reset`."""
        template = b""
        if command.name == MATCH:
            try:
                template = msgspec.msgpack.decode(command.payload, type=MatchFinger).template
            except msgspec.DecodeError:
                return Completion(command.action_id, CompletionCode.INVALID_DATA, "device.unsupported")
            if not LEAST_TEMPLATE <= len(template) <= MOST_TEMPLATE:
                return Completion(command.action_id, CompletionCode.INVALID_DATA, "fingerprint.not_a_template")
        elif command.name not in (READ, RESET):
            return Completion(command.action_id, CompletionCode.UNSUPPORTED_COMMAND, "device.unsupported")
        try:
            self._settle(execution)
            if command.name == RESET:
                self._left_bytes = max(self._left_bytes, _BLANK_BYTES)
                if not self._blank():
                    raise _EndedError(CompletionCode.HARDWARE_ERROR, "fingerprint.gone")
                return Completion(command.action_id, CompletionCode.SUCCESS)
            self._left_bytes = max(self._left_bytes, len(template), _BLANK_BYTES)
            try:
                payload = self._match(template, execution) if command.name == MATCH else self._read(execution)
            finally:
                self._blank()
        except _EndedError as ended:
            return Completion(command.action_id, ended.code, ended.reason)
        return Completion(command.action_id, CompletionCode.SUCCESS, payload=payload)

    # -- the module ----------------------------------------------------------------------------------------------

    def _round(self, give_up: Callable[[], bool]) -> None:
        answer: Answer | Trouble = Trouble.GONE
        if not self._link.is_open:
            self._is_verified = False
        if self._link.is_open or self._link.open():
            if not self._is_verified:
                answer = self._link.ask(Instruction.VERIFY_PASSWORD, self._password, give_up)
                if isinstance(answer, Answer):
                    self._misses = 0
                    if answer.confirmation is not Confirmation.OK:
                        self._status = _LOCKED
                        return
                    self._is_verified = True
            if self._is_verified:
                answer = self._link.ask(Instruction.READ_PARAMETERS, b"", give_up)
        if isinstance(answer, Answer):
            self._misses = 0
            # a module that lost its power behind a plugged converter wants its password again
            self._is_verified = answer.confirmation is not Confirmation.PASSWORD_NEEDED
            parameters = parse_parameters(answer.data)
            if parameters is not None and answer.confirmation is Confirmation.OK:
                self._parameters = parameters
                self._status = _ONLINE
                return
        if answer is not Trouble.CANCELED:
            self._misses += not isinstance(answer, Answer)
        if self._misses >= MISSES:
            self._status = _GONE

    def _settle(self, execution: Execution) -> None:
        """Rounds until there is an answer or the third miss."""
        while True:
            self._round(execution.is_cancelled)
            if execution.is_cancelled():
                raise _EndedError(CompletionCode.CANCELED)
            if self._status is _LOCKED:
                raise _EndedError(CompletionCode.HARDWARE_ERROR, self._status.reason)
            if self._misses == 0 and self._status is _ONLINE and self._is_verified:
                return
            if self._misses >= MISSES:
                raise _EndedError(CompletionCode.DEVICE_NOT_READY, "fingerprint.gone")
            pause(self._settings.retry_s, execution)

    def _ask(self, instruction: Instruction, parameters: bytes, execution: Execution) -> Answer:
        """An instruction within a command; a blip of the line changes nothing, a lost port ends the command."""
        for _ in range(MISSES):
            answer = self._link.ask(instruction, parameters, execution.is_cancelled)
            if isinstance(answer, Answer):
                return answer
            if answer is Trouble.CANCELED or execution.is_cancelled():
                raise _EndedError(CompletionCode.CANCELED)
            self._settle(execution)
            if answer is Trouble.GONE:
                break  # it is there again, but its buffers went with its power
        raise _EndedError(CompletionCode.HARDWARE_ERROR, "fingerprint.interrupted")

    # -- the commands --------------------------------------------------------------------------------------------

    def _read(self, execution: Execution) -> bytes:
        failures = 0
        while True:
            for press in range(1, _PRESSES + 1):
                failures = self._press(press, _PRESSES, press, failures, execution)
                if press < _PRESSES:
                    self._wait_for_lift(execution)
            answer = self._ask(Instruction.COMBINE, b"", execution)
            if answer.confirmation is Confirmation.OK:
                break
            if answer.confirmation is not Confirmation.COMBINE_FAILED:
                raise _EndedError(CompletionCode.HARDWARE_ERROR, "fingerprint.interrupted")
            failures = self._refuse("fingerprint.not_the_same", failures, execution)
            self._wait_for_lift(execution)
        template = self._upload(execution)
        payload = msgspec.msgpack.encode(FingerRead(bytes(template)))
        template[:] = bytes(len(template))
        return payload

    def _match(self, template: bytes, execution: Execution) -> bytes:
        self._press(1, 1, 1, 0, execution)
        answer = self._ask(Instruction.DOWNLOAD, b"\x02", execution)
        if answer.confirmation is not Confirmation.OK or self._download(template) is not None:
            raise _EndedError(CompletionCode.COMMAND_ERROR_CODE, "fingerprint.cannot_match")
        answer = self._ask(Instruction.MATCH, b"", execution)
        score = int.from_bytes(answer.data[:2], "big")
        if answer.confirmation not in (Confirmation.OK, Confirmation.NO_MATCH):
            raise _EndedError(CompletionCode.COMMAND_ERROR_CODE, "fingerprint.cannot_match")
        return msgspec.msgpack.encode(FingerMatched(answer.confirmation is Confirmation.OK, score))

    def _press(self, press: int, presses: int, buffer: int, failures: int, execution: Execution) -> int:
        """One good press into a buffer of the module; returns how many failed so far."""
        while True:
            execution.emit(EVENT_PRESENT_SUBJECT, msgspec.msgpack.encode(PresentSubject(press, presses)))
            said = self._look(execution, until=lambda found: found is not Confirmation.NO_FINGER)
            if said is Confirmation.OK:
                execution.emit(EVENT_SUBJECT_DETECTED)
                said = self._ask(Instruction.IMAGE_TO_FEATURES, bytes((buffer,)), execution).confirmation
                if said is Confirmation.OK:
                    return failures
            failures = self._refuse(_BETTER.get(said, "fingerprint.press_again"), failures, execution)
            self._wait_for_lift(execution)

    def _refuse(self, key: str, failures: int, execution: Execution) -> int:
        if failures >= self._settings.retries:
            raise _EndedError(CompletionCode.COMMAND_ERROR_CODE, "fingerprint.read_failed")
        execution.emit(EVENT_IMAGE_REFUSED, msgspec.msgpack.encode(key))
        return failures + 1

    def _wait_for_lift(self, execution: Execution) -> None:
        execution.emit(EVENT_REMOVE_SUBJECT)
        self._look(execution, until=lambda found: found is Confirmation.NO_FINGER)

    def _look(self, execution: Execution, until: Callable[[Confirmation], bool]) -> Confirmation:
        """Takes images until one is as wanted."""
        while not execution.is_cancelled():
            said = self._ask(Instruction.GET_IMAGE, b"", execution).confirmation
            if said is Confirmation.PASSWORD_NEEDED:
                raise _EndedError(CompletionCode.HARDWARE_ERROR, "fingerprint.interrupted")
            if until(said):
                return said
            pause(self._settings.look_s, execution)
        raise _EndedError(CompletionCode.CANCELED)

    def _upload(self, execution: Execution) -> bytearray:
        for _ in range(3):
            answer = self._ask(Instruction.UPLOAD, b"\x01", execution)
            if answer.confirmation is not Confirmation.OK:
                break
            found = self._link.upload(execution.is_cancelled)
            if isinstance(found, bytearray):
                if len(found) < LEAST_TEMPLATE:
                    break
                return found
            if found is Trouble.CANCELED:
                raise _EndedError(CompletionCode.CANCELED)
        raise _EndedError(CompletionCode.HARDWARE_ERROR, "fingerprint.interrupted")

    def _download(self, data: bytes) -> Trouble | None:
        content_bytes = self._parameters.content_bytes if self._parameters is not None else 32
        return self._link.download(data, content_bytes)

    def _blank(self) -> bool:
        """Overwrites both buffers of the module; whether that was possible."""
        if not self._link.is_open or self._misses:
            return False
        for buffer in (b"\x01", b"\x02"):
            answer = self._link.ask(Instruction.DOWNLOAD, buffer, _never)
            is_ready = isinstance(answer, Answer) and answer.confirmation is Confirmation.OK
            if not is_ready or self._download(bytes(self._left_bytes)) is not None:
                return False
        # data packets are not answered: an answer to what follows them says that they were taken
        if not isinstance(self._link.ask(Instruction.READ_PARAMETERS, b"", _never), Answer):
            return False
        self._left_bytes = 0
        return True
