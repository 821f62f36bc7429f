"""The texts of the pages in the other languages: read straight from the .ts files, so that nothing needs to be built.

The source language of every `qsTr` is Simplified Chinese. ``make`` keeps the .ts files up to date with pyside6-lupdate
(see `screens.translations.update`). Sentences about problems and states live in `kiosk.base.sentences`.
"""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QTranslator

from kiosk.session.state import Language

FOLDER = Path(__file__).parent


@cache
def _read(language: str) -> dict[tuple[str, str], str]:
    """(context, source) -> text of one .ts file; unfinished and empty entries are left out."""
    import xml.etree.ElementTree as ET  # not before the first frame

    texts: dict[tuple[str, str], str] = {}
    # our own file, not one from outside
    for context in ET.parse(FOLDER / f"{language}.ts").getroot().iter("context"):  # noqa: S314
        name = context.findtext("name", "")
        for message in context.iter("message"):
            text = message.findtext("translation", "")
            if text:
                texts[name, message.findtext("source", "")] = text
    return texts


class TsTranslator(QTranslator):
    """A translator over one .ts file. A text that is missing stays in its source language."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._texts = _read(language.value)

    def isEmpty(self) -> bool:
        return not self._texts

    def translate(
        self,
        context: str | bytes,
        sourceText: str | bytes,
        disambiguation: str | bytes | None = None,
        n: int = -1,
    ) -> str | None:
        return self._texts.get((_text(context), _text(sourceText)))


def _text(given: str | bytes) -> str:
    return given.decode() if isinstance(given, bytes) else given


def translator_of(language: Language) -> TsTranslator | None:
    """The translator of a language, None for the source language."""
    return None if language is Language.ZH_CN else TsTranslator(language)
