"""A process of ours ends with its parent and keeps its memory and files to itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]


def _run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_no_core_no_reading_by_others_and_files_of_the_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "mine"
    program = (
        "import ctypes, resource\n"
        "from kiosk.base.confinement import leave_no_traces\n"
        "leave_no_traces()\n"
        f"open({str(file)!r}, 'w').close()\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))"  # PR_GET_DUMPABLE
    )
    assert _run(program) == "0 (0, 0)"
    assert file.stat().st_mode & 0o077 == 0


def test_a_process_whose_parent_has_gone_already_is_told_so() -> None:
    program = "from kiosk.base.confinement import end_with_parent; print(end_with_parent(1))"
    assert _run(program) == "False"


def test_a_process_ends_with_its_parent_also_after_it_has_become_another_program() -> None:
    child = (
        "import os, sys; from kiosk.base.confinement import end_with_parent\n"
        "assert end_with_parent(os.getppid())\n"
        "os.execv(sys.executable, [sys.executable, '-c', 'print(1, flush=True); import time; time.sleep(60)'])"
    )
    parent = (
        "import subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', {child!r}], stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "print(child.pid, flush=True); child.wait()"
    )
    with subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT, stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        pid = int(one.stdout.readline())
        os.kill(pid, 0)
        one.kill()
    ends = time.monotonic() + 5
    while _lives(pid):
        assert time.monotonic() < ends, "it outlived its parent"
        time.sleep(0.01)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_wish_is_a_sure_kill() -> None:
    program = (
        "import ctypes, os\n"
        "from kiosk.base.confinement import end_with_parent\n"
        "end_with_parent(os.getppid())\n"
        "signal = ctypes.c_int()\n"
        "ctypes.CDLL(None).prctl(2, ctypes.byref(signal), 0, 0, 0)\n"  # PR_GET_PDEATHSIG
        "print(signal.value)"
    )
    assert _run(program) == str(int(signal.SIGKILL))
