"""docs/described-devices.md followed to the letter with an invented device: QL-8, a board for queue-number lamps.

Its manual, as made up: 19200 8N1; frames ``5A 21 code length data crc``, length = bytes of data, CRC-16/CCITT-FALSE over
all between 5A and itself, high byte first. ``01`` asks the state, ``81`` answers a byte: bit 0 power is there, bit 1 front
cover open, bit 7 call button held. ``02 lamp mode`` sets a lamp (mode 0 off, 1 on, 2 slow, 3 fast), ``82`` answers 0 done,
1 no such lamp, else broken. ``C1 01`` comes unasked when the call button is pressed, ``C2 00`` and ``C2 01`` when
the back cover is closed and opened, which the state does not tell.
"""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from devices.described import check_codec
from devices.described.command import main
from devices.described.reading import load_description
from devices.described.vocabulary import CLASSES
from devices.emulators.try_described import run
from devices.status import CompletionCode, DeviceClass
from tests.devices.described.scenes import described_scene, has

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs/described-devices.md").read_text(encoding="utf-8")
FILE = Path(__file__).with_name("queue_lamps.yaml")


def test_step_4_the_check_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(FILE)]) == 0
    assert "QL-8" in capsys.readouterr().out


def test_step_5_it_can_be_tried_without_the_device() -> None:
    out = io.StringIO()
    lines = [
        "set doors.front open",
        "event call 1",
        "give setLight light=statusGood flashRate=slow",
        "give setLight light=nowhere flashRate=slow",
        "set device hardwareError",
        "set device online",
        "fault silence",
        "status",
        "status",
        "normal",
        "nonsense",
        "set doors.side open",
        "quit",
        "never read",
    ]
    assert run(FILE, lines, out) == 0
    told = out.getvalue().splitlines()
    assert "doors.front=closed" in told[0]
    assert "doors.front=open" in told[2]
    assert "callButton=on" in told[3]
    assert told[4] == "success"
    assert told[5].startswith("invalidData ")
    assert told[6].startswith("device=hardwareError action=maintenance")
    assert told[7].startswith("device=online")
    assert told[10].startswith("device=powerOff")
    assert told[11].startswith("device=online")
    assert told[12].startswith("set KEY WORD")
    assert "doors.side" in told[13]
    assert len(told) == 14


def test_step_6_it_runs_in_a_terminals_host_like_any_other_device() -> None:
    with described_scene(DeviceClass.CABINET, "", FILE) as scene:
        scene.set("doors.front", "open")
        scene.status(has("doors.front", "open"))
        scene.forget()
        scene.do("event", name="call", value=1)
        scene.status(has("callButton", "on"))
        scene.do("event", name="back", value=1)
        scene.status(has("doors.back", "open"))
        scene.do("event", name="back", value=0)
        scene.status(has("doors.back", "closed"))
        completion = scene.give("setLight", light="statusGood", flashRate="continuous", colour="green")
        assert completion.code is CompletionCode.SUCCESS
        assert scene.emulator.taken == [("setLight", {"light": "statusGood", "flashRate": "continuous"})]


def test_the_frames_are_the_manuals() -> None:
    """CRC by the catalogue's parameters, over the bytes as the manual writes them."""
    from devices.described.field_codec import encode_fields
    from devices.described.frame_codec import encode_frame

    description = load_description(FILE)
    command = description.commands["setLight"].request
    data = encode_fields(command.fields, {"light": "statusGood", "flashRate": "quick"})
    body = bytes.fromhex("21 02 02 08 03")
    check = check_codec.KINDS["crc16_ccitt_false"][1](body).to_bytes(2, "big")
    assert encode_frame(description.request, command.code, data) == b"\x5a" + body + check


def test_the_guide_names_what_there_is() -> None:
    for kind in check_codec.KINDS:
        assert re.search(rf"\b{kind}\b", GUIDE), kind
    for device, words in CLASSES.items():
        assert f"`{device}`" in GUIDE
        for name, arguments in words.commands.items():
            assert f"`{name}` ({', '.join(arguments)})" in GUIDE
        for part, kinds in words.parts.items():
            assert re.search(rf"`{part}(\.[A-Z]+)?`" if kinds.is_named else rf"`{part}`", GUIDE), part


def test_the_guides_commands_exist() -> None:
    for module in sorted(set(re.findall(r"python -m (devices[\w.]+)", GUIDE))):
        done = subprocess.run([sys.executable, "-m", module], cwd=ROOT, capture_output=True, timeout=30, check=False)
        assert done.returncode == 2, module
        assert "usage" in done.stderr.decode()
