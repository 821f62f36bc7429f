"""Frames of described devices: pure bytes in, frames out; resynchronising, bounded, trusting no length.

How the end of a frame is known, in this order: a length part; end bytes; else the code, whose data has a fixed width. A
length beyond the shape's `longest` is damage. After damage the reader drops one byte and looks for the next start, so
that a whole frame behind noise is found; it never holds more than twice the longest frame.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from devices.described.check_codec import check_of, size_of
from devices.described.description import Check, Shape


@dataclass(frozen=True)
class Frame:
    """A whole frame. `data` may hold a person's data for card printers; it has no part in the repr."""

    code: bytes
    data: bytes

    def __repr__(self) -> str:
        return f"Frame({self.code.hex()}, {len(self.data)} bytes)"


@dataclass(frozen=True)
class Damage:
    """Bytes that are no frame."""

    count: int


class _IncompleteError(Exception):
    """More bytes are needed."""


class _DamagedError(Exception):
    """These bytes are no frame."""


def part_sizes(shape: Shape, data_size: int) -> dict[str, int]:
    """Bytes of every part of a frame, before escaping."""
    sizes = {
        "start": len(shape.start),
        "address": len(shape.address),
        "end": len(shape.end),
        "code": shape.code_size,
        "data": data_size,
        "length": shape.length.size if shape.length is not None else 0,
        "check": size_of(shape.check.kind, shape.check.is_hex) if shape.check is not None else 0,
    }
    return {part: sizes[part] for part in shape.layout}


def encode_frame(shape: Shape, code: bytes, data: bytes) -> bytes:
    """One frame as bytes. Raises ValueError when `data` is longer than the shape or its length part can say."""
    if len(data) > shape.longest:
        raise ValueError("more data than the frame can hold")
    parts = {"start": shape.start, "address": shape.address, "end": shape.end, "code": code, "data": data}
    if shape.length is not None:
        sizes = part_sizes(shape, len(data))
        length = shape.length
        count = sum(sizes[part] for part in length.counts)
        if length.is_hex:
            text = f"{count:0{length.size}X}".encode()
            if len(text) > length.size:
                raise ValueError("more data than the length can say")
            parts["length"] = text
        else:
            try:
                parts["length"] = count.to_bytes(length.size, "big" if length.is_big else "little")
            except OverflowError:
                raise ValueError("more data than the length can say") from None
    if shape.check is not None:
        parts["check"] = _check(shape.check, parts)
    raw = b""
    inside = bytearray()
    seen_end = False
    for part in shape.layout:
        if part == "start":
            raw += shape.start
        elif part == "end":
            raw += escape(shape, bytes(inside)) + shape.end
            inside.clear()
            seen_end = True
        elif seen_end:
            raw += parts[part]
        else:
            inside += parts[part]
    return raw + escape(shape, bytes(inside))


def escape(shape: Shape, body: bytes) -> bytes:
    """`body` with its escaped bytes marked."""
    if shape.escape is None:
        return body
    rule = shape.escape
    return b"".join(
        bytes((rule.marker, byte ^ rule.flip)) if byte in rule.escaped or byte == rule.marker else bytes((byte,))
        for byte in body
    )


def _check(check: Check, parts: Mapping[str, bytes]) -> bytes:
    covered = b"".join(parts[part] for part in check.covers)
    return check_of(check.kind, covered, is_big=check.is_big, is_hex=check.is_hex)


class FrameReader:
    """Bytes of one direction to frames.

    Args:
        shape: the direction's frame.
        widths: data bytes by code, for shapes whose end is known by the code alone.
    """

    def __init__(self, shape: Shape, widths: Mapping[bytes, int]) -> None:
        self._shape = shape
        self._widths = widths
        self._buffer = bytearray()
        most = max(shape.longest, *widths.values()) if widths else shape.longest
        self.longest = 2 * (sum(part_sizes(shape, most).values()) + 2)
        """No frame is longer on the wire, escapes counted."""

    @property
    def pending_bytes(self) -> int:
        return len(self._buffer)

    def clear(self) -> None:
        """Overwrites and forgets what came."""
        self._buffer[:] = bytes(len(self._buffer))
        self._buffer.clear()

    def feed(self, data: bytes) -> list[Frame | Damage]:
        """Takes bytes; returns what they complete, in order."""
        found: list[Frame | Damage] = []
        for at in range(0, len(data), self.longest):  # a flood is taken in pieces, so that the buffer stays bounded
            self._buffer += data[at : at + self.longest]
            found += self._parsed()
        return found

    def resynchronise(self) -> list[Frame | Damage]:
        """The frame that has begun will not end: drops its first byte and looks again until nothing is pending."""
        found: list[Frame | Damage] = []
        while self._buffer:
            del self._buffer[:1]
            found += [Damage(1), *self._parsed()]
        return found

    def _parsed(self) -> Iterator[Frame | Damage]:
        shape = self._shape
        while self._buffer:
            skipped = self._skip_to_start()
            if skipped:
                yield Damage(skipped)
                continue
            try:
                size, frame = parse_frame(shape, self._widths, bytes(self._buffer))
            except _IncompleteError:
                if len(self._buffer) <= self.longest:
                    return
                size, frame = 1, None
            except _DamagedError:
                size, frame = 1, None
            self._buffer[:size] = bytes(size)
            del self._buffer[:size]
            yield Damage(size) if frame is None else frame

    def _skip_to_start(self) -> int:
        start = self._shape.start
        if not start:
            return 0
        at = self._buffer.find(start)
        if at < 0:
            keep = next((n for n in range(len(start) - 1, 0, -1) if self._buffer.endswith(start[:n])), 0)
            at = len(self._buffer) - keep
        del self._buffer[:at]
        return at


