"""Reads one YAML file value by value and collects every complaint with its line and its remedy.

PyYAML's composed nodes keep the line of each key, which its plain loader forgets. Nothing is ever constructed from a tag.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import yaml

from kiosk.base.errors import BudayangError, Problem
from kiosk.base.sentences import Language, sentence_of

LARGEST_FILE = 1_000_000


@dataclass(frozen=True)
class Complaint:
    """What is wrong at a line of a file and how to mend it (the sentence says both). `line` 0 = the file as a whole."""

    file: str
    line: int
    problem: Problem

    def text(self, language: Language) -> str:
        """``file:line: sentence``."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {sentence_of(self.problem, language)}"


class ConfigError(BudayangError):
    """A file that cannot be used; holds all complaints, in the order of their lines."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tuple(sorted(complaints, key=lambda complaint: complaint.line))
        super().__init__("config.refused", count=str(len(self.complaints)))

    def tell(self, stream: TextIO, language: Language = "zh_CN") -> int:
        """Writes every complaint, a line each, then the sum; returns 2, the command line's exit status for it."""
        stream.writelines(complaint.text(language) + "\n" for complaint in self.complaints)
        stream.write(sentence_of(self.problem, language) + "\n")
        return 2


@dataclass
class Complaints:
    """The complaints of one file while it is read, and the line of every value by its dotted path."""

    file: str
    found: list[Complaint] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, line: int, problem: str, /, **placeholders: str) -> None:
        self.found.append(Complaint(self.file, line, Problem(problem, placeholders)))


def read_yaml(path: Path) -> "Section":
    """The file's top mapping. Raises ConfigError when it cannot be read, is no YAML, or is no mapping."""
    complaints = Complaints(str(path))
    try:
        if path.stat().st_size > LARGEST_FILE:
            complaints.add(0, "config.file_too_large", limit=str(LARGEST_FILE))
            raise ConfigError(complaints.found)
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except FileNotFoundError:
        complaints.add(0, "config.file_missing")
        raise ConfigError(complaints.found) from None
    except (OSError, UnicodeDecodeError):
        complaints.add(0, "config.file_unreadable")
        raise ConfigError(complaints.found) from None
    except yaml.MarkedYAMLError as error:
        complaints.add(error.problem_mark.line + 1 if error.problem_mark else 0, "config.not_yaml")
        raise ConfigError(complaints.found) from None
    except (yaml.YAMLError, RecursionError):  # thousands of brackets
        complaints.add(0, "config.not_yaml")
        raise ConfigError(complaints.found) from None
    if not isinstance(node, yaml.MappingNode):
        complaints.add(1, "config.not_a_mapping", where=path.name)
        raise ConfigError(complaints.found)
    return Section(node, "", complaints)


