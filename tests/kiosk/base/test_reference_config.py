"""The region and the reference in the configuration: each mistake with its line and remedy, also on a production terminal."""

from pathlib import Path

import pytest
import yaml

from kiosk.base.config import ConfigError, ReferenceConfig, load_config
from tests.kiosk.base.test_config import GOOD, PRODUCTION, _complaints, _load

REGION = GOOD.replace("  id: XH-01\n", "  id: XH-01\n  region: '320613'\n")


def test_without_a_section_there_is_none_and_a_region_may_stand_alone(folder: Path) -> None:
    assert (_load(folder, GOOD).reference, _load(folder, GOOD).region) == (None, None)
    assert _load(folder, REGION).region == "320613"
    assert _load(folder, REGION).reference is None


def test_the_section_names_the_publishers_key_and_may_name_the_folder(folder: Path) -> None:
    config = _load(folder, REGION + "reference: {key: keys/publisher.pem}\n")
    assert config.reference == ReferenceConfig(folder / "state" / "reference", folder / "keys" / "publisher.pem")
    config = _load(folder, REGION + "reference: {key: /etc/publisher.pem, folder: catalogue}\n")
    assert config.reference == ReferenceConfig(folder / "catalogue", Path("/etc/publisher.pem"))
    assert _load(folder, REGION.replace("'320613'", "'320613101000'")).region == "320613101000"


@pytest.mark.parametrize(
    ("text", "line", "problem", "key"),
    [
        (REGION.replace("320613", "3206"), 4, "config.text_form", "terminal.region"),
        (REGION.replace("320613", "崇川区"), 4, "config.text_form", "terminal.region"),
        (REGION.replace("320613", "0320613"), 4, "config.text_form", "terminal.region"),
        (GOOD + "reference: {key: keys/publisher.pem}\n", 3, "config.region_wanted", "terminal.region"),
        (REGION + "reference: {folder: catalogue}\n", 34, "config.missing", "reference.key"),
        (REGION + "reference: keys/publisher.pem\n", 34, "config.not_a_mapping", "reference"),
        (REGION + "reference: {key: k.pem, url: x}\n", 34, "config.unknown_key", "reference.url"),
    ],
)
def test_each_mistake_is_told_at_its_line(folder: Path, text: str, line: int, problem: str, key: str) -> None:
    assert (line, problem, key) in _complaints(folder, text)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "config.production_file_missing"),
        ("-----BEGIN PRIVATE KEY-----\n", "config.production_public_key"),
        ("", "config.production_public_key"),
        ("-----BEGIN PUBLIC KEY-----\n", None),
    ],
)
def test_a_production_terminal_wants_a_public_key_and_no_other(
    folder: Path, content: str | None, problem: str | None
) -> None:
    document = yaml.safe_load(PRODUCTION)
    document["terminal"]["region"] = "320613"
    document["reference"] = {"key": "publisher.pem"}
    if content is not None:
        (folder / "publisher.pem").write_text(content, encoding="ascii")
    path = folder / "terminal.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    found: list[str] = []
    try:
        load_config(path)
    except ConfigError as error:
        found = [one.problem.key for one in error.complaints if one.problem.placeholders["key"] == "reference.key"]
    assert found == ([] if problem is None else [problem])
