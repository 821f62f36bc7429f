"""No process of a terminal leaves a core, and none lets another program of the same user read what is alive in it.

The terminal runs here without any capability and in a group of its own, as a service does: otherwise root's rights would hide what
is asked. The machine's administrator can read every process; what is found then after a visit: `test_submission_endings`.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.consultation import AS_A_SERVICE, Desk

pytestmark = [
    pytest.mark.xdist_group("submission residue"),
    pytest.mark.allow_processes("the hall's platform, lab and terminal live as long as this file's tests"),
]
_TRY = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
for pid in map(int, sys.argv[1:]):
    try:
        os.close(os.open(f"/proc/{pid}/mem", os.O_RDONLY))
        can = ["read"]
    except OSError:
        can = []
    if libc.ptrace(0x4206, pid, None, None) == 0:  # PTRACE_SEIZE: takes hold without a stop; let go at the end
        can.append("trace")
    print(pid, *can)
"""


@pytest.fixture
def pids(desk: Desk) -> dict[str, int]:
    """Of all processes of the terminal. Each has said that it is ready: until then nobody hands it anything."""
    for device in ("receipt_printer", "sheet_printer", "document_camera"):
        desk.hall.terminal.do("wait_device", device=device, state="online")
    return {"terminal": desk.hall.terminal.pid, **desk.hall.terminal.do("pids")}


@pytest.fixture
def open_one() -> Iterator[int]:
    """The control: a process of the same user that refuses nothing."""
    program = "import sys; print(flush=True); sys.stdin.read()"
    command = [*AS_A_SERVICE, sys.executable, "-c", program]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    yield process.pid
    process.communicate(timeout=5)


def is_dumpable(pid: int) -> bool:
    """The kernel gives root what lies in ``/proc/PID`` of a process that is not (proc(5))."""
    told = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    ours = [re.search(rf"^{kind}:\s+\d+\s+(\d+)", told, re.MULTILINE) for kind in ("Uid", "Gid")]
    found = Path(f"/proc/{pid}/mem").stat()
    assert all(ours)
    user, group = (int(one[1]) for one in ours if one is not None)
    assert (user, group) != (0, 0), "as root in root's group nobody can tell"
    return (found.st_uid, found.st_gid) == (user, group)


def test_every_process_is_there(pids: dict[str, int]) -> None:
    devices = {"id_card_reader", "receipt_printer", "sheet_printer", "document_camera"}
    assert set(pids) == {"terminal", "central", "store"} | devices


def test_none_may_leave_a_core(pids: dict[str, int]) -> None:
    for name, pid in pids.items():
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
        assert re.search(r"Max core file size\s+0\s+0\s", limits), name


def test_none_may_be_dumped_or_read(pids: dict[str, int], open_one: int) -> None:
    assert {name for name, pid in pids.items() if is_dumpable(pid)} == set()
    assert is_dumpable(open_one)
    command = [*AS_A_SERVICE, sys.executable, "-c", _TRY, *map(str, (*pids.values(), open_one))]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    can = {int(line.split()[0]): line.split()[1:] for line in told.splitlines()}
    assert {name: can[pid] for name, pid in pids.items() if can[pid]} == {}
    assert "read" in can[open_one]
