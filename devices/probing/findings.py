"""What a source tells: things it found, and what keeps it from looking; as JSON lines between its process and ours."""

import msgspec

from devices.status import DeviceClass

Scalar = str | int | float | bool


class Reason(msgspec.Struct, frozen=True):
    """A sentence for the technician: message key and placeholders, both harmless."""

    key: str
    values: dict[str, str] = {}


class Finding(msgspec.Struct, frozen=True, tag="finding", omit_defaults=True):
    """One thing that is there.

    Attributes:
        source: which source found it.
        name: what it calls itself, cleaned (`clean`).
        place: device file, queue, reader or address.
        device: what it may be used as, ``None`` where nobody knows.
        driver, settings: a proposal for that class, in the configuration's words.
        why: setting (``driver`` for the driver's line) -> why it stands there.
        notes: what the technician should know besides.
        is_certain: the device itself has said what it is; otherwise its kind or name suggests it.
        held_by: the program that uses it now; it was then not spoken to.
    """

    source: str
    name: str
    place: str
    device: DeviceClass | None = None
    driver: str = ""
    settings: dict[str, Scalar] = {}
    why: dict[str, Reason] = {}
    notes: tuple[Reason, ...] = ()
    is_certain: bool = False
    held_by: str | None = None


class Trouble(msgspec.Struct, frozen=True, tag="trouble"):
    """Why a source could not look, and what to do about it."""

    problem: Reason


class Places(msgspec.Struct, frozen=True):
    """Where sources look; a test gives its own.

    Attributes:
        sys, dev, proc: roots of the kernel's trees.
        cups_socket, cups_host, cups_port: the CUPS server: the socket, or else the address.
        nut_host, nut_port: upsd's.
        ports: serial ports that are not listed by the kernel, such as pseudo-terminals.
        talks: whether serial ports may be spoken to: an unknown device may move.
        descriptions: files of described devices to try besides those that come along.
    """

    sys: str = "/sys"
    dev: str = "/dev"
    proc: str = "/proc"
    cups_socket: str = "/run/cups/cups.sock"
    cups_host: str = "localhost"
    cups_port: int = 631
    nut_host: str = "127.0.0.1"
    nut_port: int = 3493
    ports: tuple[str, ...] = ()
    talks: bool = False
    descriptions: tuple[str, ...] = ()


def clean(text: str, longest: int = 80) -> str:
    """A device's own words as one printable line; they come from outside and may hold anything."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:longest]
