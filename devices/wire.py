"""The frame codec between a terminal and its device hosts: pure bytes, incremental, no socket inside.

A frame is four bytes of length, big-endian, and as many bytes of msgpack holding one `devices.messages.Message` (a
tagged union). The protocol is ours; its schema is generated into ``messages.schema.json`` by ``python -m devices.wire``.
"""

import json
import struct
import sys
from pathlib import Path

import msgspec

from devices.messages import Message

MAX_FRAME_BYTES = 32 * 1024 * 1024
"""Above a sheet of 360 lines by far; a longer frame is a broken peer."""

SCHEMA_PATH = Path(__file__).with_name("messages.schema.json")

_LENGTH = struct.Struct(">I")
_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)


class WireError(Exception):
    """The peer sent what is no frame; the connection cannot be used any more. Holds no content."""


def encode(message: Message) -> bytearray:
    """Returns one frame. The caller may overwrite the buffer after sending.

    Raises:
        WireError: the message is longer than `MAX_FRAME_BYTES`.
    """
    frame = bytearray(_LENGTH.size)
    _encoder.encode_into(message, frame, _LENGTH.size)
    length = len(frame) - _LENGTH.size
    if length > MAX_FRAME_BYTES:
        raise WireError("frame too long")
    _LENGTH.pack_into(frame, 0, length)
    return frame


class Decoder:
    """Turns received bytes into messages, however they were cut.

    What was consumed is overwritten with zeros, so that a citizen's data does not stay in a freed buffer.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes | bytearray | memoryview) -> list[Message]:
        """Takes bytes of any length, returns the messages that are complete now.

        Raises:
            WireError: too long a frame, or one that is no `Message`. The decoder must not be used afterwards.
        """
        self._buffer += data
        messages: list[Message] = []
        start = 0
        while len(self._buffer) - start >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer, start)
            if length > MAX_FRAME_BYTES:
                raise WireError("frame too long")
            end = start + _LENGTH.size + length
            if len(self._buffer) < end:
                break
            with memoryview(self._buffer) as view:
                try:
                    messages.append(_decoder.decode(view[start + _LENGTH.size : end]))
                except msgspec.DecodeError:
                    # neither the text nor the cause of msgspec's error may reach a log: it can quote the content
                    raise WireError("not a message") from None
            start = end
        if start:
            self._buffer[:start] = bytes(start)
            del self._buffer[:start]
        return messages

    @property
    def pending_bytes(self) -> int:
        """How many bytes of an unfinished frame are held."""
        return len(self._buffer)


def schema() -> str:
    """Returns the JSON schema of all messages, as the text of ``messages.schema.json``."""
    return json.dumps(msgspec.json.schema(Message), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":  # pragma: no cover - a command for developers
    SCHEMA_PATH.write_text(schema(), encoding="utf-8")
    sys.stdout.write(f"{SCHEMA_PATH}\n")
