"""Emulator of an EF01 fingerprint module on a pseudo-terminal: fingers to lay, buffers, a password, and its line's faults.

Source: as `devices.fingerprint_reader.packet_codec`; packets are made and parsed here once more on purpose, so that a mistake there
is not mirrored. Its templates are made up of a finger's name: nothing of a person.
"""

import hashlib

from devices.emulators.pty_device import Arguments, Effect, Known
from devices.emulators.serial_device import SerialDevice

FINGERS = ("right_thumb", "right_index", "right_middle", "left_thumb", "left_index")
QUALITIES = {"good": 0x00, "wet": 0x06, "partial": 0x07, "moving": 0x03}
CONTENT_BYTES = 128
TEMPLATE_BYTES = 512
_COMMAND, _DATA, _ACKNOWLEDGE, _END = 1, 2, 7, 8
_SAME_SCORE, _OTHER_SCORE = 137, 4


def frame(kind: int, content: bytes) -> bytes:
    """A packet of the module with the factory address."""
    length = len(content) + 2
    check = kind + (length >> 8) + (length & 0xFF) + sum(content)
    return (
        b"\xef\x01\xff\xff\xff\xff"
        + bytes((kind,))
        + length.to_bytes(2, "big")
        + content
        + (check & 0xFFFF).to_bytes(2, "big")
    )


def features(finger: str, size: int) -> bytes:
    """What the module makes of a finger: the same for each good press."""
    return hashlib.shake_128(finger.encode()).digest(size)


class FingerprintReaderEmulator(SerialDevice):
    """The module.

    Actions: ``lay`` (``finger`` one of `fingers`, ``quality`` good, wet, partial or moving), ``lift``; ``wrong_check`` and ``miss``
    (``count``) spoil and swallow so many answers; ``wrong_password``, ``no_match`` (the module knows no comparing) and ``torn_upload``
    (the next template stops half-way) last until ``normal``; besides those of `SerialDevice`.
    """

    name = "fingerprint_reader"

    def __init__(self, is_paced: bool = True) -> None:
        super().__init__(57600, is_paced)
        self._heard = bytearray()
        self._finger: str | None = None
        self._quality = "good"
        self._image: tuple[str, str] | None = None
        self._buffers = {1: b"", 2: b""}
        self._download_to = 0
        self._download = bytearray()

    @property
    def settings(self) -> dict[str, object]:
        """The driver's settings that fit this module."""
        return {"driver": "serial", "port": self.port, "baud_rate": 57600}

    def _own_state(self) -> dict[str, object]:
        return {
            "finger": self._finger,
            "quality": self._quality if self._finger is not None else None,
            "buffers_blank": not any(any(buffer) for buffer in self._buffers.values()),
            "fingers": list(FINGERS),
            "qualities": list(QUALITIES),
        }

    def _own_actions(self) -> dict[str, Known]:
        return {
            "lay": self._lay,
            "lift": lambda _: self._lift,
            "wrong_check": self._lasting("wrong_check", 1),
            "miss": self._lasting("miss", 1),
            "wrong_password": self._lasting("wrong_password", 1),
            "no_match": self._lasting("no_match", 1),
            "torn_upload": self._lasting("torn_upload", 1),
        }

    def _lay(self, arguments: Arguments) -> Effect:
        finger, quality = str(arguments.get("finger", "right_index")), str(arguments.get("quality", "good"))
        if finger not in FINGERS or quality not in QUALITIES:
            raise ValueError(f"没有这样的手指 / there is no such finger: {finger!r}, {quality!r}")

        def effect() -> None:
            self._finger, self._quality = finger, quality

        return effect

    def _lift(self) -> None:
        self._finger = None

    # -- the module ----------------------------------------------------------------------------------------------

    def _take(self, data: bytes) -> None:
        self._heard += data
        while (at := self._heard.find(b"\xef\x01\xff\xff\xff\xff")) >= 0:
            del self._heard[:at]
            if len(self._heard) < 9:
                return
            length = int.from_bytes(self._heard[7:9], "big")
            if len(self._heard) < 9 + length:
                return
            kind, content = self._heard[6], bytes(self._heard[9 : 7 + length])
            if bytes(self._heard[: 9 + length]) != frame(kind, content):
                del self._heard[:2]
                self._answer(0x01)
                continue
            del self._heard[: 9 + length]
            if kind == _COMMAND:
                self._obey(content[0], content[1:])
            elif kind in (_DATA, _END) and self._download_to:
                self._download += content
                if kind == _END:
                    self._buffers[self._download_to] = bytes(self._download)
                    self._download_to = 0
                    self._count("downloads")

    def _answer(self, code: int, data: bytes = b"") -> None:
        if self._spend("miss"):
            return
        reply = frame(_ACKNOWLEDGE, bytes((code,)) + data)
        if self._spend("wrong_check"):
            reply = reply[:-1] + bytes((reply[-1] ^ 0x55,))
        self._say(reply)

    def _obey(self, instruction: int, parameters: bytes) -> None:
        self._count("instructions")
        if instruction == 0x13:
            self._answer(0x13 if "wrong_password" in self._faults or parameters != bytes(4) else 0x00)
        elif instruction == 0x0F:
            size = {32: 0, 64: 1, 128: 2, 256: 3}[CONTENT_BYTES]
            fields = (0, 0, 200, 3, 0xFFFF, 0xFFFF, size, 6)
            self._answer(0x00, b"".join(field.to_bytes(2, "big") for field in fields))
        elif instruction == 0x01:
            self._count("looks")
            self._image = (self._finger, self._quality) if self._finger is not None else None
            self._answer(0x02 if self._finger is None else 0x00)
        elif instruction == 0x02:
            self._make_features(parameters[0])
        elif instruction == 0x05:
            is_same = self._buffers[1][:256] == self._buffers[2][:256] and any(self._buffers[1])
            if is_same:
                self._buffers = dict.fromkeys((1, 2), self._buffers[1][:256] * 2)
            self._answer(0x00 if is_same else 0x0A)
        elif instruction == 0x08:
            self._answer(0x00)
            self._upload(self._buffers[parameters[0]])
        elif instruction == 0x09:
            self._download_to = parameters[0]
            self._download.clear()
            self._answer(0x00)
        elif instruction == 0x03 and "no_match" not in self._faults:
            is_same = self._buffers[1][:256] == self._buffers[2][:256]
            self._answer(0x00 if is_same else 0x08, (_SAME_SCORE if is_same else _OTHER_SCORE).to_bytes(2, "big"))
        else:
            self._answer(0x1E)

    def _make_features(self, buffer: int) -> None:
        if self._image is None:
            self._answer(0x15)
            return
        finger, quality = self._image
        if quality == "good":
            self._buffers[buffer] = features(finger, 256)
        self._answer(QUALITIES[quality])

    def _upload(self, template: bytes) -> None:
        places = range(0, len(template), CONTENT_BYTES)
        packets = [
            frame(_END if place == places[-1] else _DATA, template[place : place + CONTENT_BYTES]) for place in places
        ]
        if self._spend("torn_upload"):
            packets = packets[: len(packets) // 2]
        self._say(b"".join(packets))
        self._count("uploads")

    def _was_unplugged(self) -> None:
        self._heard.clear()
        self._image = None
        self._buffers = {1: b"", 2: b""}
        self._download_to = 0
