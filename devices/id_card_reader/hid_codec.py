"""The module's frames in USB HID reports: pure bytes.

Source: known from practice (one description; readers of vendor 0400, product C35A are common). Two ways are met: the whole frame cut
into reports, and adapters that take the preamble and the length away, so that a reply's length has to be known from what
was asked. A reader whose replies never become whole here would prove the second way wrong.
"""

from enum import Enum

from devices.id_card_reader.codec import LONGEST_LENGTH, PREAMBLE, TEXT_BYTES, Request, checksum

_HEAD = len(PREAMBLE) + 2
_STATUS_ONLY = 4
_DONE_LENGTHS = {Request.RESET: 4, Request.STATUS: 4, Request.MODULE_ID: 20, Request.SELECT: 12}
_FOUND, _DONE = 0x9F, 0x90
_FOUND_LENGTH = 8


class Framing(str, Enum):
    """How the adapter carries a frame."""

    WHOLE = "whole"
    STRIPPED = "stripped"


def reports(frame: bytes, framing: Framing, report_bytes: int, report_id: int = 0) -> list[bytes]:
    """Cuts a request's frame into output reports as hidraw wants them: the id, then `report_bytes` padded with zeros."""
    body = frame if framing is Framing.WHOLE else frame[_HEAD:]
    pieces = [body[at : at + report_bytes] for at in range(0, len(body), report_bytes)]
    return [bytes((report_id,)) + piece.ljust(report_bytes, b"\x00") for piece in pieces]


class StrippedReplies:
    """Makes whole frames of replies without preamble and length. Bounded; what it consumed is overwritten."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._asked: Request | None = None

    def expect(self, request: Request | None) -> None:
        """A request goes out: what came before belongs to none."""
        self.clear()
        self._asked = request

    def clear(self) -> None:
        """Overwrites and forgets what is held."""
        self._buffer[:] = bytes(len(self._buffer))
        self._buffer.clear()

    def feed(self, report: bytes) -> bytes:
        """Takes one input report; returns a frame when its reply is complete, with the wrong check byte if it came so.

        What follows the reply in its last report is padding.
        """
        self._buffer += report
        for length in self._lengths():
            if len(self._buffer) < length:
                return b""
            body = length.to_bytes(2, "big") + bytes(self._buffer[:length])
            is_last = length == self._lengths()[-1]
            if checksum(body) == 0 or is_last:
                self.clear()
                return PREAMBLE + body
        return b""

    def _lengths(self) -> list[int]:
        """How long the reply may be, the likeliest first; empty while that is not known."""
        if len(self._buffer) < 3:
            return []
        status = self._buffer[2]
        if status == _FOUND:
            return [_FOUND_LENGTH]
        if status != _DONE or self._asked is None:
            return [_STATUS_ONLY]
        if self._asked is not Request.READ:
            return [_DONE_LENGTHS.get(self._asked, _STATUS_ONLY)]
        if len(self._buffer) < 7:
            return []
        text, photo = int.from_bytes(self._buffer[3:5], "big"), int.from_bytes(self._buffer[5:7], "big")
        whole = 3 + 4 + text + photo + 1
        if text != TEXT_BYTES or whole + 2 > LONGEST_LENGTH:
            return [_STATUS_ONLY]
        return [whole, whole + 2]  # some modules send the length of the fingerprint too
