"""Commands and results of the class `permit_rewriter`: the port for vendors, told in docs/permit-rewriter-port.md.

Words are XFS4IoT's where it has them: CardReader ReadRawData, ChipIO, Move; Printer PrintRaw. It knows no rewritable back,
so `eraseMedia` is ours. There is no public protocol of such a device.
"""

import hashlib
from enum import Enum

import msgspec

from devices.status import Media

MOST_CHIP_BYTES = 4096
MOST_SIDE_DOTS = 2048


class Place(str, Enum):
    """Where `move` brings the card (XFS4IoT CardReader.Move)."""

    EXIT = "exit"
    RETAIN = "retain"  # the bin
    TRANSPORT = "transport"  # it stays inside, latched: held for staff


class Back(str, Enum):
    """What the camera sees on the rewritable back."""

    BLANK = "blank"
    PRINTED = "printed"
    UNREADABLE = "unreadable"  # something is there, but no whole print


class Raster(msgspec.Struct, frozen=True):
    """A picture for the back: rows from the top, each `width` / 8 bytes, highest bit left, 1 is black. Personal."""

    width: int  # dots, a multiple of 8, at most `MOST_SIDE_DOTS`
    height: int
    bits: bytes

    def __repr__(self) -> str:
        return f"Raster({self.width}x{self.height})"

    def is_whole(self) -> bool:
        """Whether the sizes fit each other."""
        sides = 0 < self.width <= MOST_SIDE_DOTS and 0 < self.height <= MOST_SIDE_DOTS
        return sides and self.width % 8 == 0 and len(self.bits) == self.width // 8 * self.height

    def digest(self) -> bytes:
        """What the camera's recognition tells of a back that bears exactly this: 32 bytes (SHA-256)."""
        size = self.width.to_bytes(2, "big") + self.height.to_bytes(2, "big")
        return hashlib.sha256(size + self.bits).digest()


class ReadCard(msgspec.Struct, frozen=True):
    """`readRawData`.

    `accept`: wait for a card at the slot, draw it in, latch it, then read; a card that is inside already is refused.
    Otherwise tell at once what is inside. `fresh`: power the chip anew and take a new picture, believe no buffer.
    """

    accept: bool = False
    fresh: bool = False


class CardSeen(msgspec.Struct, frozen=True):
    """Success of `readRawData`: what is really there now. Personal: never logged.

    Attributes:
        media: latched (inside), entering (in the slot), notPresent, jammed, unknown.
        chip_id: what tells this chip from every other, 4 to 16 bytes; empty when the chip is silent or no card is inside.
        chip: the endorsement file, at most `MOST_CHIP_BYTES`; ``None`` when it could not be read whole.
        back: ``None`` when no picture could be taken.
        back_digest: of a `printed` back, see `Raster.digest`; else empty.
    """

    media: Media
    chip_id: bytes = b""
    chip: bytes | None = None
    back: Back | None = None
    back_digest: bytes = b""

    def __repr__(self) -> str:
        return f"CardSeen({self.media.value!r}, ...)"


class EraseMedia(msgspec.Struct, frozen=True):
    """`eraseMedia`: make the whole back blank. Refused unless the chip inside is `chip_id`."""

    chip_id: bytes

    def __repr__(self) -> str:
        return "EraseMedia(...)"


class ChipIO(msgspec.Struct, frozen=True):
    """`chipIO`: replace the endorsement file by `data`, whole. Refused unless the chip inside is `chip_id`."""

    chip_id: bytes
    data: bytes

    def __repr__(self) -> str:
        return f"ChipIO({len(self.data)} bytes)"


class PrintRaw(msgspec.Struct, frozen=True):
    """`printRaw`: print the back. Refused unless the chip inside is `chip_id` and the back is seen to be blank."""

    chip_id: bytes
    raster: Raster

    def __repr__(self) -> str:
        return f"PrintRaw({self.raster!r})"


class Move(msgspec.Struct, frozen=True):
    """`move`: the card from inside to `to`. With `transport` it stays, and the status says `reason` until it leaves."""

    to: Place
    reason: str | None = None


READ = "readRawData"
ERASE = "eraseMedia"
CHIP_IO = "chipIO"
PRINT = "printRaw"
MOVE = "move"
WATCH_REMOVAL = "watchRemoval"  # success when no card is in the slot or inside
RESET = "reset"  # forget every buffer that may hold a citizen's data; moves no card
EVENT_MEDIA_INSERTED = "mediaInserted"  # a card is being drawn in

COMMANDS = (READ, ERASE, CHIP_IO, PRINT, MOVE, WATCH_REMOVAL, RESET)
EVENTS = (EVENT_MEDIA_INSERTED,)
