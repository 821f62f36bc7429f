"""Emulator of any described device, made from the same description file, so that a technician can try it without the device.

It answers polls with the state that the panel sets, carries commands out as their `until` says, and sends events. Frames
are made by the codec that the driver uses; what keeps that codec honest are the written-out bytes in its tests.
"""

import time
from pathlib import Path

from devices.described.description import Effects, Exchange, Field, Packet
from devices.described.field_codec import FieldError, Value, decode_number, encode_number, filled
from devices.described.frame_codec import Damage, Frame, FrameReader, encode_frame
from devices.described.reading import load_description
from devices.emulators.pty_device import Arguments, Effect, Known, PtyDevice
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_serial import described

_FILLED = {"ink": "full", "paper": "full", "toner": "full"}


class DescribedEmulator(PtyDevice):
    """The device behind a pseudo-terminal.

    Policy: faults that last (`silence`, `garbage`, `slow`, `stuck`) end with `normal`; `wrong_check` spoils and `miss`
    swallows as many replies as they say. ``set`` takes a status key and its word (``doors.front``, ``open``), as the
    description writes them; `stuck` freezes a key against commands and the panel. A momentary part is pressed by
    ``event`` when the device sends events for it, else by ``set``.

    Args:
        path: the description.
        name: of the emulator and its port's file name.
        act_s: how long a command with `until` takes to come true.
    """

    def __init__(self, path: Path, name: str | None = None, is_paced: bool = True, act_s: float = 0.1) -> None:
        self._path = path.absolute()
        self._description = load_description(path)
        self.name = name or self._description.device
        super().__init__(self._description.line.baud_rate, is_paced, Traffic(described(self._description)))
        self._act_s = act_s
        self._frames = FrameReader(
            self._description.request,
            {x.request.code: x.request.size for x in self._exchanges().values()},
        )
        self._values: dict[tuple[str, str], int] = {}
        self._begin_well()
        self._stuck: set[str] = set()
        self._later: list[tuple[float, dict[str, str]]] = []
        self._waiting_reply: bytes = b""
        self._taken: list[tuple[str, dict[str, Value]]] = []

    # -- the panel -----------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """What the panel and the tests see."""
        return {
            "port": self.port,
            "file": str(self._path),
            "model": self._description.model,
            "plugged": self._wire.is_plugged,
            "faults": sorted(self._faults),
            "stuck": sorted(self._stuck),
            "values": {f"{packet}.{field}": value for (packet, field), value in sorted(self._values.items())},
            "now": self._now(),
            "settable": {key: sorted(words) for key, words in sorted(self._settable().items())},
            "events": [packet.name for packet in self._description.events],
            "counters": dict(self._counters),
            "actions": sorted(self._actions()),
        }

    @property
    def taken(self) -> list[tuple[str, dict[str, Value]]]:
        """The commands that came, with their arguments as numbers and words."""
        with self._counted:
            return list(self._taken)

    def _actions(self) -> dict[str, Known]:
        return {
            "set": self._set,
            "event": self._event,
            "stuck": self._stick,
            "silence": self._lasting("silence", 1),
            "garbage": self._lasting("garbage", 7),
            "slow": self._lasting("slow", 100),
            "wrong_check": self._lasting("wrong_check", 1),
            "miss": self._lasting("miss", 1),
            "refuse": self._lasting("refuse", 1),
            "mute_commands": self._lasting("mute_commands", 1),
            "unplug": lambda _: self._unplug,
            "plug": lambda _: self._wire.plug,
            "normal": lambda _: self._normal,
        }

    def _set(self, arguments: Arguments) -> Effect:
        key, word = str(arguments.get("key", "")), str(arguments.get("word", ""))
        if word not in self._settable().get(key, ()):
            raise ValueError(f"描述里没有 {key}: {word} / the description has no {key}: {word}")
        return lambda: self._make_true({key: word}, by_hand=True)

    def _event(self, arguments: Arguments) -> Effect:
        name = str(arguments.get("name", ""))
        packet = next((event for event in self._description.events if event.name == name), None)
        if packet is None:
            raise ValueError(f"描述里没有 {name} 这个事件 / the description has no event {name!r}")
        value = arguments.get("value")

        def effect() -> None:
            for field in packet.fields:
                number = value if isinstance(value, int) else next(iter(field.values), 0)
                self._values[packet.name, field.name] = number
            self._send(self._frame_of(packet))

        return effect

    def _stick(self, arguments: Arguments) -> Effect:
        key = str(arguments.get("key", ""))
        if key not in self._settable():
            raise ValueError(f"描述里没有 {key} / the description has no {key}")
        return lambda: self._stuck.add(key)

    def _unplug(self) -> None:
        self._wire.cut()
        self._frames.clear()

    def _normal(self) -> None:
        self._faults.clear()
        self._stuck.clear()
        self._wire.plug()

    # -- what the fields say -------------------------------------------------------------------------------------

    def _exchanges(self) -> dict[str, Exchange]:
        return {**self._description.polls, **self._description.commands}

    def _told(self) -> list[tuple[Packet, Field]]:
        polls = [poll.reply for poll in self._description.polls.values() if poll.reply is not None]
        return [(packet, field) for packet in polls for field in packet.fields]

    def _begin_well(self) -> None:
        """Sets the bits whose absence means trouble, such as a bit that says that the power is there, and fills up."""
        for packet, field in self._told():
            for mask, _, off in field.bits:
                if off.get("device", "online") != "online":
                    self._values[packet.name, field.name] = self._values.get((packet.name, field.name), 0) | mask
            for value, means in field.values.items():
                if _FILLED.items() & means.items() or "ok" in means.values():
                    self._values[packet.name, field.name] = value

    def _settable(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for _, field in self._told():
            meanings = [effects for _, on, off in field.bits for effects in (on, off)]
            for effects in (*meanings, *field.values.values(), field.other):
                for key, word in effects.items():
                    found.setdefault(key, set()).add(word)
        return found

    def _now(self) -> dict[str, str]:
        """What the polls would say now, key to word."""
        now: dict[str, str] = {}
        for packet, field in self._told():
            value = self._values.get((packet.name, field.name), next(iter(field.values), 0))
            for mask, on, off in field.bits:
                now.update(on if value & mask == mask else off)
            now.update(field.values.get(value, field.other))
        return now

    def _make_true(self, wanted: Effects, *, by_hand: bool = False) -> None:
        """Changes the fields of the polls so that they say `wanted`, except what is stuck."""
        for key, word in wanted.items():
            if key in self._stuck:
                continue
            if not by_hand:
                self._counters["acted"] += 1
            for packet, field in self._told():
                place = (packet.name, field.name)
                for mask, on, off in field.bits:
                    if on.get(key) == word:
                        self._values[place] = self._values.get(place, 0) | mask
                    elif off.get(key) == word or key in on:
                        self._values[place] = self._values.get(place, 0) & ~mask
                for value, effects in field.values.items():
                    if effects.get(key) == word:
                        self._values[place] = value
                        break
                else:
                    if field.other.get(key) == word:
                        self._values[place] = max(field.values, default=0) + 1

    # -- the device ----------------------------------------------------------------------------------------------

    def _take(self, data: bytes) -> None:
        handshake = self._description.handshake
        if handshake is not None and handshake.enquiry and self._waiting_reply and handshake.enquiry in data:
            reply, self._waiting_reply = self._waiting_reply, b""
            self._send(reply)
            data = data.partition(handshake.enquiry)[2]
        for frame in self._frames.feed(data):
            if isinstance(frame, Damage):
                self._counters["damaged_bytes"] += frame.count
            else:
                self._answer(frame)

    def _moments(self) -> list[float]:
        return [at for at, _ in self._later]

    def _do_due(self, now: float) -> None:
        due = [wanted for at, wanted in self._later if at <= now]
        self._later = [(at, wanted) for at, wanted in self._later if at > now]
        for wanted in due:
            self._make_true(wanted)

    def _answer(self, frame: Frame) -> None:
        found = next(
            ((n, x) for n, x in self._exchanges().items() if x.request.code == frame.code and _fits(x.request, frame)),
            None,
        )
        is_command = found is not None and found[0] in self._description.commands
        if found is not None and is_command:
            with self._counted:
                self._taken.append((found[0], _arguments(found[1].request, frame)))
        self._count("requests", *(() if found is None else (found[0],)))
        is_mute = is_command and "mute_commands" in self._faults
        if found is None or "silence" in self._faults or self._spend("miss") or is_mute:
            return
        _, exchange = found
        handshake = self._description.handshake
        is_refused = is_command and self._spend("refuse")
        if handshake is not None:
            if is_refused and handshake.nak:
                self._wire.send(handshake.nak, time.monotonic(), self._goes_on)
                return
            self._wire.send(handshake.ack, time.monotonic(), self._goes_on)
        if is_refused and self._description.refusals:
            reply = self._frame_of(self._description.refusals[0])
        elif exchange.reply is None:
            reply = b""
        else:
            if exchange.until:
                wanted = filled(exchange.until, _arguments(exchange.request, frame))
                self._later.append((time.monotonic() + self._act_s, wanted))
            reply = self._frame_of(exchange.reply)
        if handshake is not None and handshake.enquiry:
            self._waiting_reply = reply
        elif reply:
            self._send(reply)

    def _frame_of(self, packet: Packet) -> bytes:
        data = b""
        for field in packet.fields:
            value = self._values.get((packet.name, field.name), next(iter(field.values), 0))
            if field.kind == "constant":
                data += field.constant
            elif field.kind in ("skip", "text"):
                name = self._description.model if field.kind == "text" else ""
                data += name.encode("ascii", "replace").ljust(field.size, b" ")[: field.size]
            else:
                data += encode_number(field, value)
        return encode_frame(self._description.reply, packet.code, data)

    def _send(self, reply: bytes) -> None:
        if self._spend("wrong_check"):
            reply = reply[:-1] + bytes((reply[-1] ^ 0x55,))
        if noise := self._faults.get("garbage"):
            reply = (self._description.reply.start + b"\xff\x00\x7e")[:3] * noise + reply
        started_at = time.monotonic() + self._faults.get("slow", 0) / 1000
        pause_s = max(0.0, started_at - time.monotonic())
        if pause_s:
            time.sleep(pause_s)
        self._wire.send(reply, started_at, self._goes_on)
        self._counters["replies"] += 1


def _fits(packet: Packet, frame: Frame) -> bool:
    """Whether a request's data can be this packet's: its size and its constants."""
    at = 0
    for field in packet.fields:
        if field.kind == "raw":
            return len(frame.data) - at <= field.size
        if field.kind == "constant" and frame.data[at : at + field.size] != field.constant:
            return False
        at += field.size
    return at == len(frame.data)


def _arguments(packet: Packet, frame: Frame) -> dict[str, Value]:
    """The arguments of a request, words where the description has them."""
    found: dict[str, Value] = {}
    at = 0
    for field in packet.fields:
        piece = frame.data[at : at + field.size]
        at += field.size
        if field.kind == "raw":
            found[field.name] = len(piece)  # what is printed on a card is no business of a panel
        elif field.kind != "constant":
            try:
                number = decode_number(field, piece)
            except FieldError:
                continue
            found[field.name] = next((word for word, value in field.words.items() if value == number), number)
    return found
