"""``main.py journey`` as a process: its exit status, what it leaves, and that its temporary folder goes with it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kiosk.documents.verify_command import verify_main
from tests.screens.journey.test_storyboard import _read

ROOT = Path(__file__).resolve().parents[3]


class Journey:
    """A journey's process with a place of its own for temporary files."""

    def __init__(self, folder: Path, item: str) -> None:
        self.out = folder / "out"
        self.temporary = folder / "t"
        self.temporary.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "main.py", "journey", item, "--out", str(self.out)],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def end(self, timeout_s: float) -> tuple[int, str]:
        """Exit status and what was said on stderr."""
        _, said = self.process.communicate(timeout=timeout_s)
        return self.process.returncode, said.decode()


@pytest.fixture
def begin(short_tmp: Path) -> Iterator[type]:
    journeys: list[Journey] = []

    class Begun(Journey):
        def __init__(self, item: str) -> None:
            super().__init__(short_tmp, item)
            journeys.append(self)

    yield Begun
    for journey in journeys:
        if journey.process.poll() is None:
            journey.process.kill()
            journey.process.communicate()


def test_a_visit_that_cannot_be_played_is_a_failure_and_looks_like_none_before(begin: type, short_tmp: Path) -> None:
    (short_tmp / "out").mkdir()
    for name in ("01-attract.png", "journey.json", "index.html", "notes.txt"):
        (short_tmp / "out" / name).write_text("of an earlier visit")
    journey = begin("no-such-item")
    status, said = journey.end(30)
    assert status == 2
    assert "No item “no-such-item” can be played" in said
    assert "Traceback" not in said
    assert [path.name for path in journey.out.iterdir()] == ["notes.txt"], "what is not the journey's stays"
    assert list(journey.temporary.glob("budayang-*")) == []


def test_a_journey_that_is_asked_to_stop_stops_and_takes_its_folder_away(begin: type) -> None:
    journey = begin("provident-fund")
    deadline = time.monotonic() + 30
    while not list(journey.out.glob("02-*.png")):
        assert time.monotonic() < deadline
        assert journey.process.poll() is None
        time.sleep(0.02)  # another process is waited for; the deadline bounds it
    journey.process.send_signal(signal.SIGTERM)
    status, said = journey.end(10)
    assert status == 130
    assert said == ""
    assert list(journey.temporary.glob("budayang-*")) == []
    assert not (journey.out / "journey.json").exists()


@pytest.mark.slow  # paced emulators: some 15 s
def test_a_whole_journey_leaves_every_screen_and_paper(begin: type) -> None:
    journey = begin("provident-fund")
    status, said = journey.end(120)
    assert (status, said) == (0, "")
    report = json.loads((journey.out / "journey.json").read_bytes())
    assert report["skipped"] == []
    assert [place for place in report["flow"] if place not in {step["place"] for step in report["steps"]}] == []
    assert report["steps"][-3]["assurance"] == "card_and_factor"
    assert report["steps"][-1]["assurance"] == "none"
    assert report["devices"]["receipt_printer"]["commands"] >= 1
    assert report["platform"]["calls"] >= 4
    read = _read(journey.out / "index.html")
    for name in read.sources:
        with Image.open(journey.out / name) as picture:
            picture.verify()
    assert {"slip.png", "sheet-1.png"} <= set(read.sources)
    judges = ["--keys", str(journey.out / "key-list.json"), "--list-key", str(journey.out / "key-list-public.pem")]
    assert verify_main([str(journey.out / "sheet.pdf"), *judges]) == 0, (
        "the sheet can be verified when the demo has gone"
    )
    assert list(journey.temporary.glob("budayang-*")) == []
