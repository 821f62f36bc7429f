"""Pen points to strokes, and strokes to what a page or a judge needs. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot

from devices.signature_pad.point_codec import CLOCK_MS, PadInfo, PenPoint
from devices.signature_pad.types import Point, Signature, Stroke

FULL_PRESSURE = 1000
LEAST_INK_MM = 5.0
"""Less than that is a dot or a slip, no signature."""
_STILL = 30  # 0.3 mm: a hand at rest trembles


@dataclass
class StrokeBuilder:
    """Collects one capture.

    Attributes:
        info: of the pad.
        strokes: what is whole and what is being written.
        points: how many in all.
        outside: excursions of the pen beyond the area.
        moved_at: when the pen, being down, last moved or came down (the caller's seconds); ``None`` while it is up.
    """

    info: PadInfo
    strokes: list[list[Point]] = field(default_factory=list)
    points: int = 0
    outside: int = 0
    moved_at: float | None = None
    _began_at: float = 0.0
    _clock_ms: int = 0
    _is_writing: bool = False
    _is_outside: bool = False
    _rest: tuple[int, int] = (0, 0)

    def take(self, point: PenPoint, at: float) -> None:
        """One point that came at `at` (seconds of any clock, the same for all)."""
        if not point.is_down:
            self._is_writing = self._is_outside = False
            self.moved_at = None
            return
        info = self.info
        x = round(point.x * info.width * 10 / info.most_x)
        y = round(point.y * info.height * 10 / info.most_y)
        if self.moved_at is None or hypot(x - self._rest[0], y - self._rest[1]) > _STILL:
            self.moved_at, self._rest = at, (x, y)
        if point.x > info.most_x or point.y > info.most_y:
            self.outside += not self._is_outside
            self._is_outside, self._is_writing = True, False
            return
        self._is_outside = False
        pressure = min(FULL_PRESSURE, round(point.pressure * FULL_PRESSURE / info.most_pressure))
        self._add(x, y, pressure, point.clock_ms, at)

    def signature(self) -> Signature:
        """What was written so far."""
        return Signature(self.info.width * 10, self.info.height * 10, tuple(tuple(stroke) for stroke in self.strokes))

    def _add(self, x: int, y: int, pressure: int, clock_ms: int, at: float) -> None:
        if self._is_writing:
            last = self.strokes[-1][-1].at_ms
            at_ms = last + (clock_ms - self._clock_ms) % CLOCK_MS
        else:
            if not self.strokes:
                self._began_at = at
            # the pad's clock runs over within a pause; between strokes the caller's counts
            last = self.strokes[-1][-1].at_ms if self.strokes else 0
            at_ms = max(last, round((at - self._began_at) * 1000))
            self.strokes.append([])
        self._is_writing = True
        self._clock_ms = clock_ms
        self.strokes[-1].append(Point(x, y, pressure, at_ms))
        self.points += 1


def ink_mm(signature: Signature) -> float:
    """How long all strokes are together, in millimetres."""
    return sum(
        hypot(after.x - before.x, after.y - before.y) / 100
        for stroke in signature.strokes
        for before, after in pairwise(stroke)
    )


def is_blank(signature: Signature) -> bool:
    """Whether there is too little on it to be a signature."""
    return ink_mm(signature) < LEAST_INK_MM


def svg_path(signature: Signature) -> str:
    """The strokes as the ``d`` of an SVG path, in millimetres with the origin at the upper left; a dot is a line of no length."""
    return " ".join(part for stroke in signature.strokes for part in _svg_stroke(stroke))


def _svg_stroke(stroke: Stroke) -> Iterator[str]:
    first, *rest = stroke
    yield f"M{first.x / 100:g} {first.y / 100:g}"
    for point in rest or (first,):
        yield f"L{point.x / 100:g} {point.y / 100:g}"
