"""One command and one answer on a rewriter's serial line; everything that can go wrong there becomes a `Trouble`.

Policy: a frame that is not acknowledged within `ack`, or is told to be damaged, is sent again with the same sequence, at most
twice more. The device does a sequence number once: to a repeated frame it repeats its answer, so a lost answer costs
nothing. It forgets that when it is switched off, and then refuses everything until it was greeted: nothing is done twice.
While it works it says so every second; three seconds without a word are silence.
"""

import os
import select
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import msgspec
import serial

from devices.permit_rewriter.codec import ANSWER, Damage, Frame, FrameReader, Kind, Nak, Result, encode

_FAULTS = (serial.SerialException, OSError, termios.error)
"""Unplugging shows as any of these with pyserial 3.5."""
_CHUNK = 4096
_SLICE_S = 0.05
_SENDINGS = 3


class LinkTimes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All waits of the line, in seconds; replaceable in tests."""

    ack: float = 0.3  # after a frame was sent
    silence: float = 3.0  # without WORKING or an answer, once a command was taken
    busy: float = 0.2  # before a busy device is asked again
    write: float = 2.0


class Trouble(Enum):
    """Why there is no answer."""

    SILENT = "silent"
    DAMAGED = "damaged"  # bytes came, but no frame that fits
    GONE = "gone"  # the port failed; it is closed now
    RESTARTED = "restarted"  # the device was switched off and on; whatever was under way, nobody knows how it ended
    BUSY = "busy"  # until the time was over
    UNKNOWN = "unknown"  # the device does not know the command
    CANCELED = "canceled"


@dataclass(frozen=True)
class Answer:
    """The device's answer; `content` may be personal."""

    result: Result
    content: bytes = b""

    def __repr__(self) -> str:
        return f"Answer({self.result.name}, {len(self.content)} bytes)"


class SerialLink:
    """A serial port with the protocol's frames on it, opened exclusively. Used from one thread."""

    def __init__(self, port: str, baud_rate: int, times: LinkTimes) -> None:
        self._path = port
        self._baud_rate = baud_rate
        self._times = times
        self._port: serial.Serial | None = None
        self._frames = FrameReader()
        self._sequence = 0

    @property
    def is_open(self) -> bool:
        return self._port is not None

    def open(self) -> bool:
        """Opens the port; false when that fails. An open port is closed first."""
        self.close()
        try:
            self._port = serial.Serial(
                self._path, self._baud_rate, timeout=0, write_timeout=self._times.write, exclusive=True
            )
        except (*_FAULTS, ValueError):
            return False
        return True

    def close(self) -> None:
        """Closes the port and forgets what was received; twice is allowed."""
        self.forget()
        port, self._port = self._port, None
        if port is not None:
            try:
                port.close()
            except _FAULTS:
                # the device went first; its descriptor is released all the same
                return

    def forget(self) -> None:
        """Overwrites every byte that was received."""
        self._frames.clear()

    def exchange(self, kind: Kind, data: bytes, reply_s: float, give_up: Callable[[], bool]) -> Answer | Trouble:
        """Sends one command and waits for its answer, at most `reply_s`; `give_up` is asked every 50 ms."""
        if self._port is None:
            return Trouble.GONE
        # 0 is HELLO's, which begins the count anew
        self._sequence = 0 if kind is Kind.HELLO else self._sequence % 255 + 1
        frame = Frame(self._sequence, kind, data)
        try:
            return self._exchange(self._port, frame, time.monotonic() + reply_s, give_up)
        except _FAULTS:
            self.close()
            return Trouble.GONE
        finally:
            self._frames.clear()

    def _exchange(
        self, port: serial.Serial, frame: Frame, deadline: float, give_up: Callable[[], bool]
    ) -> Answer | Trouble:
        whole = encode(frame)
        sendings = 0
        trouble = Trouble.SILENT
        while sendings < _SENDINGS:
            port.write(whole)
            sendings += 1
            found = self._await(port, frame, deadline, give_up)
            if isinstance(found, Answer):
                return found
            if found is Trouble.BUSY:
                sendings -= 1
                if time.monotonic() + self._times.busy >= deadline:
                    return found
                ends = time.monotonic() + self._times.busy
                while (left := ends - time.monotonic()) > 0:
                    if give_up():
                        return Trouble.CANCELED
                    time.sleep(min(left, _SLICE_S))
            elif found in (Trouble.SILENT, Trouble.DAMAGED):
                trouble = found
            else:
                return found
            if time.monotonic() >= deadline:
                return trouble
        return trouble

    def _await(
        self, port: serial.Serial, sent: Frame, deadline: float, give_up: Callable[[], bool]
    ) -> Answer | Trouble:
        """Waits for what one sending brings."""
        heard = False
        quiet_ends = time.monotonic() + self._times.ack
        while True:
            left = min(deadline, quiet_ends) - time.monotonic()
            if left <= 0:
                found = self._frames.resynchronise()
                if not found:
                    return Trouble.DAMAGED if heard else Trouble.SILENT
            elif select.select([port.fileno()], [], [], min(left, _SLICE_S))[0]:
                data = os.read(port.fileno(), _CHUNK)
                if not data:
                    raise OSError("the line hung up")
                found = self._frames.feed(data)
            else:
                found = []
                if give_up():
                    return Trouble.CANCELED
            for frame in found:
                if isinstance(frame, Damage):
                    heard = True
                elif frame.kind == Kind.NAK and frame.data == bytes((Nak.DAMAGED,)):
                    return Trouble.DAMAGED  # which frame it was cannot be told
                elif frame.sequence == sent.sequence:
                    if frame.kind in (Kind.ACK, Kind.WORKING):
                        quiet_ends = time.monotonic() + self._times.silence
                    elif frame.kind == Kind.NAK:
                        return _REFUSALS.get(frame.data, Trouble.UNKNOWN)
                    elif frame.kind == sent.kind | ANSWER and (answer := _answer(frame.data)) is not None:
                        return answer
                    else:
                        heard = True


_REFUSALS = {bytes((Nak.BUSY,)): Trouble.BUSY, bytes((Nak.NOT_GREETED,)): Trouble.RESTARTED}


def _answer(data: bytes) -> Answer | None:
    """A result that this version does not know is a failure."""
    if not data:
        return None
    try:
        result = Result(data[0])
    except ValueError:
        result = Result.FAILED
    return Answer(result, data[1:])
