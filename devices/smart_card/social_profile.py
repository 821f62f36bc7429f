"""The description of a kind of social-security card, as a file: which file to select, which records to read, how the PIN goes.

A profile is YAML; every value that was not checked on a real card says so (`is_verified: false`), and the reader's answer
carries the profile's name, so that whoever uses it can tell.
"""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
import yaml

_LARGEST = 64 * 1024
_HEX = r"^([0-9A-Fa-f]{2})+$"

Hex = Annotated[str, msgspec.Meta(pattern=_HEX, max_length=64)]


class ProfileError(Exception):
    """A profile that cannot be used; the text names the file."""


class Select(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One SELECT: by name (an application) or by identifier (a file)."""

    name: Hex | None = None
    identifier: Hex | None = None


class RecordField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field: record `record` of the file; with `tag`, the value of that one-byte tag and length in it."""

    name: str
    record: Annotated[int, msgspec.Meta(ge=1, le=254)]
    encoding: Literal["gb18030", "ascii", "hex", "digits"]
    tag: Hex | None = None


class RecordFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of records, by its short identifier."""

    short_identifier: Annotated[int, msgspec.Meta(ge=1, le=30)]
    fields: list[RecordField]


class Pin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the PIN is verified (ISO/IEC 7816-4 VERIFY).

    Attributes:
        reference: P2. `encoding`: digits as ASCII, or packed two to a byte. `length`: bytes after padding with `filler`.
        asks_tries: the card tells the tries that are left to an empty VERIFY.
        spares: with so many tries left or fewer the terminal does not try: a citizen's card is never blocked here.
    """

    reference: Annotated[int, msgspec.Meta(ge=0, le=255)]
    encoding: Literal["ascii", "packed"]
    shortest: Annotated[int, msgspec.Meta(ge=1, le=16)]
    longest: Annotated[int, msgspec.Meta(ge=1, le=16)]
    length: Annotated[int, msgspec.Meta(ge=1, le=16)]
    filler: Hex = "FF"
    asks_tries: bool = True
    spares: Annotated[int, msgspec.Meta(ge=0, le=15)] = 1

    def admits(self, pin: str) -> bool:
        """Whether a text can be a PIN of this card."""
        return self.shortest <= len(pin) <= self.longest and pin.isascii() and pin.isdigit()

    def encode(self, pin: str) -> bytes:
        """The data of VERIFY."""
        if self.encoding == "ascii":
            raw = pin.encode("ascii")
        else:
            raw = bytes.fromhex(pin + ("F" if len(pin) % 2 else ""))
        return raw + bytes.fromhex(self.filler) * (self.length - len(raw))


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of card. `source`: where the values are from; `is_verified`: whether a real card has confirmed them."""

    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
    source: str
    is_verified: bool
    select: list[Select]
    files: list[RecordFile]
    pin: Pin | None = None


def read_profiles(folder: Path) -> dict[str, Profile]:
    """Reads every ``*.yaml`` of a folder, by name.

    Raises:
        ProfileError: one that cannot be read or is none; there is no such folder.
    """
    if not folder.is_dir():
        raise ProfileError(folder.name)
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            if path.stat().st_size > _LARGEST:
                raise ProfileError(path.name)
            profile = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Profile)
        except (OSError, ValueError, yaml.YAMLError):
            raise ProfileError(path.name) from None
        if profile.pin is not None and profile.pin.longest > profile.pin.length * (
            1 if profile.pin.encoding == "ascii" else 2
        ):
            raise ProfileError(path.name)
        found[profile.name] = profile
    return found
