"""Who holds a device file, by the kernel's own tables."""

import os
import pty
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.inspection.port_holders import holder_of


@pytest.fixture
def port() -> Iterator[str]:
    master, slave = pty.openpty()
    yield os.ttyname(slave)
    os.close(master)
    os.close(slave)


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    """A /proc with one process, 4711."""
    folder = tmp_path / "4711"
    (folder / "fd").mkdir(parents=True)
    (folder / "comm").write_text("python3\n")
    (folder / "cmdline").write_bytes(b"python3\0-P\0-m\0devices.host\0--device\0id_card_reader\0")
    (tmp_path / "self").mkdir()
    return tmp_path


def lock_line(port: str, pid: int = 4711) -> str:
    found = Path(port).stat()
    place = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    return f"1: FLOCK  ADVISORY  WRITE {pid} {place} 0 EOF\n"


def test_the_one_that_has_locked_it_is_named_with_its_module(port: str, proc: Path) -> None:
    (proc / "locks").write_text(f"2: POSIX  ADVISORY  WRITE 1 08:01:7 0 EOF\nnonsense\n{lock_line(port)}")
    assert holder_of(port, proc) == "python3 -m devices.host (4711)"


def test_our_own_lock_and_one_on_another_file_count_for_nothing(port: str, proc: Path) -> None:
    (proc / "locks").write_text(lock_line(port, os.getpid()) + lock_line("/dev/null") + "1: FLOCK  A B x y:z:0 0 EOF\n")
    assert holder_of(port, proc) is None


def test_hardware_is_held_by_whoever_has_it_open(proc: Path) -> None:
    (proc / "4711" / "fd" / "3").symlink_to("/dev/null")
    (proc / "4711" / "comm").write_text("minicom\n")
    (proc / "4711" / "cmdline").write_bytes(b"minicom\0-D\0/dev/ttyUSB0\0")
    assert holder_of("/dev/null", proc) == "minicom (4711)"
    assert holder_of("/dev/zero", proc) is None


def test_what_is_no_device_is_held_by_nobody(tmp_path: Path, proc: Path) -> None:
    assert holder_of(str(tmp_path / "none"), proc) is None
    assert holder_of(str(tmp_path), proc) is None
