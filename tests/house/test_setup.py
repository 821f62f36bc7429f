"""The set-up script: what it installs, when it stops, that it is short the second time and alone at any time."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "provisioning" / "deploy"
LISTS = ("run", "demo", "test", "bench")


class House:
    """A checkout with the real script and package lists, empty locks, and a machine played by small programs.

    `packages` says what is installed there; apt-get adds to it and notes its calls in `calls`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packages = folder / "packages"
        self.calls = folder / "calls"
        self._bin = folder / "bin"
        shutil.copytree(DEPLOY, folder / "provisioning/deploy")
        for lock in (folder / "provisioning/deploy").glob("requirements-*.txt"):
            lock.write_text("# nothing\n")
        self._bin.mkdir()
        self.packages.write_text("")
        self.calls.write_text("")
        self.play("dpkg-query", f'while read -r name; do echo "$name installed"; done <"{self.packages}"')
        self.play(
            "apt-get",
            f'echo "apt-get $*" >>"{self.calls}"\n'
            f'for word; do case $word in -*|*=*|update|install) ;; *) echo "$word" >>"{self.packages}" ;; esac; done',
        )
        self.be(user=1000)
        self.play("sudo", "exit 1")

    def play(self, name: str, script: str) -> None:
        """Puts a program in front of the machine's own."""
        path = self._bin / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def be(self, *, user: int) -> None:
        """Who calls."""
        self.play("id", f"echo {user}")

    def has_all(self) -> None:
        """Every package of every list is there."""
        names = [name for one in LISTS for name in package_names(one)]
        self.packages.write_text("".join(f"{name}\n" for name in names))

    def start(self, what: str) -> "subprocess.Popen[str]":
        environment = {**os.environ, "PATH": f"{self._bin}:{os.environ['PATH']}"}
        return subprocess.Popen(
            [self.folder / "provisioning/deploy/setup", what],
            env=environment, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def call(self, what: str) -> tuple[int, str]:
        process = self.start(what)
        out, err = process.communicate(timeout=60)
        return process.returncode, out + err


def package_names(what: str) -> list[str]:
    """The packages of one list."""
    lines = (DEPLOY / "packages" / f"{what}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "house")


def test_without_rights_the_exact_line_is_printed_and_nothing_is_made(house: House) -> None:
    status, text = house.call("run")
    assert status == 2
    (line,) = re.findall(r"^ +(sudo apt-get update && sudo apt-get install .*)$", text, re.MULTILINE)
    assert set(package_names("run")) <= set(line.split())
    assert not (house.folder / ".venv").exists()
    assert house.calls.read_text() == ""


def test_only_what_is_missing_is_asked_for(house: House) -> None:
    house.has_all()
    house.packages.write_text(house.packages.read_text().replace("libegl1\n", ""))
    _, text = house.call("bench")
    assert "install -y --no-install-recommends libegl1\n" in text


def test_an_installation_that_fails_stops_with_the_reason(house: House) -> None:
    house.be(user=0)
    house.play("apt-get", "echo 'E: Unable to locate package'; exit 100")
    status, text = house.call("run")
    assert status == 2
    assert "Unable to locate package" in text


def test_two_calls_at_once_install_once_and_the_next_call_is_short(house: House) -> None:
    house.be(user=0)
    both = [house.start("run"), house.start("run")]
    texts = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], texts
    calls = house.calls.read_text().splitlines()
    assert sum("install" in call.split() for call in calls) == 1
    assert sum("update" in call.split() for call in calls) == 1
    assert house.packages.read_text().split() == package_names("run")
    stamp = house.folder / ".venv/.budayang-run"
    assert stamp.exists()

    started = time.monotonic()
    assert house.call("run") == (0, "")
    assert time.monotonic() - started < 2  # the limit; 0.05 s on a quiet machine

    # another lock is another key
    lock = house.folder / "provisioning/deploy/requirements-run.txt"
    lock.write_text("# another\n")
    before = stamp.read_text()
    status, text = house.call("run")
    assert (status, "installing the locked dependencies" in text) == (0, True)
    assert stamp.read_text() != before

    # a failed installation leaves no stamp behind
    lock.write_text("no-hash-here==1\n")
    status, text = house.call("run")
    assert status == 1
    assert "hash" in text
    assert not stamp.exists()


def test_an_unknown_list_is_refused(house: House) -> None:
    assert house.call("everything")[0] == 2


@pytest.mark.parametrize("name", ["run", "demo", "test"])
def test_a_lock_pins_everything_by_hash_and_names_no_place(name: str) -> None:
    text = (DEPLOY / f"requirements-{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|/tmp|/opt|^-|--(index|extra|find|trusted)", text, re.MULTILINE)
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==[^ ]+ ", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]


def test_the_locks_agree_on_every_version() -> None:
    versions: dict[str, set[str]] = {}
    for name in ("run", "demo", "test"):
        text = (DEPLOY / f"requirements-{name}.txt").read_text(encoding="utf-8")
        for package, version in re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE):
            versions.setdefault(package, set()).add(version)
    assert {package: found for package, found in versions.items() if len(found) > 1} == {}
    assert versions["pyside6"] == {"6.11.3"}


def test_no_list_brings_an_emulated_card_reader_of_the_system_into_run() -> None:
    assert not [name for name in package_names("run") if "vpcd" in name or "vsmartcard" in name]
