"""The log: a catalogue of events with an allow-list of fields; all else is redacted.

A room declares its events once, in its own `log_events.py`::

    register("devices", {
        "device_lost": Event(WARNING, "a device was lost", device=Word("id_card_reader", "receipt_printer")),
    })

and tells them with ``Log("devices").event("device_lost", device="id_card_reader")``. A field that the event does not
declare, and a value that its field's kind does not admit, becomes ``<redacted>``: a person's name or number has no way
in, even by mistake. Kinds are closed words, bounded numbers, ids of ours by pattern, message keys and exceptions (of
which only the class is told). Records of foreign libraries keep their logger's name and level only.

Each process writes JSON lines to stderr and to a rotating file of its own (0600). Everything may be called in any thread.
"""

import faulthandler
import json
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from logging import DEBUG, ERROR, INFO, WARNING
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import IO, Any, Protocol, Self

from kiosk.base.clock import HALL_TIME
from kiosk.base.errors import BudayangError

__all__ = [
    "DEBUG", "ERROR", "INFO", "WARNING", "CLASS", "FLAG", "MESSAGE_KEY", "NUMBER", "REDACTED", "Event", "Id", "Kind", "Log", "Number",
    "Word", "catalogue", "install_hooks", "private_umask", "raise_on_misuse", "register", "start_logging",
]  # fmt: skip

REDACTED = "<redacted>"

