"""Frames on a connected socket, with a deadline for each, and the address of the store's socket."""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from offline_cache.process.protocol import LENGTH, MAX_FRAME_BYTES, Reply, Request, WireError, encode

SOCKET = "store.sock"


@contextlib.contextmanager
def address_in(folder: Path) -> Iterator[str]:
    """A path to the socket that is short enough for the kernel (108 bytes) wherever the folder lies. Raises OSError."""
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{descriptor}/{SOCKET}"
    finally:
        os.close(descriptor)


def send(end: socket.socket, message: Request | Reply, deadline: float) -> None:
    """Sends one frame before `deadline` (of `time.monotonic`) and overwrites its bytes.

    Raises:
        OSError: the peer has gone; TimeoutError, it does not read.
        WireError: the message does not fit.
    """
    frame = encode(message)
    try:
        with memoryview(frame) as view:
            sent = 0
            while sent < len(view):
                end.settimeout(_left(deadline))
                sent += end.send(view[sent:])
    finally:
        frame[:] = bytes(len(frame))


def receive(end: socket.socket, head_deadline: float | None, body_s: float) -> bytearray | None:
    """The next frame's body, which the caller overwrites; None at the end of the line.

    Args:
        head_deadline: until when the frame must begin; None waits for ever.
        body_s: how long the rest of a begun frame may take.

    Raises:
        OSError: TimeoutError among them.
        WireError: too long, or cut.
    """
    head = bytearray(LENGTH.size)
    end.settimeout(None if head_deadline is None else _left(head_deadline))
    first = end.recv_into(head)
    if first == 0:
        return None
    deadline = time.monotonic() + body_s
    if head_deadline is not None:
        deadline = min(deadline, head_deadline)
    _fill(end, head, first, deadline)
    (length,) = LENGTH.unpack(head)
    if length > MAX_FRAME_BYTES:
        raise WireError("frame too long")
    body = bytearray(length)
    try:
        _fill(end, body, 0, deadline)
    except BaseException:
        body[:] = bytes(length)
        raise
    return body


def _fill(end: socket.socket, buffer: bytearray, start: int, deadline: float) -> None:
    with memoryview(buffer) as view:
        while start < len(view):
            end.settimeout(_left(deadline))
            count = end.recv_into(view[start:])
            if count == 0:
                raise WireError("a frame was cut")
            start += count


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
