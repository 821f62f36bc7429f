"""What a network scanner says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.document_scanner.escl_codec import REASONS, decode, fault_of, trouble
from devices.document_scanner.types import ScanError
from devices.status import Action, DeviceState, DeviceStatus, Media
from kiosk.base.sentences import known_sentences


def said(state: str, adf: str | None) -> bytes:
    feeder = f"<scan:AdfState>{adf}</scan:AdfState>" if adf else ""
    return f"<scan:ScannerStatus><pwg:State>{state}</pwg:State>{feeder}</scan:ScannerStatus>".encode()


@pytest.mark.parametrize(
    ("state", "adf", "device", "media", "reason"),
    [
        ("Idle", "ScannerAdfLoaded", DeviceState.ONLINE, Media.PRESENT, None),
        ("Idle", "ScannerAdfEmpty", DeviceState.ONLINE, Media.NOT_PRESENT, None),
        ("Idle", "ScannerAdfProcessing", DeviceState.ONLINE, Media.UNKNOWN, None),
        ("Idle", None, DeviceState.ONLINE, None, None),
        ("Processing", "ScannerAdfLoaded", DeviceState.DEVICE_BUSY, Media.PRESENT, None),
        ("Stopped", "ScannerAdfEmpty", DeviceState.HARDWARE_ERROR, Media.NOT_PRESENT, "scanner.stopped"),
        ("Down", None, DeviceState.HARDWARE_ERROR, None, "scanner.stopped"),
        ("Stopped", "ScannerAdfJam", DeviceState.HARDWARE_ERROR, Media.JAMMED, "scanner.jammed"),
        ("Idle", "ScannerAdfMultipickDetected", DeviceState.USER_ERROR, Media.PRESENT, "scanner.double_feed"),
        ("Idle", "ScannerAdfHatchOpen", DeviceState.USER_ERROR, Media.PRESENT, "scanner.cover_open"),
    ],
)
def test_states_and_feeders_are_told_in_our_words(
    state: str, adf: str | None, device: DeviceState, media: Media | None, reason: str | None
) -> None:
    status = decode(said(state, adf))
    assert status is not None
    assert (status.state, status.media, status.reason) == (device, media, reason)


def test_an_open_hatch_is_told_as_such() -> None:
    status = trouble(ScanError.COVER_OPEN)
    assert (status.cover_open, status.action) == (True, Action.CLEAR)


def test_a_feeder_without_fault_has_none() -> None:
    assert fault_of(said("Idle", "ScannerAdfLoaded")) is None
    assert fault_of(said("Idle", None)) is None


def test_every_error_has_a_sentence() -> None:
    assert set(REASONS) == set(ScanError)
    assert set(REASONS.values()) <= set(known_sentences())


@given(st.binary(max_size=400))
def test_no_bytes_of_a_stranger_raise(body: bytes) -> None:
    assert isinstance(decode(body), DeviceStatus | None)
    assert isinstance(decode(said("Idle", "x") + body), DeviceStatus)
