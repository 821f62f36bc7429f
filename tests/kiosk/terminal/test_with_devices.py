"""A whole terminal with the devices that the consultation and its query use: a real scanner's wire, a real camera's, a real store."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from devices.emulators.barcode_reader import BarcodeReaderEmulator
from devices.emulators.mjpeg_camera import MjpegCameraEmulator
from kiosk.base.clock import SystemClock
from kiosk.base.config import Config, load_config
from kiosk.documents.attestation import Attestation, load_private_key, sign_attestation
from kiosk.documents.terminal_number import TerminalNumber
from kiosk.services.flow import make_flow
from kiosk.session import events
from kiosk.session.staff import StaffAct
from kiosk.session.state import NumberPage, Place, StaffPage
from kiosk.terminal.assembly import Surroundings, make_terminal
from provisioning.terminal import init_demo

PATIENCE_S = 60.0


class Hall:
    """A running terminal without screens, whose owner is the test."""

    def __init__(self, config: Config) -> None:
        self.config = config
        clock = SystemClock()
        self.terminal = make_terminal(config, clock)
        self.woken = threading.Event()
        self.terminal.set_waker(self.woken.set)
        self.surroundings = Surroundings(config, clock, self.terminal)
        self.surroundings.start()
        self.terminal.begin()

    def close(self) -> None:
        self.terminal.stop()
        self.surroundings.stop()

    def until(self, has_come: Callable[[], bool]) -> None:
        """Pumps until then."""
        deadline = time.monotonic() + PATIENCE_S
        while not has_come():
            self.woken.clear()
            self.terminal.pump()
            if not has_come():
                due = self.terminal.next_in()
                left = deadline - time.monotonic()
                assert left > 0, self.terminal.session.visit.page
                self.woken.wait(left if due is None else min(due, left))

    @property
    def page(self) -> object:
        return self.terminal.session.visit.page

    def here(self, kind: Callable[..., object], *values: object) -> None:
        self.terminal.post(kind(self.terminal.session.visit.page_serial, *values))
        self.terminal.pump()


@pytest.fixture
def scanner() -> Iterator[BarcodeReaderEmulator]:
    emulator = BarcodeReaderEmulator(is_paced=False)
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def hall(tmp_path: Path, scanner: BarcodeReaderEmulator) -> Iterator[Hall]:
    with contextlib.ExitStack() as stack:
        camera = MjpegCameraEmulator(width=320, height=240)
        camera.start()
        stack.callback(camera.stop)
        file = init_demo(tmp_path / "terminal")
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        document["devices"] = {
            "barcode_reader": scanner.settings,
            "document_camera": {"driver": "mjpeg", "url": camera.url},
        }
        document["offline"] = {"free_mib": 64}
        document.pop("reference", None)
        file.write_text(yaml.safe_dump(document), encoding="utf-8")
        one = Hall(load_config(file))
        stack.callback(one.close)
        yield one


def slip_code(config: Config, number: str) -> str:
    """As this terminal's slips bear it."""
    said = Attestation(
        version=1,
        key_id=config.keys.attestation_key_id,
        terminal_id=config.terminal_id,
        printed_at=int(datetime.now(UTC).timestamp()),
        terminal_number=number,
        item_code="11320600MB9990055M3322016001001",
        pages=1,
        name_masked="样*",
        id_masked="4403**********1512",
        date_from="2026-11-22",
        date_to="2026-11-22",
        rows=0,
        balance_fen=0,
        sum_fen=0,
        digest=bytes(32),
        page_digests=b"",
    )
    return sign_attestation(said, load_private_key(config.keys.attestation_private))


@pytest.mark.allow_log("platform_lost|input_dropped")  # there is no platform
def test_a_slip_held_before_the_scanner_is_taken_and_a_damaged_one_is_told(
    hall: Hall, scanner: BarcodeReaderEmulator
) -> None:
    def shown() -> NumberPage:
        assert isinstance(hall.page, NumberPage)
        return hall.page

    number = TerminalNumber("XH-01", 1, 7).text
    code = slip_code(hall.config, number)
    item = hall.terminal.catalogue.find("case-progress")
    assert item is not None
    hall.terminal.post(events.Start("a" * 32))
    hall.terminal.pump()
    hall.here(events.ChooseItem, item.item_code)
    hall.here(events.Begin, make_flow(item))
    hall.until(lambda: shown().scans)  # the scanner's host may come after the page
    scanner.do("show", {"text": code[:-20]})
    hall.until(lambda: shown().problem is not None)
    assert shown().problem is not None
    assert shown().problem.key == "slip_code.damaged"  # type: ignore[union-attr]
    scanner.do("show", {"text": code})
    hall.until(lambda: hall.terminal.session.visit.page.place is Place.IDENTIFY)
    assert hall.terminal.session.visit.slip_number == number


@pytest.mark.allow_log("platform_lost|staff_refused")  # there is no platform; a wrong PIN
def test_staff_see_the_real_store_and_have_it_sent(hall: Hall) -> None:
    def page() -> StaffPage:
        assert isinstance(hall.page, StaffPage)
        return hall.page

    hall.terminal.post(events.CallStaff("b" * 32))
    hall.terminal.pump()
    hall.here(events.EnterPin, "000000")
    hall.until(lambda: page().problem is not None)
    hall.here(events.EnterPin, "135790")
    hall.until(lambda: page().board is not None and page().board.problem is None)  # type: ignore[union-attr]
    board = page().board
    assert board is not None
    assert board.queued == 0
    assert board.vault
    first = board.at
    hall.until(lambda: page().board is not None and page().board.at != first)  # type: ignore[union-attr]
    hall.here(events.ActAsStaff, StaffAct.DRAIN)
    hall.until(lambda: page().told is not None)
    assert page().told.key == "staff.drain_begun"  # type: ignore[union-attr]


@pytest.mark.allow_log("platform_lost")  # there is no platform
def test_the_camera_s_frames_reach_the_screens_only_while_they_may_be_seen(hall: Hall) -> None:
    from kiosk.session import effects

    def frame_came() -> bool:
        frame = hall.terminal.paper.take()
        if frame is None:
            return False
        with frame.pixels() as pixels:
            assert len(pixels) == frame.width * frame.height * 3
        assert (frame.width, frame.height) == (320, 240)
        frame.close()
        return True

    hall.until(lambda: "document_camera" in hall.surroundings.pids())
    hall.terminal._run(effects.ShowPaper("c" * 32, 1))
    deadline = time.monotonic() + PATIENCE_S
    while not frame_came():
        assert time.monotonic() < deadline
        time.sleep(0.01)  # frames wake nobody: the screens look by themselves; the deadline bounds it
    hall.terminal._run(effects.HidePaper("c" * 32, 2))
    assert hall.terminal.paper.take() is None
