"""A keypad as data."""

from pathlib import Path

import pytest

from devices.keypad.profile import PROFILES, load_profile, profile_path
from devices.keypad.types import Key
from kiosk.base.yaml_reading import ConfigError

GOOD = profile_path("metal_16").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_profile_can_be_used(path: Path) -> None:
    profile = load_profile(path)
    assert {Key.ENTER, Key.CANCEL, Key.ZERO} <= set(profile.keys.values())
    assert {key for row in profile.rows for key in row} <= set(profile.keys.values())


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('  one: "31"\n', "", "config.missing"),
        ('one: "31"', 'one: "3"', "config.text_form"),
        ('one: "31"', 'one: "32"', "keypad.byte_twice"),
        ("first: one two", "first: one star", "config.choice"),
        ("begin: 1B 4C 31", "begin: light", "config.text_form"),
        ('hello_reply: "06"', "", "config.missing"),
        ('hello: "05"', "", "config.missing"),
        ("commands:", "comands:", "config.unknown_key_near"),
        ("  clear:", "  clean:", "config.unknown_key_near"),
    ],
)
def test_each_mistake_is_told_with_its_remedy(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in GOOD
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_profile(path)
    complaints = caught.value.complaints
    assert key in {complaint.problem.key for complaint in complaints}
    assert all(complaint.text(language) for complaint in complaints for language in ("zh_CN", "zh_HK", "en"))
