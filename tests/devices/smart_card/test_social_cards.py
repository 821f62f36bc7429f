"""Social-security cards through the real pcscd, by their profile; the PIN and its tries."""

from pathlib import Path

import pytest

from devices.smart_card import pcsc_driver
from devices.smart_card.pcsc_driver import make
from devices.smart_card.reader import PinRefused, PinVerified
from devices.smart_card.social_profile import ProfileError, read_profiles
from devices.smart_card.types import SocialCardRead
from kiosk.base.errors import BudayangError, Problem
from tests.devices.smart_card.scenes import PROFILE, CardScene, Standing, card_scene

pytestmark = pytest.mark.xdist_group("pcscd")
SHIPPED = Path(pcsc_driver.__file__).with_name("profiles")

BANK_CARD = """
name: bank-card
source: made up
is_verified: false
select: [{name: "A000000333"}]
files: []
"""


def test_the_basic_files_are_read_as_the_profile_says(scene: CardScene) -> None:
    scene.do("lay", card="social_card")
    card = scene.read_social_card().outcome()
    assert isinstance(card, SocialCardRead), card
    assert card.profile == PROFILE
    assert card.fields["id_number"] == "440308199901101512"
    assert (card.fields["name"], card.fields["sex"], card.fields["nation"]) == ("李思远", "1", "01")
    assert (card.fields["birth"], card.fields["valid_to"]) == ("19990110", "20300101")
    assert "李思远" not in repr(card)


def test_another_card_is_told_and_waited_for(scene: CardScene) -> None:
    scene.do("lay", card="permit")
    attempt = scene.read_social_card()
    attempt.complaint("smart_card.unknown_type")
    scene.take_away()
    scene.do("lay", card="social_card")
    assert isinstance(attempt.outcome(), SocialCardRead)


def test_tries_are_told_and_the_last_one_is_never_used_up(standing: Standing) -> None:
    with card_scene(standing) as scene:
        scene.do("lay", card="social_card")
        assert scene.verify_pin("123456").outcome() == PinVerified()
        assert scene.verify_pin("111111").outcome() == PinRefused(Problem("smart_card.pin_wrong"), 2)
        assert scene.verify_pin("111111").outcome() == PinRefused(Problem("smart_card.pin_wrong"), 1)
        # even the right one: nobody knows that it is
        for pin in ("111111", "123456"):
            assert scene.verify_pin(pin).outcome() == PinRefused(Problem("smart_card.pin_last_try"), 1)
        assert scene.emulator.state()["pin_tries"] == 1
        scene.do("block_pin")
        assert scene.verify_pin("123456").outcome() == PinRefused(Problem("smart_card.pin_blocked"), 0)
        scene.do("new_pin_tries")


@pytest.mark.parametrize("pin", ["12345", "1234567", "12345a", "１２３４５６"])
def test_what_can_be_no_pin_never_reaches_the_card(scene: CardScene, pin: str) -> None:
    scene.do("lay", card="social_card")
    before = scene.emulator.commands
    assert scene.verify_pin(pin).outcome() == Problem("smart_card.key_incomplete")
    assert scene.emulator.commands == before


def test_a_card_of_another_kind_gets_no_pin(scene: CardScene) -> None:
    scene.do("lay", card="permit")
    assert scene.verify_pin("123456").outcome() == Problem("smart_card.unknown_type")


def test_a_profile_that_is_not_there_is_not_supported(scene: CardScene) -> None:
    assert scene.read_social_card("no-such-card").outcome() == Problem("device.unsupported")


def test_a_site_adds_its_own_profile(standing: Standing, tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(BANK_CARD, encoding="utf-8")
    with card_scene(standing, profile_folder=str(tmp_path)) as scene:
        scene.do("lay", card="social_card")
        scene.read_social_card("bank-card").complaint("smart_card.unknown_type")
        scene.reader.cancel("action-1")
        assert scene.verify_pin("123456", "bank-card").outcome() == Problem("device.unsupported")


def test_the_shipped_profiles_say_that_they_are_not_verified() -> None:
    profiles = read_profiles(SHIPPED)
    assert set(profiles) == {PROFILE}
    assert not profiles[PROFILE].is_verified
    assert "not checked" in profiles[PROFILE].source


@pytest.mark.parametrize(
    "text",
    [
        "name: [",
        "name: bank-card",
        BANK_CARD.replace("A000000333", "not hex"),
        BANK_CARD + "more: 1\n",
        BANK_CARD + "pin: {reference: 0, encoding: ascii, shortest: 6, longest: 12, length: 6}\n",
        BANK_CARD + "# " + "x" * 70_000,
    ],
)
def test_a_profile_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "bank.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"bank\.yaml"):
        read_profiles(tmp_path)
    with pytest.raises(BudayangError):
        make({"profile_folder": str(tmp_path)})


def test_a_pin_is_padded_as_the_profile_says() -> None:
    pin = read_profiles(SHIPPED)[PROFILE].pin
    assert pin is not None
    assert pin.encode("123456") == bytes.fromhex("123456")
    odd = type(pin)(reference=0, encoding="packed", shortest=4, longest=8, length=4)
    assert odd.encode("12345") == bytes.fromhex("12345FFF")
    plain = type(pin)(reference=0, encoding="ascii", shortest=4, longest=8, length=8, filler="00")
    assert plain.encode("1234") == b"1234\x00\x00\x00\x00"


@pytest.mark.parametrize("settings", [{"reader": 1}, {"csca_folder": "/none"}, {"port": "x"}])
def test_a_wrong_configuration_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(BudayangError):
        make(settings)