class Section:
    """One mapping of the file. Every asking method returns a usable value, and complains when the file had none.

    Attributes:
        complaints: shared by all sections of the file.
        line: where the section begins, from 1.
    """

    def __init__(self, node: yaml.MappingNode | None, path: str, complaints: Complaints, line: int = 0) -> None:
        self.complaints = complaints
        self.line = node.start_mark.line + 1 if node is not None else line
        self._path = path
        self._nodes: dict[str, yaml.Node] = {}
        self._key_lines: dict[str, int] = {}
        self._asked: list[str] = []
        self.is_there = node is not None
        for key_node, value in node.value if node is not None else ():
            key = str(key_node.value)
            key_line = key_node.start_mark.line + 1
            if key in self._nodes:
                complaints.add(key_line, "config.twice", key=self._dotted(key), line=str(self._key_lines[key]))
                continue
            self._nodes[key] = value
            self._key_lines[key] = key_line
            complaints.lines[self._dotted(key)] = key_line

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    @property
    def names(self) -> list[str]:
        """The keys that the file has here, in order."""
        return list(self._nodes)

    def has_value(self, key: str) -> bool:
        """Whether something stands behind the colon of `key`."""
        node = self._nodes.get(key)
        return node is not None and not _is_null(node)

    def ask(self, key: str) -> None:
        """Says that `key` may stand here, although its value is not wanted now."""
        self._asked.append(key)

    def complain_missing(self, key: str) -> None:
        """Complains that `key` is missing, at its own line or at the section's."""
        self.ask(key)
        self.complain(key, "config.missing")

    def complain(self, key: str, problem: str, /, **placeholders: str) -> None:
        """Complains at the line of `key`, or of the section where the key is missing."""
        line = self._key_lines.get(key, self.line)
        self.complaints.add(line, problem, key=self._dotted(key), **placeholders)

    def section(self, key: str, *, required: bool = True) -> "Section":
        """The mapping under `key`; an empty one when it is missing."""
        node = self._node(key, required=required)
        if isinstance(node, yaml.MappingNode):
            return Section(node, self._dotted(key), self.complaints)
        if node is not None and not _is_null(node):
            self.complain(key, "config.not_a_mapping", where=self._dotted(key))
        return Section(None, self._dotted(key), self.complaints, self._key_lines.get(key, self.line))

    def text(self, key: str, *, pattern: str = r"\S.*", example: str, default: str | None = None) -> str:
        """A text that fits `pattern`; required without a `default`."""
        value = self._scalar(key, required=default is None)
        if value is None:
            return default or ""
        if not re.fullmatch(pattern, value):
            self.complain(key, "config.text_form", value=_short(value), example=example)
        return value

    def choice(self, key: str, words: Iterable[str], *, default: str | None = None) -> str:
        """One of `words`."""
        words = list(words)
        value = self._scalar(key, required=default is None)
        if value is None:
            return default if default is not None else words[0]
        if value not in words:
            self.complain(key, "config.choice", value=_short(value), words=", ".join(words))
            return default if default is not None else words[0]
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """true or false."""
        value = self._scalar(key, required=False)
        if value is None:
            return default
        if value not in ("true", "false"):
            self.complain(key, "config.choice", value=_short(value), words="true, false")
        return value == "true"

    def number(self, key: str, low: float, high: float, *, default: float | None = None) -> float:
        """A number from `low` to `high`."""
        value = self._scalar(key, required=default is None)
        fallback = low if default is None else default
        if value is None:
            return fallback
        number = float(value) if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", value) else None
        if number is None or not low <= number <= high:
            self.complain(key, "config.number_range", value=_short(value), low=f"{low:g}", high=f"{high:g}")
            return fallback
        return number

    def whole(self, key: str, low: int, high: int, *, default: int | None = None) -> int:
        """A whole number from `low` to `high`."""
        value = self.number(key, low, high, default=default)
        if value != int(value):
            self.complain(key, "config.number_range", value=f"{value:g}", low=str(low), high=str(high))
        return int(value)

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of different whole numbers from `low` to `high`, sorted; none when it is missing."""
        node = self._node(key, required=False)
        if node is None or _is_null(node):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.complain(key, "config.not_a_list")
            return ()
        found: list[int] = []
        for one in node.value:
            text = str(one.value) if isinstance(one, yaml.ScalarNode) else ""
            number = int(text) if re.fullmatch(r"\d{1,9}", text) else -1
            if not low <= number <= high:
                self.complain(key, "config.number_range", value=_short(text), low=str(low), high=str(high))
            elif number in found:
                self.complain(key, "config.listed_twice", value=text)
            else:
                found.append(number)
        return tuple(sorted(found))

    def texts(self, key: str, names: Iterable[str], *, required: bool) -> Mapping[str, str]:
        """A mapping of `names` to non-empty texts."""
        section = self.section(key, required=required)
        if not section.is_there:
            return {}
        read = {name: section.text(name, example="深圳市民中心", default=None if required else "") for name in names}
        section.done()
        return {name: text for name, text in read.items() if text}

    def valid_names(self, pattern: str) -> list[str]:
        """The keys that fit `pattern`, all of them free to be there; complains of the others."""
        valid = []
        for key in self._nodes:
            self.ask(key)
            if re.fullmatch(pattern, key):
                valid.append(key)
            else:
                self.complain(key, "config.name_form", value=_short(key))
        return valid

    def values(self, pattern: str) -> dict[str, bool | int | float | str]:
        """Free names that fit `pattern`, each with a flag (true, false), a number, or a text (whatever is quoted, and the rest)."""
        read = {}
        for key in self.valid_names(pattern):
            value = self._scalar(key, required=True)
            if value is not None:
                node = self._nodes[key]
                is_quoted = isinstance(node, yaml.ScalarNode) and node.style is not None
                read[key] = value if is_quoted else _plain(value)
        return read

    def path(self, key: str, base: Path, *, required: bool = True) -> Path | None:
        """A path; a relative one counts from `base`."""
        value = self._scalar(key, required=required)
        return None if value is None else (base / value)

    def done(self) -> None:
        """Complains of every key that nobody asked for."""
        for key in self._nodes:
            if key not in self._asked:
                import difflib

                near = difflib.get_close_matches(key, self._asked, n=1)
                if near:
                    self.complain(key, "config.unknown_key_near", near=near[0])
                else:
                    self.complain(key, "config.unknown_key", known=", ".join(dict.fromkeys(self._asked)))

    def _dotted(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _node(self, key: str, *, required: bool) -> yaml.Node | None:
        self._asked.append(key)
        node = self._nodes.get(key)
        if (node is None or _is_null(node)) and required and (self.is_there or not self._path):
            self.complain(key, "config.missing")
        return node

    def _scalar(self, key: str, *, required: bool) -> str | None:
        node = self._node(key, required=required)
        if node is None or _is_null(node):
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.complain(key, "config.not_a_value")
            return None
        return str(node.value)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _plain(value: str) -> bool | int | float | str:
    """What an unquoted value means; YAML's own other meanings (yes, 0o17, 1:30) stay texts."""
    if value in ("true", "false"):
        return value == "true"
    if re.fullmatch(r"-?\d{1,9}", value):
        return int(value)
    if re.fullmatch(r"-?\d{1,9}\.\d{1,9}", value):
        return float(value)
    return value


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:57] + "..."
