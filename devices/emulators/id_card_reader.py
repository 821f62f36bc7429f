"""Emulator of a SAM-V ID-card module on a pseudo-terminal, as strict towards a driver as the module is.

Source: known from practice, as `devices.id_card_reader.codec`; the frames are made and parsed here once more on purpose,
so that a mistake there is not mirrored.
"""

import time

from devices.emulators.cards import CARDS, PHOTO, Behaviour, Card
from devices.emulators.pty_device import Arguments, Effect, Known, PtyDevice
from devices.emulators.pty_wire import SLICE_BYTES
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_serial import sam_v

MODULE_ID = bytes.fromhex("05000100659e3301393000004e61bc00")
"""05.01-20160101-000012345-012345678, a made-up module."""
OTHER_MODULE_ID = bytes.fromhex("050001000a3b340131d40000b17f3905")

_HEAD = b"\xaa\xaa\xaa\x96\x69"
_BAUD_RATE = 115200


def frame(sw3: int, data: bytes = b"") -> bytes:
    """A reply with SW1 and SW2 zero."""
    body = (4 + len(data)).to_bytes(2, "big") + bytes((0, 0, sw3)) + data
    check = 0
    for byte in body:
        check ^= byte
    return _HEAD + body + bytes((check,))


class IdCardReaderEmulator(PtyDevice):
    """The module, its antenna and its cable.

    Policy: a card that lies answers 9F again and again unless `latches` (then 80 from the select on until it is lifted).
    Faults that last (`silence`, `self_test_failed`, `sam_unauthorised`, `long_reply`, `other_module`, `noise`,
    `dribble`) end with `normal`; `wrong_checksum` spoils and `miss` swallows as many replies as they say; `pull_in_mid_read` waits for the
    next read.

    Attributes:
        last_9f_at: when the last 9F was sent, monotonic seconds, 0.0 before the first.
        last_read_sent_at: when the last byte of the last successful read reply was sent, monotonic seconds.
        processing_s: how long the module thinks before it answers a read (0: the wire alone).
    """

    name = "id_card_reader"

    def __init__(self, is_paced: bool = True, latches: bool = False) -> None:
        super().__init__(_BAUD_RATE, is_paced, Traffic(sam_v))
        self._latches = latches
        self._card: Card | None = None
        self._card_name: str | None = None
        self._is_selected = False
        self._is_latched = False
        self._pull_mode: str | None = None
        self._buffer = bytearray()
        self.last_9f_at = 0.0
        self.last_read_sent_at = 0.0
        self.processing_s = 0.0

    # -- the panel -----------------------------------------------------------------------------------------------

    @property
    def requests(self) -> int:
        """How many whole requests have come."""
        return self._counters["requests"]

    def wait_for_requests(self, count: int, timeout_s: float) -> bool:
        """Waits until `count` requests have come in all; whether they did within the time."""
        return self.wait_for("requests", count, timeout_s)

    def state(self) -> dict[str, object]:
        """What the panel and the tests see; holds no card content."""
        return {
            "port": self.port,
            "plugged": self._wire.is_plugged,
            "paced": self._wire.is_paced,
            "card": self._card_name,
            "faults": sorted(self._faults),
            "counters": dict(self._counters),
            "last_9f_at": self.last_9f_at,
            "last_read_sent_at": self.last_read_sent_at,
            "cards": {name: card.label for name, card in CARDS.items()},
            "actions": sorted(self._actions()),
        }

    def _actions(self) -> dict[str, Known]:
        return {
            "lay": self._lay,
            "pull": lambda _: self._pull,
            "pull_in_mid_read": self._pull_in_mid_read,
            "cut": lambda _: self._cut,
            "reconnect": lambda _: self._reconnect,
            "normal": lambda _: self._normal,
            "silence": self._lasting("silence", 1),
            "miss": self._lasting("miss", 1),
            "noise": self._lasting("noise", 7),
            "dribble": self._lasting("dribble", 2),
            "long_reply": self._lasting("long_reply", 1),
            "wrong_checksum": self._lasting("wrong_checksum", 1),
            "self_test_failed": self._lasting("self_test_failed", 1),
            "sam_unauthorised": self._lasting("sam_unauthorised", 1),
            "other_module": self._lasting("other_module", 1),
            "pace": lambda arguments: lambda: setattr(self._wire, "is_paced", arguments.get("on", True) is True),
        }

    def _lay(self, arguments: Arguments) -> Effect:
        name = str(arguments.get("card", "resident"))
        card = CARDS.get(name)
        if card is None:
            raise ValueError(f"没有“{name}”这张卡 / there is no card {name!r}")

        def effect() -> None:
            self._card, self._card_name = card, name
            self._is_selected = self._is_latched = False

        return effect

    def _pull_in_mid_read(self, arguments: Arguments) -> Effect:
        mode = str(arguments.get("mode", "refused"))
        if mode not in ("refused", "cut_short"):
            raise ValueError("mode 只能是 refused 或 cut_short / mode is refused or cut_short")
        return lambda: setattr(self, "_pull_mode", mode)

    def _pull(self) -> None:
        self._card = self._card_name = None
        self._is_selected = self._is_latched = False

    def _cut(self) -> None:
        self._wire.cut()
        self._buffer.clear()

    def _reconnect(self) -> None:
        self._wire.plug()

    def _normal(self) -> None:
        self._faults.clear()
        self._pull_mode = None
        self._wire.plug()

    # -- the module ----------------------------------------------------------------------------------------------

    def _take(self, data: bytes) -> None:
        self._buffer += data
        while (request := self._next_request()) is not None:
            self._answer(request, time.monotonic())

    def _next_request(self) -> bytes | None:
        """Takes the next frame out of the buffer: CMD PARA DATA, or one byte for a frame that is damaged."""
        while True:
            at = self._buffer.find(_HEAD)
            if at < 0:
                del self._buffer[: max(0, len(self._buffer) - len(_HEAD) + 1)]
                return None
            del self._buffer[:at]
            if len(self._buffer) < 7:
                return None
            length = int.from_bytes(self._buffer[5:7], "big")
            if not 3 <= length <= 64:
                del self._buffer[:1]
                return b"\x11"
            if len(self._buffer) < 7 + length:
                return None
            whole = bytes(self._buffer[5 : 7 + length])
            del self._buffer[: 7 + length]
            check = 0
            for byte in whole:
                check ^= byte
            return whole[2:-1] if check == 0 else b"\x10"

    def _answer(self, request: bytes, received_at: float) -> None:
        self._count("requests")
        if "silence" in self._faults:
            return
        if self._spend("miss"):
            return
        if len(request) == 1:
            reply = frame(request[0])
        else:
            reply = self._reply(request[:2])
        if self._spend("wrong_checksum"):
            reply = reply[:-1] + bytes((reply[-1] ^ 0x55,))
        is_found = request[:2] == b"\x20\x01" and reply[9] == 0x9F
        is_text = request[:2] in (b"\x30\x01", b"\x30\x10") and reply[9] == 0x90
        if noise := self._faults.get("noise"):
            reply = (b"\x00\xaa\xaa\x96\x69\xff\xaa" * noise)[:noise] + reply
        if is_text and self._pull_mode == "cut_short":
            self._pull_mode = None
            reply = reply[: len(reply) // 2]
            self._pull()
            is_text = False
        # the request itself took its time on the line
        started_at = received_at + 10 * self._wire.byte_s + (self.processing_s if is_text else 0)
        if self._wire.is_paced or self.processing_s:
            time.sleep(max(0.0, started_at - time.monotonic()))
        pause_s = self._faults.get("dribble", 0) / 1000
        slice_bytes = 1 if pause_s else SLICE_BYTES

        def account(sent_at: float) -> None:
            self._counters["replies"] += 1
            self._counters["bytes"] += len(reply)
            if is_found:
                self.last_9f_at = sent_at
                self._counters["found"] += 1
            if is_text:
                self.last_read_sent_at = sent_at
                self._counters["reads"] += 1

        self._wire.send(reply, started_at, self._goes_on, slice_bytes, pause_s, account)

    def _reply(self, command: bytes) -> bytes:
        if "self_test_failed" in self._faults:
            return frame(0x60)
        if "sam_unauthorised" in self._faults:
            return frame(0x66)
        if command in (b"\x10\xff", b"\x11\xff", b"\x61\xff") or command[0] == 0x60:
            return frame(0x90)
        if command == b"\x12\xff":
            return frame(0x90, OTHER_MODULE_ID if "other_module" in self._faults else MODULE_ID)
        if command == b"\x20\x01":
            self._is_selected = False
            return frame(0x80) if self._card is None or self._is_latched else frame(0x9F, bytes(4))
        if command == b"\x20\x02":
            if self._card is None:
                return frame(0x81)
            self._is_selected = True
            self._is_latched = self._latches
            return frame(0x90, bytes(8))
        if command in (b"\x30\x01", b"\x30\x10", b"\x30\x03"):
            return self._read_reply(command)
        return frame(0x21)

    def _read_reply(self, command: bytes) -> bytes:
        if self._pull_mode == "refused":
            self._pull_mode = None
            self._pull()
        if self._card is None or not self._is_selected:
            return frame(0x41)
        self._is_selected = False
        if self._card.behaviour is Behaviour.DEFECTIVE:
            return frame(0x41)
        if self._card.behaviour is Behaviour.UNKNOWN_TYPE:
            return frame(0x40)
        if command == b"\x30\x03":
            return frame(0x91)
        lengths = b"\x01\x00\x04\x00"
        if command == b"\x30\x10" or "long_reply" in self._faults:
            lengths += b"\x00\x00"
        return frame(0x90, lengths + self._card.text + PHOTO)
