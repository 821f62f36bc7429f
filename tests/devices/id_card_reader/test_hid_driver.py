"""The HID driver on a device file that carries reports, with the emulated module behind it."""

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
from tests.devices.id_card_reader.hid_adapter import Adapter
from tests.devices.scenes import PATIENCE_S, QUICK, READER, Attempt, Heard, line_of


@contextmanager
def hid_scene(framing: str, report_id: int = 0) -> Iterator[tuple[IdCardReaderEmulator, IdCardReader, Heard, Adapter]]:
    with line_of() as emulator:
        adapter = Adapter(emulator, framing == "stripped", report_id)
        statuses = Heard()
        config = {"driver": "hid", "port": adapter.path, "framing": framing, "report_id": report_id, "times": QUICK}
        supervisor = Supervisor({READER: config}, lambda _, status: statuses.add(status))
        supervisor.start()
        try:
            statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
            yield emulator, IdCardReader(supervisor), statuses, adapter
        finally:
            supervisor.stop()
            adapter.close()


@pytest.mark.parametrize("report_id", [0, 1])
@pytest.mark.parametrize("framing", ["whole", "stripped"])
def test_a_card_is_read_through_reports(framing: str, report_id: int) -> None:
    with hid_scene(framing, report_id) as (emulator, reader, statuses, _):
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


@pytest.mark.allow_log("device_lost")
def test_a_pulled_plug_is_told_and_the_reader_comes_back() -> None:
    with hid_scene("whole") as (_, _, statuses, adapter):
        adapter.unplug()
        statuses.wait_for(lambda status: status.reason == "reader.gone")
        statuses.items.clear()
        adapter.plug()
        statuses.wait_for(lambda status: status.state is DeviceState.ONLINE)
