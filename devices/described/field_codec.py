"""Fields of described frames: arguments to bytes, bytes to what they mean. Pure."""

from collections.abc import Iterable, Mapping

from devices.described.description import Effects, Field

Value = str | int | bytes

TEXT_LIMIT = 64


class FieldError(ValueError):
    """An argument or a byte that the description does not provide for; the text is the field's name."""


def encode_fields(fields: Iterable[Field], arguments: Mapping[str, Value]) -> bytes:
    """The data of a request. Raises `FieldError` for an argument that is missing, unknown or out of range."""
    return b"".join(_encode(field, arguments) for field in fields)


def _encode(field: Field, arguments: Mapping[str, Value]) -> bytes:
    if field.kind == "constant":
        return field.constant
    value = arguments.get(field.name)
    if field.kind == "raw":
        if not isinstance(value, bytes) or len(value) > field.size:
            raise FieldError(field.name)
        return value
    if field.words:
        number = field.words.get(value) if isinstance(value, str) else None
    else:
        number = value if isinstance(value, int) and not isinstance(value, bool) else None
        if number is not None and not field.low <= number <= field.high:
            number = None
    if number is None:
        raise FieldError(field.name)
    return encode_number(field, number)


def encode_number(field: Field, number: int) -> bytes:
    """A number as the field writes it. Raises `FieldError` when it does not fit."""
    try:
        if field.kind == "digits":
            text = f"{number:0{field.size}d}".encode()
        elif field.kind == "hex":
            text = f"{number:0{field.size}X}".encode()
        elif field.kind == "bcd":
            text = bytes.fromhex(f"{number:0{field.size * 2}d}")
        else:
            text = number.to_bytes(field.size, "big" if field.is_big else "little")
    except (OverflowError, ValueError):
        raise FieldError(field.name) from None
    if len(text) != field.size or number < 0:
        raise FieldError(field.name)
    return text


def decode_fields(fields: Iterable[Field], data: bytes) -> dict[str, Value]:
    """The values of a reply by field name. Raises `FieldError` when the data does not fit the fields exactly."""
    values: dict[str, Value] = {}
    at = 0
    for field in fields:
        piece = data[at : at + field.size]
        at += field.size
        if field.kind != "raw" and len(piece) != field.size:
            raise FieldError(field.name)
        if field.kind == "constant":
            if piece != field.constant:
                raise FieldError(field.name)
        elif field.kind == "text":
            values[field.name] = "".join(chr(byte) for byte in piece if 0x20 <= byte < 0x7F).strip()[:TEXT_LIMIT]
        elif field.kind != "skip":
            values[field.name] = piece if field.kind == "raw" else decode_number(field, piece)
    if at < len(data):
        raise FieldError("data")
    return values


def decode_number(field: Field, piece: bytes) -> int:
    """The number that the field's bytes say. Raises `FieldError` for a character that is no digit."""
    if field.kind == "number":
        return int.from_bytes(piece, "big" if field.is_big else "little")
    text = piece.hex() if field.kind == "bcd" else piece.decode("latin-1")
    allowed = "0123456789ABCDEFabcdef" if field.kind == "hex" else "0123456789"
    if any(character not in allowed for character in text):
        raise FieldError(field.name)
    return int(text, 16 if field.kind == "hex" else 10)


def effects_of(field: Field, value: Value) -> list[Effects]:
    """What a decoded value means."""
    if not isinstance(value, int):
        return []
    found = [on if value & mask == mask else off for mask, on, off in field.bits]
    if field.values or field.other:
        found.append(field.values.get(value, field.other))
    return [effects for effects in found if effects]


def filled(effects: Effects, arguments: Mapping[str, Value]) -> dict[str, str]:
    """`effects` with ``@argument`` in their keys replaced by the argument's value."""
    result = {}
    for key, word in effects.items():
        stem, at, name = key.partition("@")
        value = arguments.get(name, "")
        result[f"{stem}{value!s}" if at and not isinstance(value, bytes) else key] = word
    return result
