"""How the device layer tells the log something, in a host and in the terminal alike.

A host has no log of its own and does not load one (25 ms): its notes travel to the supervisor, which logs them. Events
and fields are those of `devices.log_events`; fields hold codes and counts, never content.
"""

from collections.abc import Callable, Mapping

Field = str | int | float | bool
Sink = Callable[[str, Mapping[str, Field]], None]


def _to_log(event: str, fields: Mapping[str, Field]) -> None:
    from devices.log_events import log

    log.event(event, **fields)


_sink: Sink = _to_log


def note(event: str, **fields: Field) -> None:
    """Tells one event; may be called from any thread."""
    _sink(event, fields)


def divert(sink: Sink) -> Sink:
    """Sends every later note to `sink`; returns the sink that was there before."""
    global _sink
    before, _sink = _sink, sink
    return before
