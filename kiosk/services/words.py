"""A text in the three languages of the terminal."""

from dataclasses import dataclass

from kiosk.session.state import Language


@dataclass(frozen=True)
class Words:
    """One text in the three languages of the terminal; each is written by itself, none converted."""

    zh_CN: str
    zh_HK: str
    en: str

    def of(self, language: Language) -> str:
        """The text in `language`."""
        return {Language.ZH_CN: self.zh_CN, Language.ZH_HK: self.zh_HK, Language.EN: self.en}[language]
