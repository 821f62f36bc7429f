"""The frame codec of device messages."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.messages import (
    Acknowledge,
    Cancel,
    Capabilities,
    Command,
    Completion,
    Configure,
    Diagnostic,
    Event,
    Heartbeat,
    Message,
    Unsolicited,
)
from devices.status import CompletionCode, DeviceClass, DeviceState, DeviceStatus, Media
from devices.wire import MAX_FRAME_BYTES, SCHEMA_PATH, Decoder, WireError, encode, schema

MESSAGES: list[Message] = [
    Command("a1", "readRawData", 30.0, b"\x00\xff"),
    Cancel("a1"),
    Acknowledge("a1"),
    Event("a1", "mediaInserted", b"x"),
    Completion("a1", CompletionCode.HARDWARE_ERROR, "reader.gone"),
    Unsolicited(DeviceStatus(DeviceState.POWER_OFF, media=Media.UNKNOWN, reason="reader.gone")),
    Configure(DeviceClass.ID_CARD_READER, "serial", {"port": "/dev/ttyS0", "times": {"reply": 0.3}}),
    Heartbeat(7, 0.25),
    Diagnostic("reader_reply", {"sw3": 0x41, "request": "READ"}),
    Capabilities(("readRawData", "reset"), ("mediaInserted",)),
]


@given(st.lists(st.sampled_from(MESSAGES), max_size=6), st.lists(st.integers(1, 40), min_size=1, max_size=20))
def test_messages_come_out_as_they_went_in_however_they_are_cut(messages: list[Message], cuts: list[int]) -> None:
    stream = b"".join(bytes(encode(message)) for message in messages)
    decoder = Decoder()
    received: list[Message] = []
    at = turn = 0
    while at < len(stream):
        size = cuts[turn % len(cuts)]
        received += decoder.feed(stream[at : at + size])
        at += size
        turn += 1
    assert received == messages
    assert decoder.pending_bytes == 0


def test_the_wire_uses_the_standards_words() -> None:
    frame = bytes(encode(Unsolicited(DeviceStatus(DeviceState.POWER_OFF, media=Media.NOT_PRESENT))))
    assert int.from_bytes(frame[:4], "big") == len(frame) - 4
    assert b"powerOff" in frame
    assert b"notPresent" in frame


def test_too_long_a_frame_is_refused_before_it_is_collected() -> None:
    with pytest.raises(WireError, match="too long"):
        Decoder().feed((MAX_FRAME_BYTES + 1).to_bytes(4, "big"))


def test_too_long_a_message_is_not_sent() -> None:
    with pytest.raises(WireError, match="too long"):
        encode(Event("a1", "image", bytes(MAX_FRAME_BYTES)))


@given(st.binary(min_size=1, max_size=60))
def test_any_body_is_a_message_or_refused(body: bytes) -> None:
    with contextlib.suppress(WireError):
        assert Decoder().feed(len(body).to_bytes(4, "big") + body)


def test_what_is_no_message_is_refused_without_quoting_it() -> None:
    body = b"\xb2440308199901101512"
    with pytest.raises(WireError, match="not a message") as raised:
        Decoder().feed(len(body).to_bytes(4, "big") + body)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_an_unknown_kind_is_refused() -> None:
    frame = bytes(encode(Cancel("a1"))).replace(b"cancel", b"cancex")
    with pytest.raises(WireError, match="not a message"):
        Decoder().feed(frame)


def test_consumed_bytes_are_overwritten() -> None:
    decoder = Decoder()
    whole = bytes(encode(Event("a1", "text", b"440308199901101512")))
    decoder.feed(whole + whole[:10])
    assert b"440308" not in bytes(decoder._buffer)
    assert decoder.pending_bytes == 10


def test_settings_do_not_show_in_a_repr() -> None:
    assert "hidden" not in repr(Configure(DeviceClass.RECEIPT_PRINTER, "escpos", {"secret": "hidden"}))


def test_a_payload_does_not_show_in_a_repr() -> None:
    shown = [
        repr(Command("a1", "readRawData", 1.0, b"440308199901101512")),
        repr(Event("a1", "step", b"440308199901101512")),
        repr(Completion("a1", CompletionCode.SUCCESS, None, b"440308199901101512")),
    ]
    assert all("18 bytes" in text and "4403" not in text for text in shown)


def test_the_published_schema_is_up_to_date() -> None:
    assert SCHEMA_PATH.read_text(encoding="utf-8") == schema(), "run: python -m devices.wire"
