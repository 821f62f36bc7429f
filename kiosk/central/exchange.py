"""Frames between the terminal and its central process: a call and its answer, one at a time on each line.

Four bytes of length, big-endian, and msgpack. Both ends are ours and the socket is inherited, so a frame that does not fit is
a bug and ends the process; the length is bounded all the same.
"""

import socket
import struct
from dataclasses import dataclass, field

import msgspec

from kiosk.central.traffic import Traffic

ABORT = "abort"
FRAME_LIMIT = 16 * 1024 * 1024
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True)
class Request:
    """A call of `kiosk.central.client.CentralClient` by name; `number` 0 asks for no answer."""

    number: int
    name: str
    arguments: tuple[str | int, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Answer:
    """The end of call `number`: msgpack of the contract's value or, with `is_problem`, of the `Problem`."""

    number: int
    is_problem: bool
    content: bytes = field(repr=False)
    traffic: Traffic = field(default_factory=Traffic)


def send(end: socket.socket, frame: Request | Answer) -> None:
    """Sends one frame; raises OSError when the other end has gone."""
    body = msgspec.msgpack.encode(frame)
    end.sendall(_LENGTH.pack(len(body)) + body)


def receive(end: socket.socket) -> bytes | None:
    """The next frame's body, None at the end of the line; raises OSError (TimeoutError) as the socket does."""
    head = _exactly(end, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > FRAME_LIMIT:
        return None
    return _exactly(end, length)


def _exactly(end: socket.socket, count: int) -> bytes | None:
    content = bytearray()
    while len(content) < count:
        chunk = end.recv(min(count - len(content), 1 << 20))
        if not chunk:
            return None
        content += chunk
    return bytes(content)
