"""The HID driver on a device file that carries reports, with the emulated module behind it.

This machine's kernel has neither hidraw nor uhid, so the device file is a pseudo-terminal that passes reports of 64 bytes; the
driver opens, locks, writes and reads it as it does a hidraw file. What that cannot show: the kernel's own report ids.
"""

import os
import select
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.id_card_reader.hid_driver import make
from devices.id_card_reader.reader import IdCardReader
from devices.id_card_reader.types import CardRead
from devices.status import DeviceState
from devices.supervisor import Supervisor
from kiosk.base.errors import BudayangError
from tests.devices.scenes import PATIENCE_S, QUICK, READER, Attempt, Heard, line_of

REPORT = 64


class Adapter:
    """A HID adapter: reports on one pseudo-terminal, the module's serial line on the other."""

    def __init__(self, emulator: IdCardReaderEmulator, is_stripped: bool) -> None:
        self._serial = os.open(emulator.port, os.O_RDWR | os.O_NOCTTY)
        self._master, self._slave = os.openpty()
        tty.setraw(self._master)
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        self._is_stripped = is_stripped
        self._stop = os.eventfd(0)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        waiting = bytearray()
        answer = bytearray()
        while True:
            ready = select.select([self._master, self._serial, self._stop], [], [])[0]
            if self._stop in ready:
                return
            if self._master in ready:
                waiting += os.read(self._master, 4096)
                while len(waiting) >= 1 + REPORT:
                    assert waiting[0] == 0, "not the report's id"
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
        while len(answer) >= 7 and len(answer) >= (size := 7 + int.from_bytes(answer[5:7], "big")):
            frame = bytes(answer[:size])
            del answer[:size]
            body = frame[7:] if self._is_stripped else frame
            for at in range(0, len(body), REPORT):
                os.write(self._master, body[at : at + REPORT].ljust(REPORT, b"\x00"))

    def close(self) -> None:
        os.eventfd_write(self._stop, 1)
        self._thread.join(PATIENCE_S)
        for descriptor in (self._serial, self._master, self._slave, self._stop):
            os.close(descriptor)


@contextmanager
def hid_scene(framing: str) -> Iterator[tuple[IdCardReaderEmulator, IdCardReader, Heard, Adapter]]:
    with line_of() as emulator:
        adapter = Adapter(emulator, framing == "stripped")
        statuses = Heard()
        config = {"driver": "hid", "port": adapter.path, "framing": framing, "times": QUICK}
        supervisor = Supervisor({READER: config}, lambda _, status: statuses.add(status))
        supervisor.start()
        try:
            statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
            yield emulator, IdCardReader(supervisor), statuses, adapter
        finally:
            supervisor.stop()
            adapter.close()


@pytest.mark.parametrize("framing", ["whole", "stripped"])
def test_a_card_is_read_through_reports(framing: str) -> None:
    with hid_scene(framing) as (emulator, reader, statuses, _):
        assert statuses.items[-1].module_id == "05.01-20160101-000012345-012345678"
        emulator.do("lay", {"card": "resident"})
        attempt = Attempt()
        reader.read("a1", PATIENCE_S, attempt.events.add, attempt.outcomes.add)
        outcome = attempt.outcome()
        assert isinstance(outcome, CardRead), outcome
        assert outcome.text.name == "李思远"


def test_one_device_has_one_driver() -> None:
    with line_of() as emulator:
        adapter = Adapter(emulator, is_stripped=False)
        settings: dict[str, object] = {"port": adapter.path, "times": QUICK}
        first, second = make(settings), make(settings)
        try:
            assert first.open().state is DeviceState.ONLINE
            assert second.open().state is DeviceState.STARTING  # one miss of three
        finally:
            first.close()
            second.close()
            second.close()
            adapter.close()


def test_a_device_file_that_is_not_there_is_gone_after_three_looks() -> None:
    driver = make({"port": "/dev/hidraw-none"})
    assert [driver.open().state for _ in range(3)][-1] is DeviceState.POWER_OFF
    driver.close()


@pytest.mark.parametrize("settings", [{}, {"port": "x", "report_bytes": 1}, {"port": "x", "framing": "other"}])
def test_a_wrong_configuration_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(BudayangError):
        make(settings)
