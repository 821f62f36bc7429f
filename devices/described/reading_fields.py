"""The fields' part of a description file: bytes, numbers, words, and what a value means."""

import re
from collections.abc import Mapping

from devices.described.description import NOTHING, Effects, Field
from devices.described.vocabulary import ACTIONS, CLASSES, COMPLETIONS, STATES, Argument
from kiosk.base.sentences import known_sentences
from kiosk.base.yaml_reading import Section

_HEX = r"[0-9A-Fa-f]{2}( ?[0-9A-Fa-f]{2})*"
_BYTES = rf"{_HEX}|ascii:[ -~]+"
_NUMBER = r"0x[0-9A-Fa-f]{1,16}|\d{1,18}"
REQUEST_KINDS = ("number", "digits", "hex", "bcd", "constant", "raw")
REPLY_KINDS = ("number", "digits", "hex", "bcd", "constant", "skip", "text")


def read_bytes(section: Section, key: str, *, most: int, required: bool = True) -> bytes:
    """``02 0A``, ``020A`` or ``ascii:OPEN``; at most `most` bytes."""
    if not required and key not in section:
        section.text(key, pattern=".*", example="02", default="")
        return b""
    text = section.text(key, pattern=_BYTES, example="02 0A / ascii:OPEN")
    found = bytes_of(text)
    if len(found) > most:
        section.complain(key, "described.bytes_too_many", limit=str(most))
        return found[:most]
    return found


def bytes_of(text: str) -> bytes:
    """The bytes that the notation means; empty for a text that is none."""
    if text.startswith("ascii:"):
        return text[6:].encode("ascii", "ignore")
    return bytes.fromhex(text) if re.fullmatch(_HEX, text) else b""


def _number(text: str) -> int:
    if not re.fullmatch(_NUMBER, text):
        return 0
    return int(text, 16) if text.startswith("0x") else int(text)


