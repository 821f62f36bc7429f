"""Emulator of a PC/SC reader's card slot: plays the card for pcscd's virtual reader (vpcd of vsmartcard).

Source: vpcd's protocol, known from its manual and measured: it listens on TCP (35963 unless told), the card connects; every message is two
bytes of length, big-endian, and a body; a body of one byte is control (0 off, 1 on, 2 reset, 4 ask for the ATR), any other an
APDU. TCP_QUICKACK is set after each receipt, or every exchange waits 40 ms. A connection that answers is a card in
the slot. pcscd looks every 400 ms; a card swapped between two looks would be no removal for it and leave it confused, which no
hand is quick enough for. So a pulled card ends the connection on a look before the next card is laid; two, if it had
power, since taking the power away looks once for itself.
"""

import contextlib
import os
import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from devices.emulators.traffic import Direction, Traffic
from devices.emulators.traffic_exchanges import apdu
from devices.emulators.virtual_cards import VirtualCard, VirtualIdCard, VirtualSocialCard
from devices.emulators.virtual_document import Options, VirtualDocument
from devices.emulators.virtual_issuer import MADE_AT, VirtualState

VPCD_PORT = 35963
_OFF, _ON, _RESET, _ATR = 0, 1, 2, 4
_RETRY_S = 0.1


