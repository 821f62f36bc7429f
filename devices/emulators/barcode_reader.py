"""Emulator of a serial barcode scanner on a pseudo-terminal: a window before which codes are held, and a light.

Source: the scanners' usual settings, known from practice; the commands are those of common serial triggers (SYN T CR and SYN U CR).
"""

import time

from devices.emulators.pty_device import Arguments, Effect, Known, whole
from devices.emulators.serial_device import SerialDevice

LIGHT_ON, LIGHT_OFF = b"\x16T\r", b"\x16U\r"
HELLO, HELLO_REPLY = b"\x05", b"\x06"

CODES: dict[str, tuple[str, bytes, str]] = {
    # name: identifier, content, label; nothing of a person
    "photo_receipt": ("]C0", b"SZ20261122000017", "相片采集回执条码 / photo receipt"),
    "slip": ("]Q1", "BY1|演示回执|0001-000042-7".encode(), "本机回执二维码 / the terminal's slip"),
    "slip_gb18030": ("]Q1", "演示回执,汉字按国标编码".encode("gb18030"), "GB18030 编码的二维码 / QR in GB18030"),
    "goods": ("]E0", b"6901234567892", "商品条码 / goods"),
    "health_code": ("]Q1", b"https://example.gov.cn/h?t=demo", "网址二维码 / a web address"),
}


class BarcodeReaderEmulator(SerialDevice):
    """The scanner.

    Actions: ``show`` (``code`` one of `codes`, or ``text`` for a QR code) holds a code before the window, which is sent once when the
    light is on or as soon as it goes on; ``take_away``; ``repeat`` (``ms``) makes it send what it sees again and again; ``torn``
    sends only the first half of the next code; ``not_text`` sends a code of bytes that are no text; ``too_long`` one that never
    ends in time; besides those of `SerialDevice`. The answer to `HELLO` is `HELLO_REPLY`.

    Args:
        is_triggered: whether it obeys `LIGHT_ON` and `LIGHT_OFF`; else the light is always on.
        is_framed: STX and ETX around each code.
        ending: after each code.
        has_identifier: the symbology identifier before each code.
    """

    name = "barcode_reader"

    def __init__(
        self,
        is_paced: bool = True,
        *,
        is_triggered: bool = True,
        is_framed: bool = False,
        ending: bytes = b"\r\n",
        has_identifier: bool = True,
    ) -> None:
        super().__init__(9600, is_paced)
        self._is_triggered = is_triggered
        self._is_framed = is_framed
        self._ending = ending
        self._has_identifier = has_identifier
        self._is_lit = not is_triggered
        self._shown: bytes | None = None
        self._shown_name: str | None = None
        self._heard = bytearray()
        self._generation = 0

    @property
    def settings(self) -> dict[str, object]:
        """The driver's settings that fit this scanner."""
        fitting: dict[str, object] = {"driver": "serial", "port": self.port, "baud_rate": 9600}
        fitting |= {"ending": "crlf", "framed": self._is_framed, "identifier": self._has_identifier}
        fitting |= {"hello": HELLO.hex(), "hello_reply": HELLO_REPLY.hex()}
        if self._is_triggered:
            fitting |= {"light_on": LIGHT_ON.hex(), "light_off": LIGHT_OFF.hex()}
        return fitting

    def _own_state(self) -> dict[str, object]:
        return {
            "lit": self._is_lit,
            "shown": self._shown_name,
            "codes": {name: label for name, (_, _, label) in CODES.items()},
        }

    def _own_actions(self) -> dict[str, Known]:
        return {
            "show": self._show,
            "take_away": lambda _: self._take_away,
            "repeat": self._lasting("repeat", 100),
            "torn": self._lasting("torn", 1),
            "not_text": lambda _: lambda: self._see(b"]Q1\x81\xff\x00\xfe", "not_text"),
            "too_long": self._too_long,
        }

    def _show(self, arguments: Arguments) -> Effect:
        if "text" in arguments:
            identifier, content, name = "]Q1", str(arguments["text"]).encode(), "text"
        else:
            name = str(arguments.get("code", "slip"))
            if name not in CODES:
                raise ValueError(f"没有“{name}”这个码 / there is no code {name!r}")
            identifier, content, _ = CODES[name]
        code = (identifier.encode() if self._has_identifier else b"") + content
        return lambda: self._see(code, name)

    def _too_long(self, arguments: Arguments) -> Effect:
        count = whole(arguments, "too_long", 8000)
        return lambda: self._see(b"]Q1" + b"7" * count, "too_long")

    def _see(self, code: bytes, name: str) -> None:
        self._shown, self._shown_name = code, name
        self._send_seen()

    def _take_away(self) -> None:
        self._shown = self._shown_name = None
        self._generation += 1

    def _send_seen(self) -> None:
        if self._shown is None or not self._is_lit:
            return
        if self._spend("torn"):
            self._say((b"\x02" if self._is_framed else b"") + self._shown[: len(self._shown) // 2])
        else:
            whole_code = self._shown + (b"" if self._is_framed else self._ending)
            self._say(b"\x02" + whole_code + b"\x03" + self._ending if self._is_framed else whole_code)
        self._count("codes")
        if repeat_ms := self._faults.get("repeat"):
            self._generation += 1
            generation = self._generation

            def again() -> None:
                if generation == self._generation:
                    self._send_seen()

            self._at(time.monotonic() + repeat_ms / 1000, again)

    def _take(self, data: bytes) -> None:
        self._heard += data
        while self._heard:
            known = next((order for order in (LIGHT_ON, LIGHT_OFF, HELLO) if self._heard.startswith(order)), None)
            if known is None:
                if len(self._heard) < len(LIGHT_ON) and LIGHT_ON.startswith(self._heard[:1]):
                    return
                del self._heard[:1]
                continue
            del self._heard[: len(known)]
            if known == HELLO:
                self._count("hellos")
                self._say(HELLO_REPLY)
            elif self._is_triggered and "silence" not in self._faults:
                self._is_lit = known == LIGHT_ON
                self._count("light_on" if self._is_lit else "light_off")
                if self._is_lit:
                    self._send_seen()

    def _was_unplugged(self) -> None:
        self._heard.clear()
        self._is_lit = not self._is_triggered
        self._generation += 1
