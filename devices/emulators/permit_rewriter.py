"""Emulator of a travel-permit rewriter that speaks the serial protocol of docs/permit-rewriter-port.md on a pseudo-terminal.

It keeps the card as a real one does: power cuts, jams and lies change what is on chip and back, and nothing mends that.
Frames are made by the codec that the driver uses; what keeps that codec honest are the written-out bytes in its tests.
"""

import hashlib
import os
import queue
import random
import select
import threading
import time
from collections import Counter
from collections.abc import Callable

from devices.emulators.pty_wire import PtyWire
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_devices import permit_rewriter
from devices.emulators.virtual_permit import CARDS, VirtualPermit, permit
from devices.permit_rewriter import content_codec as content
from devices.permit_rewriter.codec import ANSWER, Damage, Frame, FrameReader, Kind, Nak, Result, encode
from devices.permit_rewriter.content_codec import ChipPiece, Greeting, Load, State, Trouble
from devices.permit_rewriter.types import MOST_CHIP_BYTES, Back, Raster
from devices.status import Media

STEPS = ("erase", "chipWrite", "print", "verify", "eject")
MOMENTS = ("before", "middle", "after")
_OF_KIND = {Kind.ERASE: "erase", Kind.WRITE_CHIP: "chipWrite", Kind.PRINT: "print", Kind.EJECT: "eject"}
_TURN_S = 0.2
_PIECE = 512
_BIN_ROOM = 3
_Effect = Callable[[], None]


