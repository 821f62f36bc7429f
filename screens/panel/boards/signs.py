"""A state in words: what matters most of it, what was counted, where the device listens."""

from collections.abc import Callable, Iterator, Mapping

from screens.panel.boards.board import FAULTY, UNPLUGGED, Board, Level, Path, Sign, holds, read
from screens.panel.lab_line import State

Words = tuple[tuple[str, ...], dict[str, str]]
"""Message keys, the first known one counts, and placeholders."""
Told = tuple[Level, Words]

_READY: Told = (Level.READY, (("panel.sign.ready",), {}))
_UNCURATED = (*UNPLUGGED, *FAULTY, Sign("stuck", True, Level.LATER, "stuck"))


def summary(board: Board, state: State, named: Callable[[str], str] = str) -> Told:
    """What matters most of a state; `named` puts the name of what lies there into words."""
    for sign in board.signs or _UNCURATED:
        found = [path for path in _paths(state, sign.path) if holds(state, path, sign.value)]
        if found:
            value = read(state, found[0])
            count = len(value) if isinstance(value, list) else len(found)
            keys = (f"panel.sign.{board.emulator}.{sign.words}", f"panel.sign.{sign.words}")
            return sign.level, (keys, {"value": named(str(value)), "count": str(count)})
    return _READY


def counted(board: Board, state: State) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """For each counter: message keys, the counter's own name, the number."""
    paths = board.counters
    if not paths:
        counters = state.get("counters")
        paths = tuple(f"counters/{name}" for name in counters) if isinstance(counters, Mapping) else ()
    for path in paths:
        name = path.rpartition("/")[2]
        number = read(state, path)
        yield (f"panel.counter.{board.emulator}.{name}", f"panel.counter.{name}"), name, str(number or 0)


def place_of(state: State) -> str:
    """Where a driver finds the device: a line's path or a port of TCP; "" when it does not say."""
    port, tcp_port = state.get("port"), state.get("tcp_port")
    places = [str(port)] if isinstance(port, str) else []
    number = tcp_port if tcp_port is not None else port
    if isinstance(number, int):
        places.append(f"127.0.0.1:{number}")
    return "  ".join(places)


def _paths(state: State, path: Path) -> list[Path]:
    if not path.endswith("*"):
        return [path]
    holder, _, beginning = path[:-1].rpartition("/")
    values = read(state, holder) if holder else state
    names = sorted(values) if isinstance(values, Mapping) else []
    return [f"{holder}/{name}".lstrip("/") for name in names if str(name).startswith(beginning)]
