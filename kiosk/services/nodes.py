"""Typed reading of YAML nodes that remembers lines: values or a complaint, never an exception."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TypeVar

import yaml

from kiosk.base.errors import Problem
from kiosk.services.complaints import Complaint
from kiosk.services.words import Words

E = TypeVar("E", bound=Enum)
T = TypeVar("T")

_LANGUAGES = ("zh_CN", "zh_HK", "en")
_STRING = "tag:yaml.org,2002:str"
_INTEGER = "tag:yaml.org,2002:int"
_BOOLEAN = "tag:yaml.org,2002:bool"


class Fields:
    """The entries of one mapping, read by name. A wanting or wrong entry leaves a complaint and a neutral value."""

    def __init__(self, file: str, complaints: list[Complaint], node: yaml.Node, known: Sequence[str]) -> None:
        self.file = file
        self.line = node.start_mark.line + 1
        self._complaints = complaints
        self._nodes: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            self.complain(self.line, "services.not_a_mapping", known=", ".join(known))
            return
        for key_node, value in node.value:
            name, line = str(key_node.value), key_node.start_mark.line + 1
            if name not in known:
                close = difflib.get_close_matches(name, known, 1)
                self.complain(line, "services.unknown_entry", name=name, known=close[0] if close else ", ".join(known))
            elif name in self._nodes:
                self.complain(line, "services.twice", name=name)
            else:
                self._nodes[name] = value

    def complain(self, line: int, key: str, **placeholders: str) -> None:
        """Adds a complaint."""
        self._complaints.append(Complaint(self.file, line, Problem(key, placeholders)))

    def add(self, name: str, problem: Problem | None) -> None:
        """Adds `problem`, if there is one, at the line of the entry `name`."""
        if problem is not None:
            self._complaints.append(Complaint(self.file, self.line_of(name), problem))

    def has(self, name: str) -> bool:
        return name in self._nodes

    def node(self, name: str) -> yaml.Node | None:
        """The entry as it stands in the file, for `inner`; None when it is wanting."""
        return self._nodes.get(name)

    def line_of(self, name: str) -> int:
        """The line of an entry's value, of the mapping itself when it is wanting."""
        node = self._nodes.get(name)
        return self.line if node is None else node.start_mark.line + 1

    def text(self, name: str) -> str:
        """A text. Codes and telephone numbers must be quoted: unquoted digits would lose their leading zeros."""
        return self._scalar(name, _STRING, "services.not_a_text")

    def number(self, name: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        text = self._scalar(name, _INTEGER, "services.not_a_number")
        if not text:
            return low
        try:
            value = int(text)
        except ValueError:  # YAML 1.1 also calls 0x10 and 1_000 numbers
            self.complain(self.line_of(name), "services.not_a_number", name=name)
            return low
        if not low <= value <= high:
            self.complain(self.line_of(name), "services.number_range", name=name, low=str(low), high=str(high))
            return low
        return value

    def truth(self, name: str, default: bool) -> bool:
        """true or false; `default` when the entry is wanting."""
        if name not in self._nodes:
            return default
        return self._scalar(name, _BOOLEAN, "services.not_a_truth").lower() in ("true", "yes", "on")

    def day(self, name: str) -> date:
        """A date ``YYYY-MM-DD``, quoted."""
        text = self.text(name)
        try:
            return date.fromisoformat(text)
        except ValueError:
            if text:
                self.complain(self.line_of(name), "services.not_a_date", name=name)
            return date.min

    def member(self, name: str, allowed: Iterable[E]) -> E:
        """One of `allowed` (an enum or a choice of its members) by its value; the first after a complaint."""
        text = self.text(name)
        by_value = {str(one.value): one for one in allowed}
        if text and text not in by_value:
            words = ", ".join(by_value)
            self.complain(self.line_of(name), "services.not_a_member", name=name, found=text, allowed=words)
        return by_value.get(text, next(iter(by_value.values())))

    def words(self, name: str) -> Words:
        """A text in three languages; all three must be there."""
        node = self._wanted(name)
        return self.words_of(node) if node is not None else Words("", "", "")

    def words_of(self, node: yaml.Node) -> Words:
        """The same for an entry of a list."""
        fields = Fields(self.file, self._complaints, node, _LANGUAGES)
        if not isinstance(node, yaml.MappingNode):
            return Words("", "", "")
        return Words(fields.text("zh_CN"), fields.text("zh_HK"), fields.text("en"))

    def many(self, name: str, read: Callable[[yaml.Node], T]) -> tuple[T, ...]:
        """A list, each entry read by `read`; empty when the entry is wanting."""
        node = self._nodes.get(name)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.complain(self.line_of(name), "services.not_a_list", name=name)
            return ()
        return tuple(read(entry) for entry in node.value)

    def paragraphs(self, name: str) -> tuple[Words, ...]:
        """A list of texts in three languages."""
        return self.many(name, self.words_of)

    def members(self, name: str, enum: type[E]) -> tuple[E, ...]:
        """A list of members of `enum`, without repeats."""
        by_value: Mapping[str, E] = {str(one.value): one for one in enum}
        found: list[E] = []
        node = self._nodes.get(name)
        for entry in self.many(name, lambda entry: entry):
            text = str(entry.value)
            if text not in by_value:
                allowed = ", ".join(by_value)
                line = entry.start_mark.line + 1
                self.complain(line, "services.not_a_member", name=name, found=text, allowed=allowed)
            elif by_value[text] in found:
                self.complain(entry.start_mark.line + 1, "services.twice", name=text)
            else:
                found.append(by_value[text])
        return tuple(found) if node is not None else ()

    def inner(self, node: yaml.Node, known: Sequence[str]) -> "Fields":
        """The entries of a mapping inside this one."""
        return Fields(self.file, self._complaints, node, known)

    def _wanted(self, name: str) -> yaml.Node | None:
        node = self._nodes.get(name)
        if node is None:
            self.complain(self.line, "services.wanting", name=name)
        return node

    def _scalar(self, name: str, tag: str, key: str) -> str:
        node = self._wanted(name)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or node.tag != tag or not node.value.strip():
            self.complain(self.line_of(name), key, name=name)
            return ""
        return str(node.value).strip()
