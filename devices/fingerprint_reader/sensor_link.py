"""Instructions and data on the line of an EF01 module; everything that can go wrong there becomes a `Trouble`."""

import time
from collections.abc import Callable
from enum import Enum

from devices.fingerprint_reader.packet_codec import (
    Answer,
    Confirmation,
    Damage,
    Instruction,
    Kind,
    Packet,
    PacketReader,
    encode_data,
    encode_packet,
    parse_answer,
)
from devices.fingerprint_reader.types import MOST_TEMPLATE
from devices.serial_port import PortGoneError, SerialPort

_SLICE_S = 0.05
_REPEATS = 2
_FULL_BUFFER_READS = 4


class Trouble(Enum):
    """Why there is no answer."""

    SILENT = "silent"
    DAMAGED = "damaged"
    GONE = "gone"  # the port failed; it is closed now
    CANCELED = "canceled"


class SensorLink:
    """Used from one thread. The module answers only what it is asked, so what lies in the line before a question is old.

    Args:
        port: the serial port.
        address: of the module, 4 bytes.
        reply_s: from a question to its answer, and from one data packet to the next.
    """

    def __init__(self, port: SerialPort, address: bytes, reply_s: float) -> None:
        self._port = port
        self._address = address
        self._reply_s = reply_s
        self._packets = PacketReader(address)
        self._waiting: list[Packet | Damage] = []

    @property
    def is_open(self) -> bool:
        return self._port.is_open

    def open(self) -> bool:
        """Opens the port; false when that fails."""
        self.forget()
        return self._port.open()

    def close(self) -> None:
        """Closes the port and forgets what came; twice is allowed."""
        self._port.close()
        self.forget()

    def forget(self) -> None:
        """Overwrites what came."""
        self._packets.clear()
        self._waiting.clear()

    def ask(self, instruction: Instruction, parameters: bytes, give_up: Callable[[], bool]) -> Answer | Trouble:
        """One instruction and its answer; again when a packet was damaged on its way."""
        trouble = Trouble.DAMAGED
        for _ in range(_REPEATS + 1):
            try:
                self._drain()
                command = bytes((instruction,)) + parameters
                self._port.send(encode_packet(self._address, Kind.COMMAND, command))
                packet = self._await(give_up)
            except PortGoneError:
                self.forget()
                return Trouble.GONE
            if isinstance(packet, Packet) and packet.kind is Kind.ACKNOWLEDGE:
                answer = parse_answer(packet.content)
                if answer.confirmation is not Confirmation.RECEIVE_ERROR:
                    return answer
            elif isinstance(packet, Trouble):
                trouble = packet
                if trouble is not Trouble.DAMAGED:
                    break
        return trouble

    def upload(self, give_up: Callable[[], bool]) -> bytearray | Trouble:
        """Takes the data packets that follow an answer; the caller overwrites what it gets."""
        whole = bytearray()
        trouble: Trouble | None = None
        try:
            while trouble is None:
                packet = self._await(give_up)
                if isinstance(packet, Trouble):
                    trouble = packet
                elif packet.kind in (Kind.DATA, Kind.END_OF_DATA) and len(whole) + len(packet.content) <= MOST_TEMPLATE:
                    whole += packet.content
                    if packet.kind is Kind.END_OF_DATA:
                        return whole
                else:
                    trouble = Trouble.DAMAGED
        except PortGoneError:
            trouble = Trouble.GONE
        finally:
            self.forget()
        whole[:] = bytes(len(whole))
        return trouble

    def download(self, data: bytes, content_bytes: int) -> Trouble | None:
        """Sends data packets; the module says nothing to them."""
        try:
            self._port.send(encode_data(self._address, data, content_bytes))
        except PortGoneError:
            return Trouble.GONE
        return None

    def _drain(self) -> None:
        self.forget()
        for _ in range(_FULL_BUFFER_READS):
            if not self._port.receive():
                return

    def _await(self, give_up: Callable[[], bool]) -> Packet | Trouble:
        """The next packet. Noise before it is passed over; damage is told when nothing else comes."""
        ends = time.monotonic() + self._reply_s
        is_damaged = False
        while True:
            while self._waiting:
                found = self._waiting.pop(0)
                if isinstance(found, Packet):
                    return found
                if found is not Damage.NOISE:
                    return Trouble.DAMAGED
                is_damaged = True
            left = ends - time.monotonic()
            if left <= 0:
                return Trouble.DAMAGED if is_damaged or self._packets.pending_bytes else Trouble.SILENT
            data = self._port.receive(min(left, _SLICE_S))
            self._waiting = self._packets.feed(data)
            data[:] = bytes(len(data))
            if not data and give_up():
                return Trouble.CANCELED
