"""The hand at the barcode reader: codes are checked one by one, refused ones leave it waiting, and nothing outlives its visit."""

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from devices.barcode_reader.reader import CodeRefused, ReadOutcome
from devices.barcode_reader.types import BarcodeRead, Symbology
from devices.outcomes import Cancelled, Done, OutcomeReceiver
from kiosk.base.clock import ManualClock
from kiosk.base.errors import Problem
from kiosk.documents.terminal_number import TerminalNumber
from kiosk.session import effects, events
from kiosk.terminal.slip_codes import MOST_INTERRUPTIONS, CodeCheck, SlipCodes
from tests.kiosk.documents.test_slip_code import NOW, NUMBER, Fleet

PATIENCE_S = 8.0


class FakeReader:
    """Remembers what it was asked; a test answers."""

    def __init__(self) -> None:
        self.reads: queue.SimpleQueue[tuple[str, Callable[[CodeRefused], None], Callable[[ReadOutcome], None]]] = (
            queue.SimpleQueue()
        )
        self.actions: list[str] = []
        self.cancelled: list[str] = []
        self.forgotten = 0

    def read(
        self,
        action_id: str,
        timeout_s: float,
        on_event: Callable[[CodeRefused], None],
        on_outcome: Callable[[ReadOutcome], None],
    ) -> None:
        assert timeout_s == 0
        self.actions.append(action_id)
        self.reads.put((action_id, on_event, on_outcome))

    def forget(self, action_id: str, timeout_s: float, on_outcome: OutcomeReceiver) -> None:
        assert action_id
        assert timeout_s > 0
        self.forgotten += 1
        on_outcome(Done())

    def cancel(self, action_id: str) -> None:
        self.cancelled.append(action_id)


class Bench:
    def __init__(self, number_of: Callable[[str], str | Problem]) -> None:
        self.reader = FakeReader()
        self.posted: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.hand = SlipCodes(self.reader, number_of, self.posted.put)

    def begin(self, number: int = 5) -> None:
        assert self.hand.run(effects.ReadSlipCode("v1", number))

    def show(self, text: str) -> None:
        """A code before the reader that waits."""
        self.reader.reads.get(timeout=PATIENCE_S)[2](BarcodeRead(Symbology.QR_CODE, text))

    def next(self) -> object:
        return self.posted.get(timeout=PATIENCE_S)

    def wiped(self) -> bool:
        done = threading.Event()
        self.hand.wipe(done.set)
        return done.wait(PATIENCE_S)


@pytest.fixture
def bench() -> Iterator[Bench]:
    one = Bench(lambda text: NUMBER if text == "good" else Problem("slip_code.damaged"))
    yield one
    one.hand.stop()


def test_after_a_refused_code_the_reader_goes_on_waiting_and_takes_the_next(bench: Bench) -> None:
    bench.begin()
    bench.show("bad")
    assert bench.next() == events.SlipCodeSeen("v1", 5)
    assert bench.next() == events.SlipCodeRefused("v1", 5, Problem("slip_code.damaged"))
    bench.show("good")
    assert bench.next() == events.SlipCodeSeen("v1", 5)
    assert bench.next() == events.SlipCodeRead("v1", 5, NUMBER)
    assert len(set(bench.reader.actions)) == 2, "no action id is used twice"


def test_what_the_device_refuses_is_told_and_the_same_read_goes_on(bench: Bench) -> None:
    bench.begin()
    _, on_event, _ = bench.reader.reads.get(timeout=PATIENCE_S)
    on_event(CodeRefused(Problem("barcode.unreadable")))
    assert bench.next() == events.SlipCodeRefused("v1", 5, Problem("barcode.unreadable"))
    assert len(bench.reader.actions) == 1


def test_a_host_that_is_lost_is_asked_again_but_not_without_bound(bench: Bench) -> None:
    bench.begin()
    for _ in range(MOST_INTERRUPTIONS + 1):
        bench.reader.reads.get(timeout=PATIENCE_S)[2](Problem("barcode.interrupted"))
    assert bench.next() == events.SlipCodeStopped("v1", 5)
    assert len(bench.reader.actions) == MOST_INTERRUPTIONS + 1


def test_a_reader_that_is_gone_leaves_the_typed_number(bench: Bench) -> None:
    bench.begin()
    bench.reader.reads.get(timeout=PATIENCE_S)[2](Problem("barcode.gone"))
    assert bench.next() == events.SlipCodeStopped("v1", 5)


def test_what_is_given_up_is_cancelled_and_its_late_code_is_dropped(bench: Bench) -> None:
    bench.begin()
    action_id, _, on_outcome = bench.reader.reads.get(timeout=PATIENCE_S)
    assert bench.hand.run(effects.StopSlipCode("v1", 6))
    assert bench.reader.cancelled == [action_id]
    on_outcome(Cancelled())
    on_outcome(BarcodeRead(Symbology.QR_CODE, "good"))  # came in the same moment
    assert bench.next() == events.SlipCodeSeen("v1", 5)  # which nobody awaits any more
    assert bench.wiped()
    assert bench.posted.empty()
    assert bench.reader.forgotten == 1


def test_the_next_visit_has_its_own_read(bench: Bench) -> None:
    bench.begin(5)
    assert bench.wiped()
    assert bench.hand.run(effects.ReadSlipCode("v2", 9))
    old = bench.reader.reads.get(timeout=PATIENCE_S)
    old[2](Problem("barcode.interrupted"))  # of the visit before: not asked again
    bench.show("good")
    assert bench.next() == events.SlipCodeSeen("v2", 9)
    assert bench.next() == events.SlipCodeRead("v2", 9, NUMBER)
    assert not bench.hand.run(effects.CallCard("v2", 10))


def test_without_a_reader_the_wipe_asks_nobody() -> None:
    reader = FakeReader()
    hand = SlipCodes(reader, lambda _text: NUMBER, lambda _event: None, is_there=False)
    done = threading.Event()
    hand.wipe(done.set)
    assert done.wait(PATIENCE_S)
    hand.stop()
    assert reader.forgotten == 0


def test_the_signature_is_checked_in_a_child_against_the_fleets_keys(tmp_path: Path) -> None:
    fleet = Fleet()
    key_list, list_key = tmp_path / "list.json", tmp_path / "list.pem"
    key_list.write_bytes(fleet.key_list())
    list_key.write_bytes(fleet.signer.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    check = CodeCheck(key_list, list_key, ManualClock(NOW))
    code = fleet.code()
    assert check(code) == NUMBER
    assert check(code[:-20]) == Problem("slip_code.damaged")
    assert CodeCheck(tmp_path / "none", list_key, ManualClock(NOW))(code) == Problem("slip_code.not_judged")


def test_other_codes_are_told_apart_without_any_child(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise AssertionError("no child is needed")

    monkeypatch.setattr("subprocess.run", nobody)
    check = CodeCheck(Path("/none"), Path("/none"), ManualClock())
    typed = TerminalNumber("XH-01", 1, 7).text
    assert check(f" {typed.lower()}\r") == typed
    for text in ("https://example.org/health?id=1", "", "6901234567892", "BDY1." + "A" * 5000):
        assert check(text) == Problem("slip_code.not_a_slip")