def parse_frame(shape: Shape, widths: Mapping[bytes, int], raw: bytes) -> tuple[int, Frame]:
    """The frame at the beginning of `raw`, which is the start or a part of it, and its bytes on the wire."""
    at = len(shape.start)
    if len(raw) < at:
        raise _IncompleteError
    if shape.length is None and shape.end:
        return _parse_until_end(shape, raw, at)
    body, ends = _unescape(shape, raw, at)
    parts = {"start": shape.start, "end": shape.end}
    used = 0
    known = {part: size for part, size in part_sizes(shape, 0).items() if part != "data"}
    for part in shape.layout:
        if part == "start":
            continue
        size = _data_size(shape, widths, parts, known) if part == "data" else known[part]
        if len(body) < used + size:
            raise _IncompleteError
        parts[part] = body[used : used + size]
        used += size
        _compare(shape, part, parts[part])
    _verify(shape, parts)
    return ends[used - 1] if ends else at + used, Frame(parts.get("code", b""), parts.get("data", b""))


def _data_size(shape: Shape, widths: Mapping[bytes, int], parts: Mapping[str, bytes], known: Mapping[str, int]) -> int:
    if shape.length is None:
        width = widths.get(parts.get("code", b""))
        if width is None:
            raise _DamagedError
        return width
    length = shape.length
    text = parts["length"]
    if length.is_hex:
        if any(byte not in b"0123456789ABCDEFabcdef" for byte in text):
            raise _DamagedError
        count = int(text, 16)
    else:
        count = int.from_bytes(text, "big" if length.is_big else "little")
    size = count - sum(known[part] for part in length.counts if part != "data")
    if not 0 <= size <= shape.longest:
        raise _DamagedError
    return size


def _compare(shape: Shape, part: str, found: bytes) -> None:
    if (part == "address" and found != shape.address) or (part == "end" and found != shape.end):
        raise _DamagedError


def _verify(shape: Shape, parts: Mapping[str, bytes]) -> None:
    if shape.check is not None and parts["check"].upper() != _check(shape.check, parts).upper():
        raise _DamagedError


def _unescape(shape: Shape, raw: bytes, at: int) -> tuple[bytes, list[int]]:
    """What follows the start, unescaped, and (only with escapes) for each byte where the next one begins in `raw`."""
    rule = shape.escape
    if rule is None:
        return raw[at:], []
    body = bytearray()
    ends = []
    while at < len(raw):
        byte = raw[at]
        at += 1
        if byte == rule.marker:
            if at == len(raw):
                break
            byte = raw[at] ^ rule.flip
            at += 1
        body.append(byte)
        ends.append(at)
    return bytes(body), ends


def _ends_in(shape: Shape, raw: bytes, at: int) -> Iterator[int]:
    """Where end bytes stand that are not escaped: the first ones, and those that a check before it may feign."""
    rule = shape.escape
    first: int | None = None
    slack = sum(size for part, size in part_sizes(shape, 0).items() if part == "check")
    while at < len(raw):
        if rule is None:
            at = raw.find(shape.end, at)
            if at < 0:
                break
        if first is not None and at > first + slack:
            return
        if rule is not None and raw[at] == rule.marker:
            at += 2
            continue
        if raw.startswith(shape.end, at):
            first = at if first is None else first
            yield at
        at += 1
    raise _IncompleteError


def _parse_until_end(shape: Shape, raw: bytes, at: int) -> tuple[int, Frame]:
    for found in _ends_in(shape, raw, at):
        parts = {"start": shape.start, "end": shape.end}
        body, _ = _unescape(shape, raw[:found], at)
        sizes = part_sizes(shape, 0)
        order = [part for part in shape.layout if part != "start"]
        before, after = order[: order.index("end")], order[order.index("end") + 1 :]
        fixed = sum(sizes[part] for part in before)
        size = len(body) - fixed
        if not 0 <= size <= shape.longest:
            continue
        used = 0
        for part in before:
            width = size if part == "data" else sizes[part]
            parts[part] = body[used : used + width]
            used += width
        wire = found + len(shape.end)
        for part in after:
            parts[part] = raw[wire : wire + sizes[part]]
            wire += sizes[part]
        if len(raw) < wire:
            raise _IncompleteError
        try:
            for part, value in parts.items():
                _compare(shape, part, value)
            _verify(shape, parts)
        except _DamagedError:
            continue
        return wire, Frame(parts.get("code", b""), parts.get("data", b""))
    raise _DamagedError
