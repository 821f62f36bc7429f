"""After a visit nothing of the citizen is in the memory of the process that held the client.

The process runs with the forgetting allocator of `kiosk.base.memory`, as the terminal does; its memory is read from here.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.base.clock import SystemClock
from kiosk.base.memory import WANTED
from kiosk.central.client import CentralClient
from kiosk.central.contract import FactorMethod, FundStatement, Period
from kiosk.central.department import DepartmentAnswer
from kiosk.central.process import CentralProcess
from kiosk.central.settings import CentralSettings
from tests.provisioning.platform.departments.asking import item_code
from tests.provisioning.platform.running import PASSWORD, ROOT, SPECIMEN, PlatformProcess

# runs in the child: the citizen's data comes through the pipe and is dropped before the client is closed
_VISIT = """
import gc, json, os, sys
from kiosk.central.client import CentralClient, CentralSettings
from kiosk.central.contract import FactorMethod, FundStatement, Period
from kiosk.central.department import DepartmentAnswer

client = CentralClient(CentralSettings(sys.argv[1], "T-7", "0"))

def visit():
    person = json.loads(os.read(0, 4096))
    client.open_visit("visit-1")
    client.verify(FactorMethod.PASSWORD, person["id_number"], person["name"], person["wrong"])
    client.verify(FactorMethod.PASSWORD, person["id_number"], person["name"], person["secret"])
    statement = client.statement(Period.ALL)
    assert isinstance(statement, FundStatement) and statement.account.name == person["name"]
    answer = client.department(sys.argv[2], sys.argv[3])
    assert isinstance(answer, DepartmentAnswer) and answer.values["name"] == person["name"]
    client.hello()
    return statement, answer

kept = visit()
print("shown", flush=True)
os.read(0, 1)
del kept
client.close_visit()
gc.collect()
print("closed", flush=True)
os.read(0, 1)
"""


def _found_in(pid: int, needles: dict[str, bytes]) -> set[str]:
    """Which needles are in the private memory of a process."""
    found = set()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if match is None:
                continue
            start, end = (int(part, 16) for part in match.groups())
            memory.seek(start)
            try:
                content = memory.read(end - start)
            except OSError:
                continue  # a mapping of the kernel's own
            found |= {name for name, needle in needles.items() if needle in content}
    return found


def _spellings(texts: dict[str, str]) -> dict[str, bytes]:
    return {
        f"{what} {code}": text.encode(code)
        for what, text in texts.items()
        for code in ("utf-8", "utf-16-le", "gb18030")
    }


@pytest.fixture
def told(
    platform_process: PlatformProcess, make_client: Callable[..., CentralClient]
) -> tuple[FundStatement, DepartmentAnswer]:
    """What the platform tells of the specimen."""
    client = make_client(platform_process.port)
    client.open_visit("visit-1")
    client.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
    statement = client.statement(Period.ALL)
    assert isinstance(statement, FundStatement)
    answer = client.department(item_code("public-credit"), "loan")
    assert isinstance(answer, DepartmentAnswer)
    return statement, answer


def test_the_process_forgets_the_citizen_with_the_visit(
    platform_process: PlatformProcess, told: tuple[FundStatement, DepartmentAnswer]
) -> None:
    statement, answer = told
    texts = {
        "id number": SPECIMEN[0],
        "name": SPECIMEN[1],
        "account": statement.account.account_number,
        "cell of a row": str(answer.rows[-1]["content"]),
        "newest document": str(answer.rows[0]["document_number"]),
    }
    needles = _spellings(texts)
    person = {"id_number": SPECIMEN[0], "name": SPECIMEN[1], "secret": PASSWORD, "wrong": "wr0ng-secret"}
    command = [sys.executable, "-c", _VISIT, f"http://127.0.0.1:{platform_process.port}"]
    command += [item_code("public-credit"), "loan"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **WANTED}
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(json.dumps(person, ensure_ascii=False).encode())
            child.stdin.flush()
            assert child.stdout.readline() == b"shown\n"
            # while it is shown it is there: the search itself works
            shown = {"id number utf-8", "name utf-16-le", "account utf-8"}
            shown |= {"cell of a row utf-16-le", "newest document utf-16-le"}
            assert shown <= _found_in(child.pid, needles)
            child.stdin.write(b".")
            child.stdin.flush()
            assert child.stdout.readline() == b"closed\n"
            assert _found_in(child.pid, needles | {"wrong secret": b"wr0ng-secret"}) == set()
        finally:
            child.kill()


@pytest.mark.allow_processes("the central process is ended in the test itself, after its memory was read")
def test_the_central_process_forgets_what_a_department_answered(
    platform_process: PlatformProcess,
) -> None:
    settings = CentralSettings(f"http://127.0.0.1:{platform_process.port}", "T-7", "0")
    central = CentralProcess(settings, SystemClock())
    try:
        line = central.lines[0]
        line.open_visit("visit-of-this-test")
        line.verify(FactorMethod.PASSWORD, *SPECIMEN, PASSWORD)
        answer = line.department(item_code("public-credit"), "loan")
        assert isinstance(answer, DepartmentAnswer)
        assert central.pid is not None
        # the visit's number is kept as long as the visit: the search itself works
        assert _found_in(central.pid, {"visit": b"visit-of-this-test"}) == {"visit"}
        line.close_visit()
        # not the id number: the guard of the logs has the published specimens' as constants
        texts = {
            "name": SPECIMEN[1],
            "last cell": str(answer.rows[-1]["content"]),
            "newest document": str(answer.rows[0]["document_number"]),
            "report": str(answer.values["report_number"]),
            "code": str(answer.verification_code),
            "visit": "visit-of-this-test",
        }
        assert _found_in(central.pid, _spellings(texts)) == set()
    finally:
        central.stop()
