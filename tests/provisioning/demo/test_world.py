"""The demo's surroundings: what does not start is said, and nothing stays."""

import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
import yaml

from devices import drivers
from devices.status import DeviceClass
from kiosk.base.config import DEVICES, load_config
from kiosk.base.errors import BudayangError
from provisioning.demo import world as room
from provisioning.demo.world import DemoWorld, Hands
from provisioning.terminal import init_demo
from tests.devices.scenes import PATIENCE_S


def _children() -> list[int]:
    return [child.pid for child in psutil.Process().children()]


def test_a_world_starts_gives_a_configuration_and_is_gone_afterwards(short_tmp: Path) -> None:
    before = _children()
    with DemoWorld(short_tmp / "world", paced=False, landscape=True) as world:
        config = yaml.safe_load(world.config.read_text(encoding="utf-8"))
        assert config["panel"]["orientation"] == "landscape"
        assert str(world.platform_port) not in config["platform"]["url"], "the terminal goes through the cable"
        assert (world.directory / "platform.port").read_text() == f"{world.platform_port}\n"
        for name in ("run.yaml", "platform.port"):
            assert (world.directory / name).stat().st_mode & 0o777 == 0o600
        hands = world.hands()
        hands.lay("resident")
        assert hands.last_code() == ""
        assert hands.last_sheet() is None
        with pytest.raises(BudayangError, match=r"demo\.running"), DemoWorld(short_tmp / "world"):
            pass
        assert len(_children()) == len(before) + 2, "the one refused took nothing of the one that runs"
        assert world.missing() == []
        _every_driver_finds_its_device_and_its_wire_is_seen(world, hands)
        hands.close()
        temporary = world.temporary()
        assert temporary.is_dir()
    assert _children() == before
    assert not temporary.exists()
    assert (short_tmp / "world").stat().st_mode & 0o777 == 0o700


def _every_driver_finds_its_device_and_its_wire_is_seen(world: DemoWorld, hands: Hands) -> None:
    """With the drivers and settings of the configuration that the terminal gets."""
    devices = load_config(world.config).devices
    assert set(devices) == set(DEVICES) - {"smart_card"}, (
        "one of each class, but for the service that is one per machine"
    )
    deadline = time.monotonic() + PATIENCE_S
    while not hands.do("ups", "state")["ready"]:
        assert time.monotonic() < deadline, "the supply says nothing"
        time.sleep(0.02)  # it comes up after the hall; bounded
    for name, configured in devices.items():
        if name == "document_scanner":  # SANE wants a process of its own
            urllib.request.urlopen(f"{configured.settings['escl_url']}/ScannerStatus", timeout=5).close()
        else:
            driver = drivers.find(DeviceClass(name), configured.driver)(dict(configured.settings))
            try:
                assert driver.open().is_usable, name
            finally:
                driver.close()
        if name != "audio":  # a file is no wire
            _must_have_said_something(hands, name)


def _must_have_said_something(hands: Hands, name: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    told: dict[object, object] = {}
    while set(told) != {"toDevice", "fromDevice"}:
        assert time.monotonic() < deadline, f"the wire of {name} has shown only {told}"
        frames = hands.do(name, "traffic", after=0)["frames"]
        assert isinstance(frames, list)
        told = {frame["direction"]: frame["decoded"] for frame in frames if frame["decoded"]}
        time.sleep(0.02)  # a frame is told once it is over; bounded


def _put(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Another program in the place of each part."""
    popen = subprocess.Popen

    def start(_command: list[str], **options: object) -> "subprocess.Popen[bytes]":
        fd = options["pass_fds"][0]  # type: ignore[index]
        return popen([sys.executable, "-S", "-c", program, str(fd)], **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(subprocess, "Popen", start)


def test_a_part_that_ends_at_once_is_named(short_tmp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(monkeypatch, "raise SystemExit(1)")
    with pytest.raises(BudayangError) as failure, DemoWorld(short_tmp / "world"):
        pass
    assert failure.value.problem.key == "demo.part_failed"
    assert failure.value.problem.placeholders["part"] == "platform"


@pytest.mark.parametrize(
    "program",
    ["import signal; signal.pause()", "import os, signal, sys; os.write(int(sys.argv[1]), b'80'); signal.pause()"],
)
def test_a_part_that_never_says_it_is_ready_does_not_hold_the_start(
    short_tmp: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    _put(monkeypatch, program)
    monkeypatch.setattr(room, "START_TIMEOUT_S", 0.3)
    with pytest.raises(BudayangError) as failure, DemoWorld(short_tmp / "world"):
        pass
    assert failure.value.problem.key == "demo.part_silent"


def test_a_world_does_not_wait_for_its_catalogue_nor_fail_without(short_tmp: Path) -> None:
    directory = short_tmp / "world"
    init_demo(directory)
    (directory / "platform").mkdir()
    (directory / "platform" / room.SHELF).write_text("in the way of the folder", encoding="ascii")
    with DemoWorld(directory, paced=False, catalogue=True) as world:
        assert load_config(world.config).reference is not None
        assert not world.wait_for_catalogue()
    base = directory / "terminal.yaml"
    text = base.read_text(encoding="utf-8")
    base.write_text(text[: text.index("\nreference:\n")] + text[text.index("\nkeys:\n") :], encoding="utf-8")
    world = DemoWorld(directory, catalogue=True)
    world._start_catalogue(base)
    assert not world.wait_for_catalogue(), "a folder of an earlier version has none"
