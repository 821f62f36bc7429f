"""Emulator of a SAM-V ID-card module on a pseudo-terminal, as strict towards a driver as the module is.

Source: known from practice, as `devices.id_card_reader.codec`; the frames are made and parsed here once more on purpose,
so that a mistake there is not mirrored.
"""

import os
import queue
import select
import threading
import time
from collections import Counter
from collections.abc import Callable

from devices.emulators.cards import CARDS, PHOTO, Behaviour, Card
from devices.emulators.pty_wire import SLICE_BYTES, PtyWire
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_serial import sam_v

MODULE_ID = bytes.fromhex("05000100659e3301393000004e61bc00")
"""05.01-20160101-000012345-012345678, a made-up module."""
OTHER_MODULE_ID = bytes.fromhex("050001000a3b340131d40000b17f3905")

_HEAD = b"\xaa\xaa\xaa\x96\x69"
_TURN_S = 0.2


def frame(sw3: int, data: bytes = b"") -> bytes:
    """A reply with SW1 and SW2 zero."""
    body = (4 + len(data)).to_bytes(2, "big") + bytes((0, 0, sw3)) + data
    check = 0
    for byte in body:
        check ^= byte
    return _HEAD + body + bytes((check,))


class IdCardReaderEmulator:
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
        self.traffic = Traffic(sam_v)
        self._wire = PtyWire(self.name, is_paced=is_paced, traffic=self.traffic)
        self._latches = latches
        self._card: Card | None = None
        self._card_name: str | None = None
        self._is_selected = False
        self._is_latched = False
        self._faults: dict[str, int] = {}
        self._pull_mode: str | None = None
        self._buffer = bytearray()
        self._counters: Counter[str] = Counter()
        self._asked = threading.Condition()
        self.last_9f_at = 0.0
        self.last_read_sent_at = 0.0
        self.processing_s = 0.0
        self._posted: queue.SimpleQueue[tuple[Callable[[], None], threading.Event]] = queue.SimpleQueue()
        self._wake_fd = -1
        self._is_stopping = False
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> str:
        """Path of the serial port for a driver; the same after `cut` and `reconnect`."""
        return self._wire.path

    def start(self) -> None:
        """Opens the line and starts the thread."""
        self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC)
        self._wire.plug()
        self._thread = threading.Thread(target=self._run, name="emulated-id-card-reader", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds; twice is allowed."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._is_stopping = True
        os.eventfd_write(self._wake_fd, 1)
        thread.join(2)
        self._wire.close()
        os.close(self._wake_fd)

    # -- the panel -----------------------------------------------------------------------------------------------

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """One action; it has taken effect when this returns. See `state` for the list."""
        known = self._actions().get(action)
        if known is None:
            raise ValueError(f"读卡器没有“{action}”这个动作 / the reader has no action {action!r}")
        effect = known(dict(arguments))
        done = threading.Event()
        self._posted.put((effect, done))
        os.eventfd_write(self._wake_fd, 1)
        if not done.wait(5):
            raise ValueError("读卡器没有响应 / the emulated reader does not answer")

    @property
    def requests(self) -> int:
        """How many whole requests have come."""
        return self._counters["requests"]

    def wait_for_requests(self, count: int, timeout_s: float) -> bool:
        """Waits until `count` requests have come in all; whether they did within the time."""
        with self._asked:
            return self._asked.wait_for(lambda: self.requests >= count, timeout_s)

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

    def _actions(self) -> dict[str, Callable[[dict[str, object]], Callable[[], None]]]:
        def lasting(name: str, default: int = 1) -> Callable[[dict[str, object]], Callable[[], None]]:
            def known(arguments: dict[str, object]) -> Callable[[], None]:
                value = _whole(arguments, name, default)
                return lambda: self._set_fault(name, value)

            return known

        return {
            "lay": self._lay,
            "pull": lambda _: self._pull,
            "pull_in_mid_read": self._pull_in_mid_read,
            "cut": lambda _: self._cut,
            "reconnect": lambda _: self._reconnect,
            "normal": lambda _: self._normal,
            "silence": lasting("silence"),
            "miss": lasting("miss"),
            "noise": lasting("noise", 7),
            "dribble": lasting("dribble", 2),
            "long_reply": lasting("long_reply"),
            "wrong_checksum": lasting("wrong_checksum"),
            "self_test_failed": lasting("self_test_failed"),
            "sam_unauthorised": lasting("sam_unauthorised"),
            "other_module": lasting("other_module"),
            "pace": lambda arguments: lambda: setattr(self._wire, "is_paced", arguments.get("on", True) is True),
        }

    def _lay(self, arguments: dict[str, object]) -> Callable[[], None]:
        name = str(arguments.get("card", "resident"))
        card = CARDS.get(name)
        if card is None:
            raise ValueError(f"没有“{name}”这张卡 / there is no card {name!r}")

        def effect() -> None:
            self._card, self._card_name = card, name
            self._is_selected = self._is_latched = False

        return effect

    def _pull_in_mid_read(self, arguments: dict[str, object]) -> Callable[[], None]:
        mode = str(arguments.get("mode", "refused"))
        if mode not in ("refused", "cut_short"):
            raise ValueError("mode 只能是 refused 或 cut_short / mode is refused or cut_short")
        return lambda: setattr(self, "_pull_mode", mode)

    def _set_fault(self, name: str, value: int) -> None:
        self._faults[name] = value

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

    def _run(self) -> None:
        while not self._is_stopping:
            watched = [self._wake_fd] + ([self._wire.fileno()] if self._wire.is_plugged else [])
            ready = select.select(watched, [], [], _TURN_S)[0]
            if self._wake_fd in ready:
                os.eventfd_read(self._wake_fd)
                self._do_posted()
            elif ready:
                self._buffer += self._wire.receive()
                while (request := self._next_request()) is not None:
                    self._answer(request, time.monotonic())

    def _do_posted(self) -> None:
        while not self._posted.empty():
            effect, done = self._posted.get()
            effect()
            done.set()

    def _goes_on(self) -> bool:
        """Lets the panel act while bytes are on their way; whether there is still a line to send them on."""
        self._do_posted()
        return self._wire.is_plugged and not self._is_stopping

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
        with self._asked:
            self._counters["requests"] += 1
            self._asked.notify_all()
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

    def _spend(self, fault: str) -> bool:
        """Uses up one of a counted fault; whether there was one."""
        left = self._faults.get(fault, 0)
        if left > 1:
            self._faults[fault] = left - 1
        elif left:
            del self._faults[fault]
        return left > 0

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


def _whole(arguments: dict[str, object], action: str, default: int) -> int:
    value = next(iter(arguments.values()), default)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1000:
        raise ValueError(f"{action} 要一个 1 到 1000 的整数 / {action} takes a whole number from 1 to 1000")
    return value
