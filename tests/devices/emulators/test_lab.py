"""The lab: emulators behind one control socket, in this process and in one of its own."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from devices.emulators.control import ControlClient
from devices.emulators.hall import CORE, Site, make_hall, read_hall
from devices.emulators.id_card_reader import IdCardReaderEmulator
from devices.emulators.lab import Lab
from devices.id_card_reader.serial_driver import make
from devices.status import DeviceState
from kiosk.base.yaml_reading import ConfigError
from tests.devices.scenes import PATIENCE_S, QUICK


@pytest.fixture
def control(short_tmp: Path) -> Iterator[str]:
    lab = Lab({"id_card_reader": IdCardReaderEmulator(is_paced=False)}, str(short_tmp / "control")).start()
    yield str(short_tmp / "control")
    lab.stop()
    lab.stop()


def test_a_client_lays_a_card_and_sees_the_state(control: str) -> None:
    client = ControlClient(control)
    try:
        assert client.do("id_card_reader", "state")["card"] is None
        assert client.do("id_card_reader", "lay", card="long_term")["card"] == "long_term"
    finally:
        client.close()


def test_two_clients_are_served_side_by_side(control: str) -> None:
    first, second = ControlClient(control), ControlClient(control)
    try:
        first.do("id_card_reader", "lay", card="resident")
        assert second.do("id_card_reader", "state")["card"] == "resident"
    finally:
        first.close()
        second.close()


def test_a_wrong_wish_is_answered_in_words(control: str) -> None:
    client = ControlClient(control)
    try:
        with pytest.raises(ValueError, match="no emulator"):
            client.do("nobody", "state")
        with pytest.raises(ValueError, match="no card"):
            client.do("id_card_reader", "lay", card="mine")
    finally:
        client.close()


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"emulator": 1}', b"null", b"\xff"])
def test_garbage_is_answered_and_the_next_wish_served(control: str, line: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as end:
        end.settimeout(PATIENCE_S)
        end.connect(control)
        end.sendall(line + b'\n{"emulator": "id_card_reader", "do": "state"}\n')
        with end.makefile("rb") as answers:
            assert json.loads(answers.readline())["ok"] is False
            assert json.loads(answers.readline())["ok"] is True


def test_an_endless_line_ends_the_connection(control: str) -> None:
    with socket.socket(socket.AF_UNIX) as end:
        end.settimeout(PATIENCE_S)
        end.connect(control)
        with pytest.raises(OSError, match=r"Broken pipe|reset"):
            end.sendall(b"x" * 4_000_000)


def test_the_socket_is_the_owners_alone(control: str) -> None:
    assert stat.S_IMODE(Path(control).stat().st_mode) == 0o600


def test_the_traffic_of_an_emulator_is_given_out_once_each(control: str) -> None:
    client = ControlClient(control)
    try:
        driver = make({"port": client.do("id_card_reader", "state")["port"], "times": QUICK})
        driver.open()
        driver.close()
        deadline = time.monotonic() + PATIENCE_S
        frames: list[dict[str, object]] = []
        while not any(frame["direction"] == "fromDevice" for frame in frames) and time.monotonic() < deadline:
            frames = client.do("id_card_reader", "traffic", after=0)["frames"]  # type: ignore[assignment]
            time.sleep(0.02)  # a frame is told once it is over; the deadline bounds it
        assert frames[0]["decoded"] == "GetSAMStatus 11 FF"
        assert any(str(frame["decoded"]).startswith("SW 00 00 90 success") for frame in frames)
        answer = client.do("id_card_reader", "traffic", after=frames[-1]["n"])
        assert answer == {"frames": [], "last": frames[-1]["n"]} or answer["last"] != frames[-1]["n"]
        with pytest.raises(ValueError, match="number of a frame"):
            client.do("id_card_reader", "traffic", after="x")
    finally:
        client.close()


def test_the_hall_is_told_in_its_order(control: str) -> None:
    client = ControlClient(control)
    try:
        assert client.do("hall", "state")["emulators"] == {
            "id_card_reader": {"kind": "id_card_reader", "has_traffic": True, "missing": None}
        }
    finally:
        client.close()


def _written(folder: Path, text: str) -> Path:
    file = folder / "hall.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("emulators:\n  keypad: {kind: abacus}\n", 2, "config.choice"),
        ("emulators:\n  face_camera: {kind: camera, fsp: 3}\n", 2, "config.unknown_key_near"),
        ("emulators:\n  face_camera: {kind: camera, fps: 900}\n", 2, "config.number_range"),
        ("emulators:\n  locker: {kind: described, profile: locker_13}\n", 2, "config.choice"),
        ("emulators:\n  hall: {kind: camera}\n", 2, "config.text_form"),
        ("emulators:\n  Face: {kind: camera}\n", 2, "config.text_form"),
        ("emulator: {}\n", 1, "config.missing"),
    ],
)
def test_a_wrong_description_of_a_hall_is_told_by_its_line(tmp_path: Path, text: str, line: int, key: str) -> None:
    with pytest.raises(ConfigError) as failure:
        read_hall(_written(tmp_path, text))
    assert (line, key) in [(one.line, one.problem.key) for one in failure.value.complaints]


def test_a_hall_of_ones_own_has_what_its_file_says(tmp_path: Path) -> None:
    text = "emulators:\n  left: {kind: camera, width: 320, height: 240, fps: 5}\n  cable: {kind: network_cable}\n  locker: {kind: described, profile: locker_12}\n"
    places = read_hall(_written(tmp_path, text))
    made = make_hall(places, Site(tmp_path, tmp_path), without=["locker"])
    assert list(made) == ["left"], "nothing is upstream of a cable"
    lab = Lab(made, kinds={place.name: place.kind for place in places}).start()
    try:
        assert lab.wires()["left"]["kind"] == "camera"
    finally:
        lab.stop()


COMMAND = [sys.executable, "-m", "devices.emulators", "--unpaced", "--world", str(CORE)]


def test_the_process_tells_its_ports_when_ready_and_ends_on_sigterm(short_tmp: Path) -> None:
    state = short_tmp / "state.json"
    ready, told = os.pipe()
    lab = subprocess.Popen(
        [*COMMAND, "--control", str(short_tmp / "c"), "--state", str(state), "--ready-fd", str(told)], pass_fds=(told,)
    )
    os.close(told)
    try:
        ports = json.loads(os.read(ready, 4096))
        assert json.loads(state.read_text()) == ports
        assert {"id_card_reader", "receipt_printer"} <= set(ports)
        driver = make({"port": ports["id_card_reader"]["port"], "times": QUICK})
        assert driver.open().state is DeviceState.ONLINE
        driver.close()
        client = ControlClient(str(short_tmp / "c"))
        client.do("id_card_reader", "lay", card="resident")
        client.close()
    finally:
        os.close(ready)
        started = time.monotonic()
        lab.send_signal(signal.SIGTERM)
        assert lab.wait(PATIENCE_S) == 0
    assert time.monotonic() - started < 3
    assert not state.exists()
    assert not (short_tmp / "c").exists()


PARENT = """
import subprocess, sys, time
lab = subprocess.Popen([sys.executable, "-m", "devices.emulators", "--world", sys.argv[2], "--control", sys.argv[1]])
print(lab.pid, flush=True)
time.sleep(60)
"""


def test_the_process_ends_with_its_parent(short_tmp: Path) -> None:
    control = short_tmp / "c"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(control), str(CORE)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert parent.stdout is not None
        lab = psutil.Process(int(parent.stdout.readline()))
        deadline = time.monotonic() + PATIENCE_S
        while not control.exists() and time.monotonic() < deadline:
            time.sleep(0.02)  # the socket's file appears without an event; the deadline bounds it
        assert control.exists()
    finally:
        parent.kill()
        parent.wait(PATIENCE_S)
        if parent.stdout is not None:
            parent.stdout.close()
    lab.wait(PATIENCE_S)
