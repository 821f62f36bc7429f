"""The codec: what was encoded comes back, and nothing that is no message gets through."""

import socket
import time
from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_cache.outbox.item import NewItem
from offline_cache.process import frames
from offline_cache.process import protocol as wire
from offline_cache.process.bounds import is_within_bounds

Message = TypeVar("Message")
TEXTS = st.text(max_size=20)
ITEMS = st.builds(
    NewItem,
    idem=st.uuids(version=4),
    order_key=TEXTS,
    kind=TEXTS,
    schema_version=st.integers(0, 1 << 30),
    body=st.binary(max_size=2000),
    slip_number=st.none() | TEXTS,
    expires_after_s=st.none() | st.floats(0, 1e9),
    attachments=st.lists(st.uuids(), max_size=3).map(tuple),
)
REQUESTS = st.one_of(
    st.builds(
        wire.Put, st.integers(0, 1 << 40), st.lists(ITEMS, max_size=3).map(tuple), st.none() | st.integers(0, 99)
    ),
    st.builds(wire.AttachAppend, st.integers(0, 9), st.binary(max_size=5000)),
    st.builds(wire.JournalBegin, st.integers(0, 9), st.uuids(), st.integers(1, 99), TEXTS, st.binary(), st.booleans()),
    st.builds(wire.StateOf, st.integers(0, 9), st.none() | st.uuids(), st.none() | TEXTS),
)


def decoded_or_told(decode: Callable[[bytes], Message], body: bytes | bytearray) -> Message | str:
    """The message, or the error's text with that of its cause."""
    try:
        return decode(bytes(body))
    except wire.WireError as error:
        return f"{error}{error.__cause__ or ''}"


@given(REQUESTS)
def test_a_request_comes_back_as_it_was(request: wire.Request) -> None:
    frame = wire.encode(request)
    (length,) = wire.LENGTH.unpack(frame[:4])
    assert length == len(frame) - 4
    assert wire.decode_request(frame[4:]) == request


@given(REQUESTS, st.data())
def test_a_request_with_a_bent_byte_is_another_one_or_none(request: wire.Request, data: st.DataObject) -> None:
    body = bytearray(wire.encode(request)[4:])
    body[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    decoded = decoded_or_told(wire.decode_request, body)
    if isinstance(decoded, str):
        assert decoded == "not a request"
    else:
        is_within_bounds(decoded)


@given(st.binary(max_size=300))
def test_noise_is_told_without_what_it_holds(noise: bytes) -> None:
    for decode, told in ((wire.decode_request, "not a request"), (wire.decode_reply, "not a reply")):
        decoded = decoded_or_told(decode, noise)
        assert not isinstance(decoded, str) or decoded == told


def test_a_text_that_has_no_encoding_is_told() -> None:
    with pytest.raises(wire.WireError):
        wire.encode(wire.Put(1, (NewItem(uuid4(), "\ud800", "kind", 1, b""),)))


def test_a_peer_that_does_not_read_is_given_up_in_time() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            frames.send(ours, wire.AttachAppend(1, bytes(wire.MAX_FRAME_BYTES - 100)), time.monotonic() + 0.2)
        assert time.monotonic() - began < 2


def test_a_frame_in_single_bytes_is_read_within_its_time_or_not_at_all() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for byte in wire.encode(wire.Ping(7)):
            theirs.send(bytes([byte]))
        body = frames.receive(ours, time.monotonic() + 2, 2)
        assert body is not None
        assert wire.decode_request(body) == wire.Ping(7)
        theirs.send(b"\x00")
        with pytest.raises(TimeoutError):
            frames.receive(ours, None, 0.1)
        theirs.send(b"\x00\x00\x10abc")
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(wire.WireError):
            frames.receive(ours, time.monotonic() + 2, 2)
