"""Emulator of a signature pad on a pseudo-terminal, after docs/signature-pad-port.md; the packets are made here once more."""

import time
from math import cos, sin

from devices.emulators.pty_device import Arguments, Effect, Known, whole
from devices.emulators.serial_device import SerialDevice

MOST_X, MOST_Y, MOST_PRESSURE = 12000, 6000, 1023
WIDTH, HEIGHT = 1200, 600  # 0.1 mm
POINTS_A_SECOND = 200
_UP, _DOWN, _INFO, _TAKEN, _ORDER = 0x80, 0x81, 0x90, 0xA0, 0xC0


def packet(head: int, *values: int) -> bytes:
    """A packet of 14-bit numbers with its check byte."""
    body = bytes((head, *(part for value in values for part in (value >> 7 & 0x7F, value & 0x7F))))
    return body + bytes((sum(body) & 0x7F,))


def written(strokes: int, points: int) -> list[list[tuple[int, int, int]]]:
    """A made-up signature: loops side by side, each point x, y, pressure in the pad's units."""
    found = []
    for stroke in range(strokes):
        middle = MOST_X * (stroke + 1) // (strokes + 1)
        turns = [step / points * 9 for step in range(points)]
        found.append(
            [
                (
                    middle + int(500 * cos(turn) + 30 * turn),
                    MOST_Y // 2 + int(1200 * sin(turn)),
                    300 + int(200 * sin(turn * 3)),
                )
                for turn in turns
            ]
        )
    return found


class SignaturePadEmulator(SerialDevice):
    """The pad.

    Actions: ``sign`` (``strokes``, ``points`` a stroke) writes as a hand does, 200 points a second; ``dot`` touches once;
    ``pen_down`` holds the pen still on the pad until ``pen_up``; ``outside`` draws a line that leaves the area and returns;
    ``wrong_check`` (``count``) spoils so many packets; ``unplug_in_mid_stroke`` waits for the next stroke; besides those of `SerialDevice`.
    """

    name = "signature_pad"

    def __init__(self, is_paced: bool = True) -> None:
        super().__init__(115200, is_paced)
        self._heard = bytearray()
        self._is_streaming = False
        self._is_down = False
        self._pull_in_stroke = False

    @property
    def settings(self) -> dict[str, object]:
        """The driver's settings that fit this pad."""
        return {"driver": "serial", "port": self.port, "baud_rate": 115200}

    def _own_state(self) -> dict[str, object]:
        return {"streaming": self._is_streaming, "pen_down": self._is_down}

    def _own_actions(self) -> dict[str, Known]:
        return {
            "sign": self._sign,
            "dot": lambda _: lambda: self._write([[(MOST_X // 2, MOST_Y // 2, 500)]]),
            "pen_down": lambda _: self._press,
            "pen_up": lambda _: self._lift,
            "outside": lambda _: self._leave,
            "wrong_check": self._lasting("wrong_check", 1),
            "unplug_in_mid_stroke": lambda _: self._plan_pull,
        }

    def _sign(self, arguments: Arguments) -> Effect:
        strokes = whole({"strokes": arguments.get("strokes", 3)}, "strokes", 3, high=40)
        points = whole({"points": arguments.get("points", 60)}, "points", 60, low=2, high=5000)
        return lambda: self._write(written(strokes, points))

    def _leave(self) -> None:
        line = [(MOST_X - 600 + step * 40, 3000, 400) for step in range(30)]
        self._write([[*line, *reversed(line)]])

    def _plan_pull(self) -> None:
        self._pull_in_stroke = True

    def _write(self, strokes: list[list[tuple[int, int, int]]]) -> None:
        """Plans the points at the pad's rate (all at once when unpaced, with the same clock)."""
        at = time.monotonic()
        clock = int(at * 1000)
        planned: list[bytes] = []
        for number, stroke in enumerate(strokes):
            for x, y, pressure in stroke:
                planned.append(packet(_DOWN, clock, x, y, pressure))
                clock += 1000 // POINTS_A_SECOND
            planned.append(packet(_UP, clock, *stroke[-1][:2], 0))
            clock += 150
            if self._pull_in_stroke and number == 0:
                self._pull_in_stroke = False
                planned = planned[: len(planned) // 2]
                break
        else:
            planned.append(b"")
        batch = 1 if self._wire.is_paced else 32
        for place in range(0, len(planned), batch):
            piece = b"".join(planned[place : place + batch])
            self._at(at + place / POINTS_A_SECOND * (1 if self._wire.is_paced else 0), self._sending(piece))
        last = at + len(planned) / POINTS_A_SECOND * (1 if self._wire.is_paced else 0)
        self._at(last, (lambda: self._count("written")) if planned[-1] == b"" else self._unplug)

    def _sending(self, data: bytes) -> Effect:
        return lambda: self._send_points(data)

    def _send_points(self, data: bytes) -> None:
        if self._is_streaming:
            if data and self._spend("wrong_check"):
                data = data[:-1] + bytes((data[-1] ^ 0x15,))
            self._say(data)

    def _press(self) -> None:
        self._is_down = True
        self._hold()

    def _hold(self) -> None:
        if self._is_down:
            clock = int(time.monotonic() * 1000)
            self._send_points(packet(_DOWN, clock, MOST_X // 3, MOST_Y // 3, 600))
            self._at(time.monotonic() + 1 / POINTS_A_SECOND, self._hold)

    def _lift(self) -> None:
        self._is_down = False
        self._send_points(packet(_UP, int(time.monotonic() * 1000), MOST_X // 3, MOST_Y // 3, 0))

    def _take(self, data: bytes) -> None:
        self._heard += data
        while len(self._heard) >= 3:
            order = bytes(self._heard[:3])
            if order[0] != _ORDER or sum(order[:2]) & 0x7F != order[2]:
                del self._heard[:1]
                continue
            del self._heard[:3]
            letter = order[1:2]
            if letter == b"I":
                self._count("asked")
                self._say(packet(_INFO, MOST_X, MOST_Y, WIDTH, HEIGHT, MOST_PRESSURE))
                continue
            if letter in (b"S", b"E"):
                self._is_streaming = letter == b"S"
            body = bytes((_TAKEN,)) + letter
            self._say(body + bytes((sum(body) & 0x7F,)))
            self._count({b"S": "started", b"E": "ended", b"C": "cleared"}.get(letter, "other"))

    def _was_unplugged(self) -> None:
        self._heard.clear()
        self._is_streaming = False
        self._is_down = False
