"""A platform as a process of its own, the cable to it and a client: shared by the tests of client and faults."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from devices.emulators.network_cable import NetworkCable
from kiosk.central.client import CentralClient, CentralSettings

ROOT = Path(__file__).parents[3]
TERMINAL_ID = "T-7"
SPECIMEN = ("440308199901101512", "李思远")
RETIRED = ("11010519491231002X", "王秀兰")
NO_PHONE = ("810000199408230021", "陈家敏")
NO_PASSWORD = ("830000199201300022", "林佳蓉")
NOT_IN_FUND = ("440524188001010014", "赵长生")
PASSWORD = "246810"


@dataclass
class PlatformProcess:
    """A started platform command and the port that it told through its ready descriptor."""

    process: subprocess.Popen[bytes] = field(repr=False)
    port: int

    def stop(self) -> int:
        """Ends it; a second call does nothing. Returns the exit status."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
            raise


def start_platform(data_dir: Path, *options: str) -> PlatformProcess:
    """Starts ``python -m provisioning.platform.cli --demo`` and waits until it answers."""
    read_fd, write_fd = os.pipe()
    command = [
        *(sys.executable, "-m", "provisioning.platform.cli", "--demo", "--demo-citizens", "40"),
        *("--data-dir", str(data_dir), "--ready-fd", str(write_fd), "--die-with-parent", *options),
    ]
    process = subprocess.Popen(command, cwd=ROOT, pass_fds=[write_fd], stdout=subprocess.DEVNULL)
    os.close(write_fd)
    with os.fdopen(read_fd) as ready:
        line = ready.readline()  # ends with the process at the latest
    if not line:
        raise RuntimeError(f"the platform ended with status {process.wait(3)}")
    return PlatformProcess(process, int(line))


@cache
def _shared_platform(data_dir: Path) -> PlatformProcess:
    return start_platform(data_dir)


@pytest.fixture(scope="session")
def platform_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformProcess]:
    """One platform for all tests of this process."""
    platform = _shared_platform(tmp_path_factory.getbasetemp() / "platform")
    yield platform
    platform.stop()


@pytest.fixture
def cable(platform_process: PlatformProcess) -> Iterator[NetworkCable]:
    """A plugged cable to the platform."""
    with NetworkCable("127.0.0.1", platform_process.port) as cable:
        yield cable


@pytest.fixture
def make_client() -> Iterator[Callable[..., CentralClient]]:
    """Makes clients with short times; closed at the end."""
    clients: list[CentralClient] = []

    def make(port: int, **changes: Any) -> CentralClient:
        times = {"connect_timeout_s": 1.0, "read_timeout_s": 5.0, "deadline_s": 5.0, "refused_pause_s": 0.01}
        scheme = changes.pop("scheme", "http")
        settings = CentralSettings(f"{scheme}://127.0.0.1:{port}", TERMINAL_ID, "0.1.0", **(times | changes))
        clients.append(CentralClient(settings))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def central_client(cable: NetworkCable, make_client: Callable[..., CentralClient]) -> CentralClient:
    """A client over the cable, in an open visit."""
    client = make_client(cable.port)
    client.open_visit("visit-1")
    return client
