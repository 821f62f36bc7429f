"""DLE EOT replies and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.receipt_printer.status_codec import Replies, decode, gone, is_clean, is_offline, is_reply, silent
from devices.status import Action, DeviceState, Paper
from kiosk.base.sentences import LANGUAGES, sentence

CLEAN = Replies(0x12, 0x12, 0x12, 0x12)
BYTE = st.none() | st.integers(0, 255)


@pytest.mark.parametrize(
    ("replies", "state", "paper", "action", "reason"),
    [
        (CLEAN, DeviceState.ONLINE, Paper.FULL, None, None),
        (Replies(0x12, 0x12, 0x12, 0x1E), DeviceState.ONLINE, Paper.LOW, None, None),
        (Replies(0x1A, 0x32, 0x12, 0x7E), DeviceState.USER_ERROR, Paper.OUT, Action.CLEAR, "receipt_printer.paper_out"),
        (Replies(0x12, 0x12, 0x12, 0x72), DeviceState.USER_ERROR, Paper.OUT, Action.CLEAR, "receipt_printer.paper_out"),
        (Replies(0x1A, 0x32, 0x12, 0x12), DeviceState.USER_ERROR, Paper.OUT, Action.CLEAR, "receipt_printer.paper_out"),
        (
            Replies(0x1A, 0x16, 0x12, 0x12),
            DeviceState.USER_ERROR,
            Paper.FULL,
            Action.CLEAR,
            "receipt_printer.cover_open",
        ),
        (
            Replies(0x1A, 0x52, 0x1A, 0x12),
            DeviceState.HARDWARE_ERROR,
            Paper.JAMMED,
            Action.CLEAR,
            "receipt_printer.cutter_jammed",
        ),
        (
            Replies(0x1A, 0x52, 0x32, 0x12),
            DeviceState.HARDWARE_ERROR,
            Paper.FULL,
            Action.MAINTENANCE,
            "receipt_printer.unrecoverable",
        ),
        (
            Replies(0x1A, 0x52, 0x52, 0x12),
            DeviceState.HARDWARE_ERROR,
            Paper.FULL,
            Action.SUSPEND,
            "receipt_printer.recovering",
        ),
        (
            Replies(0x1A, 0x52, 0x12, 0x12),
            DeviceState.HARDWARE_ERROR,
            Paper.FULL,
            Action.MAINTENANCE,
            "receipt_printer.error",
        ),
        (
            Replies(0x1A, 0x1A, 0x12, 0x12),
            DeviceState.USER_ERROR,
            Paper.FULL,
            Action.SUSPEND,
            "receipt_printer.feeding",
        ),
        (
            Replies(0x1A, 0x12, 0x12, 0x12),
            DeviceState.HARDWARE_ERROR,
            Paper.FULL,
            Action.SUSPEND,
            "receipt_printer.stopped",
        ),
        (
            Replies(0x12, 0x12, 0x12, None),
            DeviceState.ONLINE,
            Paper.UNKNOWN,
            Action.SUSPEND,
            "receipt_printer.paper_unknown",
        ),
        (Replies(None, 0x12, 0x12, 0x12), DeviceState.ONLINE, Paper.UNKNOWN, Action.SUSPEND, "receipt_printer.silent"),
    ],
)
def test_each_trouble_has_its_state_paper_action_and_sentence(
    replies: Replies, state: DeviceState, paper: Paper, action: Action | None, reason: str | None
) -> None:
    status = decode(replies)
    assert (status.state, status.paper, status.action, status.reason) == (state, paper, action, reason)
    assert is_clean(status) is (reason is None)
    if reason is not None:
        assert all(sentence(reason, language) for language in LANGUAGES)


def test_an_open_cover_is_told_and_a_missing_answer_about_it_is_not_guessed() -> None:
    assert decode(Replies(0x1A, 0x16, 0x12, 0x12)).cover_open is True
    assert decode(CLEAN).cover_open is False
    assert decode(Replies(0x12, None, 0x12, 0x12)).cover_open is None


def test_a_byte_of_another_form_is_no_reply() -> None:
    assert Replies(0xFF, 0x00, 0x13, 0x92) == Replies()
    assert Replies(0xFF).is_silent
    assert not CLEAN.is_silent
    assert [value for value in range(256) if is_reply(value)] == [
        value
        for value in range(256)
        if f"{value:08b}"[0] == "0" and f"{value:08b}"[3] == "1" and f"{value:08b}"[6:] == "10"
    ]


def test_the_offline_bit_is_bit_three() -> None:
    assert is_offline(0x1A)
    assert not is_offline(0x12)


def test_silent_and_gone_never_say_that_there_is_paper() -> None:
    assert silent().paper is Paper.UNKNOWN
    assert gone().paper is Paper.UNKNOWN
    assert gone().state is DeviceState.POWER_OFF
    assert not is_clean(silent())


@given(BYTE, BYTE, BYTE, BYTE)
def test_any_bytes_give_a_status_and_noise_is_never_clean(
    a: int | None, b: int | None, c: int | None, d: int | None
) -> None:
    status = decode(Replies(a, b, c, d))
    if is_clean(status):
        assert a is not None
        assert is_reply(a)
        assert d is not None
        assert is_reply(d)
