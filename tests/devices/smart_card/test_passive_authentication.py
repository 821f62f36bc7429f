"""Passive authentication: every kind of signature, every reason not to believe, told apart."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms  # type: ignore[import-untyped]  # no types
from cryptography.hazmat.primitives import serialization
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.emulators.virtual_issuer import MADE_AT, VirtualState, wrap
from devices.smart_card.passive_authentication import Authenticity, TrustedStates, judge

GROUPS = {1: b"\x61\x03one", 11: b"\x6b\x06eleven"}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def state() -> VirtualState:
    return VirtualState()


def trusting(*states: VirtualState) -> TrustedStates:
    return TrustedStates(tuple(state.csca for state in states))


@pytest.mark.parametrize("kind", ["ecdsa", "rsa", "pss"])
@pytest.mark.parametrize("digest", ["sha1", "sha256", "sha512"])
def test_every_kind_of_signature_is_checked(kind: str, digest: str) -> None:
    issuer = VirtualState(kind=kind)
    sod = issuer.security_object(GROUPS, digest)
    assert judge(sod, GROUPS, trusting(issuer), NOW) is Authenticity.GENUINE
    at = len(sod) - 5  # the signature is the last there is
    spoilt = sod[:at] + bytes((sod[at] ^ 1,)) + sod[at + 1 :]
    assert judge(spoilt, GROUPS, trusting(issuer), NOW) is Authenticity.SIGNATURE_WRONG


def test_some_of_the_signed_groups_are_enough(state: VirtualState) -> None:
    sod = state.security_object(GROUPS)
    assert judge(sod, {1: GROUPS[1]}, trusting(state), None) is Authenticity.GENUINE


@pytest.mark.parametrize("groups", [{1: b"\x61\x03two"}, {1: GROUPS[1], 2: b"not signed at all"}])
def test_other_data_than_was_signed_is_altered(state: VirtualState, groups: dict[int, bytes]) -> None:
    sod = state.security_object(GROUPS)
    assert judge(sod, groups, trusting(state), NOW) is Authenticity.ALTERED
    assert judge(sod, groups, TrustedStates(), NOW) is Authenticity.ALTERED


def test_hashes_changed_in_the_sod_break_its_signature(state: VirtualState) -> None:
    sod = state.security_object(GROUPS)
    other = state.security_object({1: b"\x61\x03two", 11: GROUPS[11]})
    inner = cms.ContentInfo.load(sod[4:])["content"]["encap_content_info"]["content"].contents
    forged_inner = cms.ContentInfo.load(other[4:])["content"]["encap_content_info"]["content"].contents
    forged = sod.replace(inner, forged_inner)
    assert forged != sod
    assert judge(forged, {1: b"\x61\x03two"}, trusting(state), NOW) is Authenticity.SIGNATURE_WRONG


def test_a_forgers_own_state_is_unknown(state: VirtualState) -> None:
    # the same names everywhere; only the keys differ
    assert judge(VirtualState().security_object(GROUPS), GROUPS, trusting(state), NOW) is Authenticity.SIGNER_UNKNOWN


def test_no_installed_state_vouches_for_nothing(state: VirtualState) -> None:
    assert judge(state.security_object(GROUPS), GROUPS, TrustedStates(), NOW) is Authenticity.NOT_CHECKED


def test_a_signers_certificate_is_no_states(state: VirtualState) -> None:
    signer_as_state = TrustedStates((state.signer,))
    assert judge(state.security_object(GROUPS), GROUPS, signer_as_state, NOW) is Authenticity.SIGNER_UNKNOWN


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        (-1, Authenticity.CSCA_EXPIRED),
        (99, Authenticity.GENUINE),
        (101, Authenticity.SIGNER_EXPIRED),
        (201, Authenticity.CSCA_EXPIRED),
    ],
)
def test_times_are_judged_and_told_apart(days: int, verdict: Authenticity) -> None:
    issuer = VirtualState(signer_ends=MADE_AT + timedelta(days=100), csca_ends=MADE_AT + timedelta(days=200))
    sod = issuer.security_object(GROUPS)
    assert judge(sod, GROUPS, trusting(issuer), MADE_AT + timedelta(days=days)) is verdict
    assert judge(sod, GROUPS, trusting(issuer), None) is Authenticity.GENUINE


@pytest.mark.parametrize(
    "sod", [b"", b"\x77\x00", wrap(0x77, b"\x30\x00"), wrap(0x61, b"abc"), wrap(0x77, b"\xff" * 40)]
)
def test_what_is_no_signed_data_is_unreadable(state: VirtualState, sod: bytes) -> None:
    assert judge(sod, GROUPS, trusting(state), NOW) is Authenticity.UNREADABLE


def test_a_hash_that_nobody_knows_is_unsupported(state: VirtualState) -> None:
    sod = state.security_object(GROUPS, "md5")
    assert judge(sod, GROUPS, trusting(state), NOW) is Authenticity.UNSUPPORTED


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.data())
def test_no_changed_byte_makes_altered_data_genuine(state: VirtualState, data: st.DataObject) -> None:
    sod = bytearray(SOD)
    for _ in range(data.draw(st.integers(1, 3))):
        sod[data.draw(st.integers(0, len(sod) - 1))] = data.draw(st.integers(0, 255))
    other = {1: b"\x61\x03two"}
    assert judge(bytes(sod), other, TrustedStates((STATE.csca,)), NOW) is not Authenticity.GENUINE


STATE = VirtualState()
SOD = STATE.security_object(GROUPS)


def test_certificates_are_read_in_both_forms(tmp_path: Path, state: VirtualState) -> None:
    (tmp_path / "a.der").write_bytes(state.csca_der)
    (tmp_path / "b.pem").write_bytes(STATE.csca.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "README.txt").write_text("no certificate")
    assert TrustedStates.read(tmp_path).certificates == (state.csca, STATE.csca)
    (tmp_path / "c.crt").write_bytes(b"none")
    with pytest.raises(ValueError, match=r".+"):
        TrustedStates.read(tmp_path)
