"""The works of the permit rewriter's emulator: transport, chip contact, eraser, print head, camera and bin, and how they fail."""

import hashlib

from devices.emulators.virtual_permit import VirtualPermit
from devices.permit_rewriter import content_codec as content
from devices.permit_rewriter.codec import Kind, Result
from devices.permit_rewriter.content_codec import ChipPiece, Load, State, Trouble
from devices.permit_rewriter.types import Back, Raster
from devices.status import Media

STEPS = ("erase", "chipWrite", "print", "verify", "eject")
MOMENTS = ("before", "middle", "after")
STEP_OF = {Kind.ERASE: "erase", Kind.WRITE_CHIP: "chipWrite", Kind.PRINT: "print", Kind.EJECT: "eject"}
PARTS = {"eraser": Trouble.ERASER, "printer": Trouble.PRINTER, "chip": Trouble.CHIP, "camera": Trouble.CAMERA}
BIN_ROOM = 3
_PIECE = 512


class Mechanism:
    """What is inside the box. One thread uses it.

    Attributes:
        faults: (fault, step) to how many times it still strikes.
        cuts: step to when in it the power fails, and for how many milliseconds.
        lie: what the fresh look under way makes up, if anything.
    """

    def __init__(self) -> None:
        self.card: VirtualPermit | None = None
        self.media = Media.NOT_PRESENT
        self.is_presented = False
        self.trouble = Trouble(0)
        self.binned = 0
        self.loaded: dict[Load, bytearray] = {load: bytearray() for load in Load}
        self.lie: str | None = None
        self.faults: dict[tuple[str, str], int] = {}
        self.cuts: dict[str, tuple[str, int]] = {}

    def put(self, card: VirtualPermit | None, media: Media) -> None:
        """A hand puts a card somewhere, or takes it away."""
        self.card, self.media, self.is_presented = card, media, False

    def forget(self) -> None:
        """The power failed: the buffers are empty."""
        for buffer in self.loaded.values():
            buffer.clear()

    def state(self) -> State:
        """As STATUS tells it."""
        return State(self.media, self.told_trouble(), self.media is Media.ENTERING and self.is_presented)

    def told_trouble(self) -> Trouble:
        """What does not work, and how full the bin is."""
        full = Trouble.BIN_FULL if self.binned >= BIN_ROOM else Trouble(0)
        return self.trouble | full | (Trouble.BIN_HIGH if self.binned >= BIN_ROOM - 1 else Trouble(0))

    def strikes(self, fault: str, step: str) -> bool:
        """Whether an armed fault strikes now; then it is one less."""
        left = self.faults.get((fault, step), 0)
        if left > 1:
            self.faults[fault, step] = left - 1
        elif left:
            del self.faults[fault, step]
        return left > 0

    # -- reading -------------------------------------------------------------------------------------------------

    def _inner(self) -> VirtualPermit | None:
        return self.card if self.media is Media.LATCHED else None

    def tell_id(self, _: bytes) -> tuple[Result, bytes]:
        card = self._inner()
        if card is None:
            return Result.NO_CARD, b""
        return (Result.CHIP_SILENT, b"") if card.is_silent else (Result.DONE, card.chip_id)

    def tell_chip(self, data: bytes, lie: str | None = None) -> tuple[Result, bytes] | None:
        wish, card = content.decode_chip_wish(data), self._inner()
        if wish is None:
            return None
        if card is None or card.is_silent:
            return (Result.NO_CARD if card is None else Result.CHIP_SILENT), b""
        offset, is_fresh = wish
        if offset == 0:
            self.lie = lie if is_fresh else None
        chip = card.chip
        if self.lie == "lie_ok" and self.loaded[Load.CHIP]:
            chip = bytes(self.loaded[Load.CHIP])  # tells what it was given and has not looked
        elif self.lie == "lie_error":
            chip = chip[:-1] + bytes((chip[-1] ^ 0xFF,))
        return Result.DONE, content.encode_chip_piece(ChipPiece(len(chip), chip[offset : offset + _PIECE]))

    def tell_back(self, _: bytes) -> tuple[Result, bytes]:
        card = self._inner()
        if card is None:
            return Result.NO_CARD, b""
        if self.trouble & Trouble.CAMERA:
            return Result.NO_PICTURE, b""
        word, digest = card.back()
        if self.lie == "lie_error":
            word, digest = Back.UNREADABLE, b""
        return Result.DONE, content.encode_back(word, digest)

    def load(self, data: bytes) -> tuple[Result, bytes] | None:
        piece = content.decode_load(data)
        if piece is None:
            return None
        which, offset, loaded = piece
        buffer = self.loaded[which]
        if offset == 0:
            buffer.clear()
        if offset != len(buffer):
            return Result.WRONG_LOAD, b""
        buffer += loaded
        return Result.DONE, b""

    # -- work ----------------------------------------------------------------------------------------------------

    def act(self, kind: Kind, data: bytes, *, is_half: bool) -> Result:
        """Does what a command asks, or the first half of it."""
        return {
            Kind.ACCEPT: self._draw_in,
            Kind.EJECT: self._put_out,
            Kind.RETAIN: self._bin,
            Kind.ERASE: self._erase,
            Kind.WRITE_CHIP: self._write,
            Kind.PRINT: self._print,
        }[kind](data, is_half)

    def _draw_in(self, _: bytes, __: bool) -> Result:
        if self.media is not Media.ENTERING:
            return Result.BLOCKED if self.card is not None else Result.NO_CARD
        self.media = Media.LATCHED
        return Result.DONE

    def _put_out(self, _: bytes, is_half: bool) -> Result:
        if self._inner() is None:
            return Result.NO_CARD
        if not is_half:
            self.media, self.is_presented = Media.ENTERING, True
        return Result.DONE

    def _bin(self, _: bytes, __: bool) -> Result:
        if self._inner() is None:
            return Result.NO_CARD
        if self.binned >= BIN_ROOM:
            return Result.BIN_FULL
        self.binned += 1
        self.card, self.media = None, Media.NOT_PRESENT
        return Result.DONE

    def _erase(self, _: bytes, is_half: bool) -> Result:
        card = self._inner()
        if card is None:
            return Result.NO_CARD
        if self.trouble & Trouble.ERASER:
            return Result.FAILED
        card.erase(is_half=is_half)
        return Result.DONE

    def _write(self, data: bytes, is_half: bool) -> Result:
        card, order, loaded = self._inner(), content.decode_write(data), bytes(self.loaded[Load.CHIP])
        if card is None or card.is_silent:
            return Result.NO_CARD if card is None else Result.CHIP_SILENT
        if order is None or order != (len(loaded), hashlib.sha256(loaded).digest()):
            return Result.WRONG_LOAD
        card.write(loaded, is_half=is_half)
        return Result.DONE

    def _print(self, data: bytes, is_half: bool) -> Result:
        card, order, loaded = self._inner(), content.decode_print(data), bytes(self.loaded[Load.RASTER])
        if card is None:
            return Result.NO_CARD
        if order is None:
            return Result.WRONG_LOAD
        raster = Raster(order[0], order[1], loaded)
        if not raster.is_whole() or raster.digest() != order[2]:
            return Result.WRONG_LOAD
        if self.trouble & Trouble.PRINTER:
            return Result.FAILED
        card.print(raster, is_half=is_half)
        return Result.DONE
