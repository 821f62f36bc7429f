"""Rows for an emulator of a described device, made of what its description can say: ``settable``, ``now``, ``events``."""

from collections.abc import Mapping

from screens.panel.boards.board import Row, Switch
from screens.panel.lab_line import State

_BESIDE = frozenset({"action", "reason", "completion"})
"""What comes along with a word of another key."""
_OF_OTHERS = frozenset({"userError", "fraudAttempt"})
"""Words of ``device`` that belong to a jam or to tampering, which have rows of their own."""
_REST = {"open": "closed", "present": "notPresent", "on": "off"}
_MANY = 4
"""From so many parts of one kind on, each is one button that goes to and fro."""
_ORDER = ("closed", "open", "notPresent", "present", "off", "on", "full", "ok", "high", "low", "empty", "out", "online")
_LASTING = ("silence", "garbage", "slow", "wrong_check", "miss", "refuse", "mute_commands")


def described_rows(emulator: str, state: State) -> tuple[Row, ...]:
    """Its parts and its events; nothing for any other emulator."""
    settable = state.get("settable")
    if not isinstance(settable, Mapping):
        return ()
    words = {str(key): _in_order(key, found) for key, found in settable.items() if key not in _BESIDE}
    kinds: dict[str, list[str]] = {}
    for key in words:
        kinds.setdefault(key.partition(".")[0], []).append(key)
    rows = []
    for kind, keys in kinds.items():
        if len(keys) >= _MANY:
            ordered = sorted(keys, key=_number)
            rows.append(Row(f"many.{kind}", tuple(_to_and_fro(emulator, key, words[key]) for key in ordered), kind))
        else:
            rows.extend(
                Row(key, tuple(_set(emulator, key, word) for word in words[key]), key)
                for key in keys
                if len(words[key]) > 1
            )
    events = state.get("events")
    names = [str(name) for name in events] if isinstance(events, list) else []
    if names:
        made = tuple(Switch(emulator, "event", {"name": name}, words=f"event.{name}", label=name) for name in names)
        rows.append(Row("events", made))
    return tuple(rows)


def described_faults(emulator: str, state: State) -> tuple[Row, ...]:
    """The faults that every described device's emulator has."""
    settable = state.get("settable")
    if not isinstance(settable, Mapping):
        return ()
    kinds = {str(key).partition(".")[0] for key in settable} - _BESIDE
    frozen = sorted(str(key) for key in settable if key not in _BESIDE | {"device"})
    rows = [Row("faults", tuple(Switch(emulator, name, mark=("faults", name)) for name in _LASTING))]
    if len(frozen) <= _MANY * len(kinds):
        stuck = (Switch(emulator, "stuck", {"key": key}, ("stuck", key), f"part.{key}", label=key) for key in frozen)
        rows.append(Row("stuck", tuple(stuck)))
    plug = (Switch(emulator, "plug", mark=("plugged", True)), Switch(emulator, "unplug", mark=("plugged", False)))
    return (*rows, Row("cable", plug), Row("end", (Switch(emulator, "normal"),)))


def _set(emulator: str, key: str, word: str) -> Switch:
    return Switch(emulator, "set", {"key": key, "word": word}, (f"now/{key}", word), f"{key}.{word}", label=word)


def _to_and_fro(emulator: str, key: str, words: list[str]) -> Switch:
    there = next((word for word in words if word in _REST), words[-1])
    name = key.partition(".")[2]
    back = Switch(emulator, "set", {"key": key, "word": _REST.get(there, words[0])})
    return Switch(emulator, "set", {"key": key, "word": there}, (f"now/{key}", there), f"name.{name}", back, label=name)


def _in_order(key: object, found: object) -> list[str]:
    words = [str(word) for word in found] if isinstance(found, list) else []
    if key == "device":
        words = [word for word in words if word not in _OF_OTHERS]
    return sorted(words, key=lambda word: (_ORDER.index(word) if word in _ORDER else len(_ORDER), word))


def _number(key: str) -> tuple[int, str]:
    name = key.rpartition(".")[2]
    return (int(name), "") if name.isdecimal() else (0, name)
