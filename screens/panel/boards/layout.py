"""A board as it is laid out for the state that its emulator tells: curated rows, choices, and what nobody curated.

A switch is shown only if the emulator lists its action; an action that no curated switch has gets a button of its own,
so that a new emulator, or a new action of a known one, is usable at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from screens.panel.boards.board import Board, Choice, Row, Switch, read
from screens.panel.boards.described import described_faults, described_rows
from screens.panel.lab_line import State

_UNSEEN = frozenset({"save", "forget", "pace", "show", "traffic", "state", "set", "event", "stuck"})
"""Actions that are the panel's own business, a storyboard's, or of no use without arguments."""


@dataclass(frozen=True)
class Section:
    """Rows under one heading, ``panel.section.<title>``."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Layout:
    """All that is offered for one state of one device."""

    sections: tuple[Section, ...] = ()

    @property
    def switches(self) -> dict[str, Switch]:
        """By id."""
        return {one.id: one for section in self.sections for row in section.rows for one in row.switches}


def layout_of(board: Board, state: State) -> Layout:
    """See the module."""
    actions = _names(state.get("actions"))
    rows = (*board.rows, *described_rows(board.emulator, state))
    faults = (*board.faults, *described_faults(board.emulator, state))
    sections = [
        Section(
            "choices",
            (*(_chosen_from(board.emulator, choice, state) for choice in board.choices), *board.hands),
        ),
        Section("states", rows),
        Section("faults", faults),
    ]
    known = {one.action for section in sections for row in section.rows for one in row.switches}
    known.update(choice.action for choice in board.choices)
    known.update(one.undo.action for row in (*rows, *faults) for one in row.switches if one.undo is not None)
    others = tuple(Switch(board.emulator, action) for action in actions if action not in known | _UNSEEN)
    sections.append(Section("others", (Row("others", others),)))
    return Layout(tuple(_without_strangers(sections, frozenset(actions))))


def _chosen_from(emulator: str, choice: Choice, state: State) -> Row:
    options = read(state, choice.options)
    labels = options if isinstance(options, Mapping) else {}
    return Row(
        choice.title,
        tuple(
            Switch(
                emulator,
                choice.action,
                {choice.argument: name},
                (choice.held, name) if choice.held else None,
                words=name,
                label=str(labels.get(name) or name),
            )
            for name in _names(options)
        ),
        columns=choice.columns,
    )


def _without_strangers(sections: list[Section], actions: frozenset[str]) -> list[Section]:
    kept = []
    for section in sections:
        rows = []
        for row in section.rows:
            switches = tuple(one for one in row.switches if one.action in actions)
            if switches:
                rows.append(replace(row, switches=switches))
        if rows:
            kept.append(Section(section.title, tuple(rows)))
    return kept


def _names(found: object) -> list[str]:
    return [str(name) for name in found] if isinstance(found, list | Mapping) else []
