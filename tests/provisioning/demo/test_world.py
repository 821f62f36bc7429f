"""The demo's surroundings: what does not start is said, and nothing stays."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import yaml

from kiosk.base.config import DEVICES, load_config
from kiosk.base.errors import BudayangError
from provisioning.demo import world as room
from provisioning.demo.world import DemoWorld


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
        named = load_config(world.config).devices
        assert set(named) == set(DEVICES) - {"smart_card"}, (
            "a device of each class, where the service is not one per machine"
        )
        hands = world.hands()
        hands.lay("resident")
        assert hands.last_code() == ""
        assert hands.last_sheet() is None
        hands.close()
        with pytest.raises(BudayangError, match=r"demo\.running"), DemoWorld(short_tmp / "world"):
            pass
        assert len(_children()) == len(before) + 2, "the one refused took nothing of the one that runs"
        assert world.missing() == []
        temporary = world.temporary()
        assert temporary.is_dir()
    assert not temporary.exists()
    assert _children() == before
    assert (short_tmp / "world").stat().st_mode & 0o777 == 0o700


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
