"""A HID adapter before the emulated module: reports on one side, the module's serial line on the other.

This machine's kernel has neither hidraw nor uhid, so the device file is a pseudo-terminal that passes reports of 64 bytes; the
driver opens, locks, writes and reads it as it does a hidraw file. With a report id each report is led by it in both directions, as
the kernel's documentation of hidraw says; what the kernel itself does to reports this cannot show.
"""

import os
import select
import threading
from collections.abc import Callable

from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.emulators.pty_wire import PtyWire
from tests.devices.scenes import PATIENCE_S

REPORT = 64


class Adapter:
    """One thread; `unplug` and `plug` have taken effect when they return.

    Args:
        report_id: of its reports; 0: they have none, and the driver's are led by a zero.

    Attributes:
        path: of the device file, the same after it was unplugged.
    """

    def __init__(self, emulator: IdCardReaderEmulator, is_stripped: bool = False, report_id: int = 0) -> None:
        self._serial = os.open(emulator.port, os.O_RDWR | os.O_NOCTTY)
        self._wire = PtyWire("hidraw0", is_paced=False)
        self._wire.plug()
        self.path = self._wire.path
        self._is_stripped = is_stripped
        self._report_id = report_id
        self._wake = os.eventfd(0)
        self._asked: list[tuple[Callable[[], None], threading.Event]] = []
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="hid-adapter")
        self._thread.start()

    def unplug(self) -> None:
        """The device file is gone."""
        self._do(self._wire.cut)

    def plug(self) -> None:
        """It is there again."""
        self._do(self._wire.plug)

    def close(self) -> None:
        """Ends the thread and closes both sides."""
        self._is_stopping = True
        os.eventfd_write(self._wake, 1)
        self._thread.join(PATIENCE_S)
        self._wire.close()
        for descriptor in (self._serial, self._wake):
            os.close(descriptor)

    def _do(self, action: Callable[[], None]) -> None:
        done = threading.Event()
        self._asked.append((action, done))
        os.eventfd_write(self._wake, 1)
        assert done.wait(PATIENCE_S)

    def _run(self) -> None:
        waiting = bytearray()
        answer = bytearray()
        while True:
            watched = [self._serial, self._wake, *([self._wire.fileno()] if self._wire.is_plugged else [])]
            ready = select.select(watched, [], [])[0]
            if self._wake in ready:
                os.eventfd_read(self._wake)
                if self._is_stopping:
                    return
                while self._asked:
                    action, done = self._asked.pop(0)
                    action()
                    waiting.clear()
                    done.set()
                continue
            if self._wire.fileno() in ready:
                waiting += self._wire.receive()
                while len(waiting) >= 1 + REPORT:
                    assert waiting[0] == self._report_id, "not the report's id"
                    body = bytes(waiting[1 : 1 + REPORT])
                    del waiting[: 1 + REPORT]
                    os.write(self._serial, self._frame(body))
            if self._serial in ready:
                answer += os.read(self._serial, 4096)
                self._pass_on(answer)

    def _frame(self, body: bytes) -> bytes:
        if self._is_stripped:
            # every request of the driver has no data: CMD PARA CHK
            return b"\xaa\xaa\xaa\x96\x69\x00\x03" + body[:3]
        return body[: 7 + int.from_bytes(body[5:7], "big")]

    def _pass_on(self, answer: bytearray) -> None:
        """Whole frames as reports; bytes that begin none, as noise on the module's line, go no further."""
        while len(answer) >= 7:
            at = answer.find(b"\xaa\xaa\xaa\x96\x69")
            if at:
                del answer[: at if at > 0 else len(answer) - 4]
                continue
            size = 7 + int.from_bytes(answer[5:7], "big")
            if size > 4096:
                del answer[:1]
                continue
            if len(answer) < size:
                return
            frame = bytes(answer[:size])
            del answer[:size]
            body = frame[7:] if self._is_stripped else frame
            if not self._wire.is_plugged:
                continue
            for start in range(0, len(body), REPORT):
                number = bytes((self._report_id,)) if self._report_id else b""
                os.write(self._wire.fileno(), number + body[start : start + REPORT].ljust(REPORT, b"\x00"))
