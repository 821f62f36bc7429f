"""Emulator of a travel-permit rewriter that speaks the serial protocol of docs/permit-rewriter-port.md on a pseudo-terminal.

It keeps the card as a real one does: power cuts, jams and lies change what is on chip and back, and nothing mends that.
Frames are made by the codec that the driver uses; what keeps that codec honest are the written-out bytes in its tests.
"""

import random
import time

from devices.emulators.pty_device import Arguments, Effect, Known, PtyDevice
from devices.emulators.rewriter_mechanism import MOMENTS, STEP_OF, STEPS, Mechanism
from devices.emulators.rewriter_panel import whole, works_actions
from devices.emulators.traffic import Traffic
from devices.emulators.traffic_devices import permit_rewriter
from devices.emulators.virtual_permit import CARDS, VirtualPermit
from devices.permit_rewriter import content_codec as content
from devices.permit_rewriter.codec import ANSWER, Damage, Frame, FrameReader, Kind, Nak, Result, encode
from devices.permit_rewriter.content_codec import Greeting, Trouble
from devices.permit_rewriter.types import MOST_CHIP_BYTES
from devices.status import Media

_BAUD_RATE = 115200


class PermitRewriterEmulator(PtyDevice):
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
        super().__init__(_BAUD_RATE, is_paced, Traffic(permit_rewriter))
        self._act_s = act_s
        self._frames = FrameReader()
        self._works = Mechanism()
        self._is_on = True
        self._power_at: float | None = None
        self._starts = 1
        self._is_greeted = False
        self._last: tuple[int, bytes] | None = None  # sequence and answer, to be repeated
        self._working: tuple[float, Frame] | None = None
        self._tell_at = 0.0
        self._voice: dict[str, int] = {}
        self._noise = random.Random(20261122)

    @property
    def card(self) -> VirtualPermit | None:
        """The card in the slot, inside or jammed."""
        return self._works.card

    # -- the panel -----------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """What the panel and the tests see."""
        works = self._works
        card = works.card
        return {
            "port": self.port,
            "plugged": self._wire.is_plugged,
            "powered": self._is_on,
            "starts": self._starts,
            "media": works.media.value,
            "presented": works.state().is_presented,
            "card": card.facts() if card is not None else None,
            "working": STEP_OF.get(Kind(self._working[1].kind)) if self._working is not None else None,
            "bin": works.binned,
            "trouble": [fault.name.lower() for fault in Trouble if fault & works.told_trouble() and fault.name],
            "faults": sorted({f"{fault}:{step}" for fault, step in list(works.faults)} | set(self._voice))
            + [f"power_cut:{step}:{when}" for step, (when, _) in sorted(dict(works.cuts).items())],
            "counters": dict(self._counters),
            "cards": list(CARDS),
            "steps": list(STEPS),
            "actions": sorted(self._actions()),
        }

    def _actions(self) -> dict[str, Known]:
        def voice(name: str, word: str, default: int) -> Known:
            def known(arguments: Arguments) -> Effect:
                value = whole(arguments, word, default)
                return lambda: self._voice.__setitem__(name, value)

            return known

        return {
            **works_actions(self._works),
            "power_off": lambda _: lambda: self._power_off(0),
            "power_on": lambda _: self._power_on,
            "silence": voice("silence", "count", 1),
            "garbage": voice("garbage", "count", 7),
            "slow": voice("slow", "ms", 200),
            "damage": voice("damage", "count", 1),
            "lose_answer": voice("lose_answer", "count", 1),
            "unplug": lambda _: self._unplug,
            "plug": lambda _: self._wire.plug,
            "normal": lambda _: self._normal,
        }

    def _unplug(self) -> None:
        self._wire.cut()
        self._frames.clear()

    def _normal(self) -> None:
        """Ends every fault, armed or lasting; cards stay where they are."""
        self._works.faults.clear()
        self._works.cuts.clear()
        self._voice.clear()
        self._works.trouble = Trouble(0)
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
        self._works.forget()
        self._count("power_cut")

    def _power_on(self) -> None:
        if not self._is_on:
            self._is_on, self._power_at = True, None
            self._starts += 1
            self._count("power_on")

    def _cut_at(self, step: str, moment: str) -> bool:
        """Whether the power fails now."""
        when, for_ms = self._works.cuts.get(step, ("", 0))
        if when != moment:
            return False
        del self._works.cuts[step]
        self._power_off(for_ms)
        return True

    # -- the thread ----------------------------------------------------------------------------------------------

    def _take(self, data: bytes) -> None:
        if self._is_on:
            for frame in self._frames.feed(data):
                self._hear(frame)

    def _moments(self) -> list[float]:
        moments = [self._working[0], self._tell_at] if self._working is not None else []
        return moments if self._power_at is None else [*moments, self._power_at]

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
            step = STEP_OF.get(Kind(frame.kind))
            if step is not None:
                self._count(step)
                if self._cut_at(step, "before"):
                    return
                if self._works.strikes("mute", step):
                    self._voice["silence"] = 1
                    return
            self._working = (time.monotonic() + self._act_s, frame)
            self._tell_at = time.monotonic() + 0.5
            self._say(Frame(frame.sequence, Kind.ACK))
            return
        tell = {
            Kind.STATUS: lambda _: (Result.DONE, content.encode_state(self._works.state())),
            Kind.READ_ID: self._works.tell_id,
            Kind.READ_CHIP: self._tell_chip,
            Kind.READ_BACK: self._works.tell_back,
            Kind.LOAD: self._works.load,
        }.get(Kind(frame.kind) if frame.kind in set(Kind) else Kind.NAK)
        found = tell(frame.data) if tell is not None else None
        if not self._is_on or "silence" in self._voice:
            return
        if found is None:
            self._say(Frame(frame.sequence, Kind.NAK, bytes((Nak.UNKNOWN,))))
        else:
            self._say(Frame(frame.sequence, Kind.ACK))
            self._reply(frame, *found)

    def _finish(self, frame: Frame) -> None:
        kind, works = Kind(frame.kind), self._works
        step = STEP_OF.get(kind, "")
        if works.strikes("lie_ok", step):
            self._reply(frame, Result.DONE)
            return
        if works.cuts.get(step, ("",))[0] == "middle":
            works.act(kind, frame.data, is_half=True)
            self._cut_at(step, "middle")
            return
        if works.strikes("jam", step):
            works.act(kind, frame.data, is_half=True)
            works.media = Media.JAMMED
            self._reply(frame, Result.JAMMED)
            return
        result = works.act(kind, frame.data, is_half=False)
        if self._cut_at(step, "after"):
            return
        self._reply(frame, Result.FAILED if works.strikes("lie_error", step) else result)

    def _look_anew(self) -> str | None:
        """The step `verify`; returns the lie that will be told."""
        self._count("verify")
        works = self._works
        if any(self._cut_at("verify", moment) for moment in MOMENTS):
            return None
        if works.strikes("mute", "verify"):
            self._voice["silence"] = 1
        elif works.strikes("jam", "verify"):
            works.media = Media.JAMMED
        else:
            return next((lie for lie in ("lie_ok", "lie_error") if works.strikes(lie, "verify")), None)
        return None

    def _tell_chip(self, data: bytes) -> tuple[Result, bytes] | None:
        wish = content.decode_chip_wish(data)
        is_first_fresh = wish is not None and wish[0] == 0 and wish[1]
        return self._works.tell_chip(data, self._look_anew() if is_first_fresh else None)

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
