"""The client in a process of its own: same answers, killed and started anew, aborted, ended with its parent."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from devices.emulators.network_cable import NetworkCable
from kiosk.base.clock import SystemClock
from kiosk.base.errors import Problem
from kiosk.central.contract import CodeSent, FactorAccepted, FactorMethod, FundStatement, Period, PlatformHello
from kiosk.central.department import DepartmentAnswer
from kiosk.central.process import CentralLine, CentralProcess
from kiosk.central.settings import CentralSettings
from tests.kiosk.central.scripted import http_reply, scripted_server
from tests.provisioning.platform.departments.asking import UNKNOWN_ITEM, item_code
from tests.provisioning.platform.running import PASSWORD, ROOT, SPECIMEN

pytestmark = pytest.mark.allow_processes("the central process lives as long as its fixture, which ends it")


@pytest.fixture
def central(cable: NetworkCable) -> Iterator[CentralProcess]:
    process = CentralProcess(
        CentralSettings(f"http://127.0.0.1:{cable.port}", "T-7", "test", read_timeout_s=5.0, deadline_s=6.0),
        SystemClock(),
    )
    process.start()
    yield process
    process.stop()


def confirmed(central: CentralProcess) -> CentralLine:
    line = central.lines[0]
    line.open_visit("v1")
    assert isinstance(line.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD), FactorAccepted)
    return line


def killed(central: CentralProcess) -> None:
    assert central.pid is not None
    gone = psutil.Process(central.pid)
    os.kill(gone.pid, signal.SIGKILL)
    gone.wait(5)


def test_a_visit_goes_through_next_door_with_the_contracts_own_values(central: CentralProcess) -> None:
    line = confirmed(central)
    statement = line.statement(Period.ALL)
    assert isinstance(statement, FundStatement)
    assert len(statement.entries) == 360
    assert line.traffic.calls == 2
    assert line.traffic.bytes_received > 50_000


def test_a_departments_answer_comes_from_next_door_as_it_was(central: CentralProcess) -> None:
    line = confirmed(central)
    code = item_code("medical-insurance")
    answer = line.department(code, "36")
    assert isinstance(answer, DepartmentAnswer)
    assert (answer.item_code, answer.choice, len(answer.rows)) == (code, "36", 72)
    assert answer.values["id_number"] == SPECIMEN[0]
    assert {type(value) for row in answer.rows for value in row.values()} == {str, int}
    assert line.department(UNKNOWN_ITEM, "") == Problem("central.request_refused")
    line.close_visit()
    assert line.department(code, "36") == Problem("central.no_visit")


def test_a_number_longer_than_any_wire_is_no_answer_and_ends_nothing() -> None:
    answer = {"item_code": UNKNOWN_ITEM, "choice": "", "as_of": "2026-11-21T23:04:00+08:00", "values": {"a": 10**30}}
    bodies = [json.dumps(body).encode() for body in ({"token": "a" * 64, "expires_in_s": 600}, answer)]
    with scripted_server(*(http_reply(body, extra="Connection: close\r\n") for body in bodies)) as port:
        central = CentralProcess(CentralSettings(f"http://127.0.0.1:{port}", "T-7", "test"), SystemClock())
        try:
            line = confirmed(central)
            before = central.pid
            assert line.department(UNKNOWN_ITEM, "") == Problem("central.unexpected_answer")
            assert central.pid == before
        finally:
            central.stop()


def test_both_lines_answer_side_by_side(central: CentralProcess, cable: NetworkCable) -> None:
    visits, hellos = central.lines
    visits.open_visit("v1")
    assert isinstance(hellos.hello(), PlatformHello)
    assert isinstance(visits.send_code(*SPECIMEN), CodeSent)


def test_problems_come_through_with_their_placeholders(central: CentralProcess) -> None:
    line = central.lines[0]
    line.open_visit("v1")
    refused = line.verify(FactorMethod.PASSWORD, *SPECIMEN, "000000")
    assert isinstance(refused, Problem)
    assert (refused.key, dict(refused.placeholders)) == ("identity.factor_refused", {"tries": "2"})
    assert isinstance(line.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD), FactorAccepted)


def test_a_killed_process_costs_one_call_and_the_visits_token(central: CentralProcess) -> None:
    line = confirmed(central)
    first = central.pid
    killed(central)
    answers = [line.statement(Period.YEAR) for _ in range(2)]
    assert {answer.key for answer in answers if isinstance(answer, Problem)} <= {
        "central.interrupted",
        "identity.token_expired",
    }
    assert isinstance(line.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD), FactorAccepted)
    assert isinstance(line.statement(Period.YEAR), FundStatement)
    assert central.pid not in (None, first)


def test_a_call_under_way_is_aborted_from_another_thread(central: CentralProcess, cable: NetworkCable) -> None:
    line = confirmed(central)
    cable.set_state("silent")
    aborter = threading.Timer(0.2, line.abort)
    aborter.start()
    answer = line.statement(Period.YEAR)
    aborter.join()
    assert answer == Problem("central.aborted")
    line.close_visit()
    assert line.statement(Period.YEAR) == Problem("central.no_visit")


def test_a_stopped_process_is_killed_after_the_deadline_and_the_next_call_finds_another(
    cable: NetworkCable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.central.process.GRACE_S", 0.2)
    settings = CentralSettings(f"http://127.0.0.1:{cable.port}", "T-7", "test", deadline_s=0.3)
    central = CentralProcess(settings, SystemClock())
    try:
        hellos = central.lines[1]
        central.start()
        assert central.pid is not None
        os.kill(central.pid, signal.SIGSTOP)
        assert hellos.hello() == Problem("central.slow")
        assert central.pid is None
    finally:
        central.stop()


def test_an_aborted_visit_stays_aborted_in_the_next_process(central: CentralProcess) -> None:
    line = confirmed(central)
    line.abort()
    killed(central)
    assert line.send_code(*SPECIMEN) == Problem("central.aborted")
    line.open_visit("v2")
    assert isinstance(line.send_code(*SPECIMEN), CodeSent)


def test_a_frame_that_does_not_fit_ends_the_process_and_holds_no_call(central: CentralProcess) -> None:
    visits, hellos = central.lines
    assert isinstance(hellos.hello(), PlatformHello)
    assert central.pid is not None
    process = psutil.Process(central.pid)
    central.end_of(0).sendall((3).to_bytes(4, "big") + b"xyz")
    process.wait(5)
    visits.open_visit("v1")
    assert central.pid not in (None, process.pid)


def test_a_call_that_the_process_does_not_know_is_answered_by_its_end(central: CentralProcess) -> None:
    line = central.lines[0]
    started = time.monotonic()
    assert line._call(PlatformHello, "noSuchCall") == Problem("central.interrupted")
    assert time.monotonic() - started < central.settings.deadline_s


def test_an_interrupt_from_the_keyboard_leaves_it_at_work(central: CentralProcess) -> None:
    line = central.lines[1]
    assert isinstance(line.hello(), PlatformHello)
    pid = central.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    assert isinstance(line.hello(), PlatformHello)
    assert central.pid == pid


def test_after_stop_no_call_starts_a_process_again(central: CentralProcess) -> None:
    central.stop()
    assert central.lines[0].hello() == Problem("central.interrupted")
    assert central.pid is None


def test_it_ends_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    code = (
        "from kiosk.base.clock import SystemClock\n"
        "from kiosk.central.process import CentralProcess\n"
        "from kiosk.central.settings import CentralSettings\n"
        "import time\n"
        "central = CentralProcess(CentralSettings('http://127.0.0.1:9', 'T-7', 'test'), SystemClock())\n"
        "central.start(); print(central.pid, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    child.wait(5)


def test_the_terminals_side_loads_no_network_library() -> None:
    code = (
        "import sys, kiosk.central.process, kiosk.terminal.central, kiosk.terminal.papers\n"
        "print([name for name in ('requests', 'urllib3', 'ssl', 'http.client', '_hashlib') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
