"""Every message key of the code has a sentence, and every sentence is whole in all three languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.base.sentences import LANGUAGES, known_sentences, placeholders_of

ROOT = Path(__file__).parents[2]
ROOMS = ("main.py", "kiosk", "devices", "offline_cache", "screens", "provisioning")
SAYERS = {"Problem", "BudayangError", "sentence"}
"""Calls whose first argument is a message key when it is a text."""

FORBIDDEN = ("抱歉", "无效", "非法", "系统异常", "無效", "系統異常")
_CHARACTERS = (Path(__file__).parent / "simplified_characters.txt").read_text(encoding="utf-8").splitlines()
SIMPLIFIED_ONLY = frozenset("".join(_CHARACTERS[1:]))
KEYS = sorted(known_sentences())


def _keys_in_code() -> Iterator[tuple[str, str]]:
    """(place, key) for every literal key of the code."""
    for room in ROOMS:
        for path in [ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                first = node.args[0]
                for part in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                    if name in SAYERS and isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", part.value


def test_every_key_in_the_code_has_a_sentence() -> None:
    missing = [f"{place}: {key}" for place, key in _keys_in_code() if key not in known_sentences()]
    assert not missing, "\n".join(missing)


def test_the_search_for_keys_finds_some() -> None:
    assert len(list(_keys_in_code())) > 20


def _faults(texts: tuple[str, ...]) -> Iterator[str]:
    if len(texts) != len(LANGUAGES):
        yield "has not three texts"
    for text in texts:
        if text.strip() != text or not text:
            yield "is empty, or begins or ends with white space"
        yield from (f"says {word}" for word in FORBIDDEN if word in text)
    if len({placeholders_of(text) for text in texts}) != 1:
        yield "has not the same placeholders in each language"
    if simplified := SIMPLIFIED_ONLY.intersection(texts[1]):
        yield f"has simplified characters in zh_HK: {''.join(sorted(simplified))}"


def test_every_sentence_is_whole_in_all_languages() -> None:
    faults = [f"{key} {fault}" for key, texts in known_sentences().items() for fault in _faults(texts)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "texts",
    [
        ("好", "好"),
        ("好", "好", ""),
        ("好 {n}", "好 {n}", "good"),
        ("请", "请", "please"),
        ("抱歉", "唔該", "sorry"),
        ("好", "好 ", "good"),
    ],
)
def test_a_faulty_sentence_is_found(texts: tuple[str, ...]) -> None:
    assert list(_faults(texts))


def test_every_complaint_about_a_configuration_says_how_to_mend_it() -> None:
    for key in KEYS:
        if key.startswith("config."):
            assert all("→" in text for text in known_sentences()[key]), key
