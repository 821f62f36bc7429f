"""Files that describe a maker's own status reply."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.described.command import main
from devices.receipt_printer.escpos_driver import make
from devices.receipt_printer.link import FrameShape, Link
from devices.receipt_printer.status_codec import is_clean
from devices.receipt_printer.status_source import VendorStatus
from devices.receipt_printer.vendor_profile import PROFILES, VendorProfile, is_profile, load_profile, profile_path
from devices.status import Action, DeviceState, DeviceStatus, Paper
from kiosk.base.errors import BudayangError
from kiosk.base.sentences import LANGUAGES
from kiosk.base.yaml_reading import ConfigError

FULL6 = load_profile(profile_path("full6"))
ASB4 = load_profile(profile_path("asb4"))


def test_every_shipped_profile_can_be_read() -> None:
    names = sorted(path.stem for path in PROFILES.glob("*.yaml"))
    assert names == ["asb4", "full6"]
    assert (FULL6.size, FULL6.mask, FULL6.value, FULL6.is_automatic) == (6, 0xFF, 0x10, False)
    assert (ASB4.size, ASB4.mask, ASB4.value, ASB4.is_automatic) == (4, 0x93, 0x10, True)


def decoded(profile: VendorProfile, text: str) -> DeviceStatus:
    status = profile.decode(bytes.fromhex(text), "X")
    assert status is not None
    return status


@pytest.mark.parametrize(
    ("profile", "reply", "state", "paper", "cover", "key"),
    [
        (FULL6, "10 0F 00 00 00 00", DeviceState.ONLINE, Paper.FULL, False, None),
        (FULL6, "10 0F 04 00 00 00", DeviceState.ONLINE, Paper.LOW, False, None),
        (FULL6, "10 0F 05 00 00 00", DeviceState.USER_ERROR, Paper.OUT, False, "paper_out"),
        (FULL6, "10 0F 00 02 00 00", DeviceState.USER_ERROR, Paper.FULL, True, "cover_open"),
        (FULL6, "10 0F 01 02 00 01", DeviceState.HARDWARE_ERROR, Paper.JAMMED, True, "cutter_jammed"),
        (FULL6, "10 0F 00 00 40 00", DeviceState.HARDWARE_ERROR, Paper.JAMMED, False, "paper_jammed"),
        (FULL6, "10 0F 00 00 01 00", DeviceState.HARDWARE_ERROR, Paper.FULL, False, "recovering"),
        (FULL6, "10 0F 00 20 00 00", DeviceState.USER_ERROR, Paper.FULL, False, "feeding"),
        (FULL6, "10 0F 00 00 00 08", DeviceState.HARDWARE_ERROR, Paper.FULL, False, "unrecoverable"),
        (ASB4, "10 00 00 00", DeviceState.ONLINE, Paper.FULL, False, None),
        (ASB4, "10 00 03 00", DeviceState.ONLINE, Paper.LOW, False, None),
        (ASB4, "18 00 0F 00", DeviceState.USER_ERROR, Paper.OUT, False, "paper_out"),
        (ASB4, "38 00 00 00", DeviceState.USER_ERROR, Paper.FULL, True, "cover_open"),
        (ASB4, "18 08 00 00", DeviceState.HARDWARE_ERROR, Paper.JAMMED, False, "cutter_jammed"),
        (ASB4, "18 00 00 00", DeviceState.DEVICE_BUSY, Paper.FULL, False, "stopped"),
    ],
)
def test_bits_become_words(
    profile: VendorProfile, reply: str, state: DeviceState, paper: Paper, cover: bool, key: str | None
) -> None:
    status = decoded(profile, reply)
    reason = None if key is None else f"receipt_printer.{key}"
    assert (status.state, status.paper, status.cover_open, status.reason) == (state, paper, cover, reason)
    assert is_clean(status) is (key is None)
    assert status.module_id == "X"


@pytest.mark.parametrize("reply", ["", "10 0F 00", "10 0E 00 00 00 00", "10 0F 00 00 00 00 00"])
def test_bytes_that_are_no_reply_say_nothing(reply: str) -> None:
    assert FULL6.decode(bytes.fromhex(reply)) is None


@given(st.sampled_from([FULL6, ASB4]), st.binary(max_size=12))
def test_any_bytes_are_a_status_or_nothing(profile: VendorProfile, reply: bytes) -> None:
    status = profile.decode(reply)
    assert status is None or len(reply) == profile.size


MINIMAL = """model: X1
request: 1B 76
check: xor
start: {mask: "F0", value: "50"}
fields:
  paper:
    bits:
      0: {on: {paper: out, reason: receipt_printer.paper_out}, off: {paper: full}}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "x.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_reply_with_a_check_sum_counts_only_when_it_is_right(tmp_path: Path) -> None:
    profile = load_profile(written(tmp_path, MINIMAL))
    assert profile.size == 2
    status = profile.decode(b"\x51\x51")
    assert status is not None
    assert (status.state, status.paper, status.action, status.cover_open) == (DeviceState.ONLINE, Paper.OUT, None, None)
    assert profile.decode(b"\x51\x50") is None
    assert profile_path("/etc/x.yaml") == Path("/etc/x.yaml")


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ("request: 1B 76", "request: 1B 7", 2, "config.text_form"),
        ("check: xor", "check: md5", 3, "config.choice"),
        ('value: "50"', 'value: "5F"', 4, "receipt_printer.profile_start"),
        ('{mask: "F0", value: "50"}', '{mask: "0F", value: "05"}', 4, "receipt_printer.profile_start"),
        ('start: {mask: "F0", value: "50"}\n', "", 1, "config.missing"),
        ("paper: out, reason", "paper: empty, reason", 8, "config.choice"),
        ("receipt_printer.paper_out", "receipt_printer.sunshine", 8, "described.reason_unknown"),
        ("0: {on", "9: {on", 8, "described.no_such_bit"),
        ("{on: {paper: out, reason: receipt_printer.paper_out}, off: {paper: full}}", "{on: {cover: open}}", 5, "receipt_printer.profile_without_paper"),
        ("model: X1", "colour: red\nmodel: X1", 1, "config.unknown_key"),
        ("  paper:\n", "  pad: {kind: skip, bytes: 80}\n  paper:\n", 5, "described.too_long"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_line_and_remedy(tmp_path: Path, old: str, new: str, line: int, key: str) -> None:
    assert old in MINIMAL
    with pytest.raises(ConfigError) as caught:
        load_profile(written(tmp_path, MINIMAL.replace(old, new)))
    found = [(complaint.line, complaint.problem.key) for complaint in caught.value.complaints]
    assert (line, key) in found
    assert all(complaint.text(language) for complaint in caught.value.complaints for language in LANGUAGES)


def test_a_driver_with_a_wrong_profile_is_refused(tmp_path: Path) -> None:
    for name in (str(written(tmp_path, "model: X\n")), "no_such_profile"):
        with pytest.raises(BudayangError, match=r"receipt_printer\.bad_status_profile"):
            make({"port": "/dev/x", "vendor_status": name})


def test_the_worst_word_tells_who_mends_it() -> None:
    assert decoded(FULL6, "10 0F 05 00 09 00").action is Action.SUSPEND


def test_the_check_command_takes_a_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PROFILES / "full6.yaml")]) == 0
    assert "6" in capsys.readouterr().out
    assert main(["check", str(written(tmp_path, MINIMAL.replace("check: xor", "check: md5")))]) == 2
    assert "x.yaml:3: " in capsys.readouterr().err
    assert not is_profile(tmp_path / "none.yaml")


class _Babbler:
    """A cable that says what it is given, in pieces."""

    model: str | None = None

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces

    def send_some(self, data: bytes, wait_s: float) -> int:
        del wait_s
        return len(data)

    def receive(self, wait_s: float) -> bytes:
        del wait_s
        return self.pieces.pop(0) if self.pieces else b""

    def close(self) -> None:
        """Nothing is held."""


@given(st.sampled_from([FULL6, ASB4]), st.lists(st.binary(max_size=40), max_size=30))
def test_any_stream_leaves_a_status_or_silence_and_a_bounded_memory(
    profile: VendorProfile, pieces: list[bytes]
) -> None:
    clock = itertools.count()
    link = Link(
        _Babbler(pieces),
        bytes_per_s=None,
        reply_s=3,
        write_s=3,
        frames=FrameShape(profile.mask, profile.value, profile.size),
        monotonic=lambda: float(next(clock)),
    )
    source = VendorStatus(profile)
    for _ in range(3):
        assert isinstance(source.ask(link, None), DeviceStatus)
        assert source.is_stopped(link) in (True, False, None)
    assert len(link._frames) <= 4
    assert link._frame is None or len(link._frame) < profile.size
