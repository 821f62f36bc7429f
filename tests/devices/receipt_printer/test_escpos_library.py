"""The library leaves no file behind, however its process ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)", "pass"])
def test_a_host_that_loaded_the_driver_leaves_nothing_among_the_temporary_files(tmp_path: Path, end: str) -> None:
    program = (
        "import os, tempfile\n"
        "import devices.receipt_printer.escpos_driver\n"
        "import escpos.capabilities\n"
        "assert escpos.capabilities.CAPABILITIES['profiles'], 'the library itself must work'\n"
        "assert tempfile.gettempdir() == os.environ['TMPDIR']\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", program + end],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        check=False,
        timeout=30,
    )
    assert process.returncode == (-9 if "kill" in end else 0)
    assert list(tmp_path.rglob("*")) == []


def test_the_library_by_itself_does_leave_something(tmp_path: Path) -> None:
    """Else the test above proves nothing, and the module is no longer needed."""
    subprocess.run(
        [sys.executable, "-c", "import escpos.printer"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        check=True,
        timeout=30,
    )
    assert list(tmp_path.rglob("*.pickle"))
