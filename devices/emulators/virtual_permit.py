"""A made-up travel permit for the rewriter's emulator: an opaque endorsement file and a back that keeps what heat did to it."""

import hashlib
import io
from dataclasses import dataclass, field

from PIL import Image

from devices.permit_rewriter.types import Back, Raster

CARDS = ("permit", "new_permit", "other_permit")
"""With an old endorsement; fresh from the office, its back blank; another one with an old endorsement."""

_WIDTH, _HEIGHT = 640, 400


def old_raster(seed: int) -> Raster:
    """Some print of before: stripes that tell cards apart."""
    row = bytes((seed,)) * (_WIDTH // 8)
    return Raster(_WIDTH, _HEIGHT, b"".join(row if y % 8 < 3 else bytes(_WIDTH // 8) for y in range(_HEIGHT)))


@dataclass
class VirtualPermit:
    """One card. What was done to it is counted, so that a test sees what must never happen.

    Attributes:
        shown: what the back bears; ``None`` for a blank one.
        is_smeared: whether that is no whole print.
        overprints: prints begun on a back that was not blank.
    """

    chip_id: bytes
    chip: bytes
    shown: Raster | None
    is_smeared: bool = False
    is_silent: bool = False
    erasures: int = 0
    writes: int = 0
    prints: int = 0
    overprints: int = 0
    chips: list[bytes] = field(default_factory=list)

    def __repr__(self) -> str:
        return "VirtualPermit(...)"

    def back(self) -> tuple[Back, bytes]:
        """What a camera recognises."""
        if self.is_smeared:
            return Back.UNREADABLE, b""
        if self.shown is None:
            return Back.BLANK, b""
        return Back.PRINTED, self.shown.digest()

    def erase(self, *, is_half: bool = False) -> None:
        """Whole, or the upper half only."""
        self.erasures += 1
        if not is_half:
            self.shown, self.is_smeared = None, False
        elif self.shown is not None:
            cut = self.shown.width // 8 * (self.shown.height // 2)
            self.shown = Raster(self.shown.width, self.shown.height, bytes(cut) + self.shown.bits[cut:])
            self.is_smeared = True

    def write(self, data: bytes, *, is_half: bool = False) -> None:
        """Whole, or torn in the middle."""
        self.writes += 1
        cut = max(1, len(data) // 2)
        self.chip = data[:cut] + self.chip[cut:] if is_half else data
        self.chips.append(self.chip)

    def print(self, raster: Raster, *, is_half: bool = False) -> None:
        """Heat only blackens: what was there stays."""
        self.prints += 1
        before = self.shown
        bits = raster.bits
        if is_half:
            cut = raster.width // 8 * (raster.height // 2)
            bits = bits[:cut] + bytes(len(bits) - cut)
        if before is not None or self.is_smeared:
            self.overprints += 1
            old = before.bits if before is not None else b""
            bits = bytes(a | b for a, b in zip(bits, old.ljust(len(bits), b"\0"), strict=False))
        self.is_smeared = is_half or before is not None or self.is_smeared
        self.shown = Raster(raster.width, raster.height, bits)

    def png(self) -> bytes:
        """The back as a picture."""
        shown = self.shown or Raster(_WIDTH, _HEIGHT, bytes(_WIDTH // 8 * _HEIGHT))
        inverted = bytes(byte ^ 0xFF for byte in shown.bits)
        picture = Image.frombytes("1", (shown.width, shown.height), inverted)
        file = io.BytesIO()
        picture.save(file, "PNG")
        return file.getvalue()

    def facts(self) -> dict[str, object]:
        """What a panel may show: digests and counts."""
        word, digest = self.back()
        return {
            "chip": hashlib.sha256(self.chip).hexdigest()[:16],
            "chip_bytes": len(self.chip),
            "back": word.value,
            "back_digest": digest.hex()[:16],
            "erasures": self.erasures,
            "writes": self.writes,
            "prints": self.prints,
            "overprints": self.overprints,
        }


def permit(name: str) -> VirtualPermit:
    """A new card of a kind of `CARDS`; raises KeyError."""
    number = CARDS.index(name) + 1 if name in CARDS else 0
    if not number:
        raise KeyError(name)
    chip_id = bytes((0x08, number, 0x5A, 0x11, 0x22, 0x33, number))
    if name == "new_permit":
        return VirtualPermit(chip_id, b"\x77\x00", None)
    entry = b"HKG1Y1T" + bytes((number,)) * 9
    return VirtualPermit(chip_id, b"\x77" + bytes((len(entry),)) + entry, old_raster(0x10 * number + 1))
