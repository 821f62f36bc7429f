"""What went over an emulator's wire, both ways, as a bounded ring that a control panel reads.

Emulators hold invented people only; still a frame's contents are kept short, and `told` shows names and statuses, not contents.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

FRAMES = 400
BYTES = 64 * 1024
KEPT = 2048
"""Bytes of one frame that are kept; its size is told nevertheless."""
GAP_S = 0.03
"""A pause after which bytes of the same direction are another frame."""


class Direction(str, Enum):
    """Seen from the terminal, whose driver is at the other end."""

    TO_DEVICE = "toDevice"
    FROM_DEVICE = "fromDevice"


@dataclass(frozen=True, repr=False)
class Frame:
    """Bytes that belong together.

    Attributes:
        n: number from 1 on, without holes.
        at_ms: Unix time of its first byte, milliseconds.
        data: its first `KEPT` bytes.
        size: of all of it.
    """

    n: int
    at_ms: int
    direction: Direction
    data: bytes
    size: int


@dataclass(frozen=True)
class Decoded:
    """What a decoder says of a frame: names and statuses, and how many leading bytes hold nothing else."""

    text: str
    visible: int


Decoder = Callable[[bytes, Direction], Decoded]
"""Pure; takes any bytes and never raises."""


class Traffic:
    """The ring. All methods from any thread.

    Pieces of one direction and one channel that follow each other within `GAP_S` are one frame; it is told once it is over. When there is
    no room the oldest frames go.

    Args:
        decoder: of this wire; ``None`` tells sizes only.
    """

    def __init__(
        self,
        decoder: Decoder | None = None,
        *,
        frames: int = FRAMES,
        size: int = BYTES,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.decoder = decoder
        self._most_frames = frames
        self._most_bytes = size
        self._monotonic = monotonic
        self._begins_at = wall() - monotonic()
        self._lock = threading.Lock()
        self._frames: deque[Frame] = deque()
        self._held = 0
        self._last_n = 0
        self._open: _Open | None = None

    def note(self, direction: Direction, data: bytes, channel: int = 0) -> None:
        """Takes a piece; `channel` keeps connections apart. Cheap: it is called from the emulators' own threads."""
        if not data:
            return
        now = self._monotonic()
        with self._lock:
            current = self._open
            if current is None or not current.goes_on(direction, channel, now):
                self._close()
                current = self._open = _Open(direction, channel, now)
            current.add(data, now)

    def after(self, n: int) -> list[Frame]:
        """The frames that are still held and have a higher number, oldest first."""
        now = self._monotonic()
        with self._lock:
            if self._open is not None and now - self._open.ends_at > GAP_S:
                self._close()
            return [frame for frame in self._frames if frame.n > n]

    def _close(self) -> None:
        current, self._open = self._open, None
        if current is None:
            return
        self._last_n += 1
        at_ms = round((self._begins_at + current.begins_at) * 1000)
        data = bytes(current.data)
        self._frames.append(Frame(self._last_n, at_ms, current.direction, data, current.size))
        self._held += len(data)
        while self._held > self._most_bytes or len(self._frames) > self._most_frames:
            self._held -= len(self._frames.popleft().data)


class _Open:
    """A frame that may still grow."""

    def __init__(self, direction: Direction, channel: int, now: float) -> None:
        self.direction = direction
        self.channel = channel
        self.begins_at = self.ends_at = now
        self.data = bytearray()
        self.size = 0

    def goes_on(self, direction: Direction, channel: int, now: float) -> bool:
        return (direction, channel) == (self.direction, self.channel) and now - self.ends_at <= GAP_S

    def add(self, data: bytes, now: float) -> None:
        self.data += data[: KEPT - len(self.data)]
        self.size += len(data)
        self.ends_at = now


def told(frame: Frame, decoder: Decoder | None, *, reveals: bool) -> dict[str, object]:
    """A frame for the control socket; without `reveals` the bytes behind those that `decoder` calls visible are left out."""
    decoded = decoder(frame.data, frame.direction) if decoder is not None else Decoded("", 0)
    shown = frame.data if reveals else frame.data[: max(0, decoded.visible)]
    return {
        "n": frame.n,
        "at_ms": frame.at_ms,
        "direction": frame.direction.value,
        "size": frame.size,
        "hex": shown.hex(" "),
        "hidden": frame.size - len(shown),
        "decoded": decoded.text,
    }
