"""A keypad as data: its line, the byte of each key, where the keys lie, what makes it beep and shine."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devices.keypad.types import Key
from kiosk.base.yaml_reading import ConfigError, Section, read_yaml

PROFILES = Path(__file__).parent / "profiles"
_SPEEDS = ("1200", "2400", "4800", "9600", "19200", "38400", "57600", "115200")
_BYTES = r"[0-9A-Fa-f]{2}( ?[0-9A-Fa-f]{2}){0,15}"


@dataclass(frozen=True)
class Profile:
    """One model.

    Attributes:
        keys: byte -> key.
        rows: the keys as they lie.
        begin, end, press: sent when an entry begins, ends, and at each key that counts (backlight, beep).
        hello, hello_reply: a question and how its answer begins, hexadecimal, empty when the keypad only sends.
        repeat_s: see `KeyReader`.
    """

    model: str
    baud_rate: int
    keys: Mapping[int, Key]
    rows: tuple[tuple[Key, ...], ...]
    begin: bytes
    end: bytes
    press: bytes
    hello: str
    hello_reply: str
    repeat_s: float


def profile_path(name: str) -> Path:
    """Where a shipped profile lies. `name` is its file's name without ``.yaml``."""
    return PROFILES / f"{name}.yaml"


def load_profile(path: Path) -> Profile:
    """Reads and checks a file. Raises `ConfigError` with every complaint."""
    top = read_yaml(path)
    keys_section = top.section("keys")
    keys = _read_keys(keys_section)
    commands = top.section("commands", required=False)
    profile = Profile(
        model=top.text("model", pattern=r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,60}", example="metal-16"),
        baud_rate=int(top.choice("baud_rate", _SPEEDS, default="9600")),
        keys=keys,
        rows=_read_rows(top.section("rows"), frozenset(keys.values())),
        begin=_bytes(commands, "begin"),
        end=_bytes(commands, "end"),
        press=_bytes(commands, "press"),
        hello=_bytes(top, "hello").hex(),
        hello_reply=_bytes(top, "hello_reply").hex(),
        repeat_s=top.number("repeat_s", 0, 0.5, default=0.06),
    )
    commands.done()
    top.done()
    if bool(profile.hello) != bool(profile.hello_reply):
        top.complain("hello_reply" if profile.hello else "hello", "config.missing")
    if top.complaints.found:
        raise ConfigError(top.complaints.found)
    return profile


def _bytes(section: Section, key: str) -> bytes:
    text = section.text(key, pattern=_BYTES, example="1B 42", default="")
    return bytes.fromhex(text) if re.fullmatch(_BYTES, text) else b""


def _read_keys(section: Section) -> dict[int, Key]:
    keys: dict[int, Key] = {}
    for key in Key:
        is_needed = key is Key.ENTER or key is Key.CANCEL or bool(re.fullmatch(r"\d", key.text))
        text = section.text(key.value, pattern=r"[0-9A-Fa-f]{2}", example="0D", default=None if is_needed else "")
        if not re.fullmatch(r"[0-9A-Fa-f]{2}", text):
            continue
        byte = int(text, 16)
        if byte in keys:
            section.complain(key.value, "keypad.byte_twice", other=keys[byte].value)
        keys[byte] = key
    section.done()
    return keys


def _read_rows(section: Section, known: frozenset[Key]) -> tuple[tuple[Key, ...], ...]:
    names = {key.value: key for key in known}
    rows: list[tuple[Key, ...]] = []
    for row in section.names:
        words = section.text(row, example="one two three cancel").split()
        if wrong := [word for word in words if word not in names]:
            section.complain(row, "config.choice", value=wrong[0], words=", ".join(names))
        rows.append(tuple(names[word] for word in words if word in names))
    return tuple(rows)
