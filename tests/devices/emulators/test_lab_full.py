"""The whole hall in a process of its own: every device, real services behind some, and nothing left when it ends."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from devices.emulators.control import HALL, ControlClient
from devices.emulators.hall import FULL, read_hall
from devices.emulators.pcsc_service import READER
from devices.emulators.scenes import Act, ScenePlayer, read_scene
from devices.smart_card import scard_calls
from provisioning.demo.scene_command import SCENES
from tests.devices.scenes import PATIENCE_S

pytestmark = pytest.mark.xdist_group("pcscd")

SERVICES = {"pcscd", "upsd", "dummy-ups"}
NAMES = [place.name for place in read_hall(FULL)]


@dataclass
class Running:
    """The process, its wires and its socket."""

    process: subprocess.Popen[bytes]
    wires: dict[str, dict[str, object]]
    control: str

    def services(self) -> list[psutil.Process]:
        return [child for child in psutil.Process(self.process.pid).children() if child.name() in SERVICES]


def _start(folder: Path, *options: str, parent: tuple[str, ...] = ()) -> Running:
    ready, told = os.pipe()
    command = [
        sys.executable,
        "-m",
        "devices.emulators",
        "--unpaced",
        "--control",
        str(folder / "c"),
        "--ready-fd",
        str(told),
    ]
    process = subprocess.Popen([*parent, *command, "--upstream", "127.0.0.1:9", *options], pass_fds=(told,))
    os.close(told)
    with os.fdopen(ready) as answers:
        return Running(process, json.loads(answers.readline()), str(folder / "c"))


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with tempfile.TemporaryDirectory(prefix="by") as folder:
        # another session of tests on this machine may be at its pcscd
        hall = _start(Path(folder), "--patience", "60")
        yield hall
        hall.process.terminate()
        assert hall.process.wait(PATIENCE_S) == 0
        assert list(Path(folder).iterdir()) == []


@pytest.fixture
def hands(running: Running) -> Iterator[ControlClient]:
    client = ControlClient(running.control)
    yield client
    client.close()


def test_every_device_of_the_description_is_there(running: Running, hands: ControlClient) -> None:
    emulators = hands.do(HALL, "state")["emulators"]
    assert isinstance(emulators, dict)
    assert list(emulators) == NAMES == list(running.wires)
    assert [name for name, one in emulators.items() if one["missing"] is not None] == []
    assert [name for name, one in emulators.items() if not one["has_traffic"]] == ["audio"], "a file is no wire"
    for name in NAMES:
        assert hands.do(name, "state")["actions"]


def test_the_card_reader_is_a_real_one_to_pcsc(running: Running) -> None:
    context = scard_calls.establish_context()
    try:
        assert any(READER in name for name in scard_calls.list_readers(context))
    finally:
        scard_calls.release_context(context)
    folder = Path(str(running.wires["smart_card"]["csca_folder"]))
    assert [path.name for path in folder.iterdir()] == ["csca.der"]


def test_the_supply_is_told_by_upsd_and_its_lines_are_seen(running: Running, hands: ControlClient) -> None:
    from devices.ups.nut_driver import make

    hands.do("ups", "mains_fails")
    driver = make({"ups": "hall", "tcp_port": running.wires["ups"]["tcp_port"], "poll_s": 0.2})
    try:
        assert any(part.word == "on" for part in driver.open().parts)
    finally:
        driver.close()
        hands.do("ups", "mains_returns")
    deadline = time.monotonic() + PATIENCE_S
    lines: set[object] = set()
    while 'VAR hall ups.status "OB DISCHRG"' not in lines and time.monotonic() < deadline:
        frames = hands.do("ups", "traffic", after=0)["frames"]
        assert isinstance(frames, list)
        lines = {frame["decoded"] for frame in frames}
        time.sleep(0.02)  # a frame is told once it is over; the deadline bounds it
    assert {"GET VAR hall ups.status", 'VAR hall ups.status "OB DISCHRG"'} <= lines


_KEPT = frozenset(
    [
        "paper",
        "cover",
        "cutter",
        "cable",
        "toner",
        "jam",
        "voice",
        "plugged",
        "condition",
        "mode",
        "adf",
        "lamp",
        "busy",
        "silent",
        "status",
        "charge",
        "faults",
        "stuck",
        "card",
        "powered",
        "now",
        "sheets",
    ]
)


def _condition(state: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in state.items() if key in _KEPT}


@pytest.mark.parametrize("path", sorted(SCENES.glob("*.yaml")), ids=lambda path: path.stem)
def test_each_scene_that_comes_along_can_be_played_here_and_mended(hands: ControlClient, path: Path) -> None:
    scene = read_scene(path)
    names = {step.emulator for step in scene.steps}
    before = {name: _condition(hands.do(name, "state")) for name in names}
    player = ScenePlayer(scene, hands)
    player.check()
    for step in scene.steps:
        if isinstance(step, Act):
            hands.do(step.emulator, step.action, **step.arguments)
    player.mend()
    assert {name: _condition(hands.do(name, "state")) for name in names} == before


PARENT = "import subprocess, sys; subprocess.run(sys.argv[1:], close_fds=False)"


def test_a_hall_whose_parent_is_killed_takes_its_services_and_folders_along(short_tmp: Path, running: Running) -> None:
    """Without the reader, which the standing hall has; its services are followers all the same."""
    hall = _start(short_tmp, parent=(sys.executable, "-c", PARENT))
    (lab,) = psutil.Process(hall.process.pid).children()
    deadline = time.monotonic() + PATIENCE_S
    while (
        not (services := [child for child in lab.children() if child.name() in SERVICES])
        and time.monotonic() < deadline
    ):
        time.sleep(0.02)  # the supply comes up after the hall; bounded
    assert services
    port = Path(str(hall.wires["locker"]["port"]))
    hall.process.kill()
    hall.process.wait(PATIENCE_S)
    _, alive = psutil.wait_procs([lab, *services], PATIENCE_S)
    assert alive == []
    assert not port.parent.parent.exists()
    assert list(short_tmp.iterdir()) == []


def test_a_hall_that_is_killed_itself_leaves_no_service_and_its_folder_goes_with_the_next(short_tmp: Path) -> None:
    hall = _start(short_tmp)
    services = hall.services()
    folder = Path(str(hall.wires["locker"]["port"])).parent.parent
    hall.process.send_signal(signal.SIGKILL)
    hall.process.wait(PATIENCE_S)
    _, alive = psutil.wait_procs(services, PATIENCE_S)
    assert alive == []
    os.utime(folder, (0, 0))  # as if it were old
    again = _start(short_tmp)
    again.process.terminate()
    assert again.process.wait(PATIENCE_S) == 0
    assert not folder.exists()


@pytest.mark.parametrize("name", ["smart_card"])
def test_what_cannot_run_here_is_told_in_a_sentence_and_the_rest_goes_on(
    short_tmp: Path, running: Running, name: str
) -> None:
    """The standing hall has the machine's one pcscd."""
    ready, told = os.pipe()
    command = [sys.executable, "-m", "devices.emulators", "--control", str(short_tmp / "c"), "--ready-fd", str(told)]
    second = subprocess.Popen(command, pass_fds=(told,), stderr=subprocess.PIPE)
    os.close(told)
    try:
        with os.fdopen(ready) as answers:
            assert name not in json.loads(answers.readline())
        client = ControlClient(str(short_tmp / "c"))
        emulators = client.do(HALL, "state")["emulators"]
        assert isinstance(emulators, dict)
        assert "pcscd" in emulators[name]["missing"]["en"]
        with pytest.raises(ValueError, match="pcscd runs here already"):
            client.do(name, "lay")
        assert client.do("locker", "state")["plugged"] is True
        client.close()
    finally:
        second.terminate()
        _, errors = second.communicate(timeout=PATIENCE_S)
    assert "pcscd" in errors.decode()
