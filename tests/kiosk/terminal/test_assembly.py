"""A terminal put together from its configuration: every configured device has its process, and all of them end with it."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
import yaml

from devices.emulators.control import Emulator
from devices.emulators.described import DescribedEmulator
from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.emulators.mjpeg_camera import MjpegCameraEmulator
from devices.emulators.permit_rewriter import PermitRewriterEmulator
from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.emulators.sheet_printer import SheetPrinterEmulator
from devices.status import DeviceClass, DeviceState
from kiosk.base.clock import SystemClock
from kiosk.base.config import Config, load_config
from kiosk.services.catalogue import load_catalogue
from kiosk.session.state import Place
from kiosk.terminal.assembly import Surroundings, make_terminal, query_of
from kiosk.terminal.terminal import Terminal
from provisioning.terminal import init_demo
from tests.devices.ups.nut_server import NAME, nut_server

ROOT = Path(__file__).parents[3]
PATIENCE_S = 20.0
E = TypeVar("E", bound=Emulator)
BUILT_IN = {
    "id_card_reader",
    "receipt_printer",
    "sheet_printer",
    "cabinet",
    "document_camera",
    "ups",
    "permit_rewriter",
}


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Config]:
    """Seven devices: the three of every terminal, a described cabinet, a camera, a real upsd's supply, a permit rewriter."""
    with contextlib.ExitStack() as stack:

        def started(emulator: E) -> E:
            emulator.start()
            stack.callback(emulator.stop)
            return emulator

        for folder in ("sheets", "nut"):
            (tmp_path / folder).mkdir()
        document = yaml.safe_load(init_demo(tmp_path / "terminal").read_text(encoding="utf-8"))
        reader = started(IdCardReaderEmulator(is_paced=False))
        slips = started(ReceiptPrinterEmulator(paced=False))
        sheets = started(SheetPrinterEmulator(tmp_path / "sheets"))
        cabinet = started(DescribedEmulator(ROOT / "devices" / "profiles" / "io_board.yaml", is_paced=False))
        camera = started(MjpegCameraEmulator(width=320, height=240))
        rewriter = started(PermitRewriterEmulator(is_paced=False))
        supply = stack.enter_context(nut_server(tmp_path / "nut"))
        document["devices"] = {
            "id_card_reader": {"driver": "serial", "port": reader.port},
            "receipt_printer": {"driver": "escpos", "transport": "serial", "port": slips.port},
            "sheet_printer": {"driver": "file", "tcp_port": sheets.tcp_port},
            "cabinet": {"driver": "described", "port": cabinet.port, "profile": "io_board"},
            "document_camera": {"driver": "mjpeg", "url": camera.url},
            "permit_rewriter": {"driver": "serial", "port": rewriter.port},
            "ups": {"driver": "nut", "ups": NAME, "tcp_port": supply.port},
        }
        document["platform"] = {"url": "http://127.0.0.1:9"}
        file = tmp_path / "terminal" / "run.yaml"
        file.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
        yield load_config(file)


def _pump_until(terminal: Terminal, woken: threading.Event, has_come: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        woken.clear()
        terminal.pump()
        if has_come():
            return
        assert woken.wait(deadline - time.monotonic()), "it did not come"


@pytest.mark.xdist_group("upsd")
@pytest.mark.allow_log("platform_lost")  # there is no platform
def test_every_configured_device_is_a_process_of_its_own_and_all_end_within_two_seconds(config: Config) -> None:
    clock = SystemClock()
    terminal = make_terminal(config, clock)
    woken = threading.Event()
    terminal.set_waker(woken.set)
    surroundings = Surroundings(config, clock, terminal)
    known = terminal.session.availability
    try:
        surroundings.start()
        terminal.begin()

        def all_there() -> bool:
            devices = terminal.session.availability.devices
            return all(
                name in {device.value for device in devices} and devices[DeviceClass(name)].state is DeviceState.ONLINE
                for name in BUILT_IN
            )

        _pump_until(terminal, woken, all_there)
        # the rewriter's ledger is the running store's: nothing was open in it
        deadline = time.monotonic() + PATIENCE_S
        while surroundings.permits is None or surroundings.permits.problem is not None:
            assert time.monotonic() < deadline, "nobody looked into the permit rewriter"
            time.sleep(0.01)  # its own thread's state is the event; the deadline bounds the polling
        known = terminal.session.availability
        pids = surroundings.pids()
        statuses = surroundings.statuses()
    finally:
        before = time.monotonic()
        terminal.stop()
        surroundings.stop()
        took_s = time.monotonic() - before
    assert set(known.devices) == set(DeviceClass)
    assert {device.value for device, status in known.devices.items() if status.state is DeviceState.NO_DEVICE} == (
        {device.value for device in DeviceClass} - BUILT_IN
    )
    assert set(statuses) == BUILT_IN
    assert any(part.name.startswith("doors.") for part in statuses["cabinet"].parts)
    assert set(pids) == BUILT_IN | {"central", "store"}
    assert len(set(pids.values())) == len(pids)
    assert took_s <= 2
    assert not [pid for pid in pids.values() if Path(f"/proc/{pid}").exists()]


def test_what_a_department_may_answer_stands_in_the_items_own_file() -> None:
    catalogue = load_catalogue()
    asked = {item.key for item in catalogue.items if query_of(catalogue, item.item_code) is not None}
    assert asked == {item.key for item in catalogue.items if Place.ANSWER in {step.place for step in item.steps}}
    assert "social-insurance" in asked
    assert query_of(catalogue, "0" * 31) is None
