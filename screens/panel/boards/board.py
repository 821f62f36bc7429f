"""The parts of a board, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from screens.panel.lab_line import State

Path = str
"""Where in a state: a key, or keys joined by ``/`` (``counters/reads``); a key that ends with ``*`` stands for all that begin so."""

ANYTHING = object()
"""As a mark's or sign's value: anything but None, False, 0 and the empty list."""


class Level(str, Enum):
    """How a state is coloured."""

    READY = "ready"
    QUIET = "quiet"
    LATER = "later"
    STOPPED = "stopped"


class Group(str, Enum):
    """Where a device stands in the list; in this order."""

    READERS = "readers"
    PRINTERS = "printers"
    PICTURES = "pictures"
    CABINET = "cabinet"
    INPUTS = "inputs"
    NETWORK = "network"
    OTHERS = "others"


def read(state: State, path: Path) -> object:
    """What a state has at a path without ``*``; None where it has nothing."""
    found: object = state
    for key in path.split("/"):
        if not isinstance(found, Mapping):
            return None
        found = found.get(key)
    return found


def holds(state: State, path: Path, value: object) -> bool:
    """Whether the state has the value there; a list is searched for it."""
    found = read(state, path)
    if value is ANYTHING:
        return bool(found)
    if isinstance(found, list):
        return value in found
    return found == value and isinstance(found, bool) == isinstance(value, bool)


def keys_of(name: str, emulator: str) -> tuple[str, ...]:
    """A dotted name as it is looked up: of this emulator, of any, then without its leading parts one after the other."""
    parts = name.split(".")
    return (f"{emulator}.{name}", *(".".join(parts[at:]) for at in range(len(parts))))


@dataclass(frozen=True)
class Switch:
    """One button: an action of an emulator.

    Attributes:
        mark: (path, value) of the state that says that this is how things are now.
        words: what is looked up in place of the action, where that would not say enough; see `keys_of`.
        undo: what it does while it is marked; None: the same again.
        wanted: path of the state whose being anything makes this the next thing that a person would do.
        label: ready words from the lab, where the catalogue has none.
    """

    emulator: str
    action: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    mark: tuple[Path, object] | None = None
    words: str = ""
    undo: "Switch | None" = None
    wanted: Path | None = None
    label: str = ""

    @property
    def id(self) -> str:
        """Unique in the panel."""
        return ".".join((self.emulator, self.action, *(str(value) for value in self.arguments.values())))

    @property
    def keys(self) -> tuple[str, ...]:
        """Message keys of its words, the most telling first."""
        names = keys_of(self.words or self.action, self.emulator)
        kinds = ("word", "act") if self.words else ("act",)
        return tuple(f"panel.{kind}.{name}" for name in names for kind in kinds)

    def is_marked(self, state: State) -> bool:
        """Whether the state is the one that this switch makes."""
        return self.mark is not None and holds(state, *self.mark)

    def is_wanted(self, state: State) -> bool:
        """Whether a person would press it next."""
        return self.wanted is not None and holds(state, self.wanted, ANYTHING)


@dataclass(frozen=True)
class Row:
    """Switches that belong together; they exclude each other where they have marks of one path.

    Attributes:
        title: looked up as ``panel.row.…``, see `keys_of`.
        label: ready words, where the catalogue has none.
        columns: so many of equal width in a line, as they lie on the device; 0: as many as fit.
    """

    title: str
    switches: tuple[Switch, ...]
    label: str = ""
    columns: int = 0


@dataclass(frozen=True)
class Choice:
    """A row that is made of the state: what can be laid, put, pressed.

    Attributes:
        options: path of the names: a list, or a mapping of name to words.
        held: path of the name that lies now; "" where nothing stays.
        columns: as of `Row`.
    """

    title: str
    options: Path
    action: str = "lay"
    argument: str = "card"
    held: Path = "card"
    columns: int = 0


@dataclass(frozen=True)
class Sign:
    """A state that matters: the first sign of a board that holds is told, as ``panel.sign.<words>``.

    The sentence may have ``{value}``, what the state has there in words, and ``{count}``, how many.
    """

    path: Path
    value: object
    level: Level
    words: str


@dataclass(frozen=True)
class Board:
    """One emulator.

    Attributes:
        choices, hands, rows, faults: its switches, in this order; the first two are what a person does.
        signs: most urgent first; none holds: ready.
        counters: paths of what it has counted, of what is worth telling.
    """

    emulator: str
    group: Group
    choices: tuple[Choice, ...] = ()
    hands: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    faults: tuple[Row, ...] = ()
    signs: tuple[Sign, ...] = ()
    counters: tuple[Path, ...] = ()


UNPLUGGED = (Sign("plugged", False, Level.STOPPED, "unplugged"), Sign("cable", "out", Level.STOPPED, "unplugged"))
FAULTY = (Sign("faults", ANYTHING, Level.LATER, "faults"),)


def pick(emulator: str, title: str, path: Path, actions: Mapping[str, object]) -> Row:
    """A row whose switches make the value at `path` that stands beside each action."""
    return Row(title, tuple(Switch(emulator, action, mark=(path, value)) for action, value in actions.items()))


def lasting(emulator: str, *actions: str, title: str = "faults", path: Path = "faults") -> Row:
    """Faults that the state lists at `path` by their names for as long as they last."""
    return Row(title, tuple(Switch(emulator, action, mark=(path, action)) for action in actions))
