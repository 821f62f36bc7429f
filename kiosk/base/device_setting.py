"""One setting of a device's driver as a row of a table: what a technician may write, and what the driver is given.

The tables are `kiosk.base.device_tables`; the truth of every setting is the driver's own factory, which a test asks.
A setting that is left out and has no default is left out towards the driver too: its own default holds.
"""

from collections.abc import Mapping
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from kiosk.base.yaml_reading import Section


class Kind(Enum):
    """What stands behind the colon."""

    TEXT = auto()
    PATH = auto()  # of a file or folder; a relative one counts from the configuration's folder
    WHOLE = auto()
    NUMBER = auto()
    FLAG = auto()
    CHOICE = auto()
    SPEED = auto()  # of a serial line, in baud
    NUMBERS = (
        auto()
    )  # a mapping of `words` (a dot leads into a mapping below) to numbers, each of which may be left out
    TEXTS = auto()  # a mapping of free names to texts
    VALUES = auto()  # a mapping of free names to flags, numbers or texts
    VALUES_BY_WORD = auto()  # a mapping of `words` to such mappings


SPEEDS = ("1200", "2400", "4800", "9600", "19200", "38400", "57600", "115200")
NAME = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}"
"""What a free name of a mapping may be."""

_PATH = r"[^\x00-\x1f]{1,4000}"


class Setting(NamedTuple):
    """One row; a named tuple, which is made in less time than a dataclass before the first frame.

    Attributes:
        name: as the technician writes it.
        kind: what stands there.
        example: of a text; shown in complaints.
        pattern: that a text must fit as a whole.
        words: to choose from, or the names of a mapping.
        names: that a free name must fit.
        low, high: of a number, both included.
        default: taken when the line is missing; ``None`` = the driver's own.
        is_required: whether the line must be there.
        passed_as: the driver's own word; empty = `name`.
    """

    name: str
    kind: Kind
    example: str = ""
    pattern: str = r"\S.*"
    words: tuple[str, ...] = ()
    names: str = NAME
    low: float = 0
    high: float = 0
    default: str | float | bool | None = None
    is_required: bool = False
    passed_as: str = ""

    def read(self, section: Section, base: Path) -> object | None:
        """The value for the driver, ``None`` when it has none; complains into the section.

        Args:
            base: folder from which relative paths count.
        """
        if self.is_required and not section.has_value(self.name):
            section.complain_missing(self.name)
            return None
        if not section.has_value(self.name):
            section.ask(self.name)
            return self.default
        return self._value(section, base)

    def _value(self, section: Section, base: Path) -> object:
        if self.kind is Kind.TEXT:
            return section.text(self.name, pattern=self.pattern, example=self.example)
        if self.kind is Kind.PATH:
            return str(base / section.text(self.name, pattern=_PATH, example=self.example))
        if self.kind is Kind.WHOLE:
            return section.whole(self.name, int(self.low), int(self.high))
        if self.kind is Kind.NUMBER:
            return section.number(self.name, self.low, self.high)
        if self.kind is Kind.FLAG:
            return section.flag(self.name, default=bool(self.default))
        if self.kind is Kind.CHOICE:
            return section.choice(self.name, self.words)
        if self.kind is Kind.SPEED:
            return int(section.choice(self.name, SPEEDS))
        return self._mapping(section.section(self.name))

    def _mapping(self, inner: Section) -> dict[str, object]:
        if self.kind is Kind.NUMBERS:
            return self._numbers(inner, self.words)
        if self.kind is Kind.VALUES:
            return dict(inner.values(self.names))
        if self.kind is Kind.VALUES_BY_WORD:
            by_word = {word: inner.section(word, required=False) for word in self.words}
            inner.done()
            return {word: dict(values.values(self.names)) for word, values in by_word.items() if values.is_there}
        names = inner.valid_names(self.names)
        return {name: inner.text(name, pattern=self.pattern, example=self.example) for name in names}

    def _numbers(self, section: Section, words: tuple[str, ...]) -> dict[str, object]:
        read: dict[str, object] = {}
        below: dict[str, list[str]] = {}
        for word in words:
            first, _, rest = word.partition(".")
            if rest:
                below.setdefault(first, []).append(rest)
                continue
            section.ask(word)
            if section.has_value(word):
                read[word] = section.number(word, self.low, self.high)
        for name, rests in below.items():
            inner = section.section(name, required=False)
            if inner.is_there:
                read[name] = self._numbers(inner, tuple(rests))
        section.done()
        return read


class DriverTable(NamedTuple):
    """All settings of one driver of one class.

    Attributes:
        settings: the rows that always hold.
        ways: rows that hold for one word of the choice `way`, such as a printer's transport.
        way: name of that choice; empty = none. It is not passed on.
        one_of: names of which exactly one must be there.
        ordered: two numbers of which the first may not exceed the second.
        together: pairs of names that are there both or not at all.
    """

    settings: tuple[Setting, ...]
    way: str = ""
    ways: Mapping[str, tuple[Setting, ...]] | None = None
    one_of: tuple[str, ...] = ()
    ordered: tuple[str, str] | None = None
    together: tuple[tuple[str, str], ...] = ()

    def read(self, section: Section, base: Path) -> dict[str, object]:
        """The driver's settings; complains into the section, also of what does not belong there."""
        rows = self.settings
        if self.ways is not None:
            rows = (*self.ways[section.choice(self.way, self.ways)], *rows)
        settings: dict[str, object] = {}
        for row in rows:
            value = row.read(section, base)
            if value is not None:
                settings[row.passed_as or row.name] = value
        if self.one_of:
            self._check_one(section)
        for one, other in self.together:
            for given, missing in ((one, other), (other, one)):
                if section.has_value(given) and not section.has_value(missing):
                    section.complain(given, "config.needs_other", other=missing)
        if self.ordered is not None:
            self._check_order(section, settings)
        section.done()
        return settings

    def _check_one(self, section: Section) -> None:
        given = [name for name in self.one_of if section.has_value(name)]
        if len(given) != 1:
            section.complain(given[-1] if given else self.one_of[0], "config.exactly_one", words=", ".join(self.one_of))

    def _check_order(self, section: Section, settings: Mapping[str, object]) -> None:
        assert self.ordered is not None
        first, second = self.ordered
        small, large = settings.get(first), settings.get(second)
        if isinstance(small, int | float) and isinstance(large, int | float) and small > large:
            where = first if section.has_value(first) else second
            section.complain(where, "config.not_above", low=first, high=second, value=f"{small:g}", most=f"{large:g}")