# What no field may let through; an id's pattern that matches any of these is refused at its declaration.
_PROBES = (
    "440308199901101512", "11010519491231002X", "810000199408230021", "830000199201300022", "13800138000", "E12345678",
    "H12345678", "张三丰", "ZHANG SAN", "ZHANGSAN", "Zhang San", "zhangsan", "6222021234567890123",
)  # fmt: skip
# GB 11643: six digits of region, a birth date, three of sequence, one check character
_ID_NUMBER = re.compile(r"\d{6}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_SEPARATORS = re.compile(r"[\s._:/-]")


class Kind(Protocol):
    """What a field admits."""

    def render(self, value: object) -> str | float | bool | None:
        """The value as it is written, or None when this kind does not admit it."""


class Word:
    """One of a closed set of words: given as strings or as Enum classes with string values."""

    def __init__(self, *words: str | type[Enum]) -> None:
        self.words = frozenset(_words(words))

    def render(self, value: object) -> str | None:
        word = value.value if isinstance(value, Enum) else value
        return word if isinstance(word, str) and word in self.words else None


def _words(given: Iterable[str | type[Enum]]) -> Iterable[str]:
    for item in given:
        if isinstance(item, str):
            yield item
        else:
            yield from (str(member.value) for member in item)


class Number:
    """A number from `low` to `high`; too small a range for an ID, bank card or telephone number."""

    def __init__(self, low: float = -1e9, high: float = 1e9) -> None:
        if high > 1e10 or low < -1e10:
            raise ValueError("a range that wide admits telephone and ID numbers")
        self.low, self.high = low, high

    def render(self, value: object) -> float | None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not self.low <= value <= self.high:
            return None
        return value if isinstance(value, int) else round(value, 3)


class Id:
    """An id that our own programs made, by its whole pattern, with a prefix or a fixed alphabet of its own.

    Raises:
        ValueError: the pattern would also let a person's name or number through.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        for probe in _PROBES:
            if self.pattern.fullmatch(probe):
                raise ValueError(f"the pattern {pattern!r} admits personal data")

    def render(self, value: object) -> str | None:
        if not isinstance(value, str) or len(value) > 80 or not self.pattern.fullmatch(value):
            return None
        return None if _ID_NUMBER.search(_SEPARATORS.sub("", value)) else value


class _Flag:
    def render(self, value: object) -> bool | None:
        return value if isinstance(value, bool) else None


class _Class:
    """An exception, told as its class (and message key when it is ours), never as its text."""

    def render(self, value: object) -> str | None:
        if not isinstance(value, BaseException):
            return None
        name = type(value).__name__
        return f"{name}({value.problem.key})" if isinstance(value, BudayangError) else name


class _CodeWord(str):
    """A name that stands in our source code: a room, an event, a place in a file. Made by this module alone."""

    __slots__ = ()


class _Code:
    def render(self, value: object) -> str | None:
        return str(value) if isinstance(value, _CodeWord) else None


def _name_in_code(name: str) -> str:
    """The name when it is one that a program may have; a value computed from data is not told."""
    return _CodeWord(name if re.fullmatch(r"[a-z][a-z_]{0,40}", name) else REDACTED)


FLAG: Kind = _Flag()
CLASS: Kind = _Class()
NUMBER: Kind = Number()
MESSAGE_KEY: Kind = Id(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){1,3}")


class Event:
    """One entry of the catalogue.

    Attributes:
        level: DEBUG, INFO, WARNING or ERROR.
        sentence: what happened, for the reader of the log: subject, what, outcome.
        fields: the allow-list, name -> kind.
    """

    def __init__(self, level: int, sentence: str, /, **fields: Kind) -> None:
        taken = _OWN_FIELDS & fields.keys()
        if taken:
            raise ValueError(f"fields {sorted(taken)} belong to every line")
        self.level = level
        self.sentence = sentence
        self.fields: Mapping[str, Kind] = MappingProxyType(fields)


_OWN_FIELDS = {"time", "level", "room", "event", "pid", "text"}
_catalogue: dict[str, dict[str, Event]] = {}
_misuse_raises = False


def register(room: str, events: Mapping[str, Event]) -> None:
    """Adds a room's events; called once at import. Raises ValueError when an event is there already."""
    known = _catalogue.setdefault(room, {})
    twice = known.keys() & events.keys()
    if twice:
        raise ValueError(f"events of {room} declared twice: {sorted(twice)}")
    known.update(events)


def catalogue() -> Mapping[tuple[str, str], Event]:
    """Every declared event by room and name, of the rooms imported so far."""
    return {(room, name): event for room, events in _catalogue.items() for name, event in events.items()}


def raise_on_misuse(raises: bool) -> None:
    """Whether an undeclared event or field raises ValueError (in tests) or is redacted and told (at run time)."""
    global _misuse_raises
    _misuse_raises = raises


class Log:
    """The log of one room."""

    def __init__(self, room: str) -> None:
        self._room = room
        self._logger = logging.getLogger(f"budayang.{room}")

    def event(self, name: str, /, **fields: object) -> None:
        """Tells that something happened; never raises at run time, whatever the values."""
        entry = _catalogue.get(self._room, {}).get(name)
        if entry is None:
            if _misuse_raises:
                raise ValueError(f"event {name!r} of room {self._room!r} is not declared")
            Log("base").event("undeclared_event", of_room=_name_in_code(self._room), name=_name_in_code(name))
            return
        if _misuse_raises and (strange := fields.keys() - entry.fields.keys()):
            raise ValueError(f"event {name!r} does not declare {sorted(strange)}")
        if not self._logger.isEnabledFor(entry.level):
            return
        told = {field: _render(entry.fields.get(field), value) for field, value in fields.items()}
        line = " ".join([name, *(f"{field}={value}" for field, value in told.items())])
        extra = {"budayang": (self._room, name, entry.sentence, told)}
        self._logger.log(entry.level, "%s", line, extra=extra)


def _render(kind: Kind | None, value: object) -> str | float | bool | None:
    if value is None:
        return None
    rendered = kind.render(value) if kind is not None else None
    return REDACTED if rendered is None else rendered


class _JsonLines(logging.Formatter):
    """One record as one line of JSON; a foreign record without its text, arguments and traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, HALL_TIME).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "pid": record.process,
        }
        ours = getattr(record, "budayang", None)
        if ours is not None:
            room, name, sentence, fields = ours
            line |= {"room": room, "event": name, **fields, "text": sentence}
        else:
            line |= {"room": "foreign", "event": "foreign", "logger": _safe_name(record.name), "text": REDACTED}
        return json.dumps(line, ensure_ascii=False)


def _safe_name(name: str) -> str:
    """A logger's name as long as it is a dotted module name."""
    return name if re.fullmatch(r"[A-Za-z_]\w{0,30}(\.[A-Za-z_]\w{0,30}){0,6}", name, re.ASCII) else REDACTED


class _StderrHandler(logging.StreamHandler[Any]):
    def handleError(self, record: logging.LogRecord) -> None:
        """Says nothing: the standard handler would print the record's arguments."""


class RunningLog:
    """The handlers that `start_logging` set; `stop` takes them away and closes the file."""

    def __init__(self, handlers: list[logging.Handler], level_before: int) -> None:
        self._handlers = handlers
        self._level_before = level_before

    def stop(self) -> None:
        """Flushes and closes; a second call does nothing."""
        root = logging.getLogger()
        while self._handlers:
            handler = self._handlers.pop()
            root.removeHandler(handler)
            handler.close()
        root.setLevel(self._level_before)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def start_logging(
    process: str,
    folder: Path | None,
    *,
    stderr: bool = True,
    level: int = INFO,
    keep_bytes: int = 2_000_000,
    keep_files: int = 5,
) -> RunningLog:
    """Sends this process's log to stderr and to ``folder/<process>.log``.

    Args:
        process: a word of ours, such as ``terminal`` or ``id_card_reader``; each process has a file of its own,
            because two processes cannot rotate one file.
        folder: made with mode 0700 when missing; None keeps no file.
        keep_bytes: at which size a file is put aside, `keep_files` of which stay.
    """
    handlers: list[logging.Handler] = []
    if stderr:
        handlers.append(_StderrHandler(sys.stderr))
    if folder is not None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{process}.log"
        from kiosk.base.log_file import PrivateFileHandler  # its parent pulls in sockets and pickles: 5 ms of the start

        handlers.append(PrivateFileHandler(path, maxBytes=keep_bytes, backupCount=keep_files, encoding="utf-8"))
    root = logging.getLogger()
    level_before = root.level
    for handler in handlers:
        handler.setFormatter(_JsonLines())
        root.addHandler(handler)
    root.setLevel(level)
    return RunningLog(handlers, level_before)


def private_umask() -> None:
    """Lets no file or folder that this process makes be read by others. Call it before anything is opened."""
    os.umask(0o077)


def install_hooks(crash_file: Path | None = None) -> None:
    """Tells every unhandled exception as event ``crashed``: class and places, without texts, arguments and locals.

    Args:
        crash_file: where the interpreter writes the stacks of a fatal signal (functions and lines only), mode 0600; stderr
            when None.
    """

    def told(error: BaseException | None, trace: TracebackType | None, thread: str) -> None:
        if error is not None and not isinstance(error, KeyboardInterrupt | SystemExit):
            _log.event("crashed", error=error, where=_places(trace), thread=thread)

    sys.excepthook = lambda _type, error, trace: told(error, trace, "main")
    threading.excepthook = lambda args: told(args.exc_value, args.exc_traceback, "other")
    sys.unraisablehook = lambda args: told(args.exc_value, args.exc_traceback, "unraisable")
    faulthandler.enable(sys.stderr if crash_file is None else _open_crash_file(crash_file))


_crash_stream: IO[str] | None = None


def _open_crash_file(path: Path) -> IO[str]:
    """Opened once and kept: faulthandler holds only the descriptor."""
    global _crash_stream
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _crash_stream = os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a")
    return _crash_stream


def _places(trace: TracebackType | None, most: int = 12) -> str:
    """The innermost frames as ``folder/file.py:line function``, outermost first."""
    places = []
    for frame, line in traceback.walk_tb(trace):
        file = Path(frame.f_code.co_filename)
        places.append(f"{file.parent.name}/{file.name}:{line} {frame.f_code.co_name}")
    return _CodeWord(" > ".join(places[-most:]))


register(
    "base",
    {
        "undeclared_event": Event(
            ERROR, "an event that nobody declared was logged; nothing of it is kept", of_room=_Code(), name=_Code()
        ),
        "crashed": Event(
            ERROR,
            "an exception reached the top of its thread",
            error=CLASS,
            where=_Code(),
            thread=Word("main", "other", "unraisable"),
        ),
        "sentence_missing": Event(ERROR, "a message key has no sentence; the general one was shown", key=MESSAGE_KEY),
        "sentence_unfilled": Event(
            ERROR, "a sentence lacked a placeholder; the general one was shown", key=MESSAGE_KEY
        ),
    },
)
_log = Log("base")