class FieldReader:
    """Reads the fields of one file. `parts` gathers every part and general status that the file can tell."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.parts: set[str] = set()
        self.may_complete = False
        self._words = CLASSES[device]

    # -- requests ------------------------------------------------------------------------------------------------

    def read_request(self, section: Section, command: str | None) -> tuple[Field, ...]:
        """The fields of a request; `command` is the class's command, ``None`` for a poll, which has no arguments."""
        arguments = self._words.commands.get(command, {}) if command is not None else {}
        found = []
        for name in section.names:
            field = section.section(name)
            kind = field.choice("kind", REQUEST_KINDS, default="constant" if "constant" in field else "number")
            if kind == "constant":
                constant = read_bytes(field, "constant", most=256)
                found.append(Field(name, kind, len(constant), constant=constant))
            elif name not in arguments:
                section.complain(name, "described.no_such_argument", known=", ".join(arguments) or "constant")
                continue
            else:
                found.append(self._argument(section, field, name, kind, arguments[name]))
            field.done()
        section.done()
        if command is not None and len(arguments) > 1:
            return tuple(found)
        for name in arguments:
            if name not in section:
                section.complain("", "described.argument_unused", name=name)
        return tuple(found)

    def _argument(self, section: Section, field: Section, name: str, kind: str, argument: Argument) -> Field:
        if argument.is_raw != (kind == "raw"):
            section.complain(name, "described.raw_or_not")
        size = field.whole("bytes", 1, 1024 if kind == "raw" else 8, default=1)
        is_big = field.choice("order", ("big", "little"), default="big") == "big"
        if kind == "raw":
            return Field(name, kind, size)
        if not argument.words:
            low = field.whole("low", argument.low, argument.high, default=argument.low)
            high = field.whole("high", low, argument.high, default=argument.high)
            return Field(name, kind, size, is_big, low=low, high=high)
        words = {}
        section_of_words = field.section("words")
        for word in section_of_words.names:
            value = _number(section_of_words.text(word, pattern=_NUMBER, example="0x01"))
            if word in argument.words:
                words[word] = value
            else:
                section_of_words.complain(word, "config.choice", value=word, words=", ".join(argument.words))
            if kind == "number" and value >= 1 << 8 * size:
                section_of_words.complain(word, "described.value_too_large", size=str(size))
        section_of_words.done()
        return Field(name, kind, size, is_big, words=words)

    # -- replies -------------------------------------------------------------------------------------------------

    def read_reply(self, section: Section) -> tuple[Field, ...]:
        """The fields of what the device sends."""
        found = []
        for name in section.names:
            field = section.section(name)
            kind = field.choice("kind", REPLY_KINDS, default="constant" if "constant" in field else "number")
            if kind == "constant":
                constant = read_bytes(field, "constant", most=256)
                found.append(Field(name, kind, len(constant), constant=constant))
            elif kind in ("skip", "text"):
                found.append(Field(name, kind, field.whole("bytes", 1, 256, default=1)))
            else:
                found.append(self._reading(field, name, kind))
            field.done()
        section.done()
        return tuple(found)

    def _reading(self, field: Section, name: str, kind: str) -> Field:
        size = field.whole("bytes", 1, 8, default=1)
        is_big = field.choice("order", ("big", "little"), default="big") == "big"
        values = {}
        listed = field.section("values", required=False)
        for text in listed.names:
            if not re.fullmatch(_NUMBER, text):
                listed.complain(text, "config.text_form", value=text, example="0x01")
            values[_number(text)] = self.read_effects(listed.section(text))
        listed.done()
        other = self.read_effects(field.section("other", required=False))
        width = 8 * size if kind == "number" else 4 * size
        bits = [*self._bits(field.section("bits", required=False), width)]
        bits += self._row(field.section("row", required=False), width)
        return Field(name, kind, size, is_big, bits=tuple(bits), values=values, other=other)

    def _bits(self, section: Section, width: int) -> list[tuple[int, Effects, Effects]]:
        found = []
        for text in section.names:
            at = int(text) if re.fullmatch(r"\d{1,2}", text) else -1
            if not 0 <= at < width:
                section.complain(text, "described.no_such_bit", highest=str(width - 1))
                at = 0
            bit = section.section(text)
            on = self.read_effects(bit.section("on", required=False))
            off = self.read_effects(bit.section("off", required=False))
            if bit.is_there and not on and not off:
                section.complain(text, "described.bit_without_meaning")
            bit.done()
            found.append((1 << at, on, off))
        section.done()
        return found

    def _row(self, section: Section, width: int) -> list[tuple[int, Effects, Effects]]:
        """Bit by bit the same part: ``{part: doors, first: 1, count: 12, on: open, off: closed}``."""
        if not section.is_there:
            return []
        named = [part for part, words in self._words.parts.items() if words.is_named]
        part = section.choice("part", named) if named else ""
        first = section.whole("first", 0, 999, default=1)
        count = section.whole("count", 1, width)
        words = self._words.parts[part].words if named else ("",)
        on, off = section.choice("on", words), section.choice("off", words)
        section.done()
        found: list[tuple[int, Effects, Effects]] = []
        for at in range(count):
            name = f"{part}.{first + at}"
            self.parts.add(name)
            found.append((1 << at, {name: on}, {name: off}))
        return found

    def read_effects(self, section: Section, arguments: Mapping[str, Argument] | None = None) -> Effects:
        """What a value means. With `arguments` it is what a command waits for, and ``doors.@door`` may be written."""
        if not section.is_there:
            return NOTHING
        found = {}
        for key in section.names:
            words = self._words_of(key, arguments)
            if words is None:
                section.text(key, pattern=".*", example="-", default="")
                section.complain(key, "described.no_such_status", known=", ".join(self._known()))
            elif key == "reason":
                word = section.text(key, pattern=r"[a-z_]+\.[a-z_]+", example="described.part_failed")
                if word not in known_sentences():
                    section.complain(key, "described.reason_unknown", reason=word)
                found[key] = word
            else:
                found[key] = section.choice(key, words)
                if arguments is None and key not in ("device", "action", "completion"):
                    self.parts.add(key)
        section.done()
        return found

    def _words_of(self, key: str, arguments: Mapping[str, Argument] | None) -> tuple[str, ...] | None:
        part, dot, name = key.partition(".")
        known: dict[str, tuple[str, ...]] = {"device": STATES, **self._words.general}
        if arguments is None:
            known |= {"action": ACTIONS, "reason": ()}
            if self.may_complete:
                known["completion"] = COMPLETIONS
        if key in known:
            return known[key]
        words = self._words.parts.get(part)
        if words is None or words.is_named != bool(dot):
            return None
        if arguments is not None and name.startswith("@"):
            return words.words if name[1:] in arguments else None
        return words.words if not dot or re.fullmatch(r"[A-Za-z0-9]{1,30}", name) else None

    def _known(self) -> list[str]:
        parts = [f"{part}.…" if words.is_named else part for part, words in self._words.parts.items()]
        general = ["device", "action", "reason", *self._words.general]
        return [*general, *(["completion"] if self.may_complete else []), *parts]
