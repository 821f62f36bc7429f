"""Nothing personal passes through the log, whatever is thrown at it."""

import importlib
import io
import json
import logging
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from kiosk.base import logs
from kiosk.base.errors import BudayangError
from kiosk.base.logs import (
    CLASS,
    ERROR,
    FLAG,
    INFO,
    MESSAGE_KEY,
    NUMBER,
    REDACTED,
    WARNING,
    Event,
    Id,
    Log,
    Number,
    Word,
)

ROOT = Path(__file__).parents[3]
SPECIMENS: tuple[object, ...] = (
    "440308199901101512",
    440308199901101512,
    "11010519491231002X",
    "810000199408230021",
    "card 440308199901101512 read",
    "4403-0819-9901-1015-12",
    b"440308199901101512",
    ["440308199901101512"],
    {"440308199901101512": 1},
    ValueError("440308199901101512"),
    BudayangError("card.read_failed", number="440308199901101512"),
    "张三丰",
    "13800138000",
    13800138000,
)
TRACES = ("440308199901101512", "4403-0819", "11010519491231002", "810000199408230021", "张三丰", "13800138000")


class _Side(Enum):
    LEFT = "left"


@pytest.fixture(autouse=True)
def _own_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_catalogue", {room: dict(events) for room, events in logs._catalogue.items()})


@pytest.fixture
def lenient() -> Iterator[None]:
    logs.raise_on_misuse(False)
    yield
    logs.raise_on_misuse(True)


def _every_room() -> None:
    """Imports every module that declares events, wherever it is."""
    for room in ("kiosk", "devices", "offline_cache", "screens", "provisioning"):
        for path in sorted((ROOT / room).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "kiosk.base.logs" in text and re.search(r"^(logs\.)?register\(", text, re.MULTILINE):
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.usefixtures("lenient")
@pytest.mark.allow_log(".")  # every event is sent, warnings and errors with them
def test_a_specimen_id_number_sent_through_every_event_is_found_in_no_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _every_room()
    assert {room for room, _ in logs.catalogue()} > {"base", "devices"}
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    with logs.start_logging("terminal", tmp_path, level=logging.DEBUG):
        for (room, name), event in logs.catalogue().items():
            for specimen in SPECIMENS:
                Log(room).event(name, **dict.fromkeys(event.fields, specimen), stranger=specimen)
        Log("devices").event("440308199901101512")
        for specimen in SPECIMENS:
            logging.getLogger("urllib3.440308199901101512").warning("read %s", specimen)
            logging.getLogger("urllib3").error("failed", exc_info=ValueError(specimen))
    written = (tmp_path / "terminal.log").read_text() + stderr.getvalue()
    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("budayang"))
    assert written.count("\n") >= 2 * len(logs.catalogue()) * len(SPECIMENS)
    for trace in TRACES:
        assert trace not in written
        assert trace not in ours


@pytest.mark.usefixtures("lenient")
@pytest.mark.allow_log("device_lost")  # the event under test is a warning
def test_a_line_holds_the_declared_fields_and_redacts_the_rest(tmp_path: Path) -> None:
    logs.register(
        "trial",
        {
            "device_lost": Event(
                WARNING,
                "a device was lost",
                device=Word("id_card_reader"),
                side=Word(_Side),
                tries=Number(0, 9),
                visit=Id(r"visit-[0-9a-f]{4}"),
                known=FLAG,
                key=MESSAGE_KEY,
                error=CLASS,
                empty=NUMBER,
            )
        },
    )
    with logs.start_logging("terminal", tmp_path, stderr=False):
        Log("trial").event(
            "device_lost",
            device="id_card_reader",
            side=_Side.LEFT,
            tries=3,
            visit="visit-00ff",
            known=True,
            key="card.read_failed",
            error=BudayangError("card.read_failed"),
            empty=None,
            stranger=4,
        )
        Log("trial").event(
            "device_lost", device="the reader", side="right", tries=10, visit="visit", known=1, key="x", error="x"
        )
    good, bad = _lines(tmp_path / "terminal.log")
    expected = {
        "level": "WARNING",
        "room": "trial",
        "event": "device_lost",
        "text": "a device was lost",
        "device": "id_card_reader",
        "side": "left",
        "tries": 3,
        "visit": "visit-00ff",
        "known": True,
        "key": "card.read_failed",
        "error": "BudayangError(card.read_failed)",
        "empty": None,
        "stranger": REDACTED,
    }
    assert {name: good[name] for name in expected} == expected
    assert {bad[name] for name in ("device", "side", "tries", "visit", "known", "key", "error")} == {REDACTED}


@pytest.mark.parametrize("pattern", [r"\d+", r"[A-Z0-9]+", r".*", r"[a-z]+", r"\w+", r"[A-Z]\d{8}"])
def test_a_pattern_that_admits_a_person_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="personal"):
        Id(pattern)


def test_a_range_that_admits_a_telephone_number_is_refused() -> None:
    with pytest.raises(ValueError, match="telephone"):
        Number(0, 1e12)


def test_an_undeclared_event_or_field_raises_under_test() -> None:
    logs.register("trial", {"seen": Event(INFO, "seen")})
    with pytest.raises(ValueError, match="not declared"):
        Log("trial").event("unseen")
    with pytest.raises(ValueError, match="does not declare"):
        Log("trial").event("seen", who="x")
    with pytest.raises(ValueError, match="twice"):
        logs.register("trial", {"seen": Event(INFO, "seen")})
    with pytest.raises(ValueError, match="belong"):
        Event(ERROR, "taken", room=FLAG)


def test_log_files_rotate_and_are_their_owner_s_alone(tmp_path: Path) -> None:
    logs.register("trial", {"seen": Event(INFO, "seen")})
    with logs.start_logging("terminal", tmp_path / "log", stderr=False, keep_bytes=2000, keep_files=2):
        for _ in range(100):
            Log("trial").event("seen")
    files = sorted((tmp_path / "log").iterdir())
    assert [file.name for file in files] == ["terminal.log", "terminal.log.1", "terminal.log.2"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700


CRASH = """
import pathlib, sys, threading
sys.path.insert(0, sys.argv[2])
from kiosk.base import logs
logs.private_umask()
folder = pathlib.Path(sys.argv[1])
logs.start_logging("terminal", folder)
logs.install_hooks(folder / "crash.txt")

def fail(number):
    raise ValueError("the card says " + number)

class Dying:
    def __del__(self):
        fail("440308199901101512")

thread = threading.Thread(target=fail, args=("440308199901101512",))
thread.start()
thread.join()
dying = Dying()
del dying
fail("440308199901101512")
"""


def test_a_crash_tells_class_and_place_but_no_text(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH, str(tmp_path), str(ROOT)], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 1
    lines = _lines(tmp_path / "terminal.log")
    assert [line["thread"] for line in lines] == ["other", "unraisable", "main"]
    assert {line["error"] for line in lines} == {"ValueError"}
    assert all(str(line["where"]).endswith("fail") for line in lines)
    assert "440308199901101512" not in done.stdout + done.stderr + (tmp_path / "terminal.log").read_text()


def test_a_fatal_signal_leaves_the_stack_in_a_private_file(tmp_path: Path) -> None:
    program = CRASH.split("def fail", maxsplit=1)[0] + "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n"
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), str(ROOT)],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert done.returncode == -11
    crash = tmp_path / "crash.txt"
    assert "Segmentation fault" in crash.read_text()
    assert stat.S_IMODE(crash.stat().st_mode) == 0o600
