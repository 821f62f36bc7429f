"""Every key that a device can tell is a sentence in three languages: a walk over the source of all drivers and the shipped files.

Keys are written as literals, so whatever looks like one and begins with a word that begins a sentence's key, or stands where only a
key can stand, must have its sentence.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

import devices
from kiosk.base.sentences import LANGUAGES, known_sentences

ROOT = Path(devices.__file__).parent
NOT_IN_A_HOST = ("emulators", "recorder", "commands", "probing", "inspection")
"""Programs of technicians and developers, which speak in sentences of their own."""
KEY = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
CALLS = {"Problem": 0, "BudayangError": 0, "Completion": 2, "DeviceStatus": -1}
"""Calls that take a key, and at which place beside the keyword ``reason``."""
NO_KEYS = {
    # what NUT calls its variables
    "battery.charge",
    "battery.runtime",
    "ups.status",
}


def sources() -> list[Path]:
    return [path for path in sorted(ROOT.rglob("*.py")) if path.relative_to(ROOT).parts[0] not in NOT_IN_A_HOST]


def literals(tree: ast.AST) -> Iterator[str]:
    """Every text that looks like a key."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
            yield node.value


def keys_in_calls(tree: ast.AST) -> Iterator[str]:
    """Literals that stand where only a key can stand."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in CALLS:
            continue
        place = CALLS[name]
        told = [word.value for word in node.keywords if word.arg == "reason"]
        told += node.args[place : place + 1] if place >= 0 else []
        for value in told:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


def keys_of_file(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    groups = {key.partition(".")[0] for key in known_sentences()}
    found = {text for text in literals(tree) if text.partition(".")[0] in groups} | set(keys_in_calls(tree))
    return found - NO_KEYS


def reasons_of(value: object) -> Iterator[str]:
    """The reasons in a description, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "reason":
                yield str(inner)
            else:
                yield from reasons_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from reasons_of(inner)


def test_every_key_of_the_source_has_its_sentence() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {key}"
        for path in sources()
        for key in keys_of_file(path) - known_sentences().keys()
    }
    assert not missing


def test_every_reason_of_a_shipped_file_has_its_sentence() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {key}"
        for path in ROOT.rglob("*.yaml")
        for key in set(reasons_of(yaml.safe_load(path.read_text(encoding="utf-8")))) - known_sentences().keys()
    }
    assert not missing


def test_the_walk_finds_the_keys_and_each_stands_in_all_languages() -> None:
    keys = set().union(*(keys_of_file(path) for path in sources()))
    assert len(keys) > 120, "the walk finds too little"
    assert {"reader.gone", "sheet_printer.silent", "device.unsupported", "described.outcome_unknown"} <= keys
    for key in sorted(keys):
        texts = known_sentences()[key]
        assert len(texts) == len(LANGUAGES), key
        assert all(text.strip() for text in texts), key
        assert texts[0] != texts[2], f"{key} is not translated"


def test_no_key_is_made_at_run_time() -> None:
    """A key that is put together cannot be walked to."""
    groups = {key.partition(".")[0] for key in known_sentences()}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
                begins = str(node.values[0].value)
                group, dot, rest = begins.partition(".")
                assert not (dot and group in groups and re.fullmatch(r"[a-z_]*", rest)), (path, begins)
