"""No parser of bytes from outside crashes, hangs or grows: some bytes in `make test`, many minutes in `make test-slow`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
SECONDS = int(os.environ.get("BUDAYANG_FUZZ_SECONDS", "15"))
"""Of a coverage-guided run for each parser."""

# what the wires really begin with, so that not every example ends at the first byte
_HEADS = st.sampled_from(
    [
        b"", b"\xaa\xaa\xaa\x96\x69", b"\xaa\xaa\xaa\x96\x69\x05\x08\x00\x00\x90\x01\x00\x04\x00", b"\x02", b"\xaa\x55", b"\xef\x01",
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04", b"\x30\x82", b"\x61\x81", b"\x87\x09\x01", b"VAR ups ", b"P<CHN", b"--frame\r\n",
        b"\x00\x00\x00\x08", b"\x01\x01\x02k1",
    ]
)  # fmt: skip
_BYTES = st.builds(
    lambda head, parts: head + b"".join(parts), _HEADS, st.lists(st.one_of(st.binary(max_size=40), _HEADS), max_size=12)
)


@pytest.mark.parametrize("name", TARGETS)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=_BYTES)
def test_any_bytes_are_taken(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
def test_a_megabyte_of_one_byte_is_taken(name: str) -> None:
    for byte in (0x00, 0xFF, 0xAA, 0x30):
        TARGETS[name](bytes((byte,)) * (1 << 16))


@pytest.fixture
def build() -> None:
    """Where a found input is kept."""
    (ROOT / "build").mkdir(exist_ok=True)


@pytest.mark.slow
@pytest.mark.usefixtures("build")
@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_found_by_coverage(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", name, str(SECONDS)],
        cwd=ROOT,
        capture_output=True,
        timeout=SECONDS + 60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-3000:]
