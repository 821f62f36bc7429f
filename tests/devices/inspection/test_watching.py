"""``devices watch`` as a process of its own: lines as they come, and a clean end."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from devices.emulators.id_card_reader import IdCardReaderEmulator
from tests.devices.inspection.configurations import write_configuration
from tests.devices.scenes import PATIENCE_S, line_of

ROOT = Path(__file__).parents[3]


@contextmanager
def watching(config: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(ROOT / "main.py"), "devices", "watch", "--config", str(config), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=config.parent)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def configuration(folder: Path, emulator: IdCardReaderEmulator) -> Path:
    settings: dict[str, object] = {"driver": "serial", "port": emulator.port, "baud_rate": 115200}
    return write_configuration(folder, {"id_card_reader": settings}, language="en")


def next_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate()
    return line


def test_changes_come_as_lines_and_an_interrupt_ends_it_with_all_hosts(tmp_path: Path) -> None:
    with line_of() as emulator, watching(configuration(tmp_path, emulator)) as process:
        first = next_line(process)
        assert "id_card_reader device=online media=unknown" in first
        hosts = psutil.Process(process.pid).children(recursive=True)
        assert len(hosts) == 1
        hosts[0].kill()
        assert "device=starting" in next_line(process)
        assert "device=online" in next_line(process)
        hosts = psutil.Process(process.pid).children(recursive=True)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE_S)
        assert time.monotonic() - began < 2.5
        assert (process.returncode, out, err) == (0, "", "")
        assert not any(host.is_running() for host in hosts)


def test_it_ends_after_its_time_with_whole_lines_of_json(tmp_path: Path) -> None:
    with line_of() as emulator, watching(configuration(tmp_path, emulator), "--json", "--for", "1.5") as process:
        out, err = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, err) == (0, "")
        lines = [json.loads(line) for line in out.splitlines()]
        assert [line["status"]["state"] for line in lines] == ["online"]
        assert lines[0]["class"] == "id_card_reader"
        assert lines[0]["time"].endswith("+08:00")


def test_a_reader_that_goes_away_ends_it_without_a_traceback(tmp_path: Path) -> None:
    with line_of() as emulator, watching(configuration(tmp_path, emulator)) as process:
        next_line(process)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        psutil.Process(process.pid).children(recursive=True)[0].kill()
        assert process.wait(PATIENCE_S) == 0
        assert process.stderr.read() == ""


@pytest.mark.parametrize("devices", ["devices: {}"])
def test_nothing_to_watch_is_told(tmp_path: Path, devices: str) -> None:
    with watching(write_configuration(tmp_path, devices, language="en")) as process:
        _, err = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 1
        assert err.startswith("There is no device to watch")
