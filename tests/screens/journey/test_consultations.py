"""The journeys of what may wait, as processes: one online with its slip, one through a cut cable and two kills."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from PIL import Image

from kiosk.documents.verification import verify
from screens.journey.offline_submission import readable
from tests.screens.journey.test_command import Journey


def play(folder: Path, item: str) -> Journey:
    journey = Journey(folder, item)
    try:
        status, said = journey.end(200)
    finally:
        if journey.process.poll() is None:
            journey.process.kill()
            journey.process.communicate()
    assert (status, said) == (0, "")
    assert list(journey.temporary.glob("budayang-*")) == []
    return journey


@pytest.mark.slow  # paced emulators: some 25 s
def test_a_consultation_online_gets_the_platforms_receipt_on_a_slip_that_another_terminal_can_check(
    short_tmp: Path,
) -> None:
    journey = play(short_tmp, "consultation")
    report = json.loads((journey.out / "journey.json").read_bytes())
    assert [step["place"] for step in report["steps"]].count("submit") == 1
    with Image.open(journey.out / "slip.png") as slip:
        (code,) = zxingcpp.read_barcodes(slip.convert("L"))
    list_key = load_pem_public_key((journey.out / "key-list-public.pem").read_bytes())
    assert isinstance(list_key, Ed25519PublicKey)
    keys = (journey.out / "key-list.json").read_bytes()
    assert verify(code.text, keys, list_key, datetime.now(UTC)).is_genuine


@pytest.mark.slow  # paced emulators and three visits: some 30 s
def test_what_was_handed_in_offline_survives_the_kills_and_is_answered(short_tmp: Path) -> None:
    journey = play(short_tmp, "offline-submission")
    report = json.loads((journey.out / "journey.json").read_bytes())
    assert report["killed"] == ["store", "terminal"]
    assert report["states"][-2:] == ["received", "answered"]
    assert len(list(journey.out.glob("[0-9][0-9]-*.png"))) >= 14


def test_what_can_be_read_in_a_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a").write_bytes(b"\x00" + "路灯坏了".encode("gb18030") + b"\x00")
    (tmp_path / "b").write_bytes(b"440308199901101512")
    (tmp_path / "c").write_bytes(b"sealed")
    assert readable(tmp_path, ("路灯坏了", "440308199901101512")) == ["b", "a"]
    assert readable(tmp_path, ("别的文字",)) == []
