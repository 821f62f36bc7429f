"""Commands and results of the class `signature_pad`. XFS4IoT has no such class; the words are ours in its manner."""

import msgspec


class Point(msgspec.Struct, frozen=True, array_like=True):
    """Where the pen was: `x`, `y` in 0.01 mm from the upper left, `pressure` 0-1000, `at_ms` since the first touch."""

    x: int
    y: int
    pressure: int
    at_ms: int

    def __repr__(self) -> str:
        return "Point(...)"


Stroke = tuple[Point, ...]
"""From touch to lift; never empty."""


class Signature(msgspec.Struct, frozen=True):
    """A person's signature, biometric: never logged, dropped after use. `width`, `height` of the area in 0.01 mm."""

    width: int
    height: int
    strokes: tuple[Stroke, ...]

    def __repr__(self) -> str:
        return "Signature(...)"


class ReadSignature(msgspec.Struct, frozen=True):
    """`readSignature`: capture until cancelled. The completion carries what was written, also when it is cancelled.

    Attributes:
        most_points, longest_s: what is more ends the capture as refused.
    """

    most_points: int = 20_000
    longest_s: float = 180.0


class PenMoved(msgspec.Struct, frozen=True):
    """`penMoved`: more of one stroke, for the screen. `stroke` counts from 0; `points` follow those told before."""

    stroke: int
    points: Stroke

    def __repr__(self) -> str:
        return "PenMoved(...)"


READ_SIGNATURE = "readSignature"
RESET = "reset"  # blank the pad
EVENT_PEN_MOVED = "penMoved"
EVENT_OUTSIDE = "penOutside"  # the pen left the area
MOST_POINTS = 50_000
