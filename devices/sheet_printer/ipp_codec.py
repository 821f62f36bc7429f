"""IPP messages as bytes and back, pure. Source: RFC 8010 (encoding), RFC 8011 (operations, states), RFC 3995/3996 (notifications).

Only what a terminal needs: integers, enums, booleans, texts and collections of them; values of other kinds stay bytes.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


@dataclass(frozen=True, repr=False)
class Collection:
    """A value made of named members (RFC 8010 3.1.6), e.g. `media-col`."""

    members: "Attributes"


Value = int | bool | str | bytes | Collection
Attributes = dict[str, list[Value]]


class Operation(IntEnum):
    """Operation ids."""

    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    CREATE_PRINTER_SUBSCRIPTIONS = 0x0016
    CANCEL_SUBSCRIPTION = 0x001B
    GET_NOTIFICATIONS = 0x001C


class Tag(IntEnum):
    """Delimiter and value tags."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    SUBSCRIPTION = 0x06
    EVENT = 0x07
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    COLLECTION = 0x34
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER = 0x4A


class JobState(IntEnum):
    """RFC 8011 `job-state`."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


STATUS_OK_LIMIT = 0x0100
NOT_FOUND = 0x0406
NOT_POSSIBLE = 0x0404
_VERSION = 0x0200
_DEEPEST = 8  # collections within collections; what the RFCs define needs three


class IppFormatError(ValueError):
    """Bytes that are no IPP message."""


@dataclass(frozen=True, repr=False)
class Message:
    """A request or a response: `code` is the operation or the status; `data` the document behind the attributes."""

    code: int
    request_id: int
    groups: tuple[tuple[int, Attributes], ...]
    data: bytes = b""

    def first(self, group: int) -> Attributes:
        """The first group of that tag; empty when there is none."""
        return next((attributes for tag, attributes in self.groups if tag == group), {})

    def all(self, group: int) -> list[Attributes]:
        """All groups of that tag."""
        return [attributes for tag, attributes in self.groups if tag == group]


@dataclass(frozen=True, repr=False)
class Attribute:
    """One attribute to be encoded; `values` all of one tag, a collection's value being its members."""

    tag: Tag
    name: str
    values: "Sequence[int | bool | str | bytes | tuple[Attribute, ...]]"


def encode(code: int, request_id: int, groups: Sequence[tuple[Tag, Sequence[Attribute]]], data: bytes = b"") -> bytes:
    """Makes the bytes of a message; charset and language always lead the operation attributes."""
    out = bytearray(struct.pack(">HHI", _VERSION, code, request_id))
    for tag, attributes in groups:
        out.append(tag)
        if tag == Tag.OPERATION:
            _put(out, Attribute(Tag.CHARSET, "attributes-charset", ["utf-8"]))
            _put(out, Attribute(Tag.LANGUAGE, "attributes-natural-language", ["en"]))
        for attribute in attributes:
            _put(out, attribute)
    out.append(Tag.END)
    return bytes(out) + data


def decode(message: bytes) -> Message:
    """Reads a message. Raises `IppFormatError`."""
    try:
        return _decode(message)
    except (struct.error, IndexError, UnicodeDecodeError):
        raise IppFormatError("no IPP message") from None


def _put(out: bytearray, attribute: Attribute) -> None:
    name = attribute.name.encode("ascii")
    for value in attribute.values:
        if isinstance(value, tuple):
            _put_raw(out, Tag.COLLECTION, name, b"")
            for member in value:
                _put_raw(out, Tag.MEMBER, b"", member.name.encode("ascii"))
                _put(out, Attribute(member.tag, "", member.values))
            _put_raw(out, Tag.END_COLLECTION, b"", b"")
        else:
            _put_raw(out, attribute.tag, name, _body(value))
        name = b""


def _put_raw(out: bytearray, tag: int, name: bytes, body: bytes) -> None:
    out += struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(body)) + body


def _body(value: int | bool | str | bytes) -> bytes:
    if isinstance(value, bool):
        return b"\x01" if value else b"\x00"
    if isinstance(value, int):
        return struct.pack(">i", value)
    return value.encode() if isinstance(value, str) else value


def _decode(message: bytes) -> Message:
    _, code, request_id = struct.unpack_from(">HHI", message)
    position = 8
    groups: list[tuple[int, Attributes]] = []
    name = ""
    while True:
        tag = message[position]
        position += 1
        if tag == Tag.END:
            return Message(code, request_id, tuple(groups), message[position:])
        if tag < 0x10:
            groups.append((tag, {}))
            name = ""
            continue
        raw_name, position = _chunk(message, position)
        raw_value, position = _chunk(message, position)
        if not groups:
            raise IppFormatError("an attribute without a group")
        name = raw_name.decode("utf-8") or name
        if tag == Tag.COLLECTION:
            collection, position = _collection(message, position, 1)
            groups[-1][1].setdefault(name, []).append(collection)
        else:
            groups[-1][1].setdefault(name, []).append(_value(tag, raw_value))


def _collection(message: bytes, position: int, depth: int) -> tuple[Collection, int]:
    """The members behind a begCollection, and where the message goes on."""
    if depth > _DEEPEST:
        raise IppFormatError("collections too deep")
    members: Attributes = {}
    name = ""
    while True:
        tag = message[position]
        _, position = _chunk(message, position + 1)
        raw_value, position = _chunk(message, position)
        if tag == Tag.END_COLLECTION:
            return Collection(members), position
        if tag == Tag.MEMBER:
            name = raw_value.decode("utf-8")
        elif tag < 0x10:
            raise IppFormatError("a collection without an end")
        elif tag == Tag.COLLECTION:
            inner, position = _collection(message, position, depth + 1)
            members.setdefault(name, []).append(inner)
        else:
            members.setdefault(name, []).append(_value(tag, raw_value))


def _chunk(message: bytes, position: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", message, position)
    end = position + 2 + length
    if end > len(message):
        raise IppFormatError("cut short")
    return message[position + 2 : end], end


def _value(tag: int, raw: bytes) -> Value:
    if tag in (Tag.INTEGER, Tag.ENUM) and len(raw) == 4:
        return int(struct.unpack(">i", raw)[0])
    if tag == Tag.BOOLEAN and len(raw) == 1:
        return raw != b"\x00"
    if 0x40 <= tag <= 0x49:
        return raw.decode("utf-8", "replace")
    return raw