class PermitRewriterEmulator:
    """Fulfils `devices.emulators.control.Emulator`. All public members may be used from any thread.

    Faults are armed for a step and strike when it is carried out: `power_cut` (`when` before, middle or after it, but before the
    answer; power returns after `for_ms`, 0 = not by itself), `jam` (in the middle), `lie_ok` (says done, does nothing), `lie_error`
    (does it, says failed), `mute` (says nothing from then on, and does nothing), each `count` times. The step ``verify`` is the reading
    that asks for a fresh look. `silence`, `garbage`, `slow`, `unplug` concern the whole wire; `normal` ends all of them.

    Args:
        act_s: how long erasing, writing, printing and moving take.
    """

    name = "permit_rewriter"

    def __init__(self, is_paced: bool = True, act_s: float = 1.5) -> None:
        self.traffic = Traffic(permit_rewriter)
        self._wire = PtyWire("permit_rewriter", 115200, is_paced, self.traffic)
        self._act_s = act_s
        self._frames = FrameReader()
        self._media = Media.NOT_PRESENT
        self._card: VirtualPermit | None = None
        self._is_presented = False
        self._trouble = Trouble(0)
        self._binned = 0
        self._is_on = True
        self._power_at: float | None = None
        self._starts = 1
        self._is_greeted = False
        self._last: tuple[int, bytes] | None = None  # sequence and answer, to be repeated
        self._working: tuple[float, Frame] | None = None
        self._tell_at = 0.0
        self._loaded: dict[Load, bytearray] = {load: bytearray() for load in Load}
        self._is_lying_fresh: str | None = None
        self._faults: dict[tuple[str, str], int] = {}
        self._cuts: dict[str, tuple[str, int]] = {}
        self._voice: dict[str, int] = {}
        self._noise = random.Random(20261122)
        self._counters: Counter[str] = Counter()
        self._changed = threading.Condition()
        self._posted: queue.SimpleQueue[tuple[_Effect, threading.Event]] = queue.SimpleQueue()
        self._wake_fd = -1
        self._is_stopping = False
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> str:
        """Path of the serial port for a driver; the same after `unplug` and `plug`."""
        return self._wire.path

    @property
    def card(self) -> VirtualPermit | None:
        """The card in the slot, inside or jammed."""
        return self._card

    def start(self) -> None:
        """Opens the line and starts the thread."""
        self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC)
        self._wire.plug()
        self._thread = threading.Thread(target=self._run, name=f"emulated-{self.name}", daemon=True)
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
            raise ValueError(f"签注机没有“{action}”这个动作 / the permit rewriter has no action {action!r}")
        effect = known(arguments)
        if self._thread is None:
            effect()
            return
        done = threading.Event()
        self._posted.put((effect, done))
        os.eventfd_write(self._wake_fd, 1)
        if not done.wait(5):
            raise ValueError("模拟设备没有响应 / the emulated device does not answer")

    def state(self) -> dict[str, object]:
        """What the panel and the tests see."""
        card = self._card
        return {
            "port": self.port,
            "plugged": self._wire.is_plugged,
            "powered": self._is_on,
            "starts": self._starts,
            "media": self._media.value,
            "card": card.facts() if card is not None else None,
            "working": _OF_KIND.get(Kind(self._working[1].kind)) if self._working is not None else None,
            "bin": self._binned,
            "trouble": [fault.name.lower() for fault in Trouble if fault & self._told_trouble() and fault.name],
            "faults": sorted({f"{fault}:{step}" for fault, step in self._faults} | set(self._voice))
            + [f"power_cut:{step}:{when}" for step, (when, _) in sorted(self._cuts.items())],
            "counters": dict(self._counters),
            "cards": list(CARDS),
            "steps": list(STEPS),
            "actions": sorted(self._actions()),
        }

    def wait_for(self, counter: str, count: int, timeout_s: float) -> bool:
        """Waits until a counter (``requests``, a step's name when it begins, ``power_cut``) has reached `count`."""
        with self._changed:
            return self._changed.wait_for(lambda: self._counters[counter] >= count, timeout_s)

    def _actions(self) -> dict[str, Callable[[dict[str, object]], _Effect]]:
        def plain(effect: _Effect) -> Callable[[dict[str, object]], _Effect]:
            return lambda _: effect

        def at_step(fault: str) -> Callable[[dict[str, object]], _Effect]:
            def known(arguments: dict[str, object]) -> _Effect:
                step, count = _step(arguments), _whole(arguments, "count", 1)
                return lambda: self._faults.__setitem__((fault, step), count)

            return known

        def voice(name: str, default: int) -> Callable[[dict[str, object]], _Effect]:
            def known(arguments: dict[str, object]) -> _Effect:
                value = _whole(arguments, "ms" if name == "slow" else "count", default)
                return lambda: self._voice.__setitem__(name, value)

            return known

        return {
            "insert": self._insert,
            "inside": self._inside,
            "take": plain(self._take),
            "remove": plain(self._remove),
            "save": self._save,
            "power_cut": self._arm_cut,
            "power_off": plain(lambda: self._power_off(0)),
            "power_on": plain(self._power_on),
            "jam": at_step("jam"),
            "lie_ok": at_step("lie_ok"),
            "lie_error": at_step("lie_error"),
            "mute": at_step("mute"),
            "clear_jam": plain(self._clear_jam),
            "fill_bin": plain(lambda: setattr(self, "_binned", _BIN_ROOM)),
            "empty_bin": plain(lambda: setattr(self, "_binned", 0)),
            "break_part": self._break_part,
            "silent_chip": plain(self._silence_chip),
            "silence": voice("silence", 1),
            "garbage": voice("garbage", 7),
            "slow": voice("slow", 200),
            "damage": voice("damage", 1),
            "lose_answer": voice("lose_answer", 1),
            "unplug": plain(self._unplug),
            "plug": plain(self._wire.plug),
            "normal": plain(self._normal),
        }

    def _named(self, arguments: dict[str, object]) -> VirtualPermit:
        try:
            return permit(str(arguments.get("card", CARDS[0])))
        except KeyError:
            raise ValueError(f"证件有：{'、'.join(CARDS)} / the cards are {', '.join(CARDS)}") from None

    def _insert(self, arguments: dict[str, object]) -> _Effect:
        card = self._named(arguments)
        if self._media is not Media.NOT_PRESENT:
            raise ValueError("里面已有证件，请先取走 / a card is there already")

        def effect() -> None:
            self._card, self._media, self._is_presented = card, Media.ENTERING, False

        return effect

    def _inside(self, arguments: dict[str, object]) -> _Effect:
        """As if it had been inside since before the device was switched on."""
        card = self._named(arguments)

        def effect() -> None:
            self._card, self._media = card, Media.LATCHED

        return effect

    def _take(self) -> None:
        if self._media is Media.ENTERING:
            self._card, self._media = None, Media.NOT_PRESENT

    def _remove(self) -> None:
        """A technician opens the device and takes out whatever is there."""
        self._card, self._media = None, Media.NOT_PRESENT

    def _save(self, arguments: dict[str, object]) -> _Effect:
        path, card = arguments.get("path"), self._card
        if not isinstance(path, str) or card is None:
            raise ValueError("里面没有证件，或没有写明“path”/ no card inside, or no path given")

        def effect() -> None:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(card.png())

        return effect

    def _arm_cut(self, arguments: dict[str, object]) -> _Effect:
        step, for_ms = _step(arguments), _whole(arguments, "for_ms", 500, least=0)
        when = str(arguments.get("when", "middle"))
        if when not in MOMENTS:
            raise ValueError(f"when 要写 {'、'.join(MOMENTS)} / when is one of {', '.join(MOMENTS)}")
        self._cuts[step] = (when, for_ms)
        return lambda: None

    def _break_part(self, arguments: dict[str, object]) -> _Effect:
        parts = {
            part.name.lower(): part
            for part in (Trouble.ERASER, Trouble.PRINTER, Trouble.CHIP, Trouble.CAMERA)
            if part.name
        }
        part = parts.get(str(arguments.get("part", "")))
        if part is None:
            raise ValueError(f"part 要写 {'、'.join(parts)} / part is one of {', '.join(parts)}")
        found = part
        return lambda: setattr(self, "_trouble", self._trouble | found)

    def _silence_chip(self) -> None:
        if self._card is not None:
            self._card.is_silent = True

    def _clear_jam(self) -> None:
        """A technician puts the card back into the transport."""
        if self._media is Media.JAMMED:
            self._media = Media.LATCHED

    def _unplug(self) -> None:
        self._wire.cut()
        self._frames.clear()

    def _normal(self) -> None:
        """Ends every fault, armed or lasting; cards stay where they are."""
        self._faults.clear()
        self._cuts.clear()
        self._voice.clear()
        self._trouble = Trouble(0)
        self._wire.plug()
        if not self._is_on:
            self._power_on()

    # -- the power -----------------------------------------------------------------------------------------------

    def _power_off(self, for_ms: int) -> None:
        self._is_on = False
        self._power_at = time.monotonic() + for_ms / 1000 if for_ms else None
        self._working = self._last = None
        self._is_greeted = False
        self._frames.clear()
        for buffer in self._loaded.values():
            buffer.clear()
        self._count("power_cut")

    def _power_on(self) -> None:
        if not self._is_on:
            self._is_on, self._power_at = True, None
            self._starts += 1
            self._count("power_on")

    def _spend(self, fault: str, step: str) -> bool:
        left = self._faults.get((fault, step), 0)
        if left > 1:
            self._faults[fault, step] = left - 1
        elif left:
            del self._faults[fault, step]
        return left > 0

    def _cut_at(self, step: str, moment: str) -> bool:
        """Whether the power fails now."""
        when, for_ms = self._cuts.get(step, ("", 0))
        if when != moment:
            return False
        del self._cuts[step]
        self._power_off(for_ms)
        return True

    # -- the thread ----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._is_stopping:
            watched = [self._wake_fd] + ([self._wire.fileno()] if self._wire.is_plugged else [])
            ready = select.select(watched, [], [], self._wait_s())[0]
            self._do_due(time.monotonic())
            if self._wake_fd in ready:
                os.eventfd_read(self._wake_fd)
                self._do_posted()
            elif ready:
                data = self._wire.receive()
                if self._is_on:
                    for frame in self._frames.feed(data):
                        self._hear(frame)

    def _wait_s(self) -> float:
        moments = [self._working[0], self._tell_at] if self._working is not None else []
        if self._power_at is not None:
            moments.append(self._power_at)
        return min([_TURN_S, *(max(0.0, at - time.monotonic()) for at in moments)])

    def _do_posted(self) -> None:
        while not self._posted.empty():
            effect, done = self._posted.get()
            effect()
            done.set()

    def _do_due(self, now: float) -> None:
        if self._power_at is not None and now >= self._power_at:
            self._power_on()
        if self._working is None:
            return
        ends, frame = self._working
        if now >= ends:
            self._working = None
            self._finish(frame)
        elif now >= self._tell_at:
            self._tell_at = now + 0.5
            self._say(Frame(frame.sequence, Kind.WORKING))

    def _count(self, name: str) -> None:
        with self._changed:
            self._counters[name] += 1
            self._changed.notify_all()

    def _hear(self, frame: Frame | Damage) -> None:
        if isinstance(frame, Damage):
            self._count("damaged")
            self._say(Frame(0, Kind.NAK, bytes((Nak.DAMAGED,))))
            return
        self._count("requests")
        if "silence" in self._voice:
            return
        if self._working is not None:
            is_same = self._working[1].sequence == frame.sequence and frame.kind == self._working[1].kind
            self._say(
                Frame(frame.sequence, Kind.ACK) if is_same else Frame(frame.sequence, Kind.NAK, bytes((Nak.BUSY,)))
            )
        elif frame.kind == Kind.HELLO:
            self._is_greeted, self._last = True, None
            greeting = Greeting(content.PROTOCOL_VERSION, self._starts, 640, 400, MOST_CHIP_BYTES, "EMU-PR1")
            self._say(Frame(frame.sequence, Kind.ACK))
            self._reply(frame, Result.DONE, content.encode_greeting(greeting))
        elif not self._is_greeted:
            self._say(Frame(frame.sequence, Kind.NAK, bytes((Nak.NOT_GREETED,))))
        elif self._last is not None and self._last[0] == frame.sequence:
            self._count("repeated")
            self._say_bytes(self._last[1])
        else:
            self._take_command(frame)

    def _take_command(self, frame: Frame) -> None:
        works = {Kind.ERASE, Kind.WRITE_CHIP, Kind.PRINT, Kind.EJECT, Kind.RETAIN, Kind.ACCEPT}
        if frame.kind in works:
            step = _OF_KIND.get(Kind(frame.kind))
            if step is not None:
                self._count(step)
                if self._cut_at(step, "before"):
                    return
                if self._spend("mute", step):
                    self._voice["silence"] = 1
                    return
            self._working = (time.monotonic() + self._act_s, frame)
            self._tell_at = time.monotonic() + 0.5
            self._say(Frame(frame.sequence, Kind.ACK))
            return
        tell = {
            Kind.STATUS: lambda _: (Result.DONE, content.encode_state(self._told_state())),
            Kind.READ_ID: self._tell_id,
            Kind.READ_CHIP: self._tell_chip,
            Kind.READ_BACK: self._tell_back,
            Kind.LOAD: self._load,
        }.get(Kind(frame.kind) if frame.kind in set(Kind) else Kind.NAK)
        found = tell(frame.data) if tell is not None else None
        if not self._is_on or "silence" in self._voice:
            return
        if found is None:
            self._say(Frame(frame.sequence, Kind.NAK, bytes((Nak.UNKNOWN,))))
        else:
            self._say(Frame(frame.sequence, Kind.ACK))
            self._reply(frame, *found)

    def _told_state(self) -> State:
        return State(self._media, self._told_trouble(), self._media is Media.ENTERING and self._is_presented)

    def _told_trouble(self) -> Trouble:
        full = Trouble.BIN_FULL if self._binned >= _BIN_ROOM else Trouble(0)
        return self._trouble | full | (Trouble.BIN_HIGH if self._binned >= _BIN_ROOM - 1 else Trouble(0))

    # -- reading -------------------------------------------------------------------------------------------------

    def _inner(self) -> VirtualPermit | None:
        return self._card if self._media is Media.LATCHED else None

    def _tell_id(self, _: bytes) -> tuple[Result, bytes]:
        card = self._inner()
        if card is None:
            return Result.NO_CARD, b""
        return (Result.CHIP_SILENT, b"") if card.is_silent else (Result.DONE, card.chip_id)

    def _tell_chip(self, data: bytes) -> tuple[Result, bytes] | None:
        wish, card = content.decode_chip_wish(data), self._inner()
        if wish is None:
            return None
        if card is None or card.is_silent:
            return (Result.NO_CARD if card is None else Result.CHIP_SILENT), b""
        offset, is_fresh = wish
        if offset == 0:
            self._is_lying_fresh = None
            if is_fresh:
                self._look_anew()
        chip = card.chip
        if self._is_lying_fresh == "lie_ok" and self._loaded[Load.CHIP]:
            chip = bytes(self._loaded[Load.CHIP])  # tells what it was given and has not looked
        elif self._is_lying_fresh == "lie_error":
            chip = chip[:-1] + bytes((chip[-1] ^ 0xFF,))
        return Result.DONE, content.encode_chip_piece(ChipPiece(len(chip), chip[offset : offset + _PIECE]))

    def _look_anew(self) -> None:
        """The step `verify`."""
        self._count("verify")
        if any(self._cut_at("verify", moment) for moment in MOMENTS):
            return
        if self._spend("mute", "verify"):
            self._voice["silence"] = 1
        elif self._spend("jam", "verify"):
            self._media = Media.JAMMED
        else:
            self._is_lying_fresh = next((lie for lie in ("lie_ok", "lie_error") if self._spend(lie, "verify")), None)

    def _tell_back(self, _: bytes) -> tuple[Result, bytes]:
        card = self._inner()
        if card is None:
            return Result.NO_CARD, b""
        if self._trouble & Trouble.CAMERA:
            return Result.NO_PICTURE, b""
        word, digest = card.back()
        if self._is_lying_fresh == "lie_error":
            word, digest = Back.UNREADABLE, b""
        return Result.DONE, content.encode_back(word, digest)

    def _load(self, data: bytes) -> tuple[Result, bytes] | None:
        piece = content.decode_load(data)
        if piece is None:
            return None
        which, offset, loaded = piece
        buffer = self._loaded[which]
        if offset == 0:
            buffer.clear()
        if offset != len(buffer):
            return Result.WRONG_LOAD, b""
        buffer += loaded
        return Result.DONE, b""

    # -- work ----------------------------------------------------------------------------------------------------

    def _finish(self, frame: Frame) -> None:
        kind = Kind(frame.kind)
        step = _OF_KIND.get(kind, "")
        act = {
            Kind.ACCEPT: self._draw_in,
            Kind.EJECT: self._put_out,
            Kind.RETAIN: self._bin,
            Kind.ERASE: self._erase,
            Kind.WRITE_CHIP: self._write,
            Kind.PRINT: self._print,
        }[kind]
        if self._spend("lie_ok", step):
            self._reply(frame, Result.DONE)
            return
        if "middle" in self._cuts.get(step, ("",))[0]:
            act(frame.data, True)
            self._cut_at(step, "middle")
            return
        if self._spend("jam", step):
            act(frame.data, True)
            self._media = Media.JAMMED
            self._reply(frame, Result.JAMMED)
            return
        result = act(frame.data, False)
        if self._cut_at(step, "after"):
            return
        self._reply(frame, Result.FAILED if self._spend("lie_error", step) else result)

    def _draw_in(self, _: bytes, __: bool) -> Result:
        if self._media is not Media.ENTERING:
            return Result.BLOCKED if self._card is not None else Result.NO_CARD
        self._media = Media.LATCHED
        return Result.DONE

    def _put_out(self, _: bytes, is_half: bool) -> Result:
        if self._inner() is None:
            return Result.NO_CARD
        if not is_half:
            self._media, self._is_presented = Media.ENTERING, True
        return Result.DONE

    def _bin(self, _: bytes, __: bool) -> Result:
        if self._inner() is None:
            return Result.NO_CARD
        if self._binned >= _BIN_ROOM:
            return Result.BIN_FULL
        self._binned += 1
        self._card, self._media = None, Media.NOT_PRESENT
        return Result.DONE

    def _erase(self, _: bytes, is_half: bool) -> Result:
        card = self._inner()
        if card is None:
            return Result.NO_CARD
        if self._trouble & Trouble.ERASER:
            return Result.FAILED
        card.erase(is_half=is_half)
        return Result.DONE

    def _write(self, data: bytes, is_half: bool) -> Result:
        card, order, loaded = self._inner(), content.decode_write(data), bytes(self._loaded[Load.CHIP])
        if card is None or card.is_silent:
            return Result.NO_CARD if card is None else Result.CHIP_SILENT
        if order is None or order != (len(loaded), hashlib.sha256(loaded).digest()):
            return Result.WRONG_LOAD
        card.write(loaded, is_half=is_half)
        return Result.DONE

    def _print(self, data: bytes, is_half: bool) -> Result:
        card, order, loaded = self._inner(), content.decode_print(data), bytes(self._loaded[Load.RASTER])
        if card is None:
            return Result.NO_CARD
        if order is None:
            return Result.WRONG_LOAD
        raster = Raster(order[0], order[1], loaded)
        if not raster.is_whole() or raster.digest() != order[2]:
            return Result.WRONG_LOAD
        if self._trouble & Trouble.PRINTER:
            return Result.FAILED
        card.print(raster, is_half=is_half)
        return Result.DONE

    # -- the wire ------------------------------------------------------------------------------------------------

    def _reply(self, frame: Frame, result: Result, data: bytes = b"") -> None:
        whole = encode(Frame(frame.sequence, frame.kind | ANSWER, bytes((result,)) + data))
        self._last = (frame.sequence, whole)
        if self._voice.pop("lose_answer", 0):
            return
        self._say_bytes(whole)

    def _say(self, frame: Frame) -> None:
        self._say_bytes(encode(frame))

    def _say_bytes(self, whole: bytes) -> None:
        if not self._is_on or "silence" in self._voice:
            return
        if self._voice.pop("damage", 0):
            whole = whole[:-1] + bytes((whole[-1] ^ 0x55,))
        if noise := self._voice.get("garbage"):
            whole = self._noise.randbytes(noise) + whole
        if slow := self._voice.get("slow"):
            time.sleep(slow / 1000)
        self._wire.send(whole, time.monotonic(), self._goes_on)

    def _goes_on(self) -> bool:
        """Lets the panel act while bytes are on their way; whether there is still a line to send them on."""
        self._do_posted()
        return self._wire.is_plugged and not self._is_stopping


def _step(arguments: dict[str, object]) -> str:
    step = str(arguments.get("step", ""))
    if step not in STEPS:
        raise ValueError(f"step 要写 {'、'.join(STEPS)} / step is one of {', '.join(STEPS)}")
    return step


def _whole(arguments: dict[str, object], name: str, default: int, least: int = 1) -> int:
    value = arguments.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 100_000:
        raise ValueError(f"{name} 要一个 {least} 到 100000 的整数 / {name} takes a whole number from {least} to 100000")
    return value
