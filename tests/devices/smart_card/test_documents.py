"""Travel documents through the real pcscd: opened by BAC and PACE, read, judged."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from devices.emulators.virtual_document import Holder
from devices.smart_card.mrz_codec import MrzKey
from devices.smart_card.reader import Cancelled, DocumentDoubted, MediaInserted, MediaRemoved
from devices.smart_card.types import Access, Authenticity, DocumentRead
from devices.status import DeviceState, Media
from kiosk.base.errors import Problem
from tests.devices.smart_card.scenes import CAN, KEY, WRONG_KEY, CardScene, Standing, card_scene

pytestmark = pytest.mark.xdist_group("pcscd")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("card", "key", "access"),
    [
        ("permit", KEY, Access.BAC),
        ("permit_pace", KEY, Access.PACE),
        ("permit_pace", CAN, Access.PACE),
        ("permit_pace_3des", KEY, Access.PACE),
    ],
)
def test_a_permit_is_opened_read_and_found_genuine(
    scene: CardScene, card: str, key: MrzKey | str, access: Access
) -> None:
    scene.do("lay", card=card)
    attempt = scene.read(key, judged_at=NOW)
    document = attempt.outcome()
    assert isinstance(document, DocumentRead), document
    assert (document.access, document.authenticity) == (access, Authenticity.GENUINE)
    holder, text = Holder(), document.text
    assert (text.layout, text.document_code, text.document_number) == ("permitChip", "CS", holder.number)
    assert (text.full_name, text.personal_number, text.address) == (
        holder.full_name,
        holder.personal_number,
        holder.address,
    )
    assert (text.full_birth, text.expiry, text.surname) == ("19990110", "340101", "SPECIMEN")
    assert document.portrait == b""
    assert [type(event) for event in attempt.events.items] == [MediaInserted]
    assert document.exchanges < 25


def test_the_portrait_comes_only_when_it_is_asked_for_however_long_it_is(scene: CardScene) -> None:
    scene.do("lay", card="permit_large_portrait")
    document = scene.read(wants_portrait=True).outcome()
    assert isinstance(document, DocumentRead)
    assert len(document.portrait) > 40_000
    assert document.portrait[0] == 0x75
    assert set(document.portrait[-1000:]) == {0}


@pytest.mark.parametrize(
    ("card", "key"),
    [("permit", WRONG_KEY), ("permit_pace", WRONG_KEY), ("permit_pace", "654321")],
)
def test_another_documents_zone_opens_nothing(scene: CardScene, card: str, key: MrzKey | str) -> None:
    scene.do("lay", card=card)
    assert scene.read(key).outcome() == Problem("smart_card.key_refused")


def test_digits_that_the_chip_does_not_take_are_told(scene: CardScene) -> None:
    scene.do("lay", card="permit")
    assert scene.read(CAN).outcome() == Problem("smart_card.can_not_accepted")


@pytest.mark.parametrize(
    "key", ["12345", "12345x", MrzKey("", "900101", "340101"), MrzKey("CA0000001", "901301", "340101")]
)
def test_an_incomplete_key_is_refused_before_any_card(scene: CardScene, key: MrzKey | str) -> None:
    assert scene.read(key).outcome() == Problem("smart_card.key_incomplete")


@pytest.mark.parametrize(
    ("card", "key"),
    [
        ("tampered_zone", "smart_card.altered"),
        ("tampered_details", "smart_card.altered"),
        ("foreign_zone", "smart_card.altered"),
        ("signer_unknown", "smart_card.signer_unknown"),
        ("without_sod", "smart_card.unsigned"),
    ],
)
def test_what_nobody_vouches_for_is_doubted_and_says_why(scene: CardScene, card: str, key: str) -> None:
    scene.do("lay", card=card)
    assert scene.read(judged_at=NOW).outcome() == DocumentDoubted(Problem(key))


def test_a_tampered_portrait_is_found_when_it_is_read(scene: CardScene) -> None:
    scene.do("lay", card="tampered_portrait")
    assert isinstance(scene.read().outcome(), DocumentRead)
    assert scene.read(wants_portrait=True).outcome() == DocumentDoubted(Problem("smart_card.altered"))


def test_without_installed_certificates_nothing_is_vouched_for(standing: Standing) -> None:
    with card_scene(standing, csca_folder=None) as scene:
        scene.do("lay", card="permit")
        document = scene.read().outcome()
        assert isinstance(document, DocumentRead)
        assert document.authenticity is Authenticity.NOT_CHECKED


def test_an_expired_signer_counts_only_by_a_trusted_clock(standing: Standing, tmp_path: Path) -> None:
    (tmp_path / "short.der").write_bytes(standing[1].short_lived.csca_der)
    with card_scene(standing, csca_folder=str(tmp_path)) as scene:
        scene.do("lay", card="signer_expired")
        assert scene.read(judged_at=NOW).outcome() == DocumentDoubted(Problem("smart_card.signer_expired"))
        assert isinstance(scene.read().outcome(), DocumentRead)


def test_a_document_is_waited_for_and_its_removal_told(scene: CardScene) -> None:
    attempt = scene.read()
    scene.do("lay", card="permit")
    assert isinstance(attempt.outcome(), DocumentRead)
    removal = scene.watch_removal()
    assert not removal.outcomes.items
    scene.do("pull")
    assert removal.outcome() == MediaRemoved()


def test_a_document_that_lies_there_can_be_wanted_anew(scene: CardScene) -> None:
    scene.do("lay", card="permit")
    assert isinstance(scene.read().outcome(), DocumentRead)
    attempt = scene.read(accepts_lying=False)
    scene.take_away()
    assert not attempt.outcomes.items
    assert not attempt.events.items
    scene.do("lay", card="permit")
    assert isinstance(attempt.outcome(), DocumentRead)


def test_a_card_that_is_no_travel_document_is_told_and_the_right_one_read(scene: CardScene) -> None:
    scene.do("lay", card="social_card")
    attempt = scene.read()
    attempt.complaint("smart_card.unknown_type")
    scene.take_away()
    scene.do("lay", card="permit")
    assert isinstance(attempt.outcome(), DocumentRead)


def test_the_time_passes_without_a_document(scene: CardScene) -> None:
    assert scene.read(timeout_s=0.2).outcome() == Problem("smart_card.none_laid")


def test_a_wish_given_up_is_cancelled(scene: CardScene) -> None:
    attempt = scene.read(action_id="given-up")
    scene.reader.cancel("given-up")
    assert attempt.outcome() == Cancelled()


def test_the_status_tells_of_the_card(standing: Standing) -> None:
    with card_scene(standing) as scene:
        assert scene.status(DeviceState.ONLINE).media is Media.NOT_PRESENT
        scene.do("lay", card="permit")
        scene.statuses.wait_for(lambda status: status.media is Media.PRESENT)


@pytest.mark.allow_log("device_lost.*smart_card.gone")  # that is what it is
def test_another_readers_name_is_no_reader(standing: Standing) -> None:
    with card_scene(standing, reader="There is none") as scene:
        attempt = scene.read()
        assert attempt.outcome() == Problem("smart_card.gone")


def test_the_slow_card_is_read_all_the_same(scene: CardScene) -> None:
    scene.do("slow", ms=60)
    scene.do("lay", card="permit")
    document = scene.read().outcome()
    assert isinstance(document, DocumentRead)
    assert document.exchange_ms > 60 * document.exchanges


def test_nothing_personal_is_shown(scene: CardScene) -> None:
    scene.do("lay", card="permit")
    shown = repr(scene.read().outcome())
    holder = Holder()
    assert not any(secret in shown for secret in (holder.number, holder.full_name, holder.personal_number))
