"""A person always gets a sentence."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.base import sentences
from kiosk.base.errors import Problem
from kiosk.base.sentences import GENERAL_KEY, LANGUAGES, sentence, sentence_of


@pytest.fixture
def lenient() -> Iterator[None]:
    sentences.raise_on_unknown(False)
    yield
    sentences.raise_on_unknown(True)


@pytest.fixture(autouse=True)
def _own_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {**sentences.known_sentences(), "trial.count": ("还有 {count} 张", "還有 {count} 張", "{count} left")}
    monkeypatch.setattr(sentences, "_read_modules", lambda: texts)


def test_each_language_has_its_text_with_placeholders_filled() -> None:
    assert [sentence("trial.count", language, count="3") for language in LANGUAGES] == [
        "还有 3 张",
        "還有 3 張",
        "3 left",
    ]
    assert sentence_of(Problem("trial.count", {"count": "2"}), "zh_HK") == "還有 2 張"


def test_an_unknown_key_or_a_missing_placeholder_raises_under_test() -> None:
    with pytest.raises(KeyError):
        sentence("trial.unknown", "zh_CN")
    with pytest.raises(KeyError):
        sentence("trial.count", "zh_CN")


@pytest.mark.usefixtures("lenient")
@pytest.mark.allow_log("sentence_(missing|unfilled) key=trial")  # both are told, and the person is not left with a code
def test_at_run_time_the_general_sentence_stands_in(caplog: pytest.LogCaptureFixture) -> None:
    general = sentences.known_sentences()[GENERAL_KEY]
    assert sentence("trial.unknown", "zh_CN") == general[0]
    assert sentence("trial.count", "en") == general[2]
    assert [record.getMessage() for record in caplog.records] == [
        "sentence_missing key=trial.unknown",
        "sentence_unfilled key=trial.count",
    ]


def test_reading_the_sentences_reads_no_room_at_import() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import kiosk.base.sentences as s; "
        "assert 'kiosk.base.sentences.base' not in sys.modules; print(s.sentence(s.GENERAL_KEY, 'en'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parents[3])],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert "staffed counter" in done.stdout
