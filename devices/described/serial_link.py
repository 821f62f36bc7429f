"""A serial port with described frames on it.

Policy: opened exclusively, never blocking longer than asked; what comes unasked is handed over as frames; a frame that
began and stops for `gap_s` is damaged. Unplugging shows in pyserial 3.5 as SerialException, OSError or termios.error.
"""

import os
import select
import termios
import time
from collections.abc import Callable
from enum import Enum

import serial

from devices.described.description import Description
from devices.described.frame_codec import Damage, Frame, FrameReader, encode_frame
from devices.ports import is_pseudo_terminal

FAULTS = (serial.SerialException, OSError, termios.error)
_CHUNK = 4096
_SLICE_S = 0.05
_WRITE_S = 0.5
_PARITIES = {
    "none": serial.PARITY_NONE,
    "even": serial.PARITY_EVEN,
    "odd": serial.PARITY_ODD,
    "mark": serial.PARITY_MARK,
    "space": serial.PARITY_SPACE,
}


class Trouble(Enum):
    """Why there is no reply."""

    SILENT = "silent"
    DAMAGED = "damaged"  # bytes came, but no frame that fits
    REFUSED = "refused"  # the handshake said no: the device did not take the frame
    GONE = "gone"  # the port failed; it is closed now
    CANCELED = "canceled"


class DescribedLink:
    """Used from one thread.

    Args:
        port: path of the serial port.
        description: its line, frames and handshake are used.
        on_unasked: gets each frame that is no reply to what was asked.
    """

    def __init__(self, port: str, description: Description, on_unasked: Callable[[Frame], None]) -> None:
        self._path = port
        self._description = description
        self._on_unasked = on_unasked
        self._port: serial.Serial | None = None
        self._frames = FrameReader(description.reply, description.widths())

    @property
    def is_open(self) -> bool:
        return self._port is not None

    def open(self) -> bool:
        """Opens the port; false when that fails. An open port is closed first."""
        self.close()
        line = self._description.line
        # a pseudo-terminal has no parity: it takes the wish at its first opening and refuses (EINVAL) at every later one
        parity = "none" if is_pseudo_terminal(self._path) else line.parity
        try:
            self._port = serial.Serial(
                self._path,
                line.baud_rate,
                bytesize=line.data_bits,
                parity=_PARITIES[parity],
                stopbits=line.stop_bits,
                timeout=0,
                write_timeout=_WRITE_S,
                rtscts=line.flow_control == "rtscts",
                xonxoff=line.flow_control == "xonxoff",
                exclusive=True,
            )
        except (*FAULTS, ValueError):
            return False
        return True

    def close(self) -> None:
        """Closes the port and forgets what came; twice is allowed."""
        self._frames.clear()
        port, self._port = self._port, None
        if port is not None:
            try:
                port.close()
            except FAULTS:
                # the device went first; its descriptor is released all the same
                return

    def listen(self) -> Trouble | None:
        """Takes what lies in the line; `Trouble.GONE` when the port failed."""
        if self._port is None:
            return Trouble.GONE
        try:
            for _ in range(4):  # at most what a full line buffer holds
                if not select.select([self._port.fileno()], [], [], 0)[0]:
                    break
                self._give(self._frames.feed(self._read(self._port)))
        except FAULTS:
            self.close()
            return Trouble.GONE
        return None

    def exchange(
        self,
        code: bytes,
        data: bytes,
        accepts: Callable[[Frame], bool] | None,
        timeout_s: float,
        give_up: Callable[[], bool],
    ) -> Frame | Trouble | None:
        """Sends one frame and waits for its reply; ``None`` when it is sent and no reply is expected.

        Args:
            accepts: whether a frame is the reply; ``None`` when there is none.
            timeout_s: from the end of sending to the whole reply.
            give_up: asked every 50 ms of silence at the latest.

        Raises:
            ValueError: the data does not fit the frame.
        """
        whole = encode_frame(self._description.request, code, data)
        if self.listen() is not None or self._port is None:
            return Trouble.GONE
        self._frames.clear()
        try:
            self._port.write(whole)
            deadline = time.monotonic() + timeout_s
            rest = b""
            handshake = self._description.handshake
            if handshake is not None:
                answer = self._await_hand(self._port, handshake.ack, handshake.nak, deadline, give_up)
                if isinstance(answer, Trouble):
                    return answer
                rest = answer
                if handshake.enquiry:
                    self._port.write(handshake.enquiry)
            if accepts is None:
                return None
            return self._await(self._port, accepts, deadline, give_up, rest)
        except FAULTS:
            self.close()
            return Trouble.GONE
        finally:
            self._frames.clear()

    def _read(self, port: serial.Serial) -> bytes:
        data = os.read(port.fileno(), _CHUNK)
        if not data:
            raise OSError("the line hung up")
        return data

    def _give(self, found: list[Frame | Damage]) -> None:
        for frame in found:
            if isinstance(frame, Frame):
                self._on_unasked(frame)

    def _await_hand(
        self, port: serial.Serial, ack: bytes, nak: bytes, deadline: float, give_up: Callable[[], bool]
    ) -> bytes | Trouble:
        """Waits for the handshake's answer; returns what came behind it."""
        came = b""
        while (left := deadline - time.monotonic()) > 0:
            if not select.select([port.fileno()], [], [], min(left, _SLICE_S))[0]:
                if give_up():
                    return Trouble.CANCELED
                continue
            came = (came + self._read(port))[-_CHUNK:]
            at = came.find(ack)
            refused_at = came.find(nak) if nak else -1
            if refused_at >= 0 and (at < 0 or refused_at < at):
                return Trouble.REFUSED
            if at >= 0:
                return came[at + len(ack) :]
        return Trouble.DAMAGED if came else Trouble.SILENT

    def _await(
        self,
        port: serial.Serial,
        accepts: Callable[[Frame], bool],
        deadline: float,
        give_up: Callable[[], bool],
        rest: bytes,
    ) -> Frame | Trouble:
        gap_s = self._description.gap_s
        found = self._frames.feed(rest)
        heard = bool(rest)
        gap_ends = time.monotonic() + gap_s
        while True:
            for at, frame in enumerate(found):
                if isinstance(frame, Damage):
                    # the right frame may follow noise; if not, do not wait for the whole time-out
                    deadline = min(deadline, time.monotonic() + gap_s)
                elif accepts(frame):
                    self._give(found[at + 1 :])
                    return frame
                else:
                    self._on_unasked(frame)
            left = (min(deadline, gap_ends) if self._frames.pending_bytes else deadline) - time.monotonic()
            if left <= 0:
                if not self._frames.pending_bytes:
                    return Trouble.DAMAGED if heard else Trouble.SILENT
                found = self._frames.resynchronise()
            elif select.select([port.fileno()], [], [], min(left, _SLICE_S))[0]:
                found = self._frames.feed(self._read(port))
                heard = True
                gap_ends = time.monotonic() + gap_s
            else:
                found = []
                if give_up():
                    return Trouble.CANCELED