class SmartCardEmulator:
    """The slot and the cards that can be laid into it.

    Actions: ``lay`` (``card`` one of `cards`), ``pull``, ``slow`` (``ms`` a command), ``mute`` (takes commands and says nothing),
    ``pull_in_mid_read`` (``after`` so many commands), ``block_pin``, ``new_pin_tries``, ``normal``. A card that is laid before pcscd runs connects when it does.

    Args:
        port: of vpcd.
        state: who issued the documents; its CSCA is `csca_der`.

    Attributes:
        short_lived: who issued ``signer_expired``: another state, whose signer's time ended in June 2024.
        busy_s: time from a command's receipt to its reply's sending since the start: the card's own time.
        commands: counted APDUs.
    """

    name = "smart_card"

    def __init__(self, port: int = VPCD_PORT, state: VirtualState | None = None) -> None:
        self.traffic = Traffic(apdu)
        self._port = port
        self._state = state or VirtualState()
        self.short_lived = VirtualState(signer_ends=MADE_AT + timedelta(days=152))
        self._cards: dict[str, Callable[[], VirtualCard]] = {
            "permit": lambda: VirtualDocument(self._state),
            "permit_pace": lambda: VirtualDocument(self._state, options=Options(pace="aes")),
            "permit_pace_3des": lambda: VirtualDocument(self._state, options=Options(pace="3des")),
            "permit_large_portrait": lambda: VirtualDocument(self._state, options=Options(portrait_bytes=40_000)),
            "tampered_zone": lambda: VirtualDocument(self._state, options=Options(tampered=(1,))),
            "tampered_details": lambda: VirtualDocument(self._state, options=Options(tampered=(11,))),
            "tampered_portrait": lambda: VirtualDocument(self._state, options=Options(tampered=(2,))),
            "foreign_zone": lambda: VirtualDocument(self._state, options=Options(foreign_zone=True)),
            "without_sod": lambda: VirtualDocument(self._state, options=Options(without_sod=True)),
            "signer_unknown": lambda: VirtualDocument(VirtualState()),
            "signer_expired": lambda: VirtualDocument(self.short_lived),
            "social_card": lambda: self._social_card,
            "id_card": VirtualIdCard,
            "id_card_defective": lambda: VirtualIdCard(is_defective=True),
        }
        self._social_card = VirtualSocialCard()
        self._card: VirtualCard | None = None
        self._card_name: str | None = None
        self._slow_s = 0.0
        self._is_mute = False
        self._pull_after: int | None = None
        self._counters: Counter[str] = Counter()
        self._lock = threading.Condition()
        self._wake_fd = -1
        self._is_stopping = False
        self._thread: threading.Thread | None = None
        self._is_connected = False
        self._looks_owed = 0
        self.busy_s = 0.0

    @property
    def csca_der(self) -> bytes:
        """The certificate of the state that issued the documents."""
        return self._state.csca_der

    @property
    def commands(self) -> int:
        return self._counters["commands"]

    def plug_into(self, port: int) -> None:
        """Names vpcd's port, before `start` or while nothing is laid."""
        self._port = port

    def start(self) -> None:
        """Starts the thread; pcscd need not run yet."""
        self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC)
        self._thread = threading.Thread(target=self._run, name="emulated-smart-card", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends within two seconds; twice is allowed."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._is_stopping = True
        self._wake()
        thread.join(2)
        os.close(self._wake_fd)

    def _wake(self) -> None:
        os.eventfd_write(self._wake_fd, 1)

    # -- the panel -----------------------------------------------------------------------------------------------

    def do(self, action: str, arguments: dict[str, object]) -> None:
        """One action of the panel."""
        with self._lock:
            if action == "lay":
                name = str(arguments.get("card", "permit"))
                if name not in self._cards:
                    raise ValueError(f"没有“{name}”这张卡 / there is no card {name!r}")
                self._card, self._card_name = self._cards[name](), name
            elif action == "pull":
                self._card = self._card_name = None
            elif action == "slow":
                self._slow_s = float(str(arguments.get("ms", 200))) / 1000
            elif action == "mute":
                self._is_mute = True
            elif action == "pull_in_mid_read":
                self._pull_after = self._counters["commands"] + int(str(arguments.get("after", 10)))
            elif action == "block_pin":
                self._social_card.tries = 0
            elif action == "new_pin_tries":
                self._social_card.tries = 3
            elif action == "normal":
                self._slow_s, self._is_mute, self._pull_after = 0.0, False, None
            else:
                raise ValueError(f"不会“{action}” / there is no action {action!r}")
            self._counters["actions"] += 1
        self._wake()

    def state(self) -> dict[str, object]:
        """For the panel; ``port`` is vpcd's."""
        with self._lock:
            return {
                "card": self._card_name,
                "cards": list(self._cards),
                "connected": self._is_connected,
                "tcp_port": self._port,
                "mute": self._is_mute,
                "slow_ms": round(self._slow_s * 1000),
                "pin_tries": self._social_card.tries,
                "commands": self._counters["commands"],
                "powered_on": self._counters["powered_on"],
                "actions": ["lay", "pull", "slow", "mute", "pull_in_mid_read", "block_pin", "new_pin_tries", "normal"],
            }

    def wait_until_empty(self, timeout_s: float) -> bool:
        """Whether pcscd has seen by then that no card is in the slot; false at once when one is to be."""
        with self._lock:
            return self._card is None and self._lock.wait_for(lambda: self._looks_owed == 0, timeout_s)

    def wait_for_commands(self, count: int, timeout_s: float) -> bool:
        """Whether so many commands have come by then."""
        with self._lock:
            return self._lock.wait_for(lambda: self._counters["commands"] >= count, timeout_s)

    # -- the thread ----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._is_stopping:
            with self._lock:
                card, owes_absence = self._card, self._looks_owed > 0
            if card is None and not owes_absence:
                self._sleep(None)
                continue
            try:
                with socket.create_connection(("127.0.0.1", self._port), timeout=1.0) as wire:
                    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self._is_connected = True
                    self._serve(wire, None if owes_absence else card)
            except OSError:
                self._sleep(_RETRY_S)
            finally:
                self._is_connected = False

    def _sleep(self, seconds: float | None) -> None:
        """Until something was done, at most so long."""
        if select.select([self._wake_fd], [], [], seconds)[0]:
            os.eventfd_read(self._wake_fd)

    def _serve(self, wire: socket.socket, card: VirtualCard | None) -> None:
        """Plays the card, or its absence, until that changes or pcscd goes."""
        is_owed_a_reply = False
        while not self._is_stopping:
            ready = select.select([wire.fileno(), self._wake_fd], [], [])[0]
            if self._wake_fd in ready:
                os.eventfd_read(self._wake_fd)
            with self._lock:
                if card is not None and self._card is not card:
                    card = None  # from here on the slot is empty, and one look must see it
                    if is_owed_a_reply:
                        return
            if wire.fileno() not in ready:
                continue
            body = _receive(wire)
            if not body:
                continue
            if len(body) > 1 and card is None:
                return  # taken away in mid-exchange: the exchange breaks
            if len(body) > 1 or body[0] != _ATR:  # pcscd asks for the ATR again and again
                self.traffic.note(Direction.TO_DEVICE, body)
            began = time.perf_counter()
            reply = self._answer(card, body)
            if card is None and body == bytes((_ATR,)):
                # no answer at all: an empty one would keep vpcd in its receive until the connection ends
                with self._lock:
                    self._looks_owed = max(self._looks_owed - 1, 0)
                    self._lock.notify_all()
                return
            if reply is None:
                is_owed_a_reply = len(body) > 1
                with self._lock:
                    if is_owed_a_reply and self._card is not card:
                        return
                continue
            if len(body) > 1:
                self.busy_s += time.perf_counter() - began
            wire.sendall(len(reply).to_bytes(2, "big") + reply)
            if len(body) > 1:
                self.traffic.note(Direction.FROM_DEVICE, reply)
            if card is not None and body[0] == _ATR and len(body) == 1:
                self._looks_owed = max(self._looks_owed, 1)

    def _answer(self, card: VirtualCard | None, body: bytes) -> bytes | None:
        if len(body) == 1 or card is None:
            if card is None:
                return None
            if body[0] == _ATR:
                return card.atr
            if body[0] in (_ON, _RESET, _OFF):
                card.reset()
                self._looks_owed = 1 if body[0] == _OFF else 2
                self._counters["powered_on"] += body[0] == _ON
            return None
        with self._lock:
            self._counters["commands"] += 1
            self._lock.notify_all()
            if self._is_mute:
                return None
            if self._pull_after is not None and self._counters["commands"] >= self._pull_after:
                self._card = self._card_name = self._pull_after = None
                return None
            slow_s = self._slow_s
        if slow_s:
            time.sleep(slow_s)
        return card.answer(body)


def _receive(wire: socket.socket) -> bytes:
    head = _exactly(wire, 2)
    return _exactly(wire, int.from_bytes(head, "big"))


def _exactly(wire: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = wire.recv(count - len(data))
        with contextlib.suppress(OSError):
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        if not part:
            raise ConnectionError("pcscd has gone")
        data += part
    return data
