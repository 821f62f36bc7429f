"""A PIN for the staff page: asked, never an argument, and what is printed is taken by the configuration."""

import io
from pathlib import Path

import pytest

from kiosk.base.config import load_config
from kiosk.base.pin_hash import is_pin
from kiosk.base.production import production_complaints
from kiosk.base.staff_config import DEMO_PIN, DEMO_PIN_HASH
from provisioning.terminal.cli import main
from provisioning.terminal.init import init_demo


def test_what_is_printed_is_the_configuration_s_section(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff-pin"], ask_from=io.StringIO("246810\n246810\n")) == 0
    printed = capsys.readouterr().out
    assert "246810" not in printed
    file = init_demo(tmp_path)
    text = file.read_text(encoding="utf-8")
    begin = text.index("staff:\n")
    end = text.index("\n", text.index("pin_hash", begin)) + 1
    file.write_text(text[:begin] + printed + text[end:], encoding="utf-8")
    config = load_config(file)
    assert is_pin("246810", config.staff.pin_hash)
    assert "scrypt" not in repr(config)


@pytest.mark.parametrize("typed", ["246810\n246811\n", "12345\n12345\n", "abcdef\nabcdef\n", ""])
def test_what_is_no_pin_is_told_in_words(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff-pin"], ask_from=io.StringIO(typed)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "6" in told.err


def test_the_demo_s_pin_opens_the_demo_and_no_production_profile(tmp_path: Path) -> None:
    file = init_demo(tmp_path)
    config = load_config(file)
    assert config.staff.pin_hash == DEMO_PIN_HASH
    assert is_pin(DEMO_PIN, config.staff.pin_hash)
    keys = [complaint.problem.key for complaint in production_complaints(config)]
    assert "config.production_demo_pin" in keys


def test_a_section_without_a_hash_or_with_a_wrong_one_is_complained_of(tmp_path: Path) -> None:
    file = init_demo(tmp_path)
    text = file.read_text(encoding="utf-8")
    begin = text.index("staff:\n")
    end = text.index("\n", text.index("pin_hash", begin)) + 1
    file.write_text(text[:begin] + text[end:], encoding="utf-8")
    assert load_config(file).staff.pin_hash == ""
    from kiosk.base.config import ConfigError

    for section in ("staff:\n  pin_hash: 135790\n", "staff: {}\n", "staff:\n  pin: x\n"):
        file.write_text(text[:begin] + section + text[end:], encoding="utf-8")
        with pytest.raises(ConfigError):
            load_config(file)
